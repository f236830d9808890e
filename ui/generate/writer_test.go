package generate

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"seedbed/gen/llm"
	"seedbed/gen/openai"
	"seedbed/gen/openai/openaitest"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
	"seedbed/ui/system"
)

// inGerman writes messages in German, no two alike.
func inGerman(asked openaitest.Asked) []string {
	who := []string{"Meine Chefin", "Der neue Kollege aus Bremen", "Unser Betriebsrat", "Die Schulleiterin", "Mein alter Nachbar", "Das Arbeitsamt"}
	what := []string{"sagt nie, was sie wirklich will", "hat mir gestern endlich zugehört", "verlangt schon wieder Überstunden", "hilft mir bei der Bewerbung", "zahlt den Kurs für die Prüfung nicht", "macht mir große Hoffnung auf die Stelle", "fragt ständig nach meinen Noten"}
	why := []string{"und ich weiß nicht weiter", "weil der Vertrag bald endet", "obwohl ich noch in der Probezeit bin", "seit wir umgezogen sind", "wie kann das sein?"}
	var texts []string
	for i := range asked.Count {
		n := 12*asked.N + i
		texts = append(texts, strings.Join([]string{who[n%len(who)], what[n%len(what)], why[n%len(why)]}, " "))
	}
	return texts
}

func TestGenerateWithAModel(t *testing.T) {
	endpoint := openaitest.New(t, openaitest.Options{Key: "secret", Fault: openaitest.Script(openaitest.RateLimit), Write: inGerman})
	w := start(t)
	w.Settings.SetBaseURL(endpoint.URL)
	w.Keychain.Set(system.APIKeyName(endpoint.URL), "secret")
	w.Open()
	w.Visit(shell.Generate)
	p := w.page
	w.Sees(shell.HostOf(endpoint.URL), llm.DefaultModel, "Spend at most $", "Language", "requests")
	if got := p.model.Options(); len(got) != 2 {
		t.Errorf("the models on the page are %v", got)
	}
	p.model.SetSelectedIndex(1)
	p.language.SetSelectedIndex(1)
	p.style.SetText("as nurses write")
	p.limit.SetText("2,50")
	p.ask("0", "12", "10")
	w.Tap("Generate 22")
	if n := w.Count(localdb.Filter{}); n != 22 {
		t.Errorf("%d messages", n)
	}
	w.Sees("22 of 22", "1 sent again after errors", "Works offline")
	for _, call := range endpoint.Calls() {
		if call.Model != p.listed[p.model.SelectedIndex()].ID {
			t.Errorf("asked %s", call.Model)
		}
	}

	// Another time, the same choices.
	path := w.Dataset().Path()
	w.Key("W")
	w.OpenDataset(path)
	w.Settle()
	w.Visit(shell.Generate)
	again := w.page
	if again.model.Selected() != p.model.Selected() || again.language.Selected() != "Deutsch" || again.style.Text != "as nurses write" || again.limit.Text != "2,50" {
		t.Errorf("remembered are %s, %s, %q, %s", again.model.Selected(), again.language.Selected(), again.style.Text, again.limit.Text)
	}
}

func TestWritersOfThisComputer(t *testing.T) {
	endpoint := openaitest.New(t, openaitest.Options{Models: []string{"small", "large"}})
	w := start(t)
	w.LocalEndpoints = func(context.Context) []openai.Endpoint {
		return []openai.Endpoint{{Name: "Ollama", BaseURL: endpoint.URL, Models: []openai.Model{{ID: "small"}, {ID: "large"}}}, {Name: "Empty", BaseURL: "http://127.0.0.1:1"}}
	}
	w.Open()
	w.Visit(shell.Generate)
	p := w.page
	if got := strings.Join(p.writer.Options(), "|"); got != "Built-in writer|Ollama|Another address…" {
		t.Fatalf("the writers are %s", got)
	}
	w.Sees("Ollama ▾", "large ▾", "The price of this model is not known")
	p.writer.SetSelectedIndex(2)
	w.Settle()
	if w.At() != shell.SettingsPage {
		t.Error("another address does not lead to Settings")
	}
	w.Settings.SetBaseURL("http://127.0.0.1:9/v1")
	w.Visit(shell.Generate)
	if got := strings.Join(p.writer.Options(), "|"); got != "Built-in writer|127.0.0.1:9|Ollama|Another address…" {
		t.Errorf("the writers are %s", got)
	}
	if p.choice().Name != "127.0.0.1:9" {
		t.Errorf("%s writes, and not the address that was just given", p.choice().Name)
	}
}

func TestAWriterThatIsFoundLateIsChosen(t *testing.T) {
	w := start(t)
	late := make(chan struct{})
	w.LocalEndpoints = func(context.Context) []openai.Endpoint {
		<-late
		return []openai.Endpoint{{Name: "Ollama", BaseURL: "http://127.0.0.1:1/v1", Models: []openai.Model{{ID: "small"}}}}
	}
	w.Open()
	w.InParallel()
	found := sync.OnceFunc(func() { close(late) })
	t.Cleanup(found)
	w.GoTo(shell.Generate)
	p := w.page
	w.Until("the page has its numbers", func() bool { return len(p.rows) > 0 && p.filled })
	w.Sees("Built-in writer")
	found()
	w.Until("the model is chosen", func() bool { return p.choice().Name == "Ollama" })
	p.writer.SetSelectedIndex(0)
	w.GoTo(shell.Overview)
	w.GoTo(shell.Generate)
	w.Until("all is read", func() bool { return strings.Contains(w.Words(), "free, in a few seconds") })
	if !p.choice().BuiltIn {
		t.Error("what a person chose was chosen away")
	}
}

func TestWhatAModelWritesInsteadOfMessagesIsTold(t *testing.T) {
	shelltest.InGerman(t)
	w, p := open(t, openaitest.New(t, openaitest.Options{Write: func(asked openaitest.Asked) []string {
		var texts []string
		for i := range asked.Count {
			texts = append(texts, fmt.Sprintf("Message %d", 20*asked.N+i))
		}
		return texts
	}}))
	p.language.SetSelectedIndex(0)
	p.ask("0", "80")
	w.Tap("80 erzeugen")
	w.Sees("Was gpt-6-luna schreibt, taugt nicht als Nachrichten: meist Platzhalter statt Nachrichten, zum Beispiel „Message ", "0 von 80 Nachrichten sind behalten. Wählen Sie ein anderes Modell", "Einstellungen öffnen")
	w.Escape()
	w.Sees("Platzhalter statt einer Nachricht")
}
