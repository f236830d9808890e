package generate

import (
	"strings"
	"testing"

	"seedbed/gen/openai/openaitest"
	"seedbed/gen/prompt"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
	"seedbed/ui/widget"
)

// field is the first field on the screen.
func (g *generating) field() *widget.Field {
	g.T.Helper()
	for _, o := range g.Screen() {
		if f, ok := o.(*widget.Field); ok {
			return f
		}
	}
	g.T.Fatalf("there is no field on the screen:\n%s", g.Words())
	return nil
}

// domain is what the dataset has stored.
func (g *generating) domain() localdb.Domain {
	g.T.Helper()
	g.Settle()
	domain, err := g.Dataset().Domain(g.T.Context())
	if err != nil {
		g.T.Fatal(err)
	}
	return domain
}

func TestTheAssistantIsSaidOnThePage(t *testing.T) {
	w, p := open(t, nil)
	w.Sees("What the messages are typed to")
	if p.about.Text == "" || p.about.Text != w.domain().About {
		t.Errorf("the page says %q, the dataset %q", p.about.Text, w.domain().About)
	}
	w.Canvas().Focus(p.about)
	p.about.SetText("a bot of a bicycle shop;  customers write from phones ")
	w.Canvas().Focus(p.style)
	const want = "a bot of a bicycle shop; customers write from phones"
	if got := w.domain().About; got != want || p.about.Text != want {
		t.Errorf("the dataset has %q, the page %q", got, p.about.Text)
	}
	w.Canvas().Focus(p.about)
	p.about.SetText("a bot of a bakery")
	w.Visit(shell.Overview)
	if got := w.domain().About; got != "a bot of a bakery" {
		t.Errorf("on another page the dataset has %q", got)
	}
	w.Visit(shell.Generate)
	p.about.SetText("a bot of a library")
	path := w.Dataset().Path()
	w.Key("W")
	w.OpenDataset(path)
	if got := w.domain().About; got != "a bot of a library" {
		t.Errorf("after closing the dataset has %q", got)
	}
}

func TestASentenceThatIsTooLongStaysInItsField(t *testing.T) {
	w, p := open(t, nil)
	before := w.domain().About
	long := strings.Repeat("long ", 200)
	p.about.SetText(long)
	p.ask("3")
	w.Tap("Generate 3")
	w.Sees("What the messages are about could not be saved", "of which 500 are allowed")
	w.Escape()
	if w.domain().About != before || p.about.Text != long || w.Count(localdb.Filter{}) != 0 {
		t.Errorf("the dataset has %q and %d messages, the field %d characters", w.domain().About, w.Count(localdb.Filter{}), len(p.about.Text))
	}
}

func TestThePromptIsShownAsItWillBeSent(t *testing.T) {
	endpoint := openaitest.New(t, openaitest.Options{})
	w, p := open(t, endpoint)
	p.ask("0", "5", "0", "4")
	p.about.SetText("a bot of a bicycle shop")
	w.Tap("Show the prompt")
	w.Sees("The prompt of the next request", "The assistant: a bot of a bicycle shop", "The category: professional", "Count: 5")
	w.SeesNot("was edited")
	w.field().SetText("No emoji.\nAt least one in Dutch.")
	w.Sees("- No emoji.\n", "- At least one in Dutch.\n")

	w.Escape()
	if got := w.domain().Instructions; got != "" {
		t.Errorf("Escape stored %q", got)
	}
	w.Tap("Show the prompt")
	w.field().SetText("Nothing of this")
	w.Tap("Cancel")
	if got := w.domain().Instructions; got != "" || w.HasDialog() {
		t.Errorf("Cancel stored %q", got)
	}

	w.Tap("Show the prompt")
	w.field().SetText(strings.Repeat("long ", 1000))
	w.Tap("Save")
	w.Sees("of which 4,000 are allowed")
	w.field().SetText("No emoji.")
	w.SeesNot("are allowed")
	shown := w.Words()
	w.Tap("Save")
	if got := w.domain().Instructions; got != "No emoji." || w.HasDialog() {
		t.Errorf("stored is %q", got)
	}
	w.Tap("Generate 9")
	sent := 0
	for _, call := range endpoint.Calls() {
		if strings.Contains(shown, call.System) && strings.Contains(shown, call.User) {
			sent++
		}
	}
	if sent != 1 {
		t.Errorf("%d of %d requests were shown before:\n%s", sent, len(endpoint.Calls()), shown)
	}
}

