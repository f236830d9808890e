package ui

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"seedbed/gen"
	"seedbed/gen/llm"
	"seedbed/gen/openai"
	"seedbed/gen/openai/openaitest"
	"seedbed/localdb"
)

// openGenerate is the Generate page of a dataset; an endpoint, where there is one, is
// the one of the settings.
func openGenerate(t *testing.T, endpoint *openaitest.Server, messages ...localdb.Message) (*testApp, *generatePage) {
	t.Helper()
	w := newTestApp(t)
	if endpoint != nil {
		w.settings.prefs.SetString(prefBaseURL, endpoint.URL)
	}
	w.open(messages...)
	w.goTo(atGenerate)
	w.settle()
	return w, w.shell.at.page.(*generatePage)
}

// ask sets the numbers of the first categories, and 0 for the rest.
func (p *generatePage) ask(numbers ...string) {
	for i, row := range p.rows {
		n := "0"
		if i < len(numbers) {
			n = numbers[i]
		}
		row.number.SetText(n)
	}
}

func TestGenerateNumbers(t *testing.T) {
	w, p := openGenerate(t, nil)
	w.sees("640 messages", "Generate 640", "Built-in writer", "free, in a few seconds", "Without a knowledge base")
	w.seesNot("Spend at most", "Language", "Model", "Leave these out", "A run was interrupted")
	p.ask("7", "5")
	w.sees("12 messages", "Generate 12")
	for _, bad := range []string{"", "-1", "many", "1.5"} {
		p.rows[0].number.SetText(bad)
		w.sees("Each number is a whole one")
		if b := w.button("Show me ten first"); b == nil || !b.Disabled() || !p.start.Disabled() {
			t.Errorf("with %q the buttons are on", bad)
		}
	}
	p.ask()
	if !p.start.Disabled() {
		t.Error("a plan of nothing can be started")
	}
	p.ask("20000")
	w.sees("20,000 messages")
}

func TestGenerateAsksForWhatIsMissing(t *testing.T) {
	_, p := openGenerate(t, nil, some(120)...) // 30 in each of four
	plan, _ := p.plan()
	if plan.Of("social") != 50 || plan.Of("rag_query") != 100 {
		t.Errorf("the plan is %+v", plan)
	}
	if plan.Seed == 42 {
		t.Error("a second run would draw what the first drew")
	}
}

func TestGenerateWithTheBuiltInWriter(t *testing.T) {
	w, p := openGenerate(t, nil)
	p.ask("5", "4")
	w.tap("Show me ten first")
	w.sees("Examples, not kept")
	if w.count(localdb.Filter{}) != 0 {
		t.Error("examples were kept")
	}
	p.ask("5", "4")
	w.key("Return")
	if n := w.count(localdb.Filter{}); n != 9 {
		t.Errorf("%d messages", n)
	}
	w.sees("9 of 9", "5 / 5", "4 / 4", "All 9 messages are in the dataset.")
}

func TestABuiltInWriterThatRunsDrySaysSo(t *testing.T) {
	w, p := openGenerate(t, nil)
	if _, err := w.data.AddCategory(context.Background(), localdb.Category{Name: "my own", Colour: "#123456", Target: 3, Training: true}); err != nil {
		t.Fatal(err)
	}
	w.until("the category is there", func() bool { return len(p.rows) == 9 })
	p.ask("4")
	p.rows[8].number.SetText("3")
	w.tap("Generate 7")
	w.sees("The run is not complete", "nothing new left", "4 of 7 messages are kept")
	w.escape()
	w.sees("A run was interrupted")
}

func TestGenerateWithAModel(t *testing.T) {
	endpoint := openaitest.New(t, openaitest.Options{Key: "secret", Fault: openaitest.Script(openaitest.RateLimit)})
	w := newTestApp(t)
	w.settings.prefs.SetString(prefBaseURL, endpoint.URL)
	w.keychain.set(keyName(endpoint.URL), "secret")
	w.open()
	w.goTo(atGenerate)
	w.settle()
	p := w.shell.at.page.(*generatePage)
	w.sees(hostOf(endpoint.URL), llm.DefaultModel, "Spend at most $", "Language", "requests")
	if got := p.model.Options(); len(got) != 2 {
		t.Errorf("the models on the page are %v", got)
	}
	p.model.Choose(1)
	p.language.Choose(1)
	p.style.SetText("as nurses write")
	p.cap.SetText("2,50")
	p.ask("0", "12", "10")
	w.tap("Generate 22")
	if n := w.count(localdb.Filter{}); n != 22 {
		t.Errorf("%d messages", n)
	}
	w.sees("22 of 22", "1 sent again after trouble", "Works offline")
	for _, call := range endpoint.Calls() {
		if call.Model != p.model.Chosen() {
			t.Errorf("asked %s", call.Model)
		}
	}

	// Another time, the same choices.
	path := w.data.Path()
	w.key("W")
	w.openDataset(path)
	w.settle()
	w.goTo(atGenerate)
	w.settle()
	again := w.shell.at.page.(*generatePage)
	if again.model.Chosen() != p.model.Chosen() || again.language.Chosen() != "Deutsch" || again.style.Text != "as nurses write" || again.cap.Text != "2,50" {
		t.Errorf("remembered are %s, %s, %q, %s", again.model.Chosen(), again.language.Chosen(), again.style.Text, again.cap.Text)
	}
}

func TestTheCapIsAnAmount(t *testing.T) {
	w, p := openGenerate(t, openaitest.New(t, openaitest.Options{}))
	for text, want := range map[string]float64{"0.5": 0.5, "2,50": 2.5, " $3 ": 3, "0": 0} { //nolint:gocritic // people type spaces
		p.cap.SetText(text)
		if plan, ok := p.plan(); !ok || plan.CapUSD != want {
			t.Errorf("%q is a cap of %v, %v", text, plan.CapUSD, ok)
		}
	}
	for _, text := range []string{"", "much", "-1"} {
		p.cap.SetText(text)
		w.sees("an amount such as 0.50")
		if !p.start.Disabled() {
			t.Errorf("with a cap of %q it can start", text)
		}
	}
}

func TestTheCapHolds(t *testing.T) {
	w, p := openGenerate(t, openaitest.New(t, openaitest.Options{}))
	w.settings.prefs.SetString(prefPrices, `{"`+llm.DefaultModel+`":{"prompt":1000,"completion":1000}}`)
	p.cap.SetText("4")
	p.ask("0", "200")
	w.tap("Generate 200")
	w.sees("The run is not complete", "The cap of $4.00 is reached", "of 200 messages are kept")
	w.escape()
	w.sees("of $4.00", "A run was interrupted")
	kept := w.count(localdb.Filter{})
	p.cap.SetText("8")
	w.tap("Go on")
	if more := w.count(localdb.Filter{}); more <= kept || more == 200 {
		t.Errorf("%d messages for $4, %d for $8", kept, more)
	}
}

func TestTroubleWithTheEndpoint(t *testing.T) {
	tests := []struct {
		fault        openaitest.Fault
		says, button string
	}{
		{openaitest.WrongKey, "key", "Open Settings"},
		{openaitest.QuotaEnded, "of 10 messages are kept", "Close"},
		{openaitest.UnknownModel, "model", "Open Settings"},
	}
	for _, test := range tests {
		t.Run(test.says, func(t *testing.T) {
			endpoint := openaitest.New(t, openaitest.Options{Fault: openaitest.Always(test.fault)})
			w, p := openGenerate(t, endpoint)
			p.ask("0", "10")
			w.tap("Generate 10")
			w.sees("The run is not complete", test.says, test.button)
			w.tap(test.button)
			w.goTo(atGenerate)
			w.sees("A run was interrupted")

			// Mended, it goes on to the end.
			endpoint.SetFault(nil)
			w.key("Return")
			if n := w.count(localdb.Filter{}); n != 10 {
				t.Errorf("%d messages after going on", n)
			}
			w.seesNot("A run was interrupted")
		})
	}
}

func TestPauseGoOnAndStop(t *testing.T) {
	endpoint := openaitest.New(t, openaitest.Options{FirstToken: 60 * time.Millisecond})
	w, p := openGenerate(t, endpoint)
	w.inParallel()
	p.ask("0", "400", "400")
	w.tap("Generate 800")
	w.until("messages arrive", func() bool { return w.run.progress.Kept > 0 })
	w.sees("Asks " + hostOf(endpoint.URL) + " while generating")
	w.tap("Pause")
	w.until("it is paused", func() bool { return w.run.progress.Paused && w.run.progress.InFlight == 0 })
	w.sees("paused", "Go on")
	kept := w.run.progress.Kept
	w.goTo(atOverview) // it goes on elsewhere
	w.goTo(atGenerate)
	w.tap("Go on")
	w.until("more arrive", func() bool { return w.run.progress.Kept > kept })
	w.tap("Stop")
	w.until("it has stopped", func() bool { return w.generating() == nil })
	w.until("a resume is offered", func() bool { return p.unfinished })
	w.sees("A run was interrupted", "Works offline")
	if w.run.progress.Kept == 0 || p.done.Text() == "–" {
		t.Error("the numbers are gone with the run")
	}
	w.tap("Leave it")
	w.until("it is put away", func() bool { return !p.unfinished })
	w.seesNot("A run was interrupted")
}