func TestThePromptOfAnotherCategory(t *testing.T) {
	w, p := open(t, openaitest.New(t, openaitest.Options{}))
	p.ask("0", "5", "4")
	w.Tap("Show the prompt")
	for _, o := range w.Screen() {
		if s, ok := o.(*widget.Select); ok {
			if len(s.Options()) != 2 {
				t.Errorf("the categories are %v", s.Options())
			}
			s.SetSelectedIndex(1)
			w.Sees("The category: "+p.rows[2].category.Name, "Count: 4")
			return
		}
	}
	t.Error("no category can be chosen")
}

func TestThePromptOfARunThatWasInterrupted(t *testing.T) {
	endpoint := openaitest.New(t, openaitest.Options{Fault: openaitest.Always(openaitest.QuotaEnded)})
	w, p := open(t, endpoint)
	p.ask("0", "7")
	w.Tap("Generate 7")
	w.Tap("Close")
	p.ask("3")
	w.Tap("Show the prompt")
	w.Sees("The category: professional", "Count: 7")
	shown := w.Words()
	w.Escape()
	endpoint.SetFault(nil)
	w.Tap("Resume")
	if call := endpoint.Calls()[len(endpoint.Calls())-1]; !strings.Contains(shown, call.User) {
		t.Errorf("sent was\n%s\nand shown\n%s", call.User, shown)
	}
}

func TestTheTemplateIsEdited(t *testing.T) {
	w, p := open(t, openaitest.New(t, openaitest.Options{}))
	p.ask("0", "5")
	w.Tap("Show the prompt")
	w.Tap("Edit the template…")
	shipped, err := prompt.Default("en")
	if err != nil {
		t.Fatal(err)
	}
	if w.field().Text != shipped {
		t.Errorf("the template is\n%s", w.field().Text)
	}
	broken := strings.ReplaceAll(shipped, "{{.Count}}", "some")
	w.field().SetText(broken)
	w.Tap("Save")
	w.Sees("lacks how many messages are wanted", "Back to the default")
	if w.field().Text != broken || w.domain().Template != "" {
		t.Error("what was typed is lost, or was stored")
	}
	w.Escape()
	w.Sees("The prompt of the next request", "Rules:")
	if w.domain().Template != "" {
		t.Error("Escape stored the template")
	}

	edited := strings.ReplaceAll(shipped, "Rules:", "House rules:")
	w.Tap("Edit the template…")
	w.field().SetText(edited)
	w.Tap("Save")
	w.Sees("The prompt of the next request", "House rules:", "was edited for this dataset")
	if w.domain().Template != edited {
		t.Errorf("stored is\n%s", w.domain().Template)
	}

	w.Tap("Edit the template…")
	w.Tap("Back to the default")
	if w.field().Text != shipped || w.domain().Template != edited {
		t.Error("the default is not in the field, or was stored before it was saved")
	}
	w.Tap("Save")
	w.Sees("Rules:")
	w.SeesNot("House rules:", "was edited")
	if got := w.domain().Template; got != "" {
		t.Errorf("stored is\n%s", got)
	}
}

func TestEscapeClosesOneDialogAfterTheOther(t *testing.T) {
	w, p := open(t, openaitest.New(t, openaitest.Options{}))
	p.ask("0", "5")
	w.Tap("Show the prompt")
	w.Tap("Edit the template…")
	w.Sees("The template of the prompt")
	w.Escape()
	w.Sees("The prompt of the next request")
	w.Escape()
	w.Sees("Generate messages")
	if w.HasDialog() {
		t.Error("a dialog is left")
	}
}

func TestOnlyALanguageModelHasAPrompt(t *testing.T) {
	w, p := open(t, nil)
	if w.Button("Show the prompt") != nil {
		t.Error("the built-in writer has a prompt")
	}
	w.Settings.SetBaseURL(openaitest.New(t, openaitest.Options{}).URL)
	w.Visit(shell.Overview)
	w.Visit(shell.Generate)
	if b := w.Button("Show the prompt"); b == nil || b.Disabled() {
		t.Errorf("the model has none:\n%s", w.Words())
	}
	p.ask()
	if b := w.Button("Show the prompt"); b == nil || !b.Disabled() {
		t.Error("a plan of nothing has a prompt")
	}
}

func TestThePromptInGerman(t *testing.T) {
	shelltest.InGerman(t)
	w, p := open(t, openaitest.New(t, openaitest.Options{}))
	p.ask("0", "5")
	w.Tap("Prompt zeigen")
	w.Sees("Der Prompt der nächsten Anfrage", "Ihre Anweisungen")
	w.Tap("Vorlage bearbeiten …")
	w.field().SetText("{{")
	w.Tap("Speichern")
	w.Sees("Die Vorlage kann nicht gelesen werden; nichts wurde geändert", "Zurück zur Vorgabe")
}