func TestClosingInTheMiddleLosesNothing(t *testing.T) {
	endpoint := openaitest.New(t, openaitest.Options{FirstToken: 80 * time.Millisecond})
	w, p := openGenerate(t, endpoint)
	w.inParallel()
	p.cap.SetText("3")
	p.ask("0", "250", "250")
	w.tap("Generate 500")
	w.until("messages arrive", func() bool { return w.run.progress.Kept > 20 })
	path := w.data.Path()
	w.key("W")
	if !w.atHome() || w.asking() {
		t.Fatalf("closing asked something:\n%s", w.words())
	}
	w.openDataset(path)
	w.until("the dataset is open again", func() bool { return w.data != nil })
	w.until("the overview says what happened", func() bool { return strings.Contains(w.words(), "A run was interrupted") })
	w.tap("Go on")
	again := w.shell.at.page.(*generatePage)
	w.until("the run's own numbers are in the fields", func() bool { return again.unfinished && again.cap.Text == "3" })
	w.key("Return")
	w.until("the run is complete", func() bool { return w.run != nil && w.generating() == nil })
	if n := w.count(localdb.Filter{}); n != 500 {
		t.Errorf("%d messages", n)
	}
}

func TestWritersOfThisComputer(t *testing.T) {
	endpoint := openaitest.New(t, openaitest.Options{Models: []string{"small", "large"}})
	w := newTestApp(t)
	w.local = func(context.Context) []openai.Endpoint {
		return []openai.Endpoint{{Name: "Ollama", BaseURL: endpoint.URL, Models: []string{"small", "large"}}, {Name: "Empty", BaseURL: "http://127.0.0.1:1"}}
	}
	w.open()
	w.goTo(atGenerate)
	w.settle()
	p := w.shell.at.page.(*generatePage)
	if got := strings.Join(p.writer.Options(), "|"); got != "Built-in writer|Ollama|Another address…" {
		t.Fatalf("the writers are %s", got)
	}
	w.sees("Ollama ▾", "small ▾", "Nobody knows what this model costs")
	p.writer.Choose(2)
	w.settle()
	if w.shell.at.id != atSettings {
		t.Error("another address does not lead to Settings")
	}
	w.shell.at.page.(*settingsPage).address.SetText("http://127.0.0.1:9/v1")
	w.goTo(atGenerate)
	w.settle()
	if got := strings.Join(p.writer.Options(), "|"); got != "Built-in writer|127.0.0.1:9|Ollama|Another address…" {
		t.Errorf("the writers are %s", got)
	}
	if p.choice().name != "127.0.0.1:9" {
		t.Errorf("%s writes, and not the address that was just given", p.choice().name)
	}
}

func TestAWriterThatIsFoundLateIsChosen(t *testing.T) {
	w := newTestApp(t)
	late := make(chan struct{})
	w.local = func(context.Context) []openai.Endpoint {
		<-late
		return []openai.Endpoint{{Name: "Ollama", BaseURL: "http://127.0.0.1:1/v1", Models: []string{"small"}}}
	}
	w.open()
	w.inParallel()
	found := sync.OnceFunc(func() { close(late) })
	t.Cleanup(found)
	w.goTo(atGenerate)
	p := w.shell.at.page.(*generatePage)
	w.until("the page has its numbers", func() bool { return len(p.rows) > 0 && p.read })
	w.sees("Built-in writer")
	found()
	w.until("the model is chosen", func() bool { return p.choice().name == "Ollama" })
	p.writer.Choose(0)
	w.goTo(atOverview)
	w.goTo(atGenerate)
	w.until("all is read", func() bool { return strings.Contains(w.words(), "free, in a few seconds") })
	if !p.choice().builtIn {
		t.Error("what a person chose was chosen away")
	}
}

func TestAPlanForWhatTheCheckMixesUp(t *testing.T) {
	w, p := openGenerate(t, nil, some(40)...)
	w.generatePlan(gen.Plan{
		Counts:     []gen.Count{{Category: "social", Messages: 20}},
		Boundaries: []gen.Boundary{{Category: "social", ReadsLike: "professional", Messages: 12}},
	})
	w.sees("32 messages", "12 of social that read like professional")
	if plan, _ := p.plan(); len(plan.Boundaries) != 1 || plan.Total() != 32 {
		t.Errorf("the plan is %+v", plan)
	}
	w.tap("Leave these out")
	w.seesNot("that read like")
	if plan, _ := p.plan(); len(plan.Boundaries) != 0 || plan.Total() != 32 {
		t.Errorf("the plan is %+v", plan)
	}
}

func TestLongMessagesArriveShortened(t *testing.T) {
	w, p := openGenerate(t, nil)
	p.arrive("Arriving now", []localdb.Message{{Text: strings.Repeat("עברית 漢字 é ", 400), Category: "social"}})
	for _, line := range strings.Split(w.words(), "\n") {
		if len([]rune(line)) > 300 {
			t.Errorf("%d characters on the screen", len([]rune(line)))
		}
	}
}
