package generate

import (
	"context"
	"strings"
	"testing"
	"time"

	"seedbed/gen"
	"seedbed/gen/llm"
	"seedbed/gen/openai/openaitest"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
)

// generating is a window with the page as it was made for the open dataset.
type generating struct {
	*shelltest.Window
	page *page
}

func start(t *testing.T) *generating {
	t.Helper()
	g := &generating{}
	g.Window = shelltest.NewWithPage(t, func(s *shell.Window) *shell.Page {
		g.page = newPage(s)
		return g.page.declare()
	})
	return g
}

// open is the page of a dataset; an endpoint, where there is one, is the one of the
// settings.
func open(t *testing.T, endpoint *openaitest.Server, messages ...localdb.Message) (*generating, *page) {
	t.Helper()
	g := start(t)
	if endpoint != nil {
		g.Settings.SetBaseURL(endpoint.URL)
	}
	g.Open(messages...)
	g.Visit(shell.Generate)
	return g, g.page
}

// ask sets the numbers of the first categories, and 0 for the rest.
func (p *page) ask(numbers ...string) {
	for i, row := range p.rows {
		n := "0"
		if i < len(numbers) {
			n = numbers[i]
		}
		row.number.SetText(n)
	}
}

func TestGenerateNumbers(t *testing.T) {
	w, p := open(t, nil)
	w.Sees("640 messages", "Generate 640", "Built-in writer", "free, in a few seconds", "Without a knowledge base")
	w.SeesNot("Spend at most", "Model", "Leave these out", "A run was interrupted", "Requests", "Seed ")
	p.ask("7", "5")
	w.Sees("12 messages", "Generate 12")
	for _, bad := range []string{"", "-1", "many", "1.5", "1e3", "99999999999", "NaN"} {
		p.rows[0].number.SetText(bad)
		w.Sees("a whole number from 0 to 1,000,000")
		if b := w.Button("Preview ten"); b == nil || !b.Disabled() || !p.start.Disabled() {
			t.Errorf("with %q the buttons are on", bad)
		}
	}
	p.ask()
	if !p.start.Disabled() {
		t.Error("a plan of nothing can be started")
	}
	p.ask("20000")
	w.Sees("20,000 messages")
}

func TestGenerateAsksForWhatIsMissing(t *testing.T) {
	_, p := open(t, nil, shelltest.Messages(120)...) // 30 in each of four
	plan, _ := p.plan()
	if plan.Of("social") != 50 || plan.Of("rag_query") != 100 {
		t.Errorf("the plan is %+v", plan)
	}
	if plan.Seed == 42 {
		t.Error("a second run would draw what the first drew")
	}
}

func TestGenerateWithTheBuiltInWriter(t *testing.T) {
	w, p := open(t, nil)
	p.ask("5", "4")
	w.Tap("Preview ten")
	w.Sees("Examples, not kept")
	if w.Count(localdb.Filter{}) != 0 {
		t.Error("examples were kept")
	}
	p.ask("5", "4")
	w.Key("Return")
	if n := w.Count(localdb.Filter{}); n != 9 {
		t.Errorf("%d messages", n)
	}
	w.Sees("9 of 9", "5 / 5", "4 / 4", "All 9 messages are in the dataset.")
}

func TestAfterARunTheKeyGoesOnToTheReview(t *testing.T) {
	w, p := open(t, nil)
	p.ask("5", "4")
	w.Key("Return")
	if n := w.Count(localdb.Filter{}); n != 9 || p.start.Primary() || p.start.Key() != "" {
		t.Fatalf("%d messages, and Generate is bright: %v, with the key %q", n, p.start.Primary(), p.start.Key())
	}
	w.Key("Return")
	if n := w.Count(localdb.Filter{}); n != 9 || w.At() != shell.Review {
		t.Errorf("the key leads to %s, with %d messages", w.At(), n)
	}
}

func TestABuiltInWriterThatRunsDrySaysSo(t *testing.T) {
	w, p := open(t, nil)
	if _, err := w.Dataset().AddCategory(context.Background(), localdb.Category{Name: "my own", Colour: "#123456", Target: 3, Training: true}); err != nil {
		t.Fatal(err)
	}
	w.Until("the category is there", func() bool { return len(p.rows) == 9 })
	p.ask("4")
	p.rows[8].number.SetText("3")
	w.Settle()
	w.Sees("can make about 0 of 3 for my own", "Add examples", "Choose a language model")
	w.Tap("Generate 7")
	w.Sees("Fewer messages than planned", "nothing new left", "my own has 0 of 3", "4 of 7 messages are kept", "Add examples")
	w.Escape()
	w.SeesNot("A run was interrupted", "Resume")
}

func TestTheCapIsAnAmount(t *testing.T) {
	w, p := open(t, openaitest.New(t, openaitest.Options{}))
	for text, want := range map[string]float64{"0.5": 0.5, "2,50": 2.5, " $3 ": 3, "0": 0} { //nolint:gocritic // people type spaces
		p.limit.SetText(text)
		if plan, problem := p.plan(); problem != "" || plan.CapUSD != want {
			t.Errorf("%q is a cap of %v: %s", text, plan.CapUSD, problem)
		}
	}
	for _, text := range []string{"", "much", "-1", "NaN", "1e300", "99999999999", "1.000"} {
		p.limit.SetText(text)
		w.Sees("Spending limit, 0 for none")
		if !p.start.Disabled() {
			t.Errorf("with a cap of %q it can start", text)
		}
	}
}

func TestTheCapHolds(t *testing.T) {
	endpoint := openaitest.New(t, openaitest.Options{})
	w, p := open(t, endpoint)
	w.Settings.SetPrices(endpoint.URL, map[string]llm.Price{llm.DefaultModel: {Prompt: 1000, Completion: 1000}})
	p.limit.SetText("4")
	p.ask("0", "200")
	w.Tap("Generate 200")
	w.Sees("The run is not complete", "The cap of $4.00 is reached", "of 200 messages are kept")
	w.Escape()
	w.Sees("of $4.00", "A run was interrupted")
	kept := w.Count(localdb.Filter{})
	p.limit.SetText("8")
	w.Tap("Resume")
	if more := w.Count(localdb.Filter{}); more <= kept || more == 200 {
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
			w, p := open(t, endpoint)
			p.ask("0", "10")
			w.Tap("Generate 10")
			w.Sees("The run is not complete", test.says, test.button)
			w.Tap(test.button)
			w.GoTo(shell.Generate)
			w.Sees("A run was interrupted")

			// Mended, it goes on to the end.
			endpoint.SetFault(nil)
			w.Key("Return")
			if n := w.Count(localdb.Filter{}); n != 10 {
				t.Errorf("%d messages after going on", n)
			}
			w.SeesNot("A run was interrupted")
		})
	}
}

func TestPauseGoOnAndStop(t *testing.T) {
	endpoint := openaitest.New(t, openaitest.Options{FirstToken: 60 * time.Millisecond})
	w, p := open(t, endpoint)
	w.InParallel()
	p.ask("0", "400", "400")
	w.Tap("Generate 800")
	w.Until("messages arrive", func() bool { return w.Run().Progress.Kept > 0 })
	w.Sees("Asks " + shell.HostOf(endpoint.URL) + " while generating")
	w.Tap("Pause")
	w.Until("it is paused", func() bool { return w.Run().Progress.Paused && w.Run().Progress.InFlight == 0 })
	w.Sees("paused", "Resume")
	kept := w.Run().Progress.Kept
	w.GoTo(shell.Overview) // it goes on elsewhere
	w.GoTo(shell.Generate)
	w.Tap("Resume")
	w.Until("more arrive", func() bool { return w.Run().Progress.Kept > kept })
	w.Tap("Stop")
	w.Until("it has stopped", func() bool { return w.RunUnderWay() == nil })
	w.Until("a resume is offered", func() bool { return p.unfinished })
	w.Sees("A run was interrupted", "Works offline")
	if w.Run().Progress.Kept == 0 || p.done.Text() == "–" {
		t.Error("the numbers are gone with the run")
	}
	w.Tap("End the run")
	w.Until("it is put away", func() bool { return !p.unfinished })
	w.SeesNot("A run was interrupted")
}

func TestClosingInTheMiddleLosesNothing(t *testing.T) {
	endpoint := openaitest.New(t, openaitest.Options{FirstToken: 80 * time.Millisecond})
	w, p := open(t, endpoint)
	w.InParallel()
	p.limit.SetText("3")
	p.ask("0", "250", "250")
	w.Tap("Generate 500")
	w.Until("messages arrive", func() bool { return w.Run().Progress.Kept > 20 })
	path := w.Dataset().Path()
	w.Key("W")
	if w.Dataset() != nil || w.HasDialog() {
		t.Fatalf("closing asked something:\n%s", w.Words())
	}
	w.OpenDataset(path)
	w.Until("the dataset is open again", func() bool { return w.Dataset() != nil })
	w.GoTo(shell.Generate)
	again := w.page
	w.Until("the run's own numbers are in the fields", func() bool { return again.unfinished && again.limit.Text == "3" })
	w.Key("Return")
	w.Until("the run is complete", func() bool { return w.Run() != nil && w.RunUnderWay() == nil })
	if n := w.Count(localdb.Filter{}); n != 500 {
		t.Errorf("%d messages", n)
	}
}

func TestAPlanForWhatTheCheckMixesUp(t *testing.T) {
	w, p := open(t, nil, shelltest.Messages(40)...)
	w.PlanRun(gen.Plan{
		Counts:     []gen.Count{{Category: "social", Messages: 20}},
		Boundaries: []gen.Boundary{{Category: "social", ReadsLike: "professional", Messages: 12}},
	})
	w.Sees("32 messages", "12 of Social circle that read like Work")
	if plan, _ := p.plan(); len(plan.Boundaries) != 1 || plan.Total() != 32 {
		t.Errorf("the plan is %+v", plan)
	}
	w.Tap("Leave these out")
	w.SeesNot("that read like")
	if plan, _ := p.plan(); len(plan.Boundaries) != 0 || plan.Total() != 32 {
		t.Errorf("the plan is %+v", plan)
	}
}

func TestLongMessagesArriveShortened(t *testing.T) {
	w, p := open(t, nil)
	p.showMessages("Latest messages", []localdb.Message{{Text: strings.Repeat("עברית 漢字 é ", 400), Category: "social"}})
	for _, line := range strings.Split(w.Words(), "\n") {
		if len([]rune(line)) > 300 {
			t.Errorf("%d characters on the screen", len([]rune(line)))
		}
	}
}

func TestARunWithoutCreditIsToldInGerman(t *testing.T) {
	shelltest.InGerman(t)
	w, p := open(t, openaitest.New(t, openaitest.Options{Fault: openaitest.Always(openaitest.QuotaEnded)}))
	p.ask("0", "10")
	w.Tap("10 erzeugen")
	w.Sees("Guthaben oder Ausgabengrenze bei 127.0.0.1:", "0 von 10 Nachrichten sind behalten. Wenn das behoben ist, setzen Sie den Lauf für den Rest fort.")
}

func TestTheStyleReachesTheBuiltInWriter(t *testing.T) {
	w, p := open(t, nil)
	p.ask("10", "10")
	p.style.SetText("all lower case, no punctuation")
	w.Settle()
	w.Tap("Generate 20")
	w.Until("the run has ended", func() bool { return w.RunUnderWay() == nil && w.Count(localdb.Filter{}) == 20 })
	for m, err := range w.Dataset().Messages(t.Context(), localdb.Filter{}) {
		if err != nil || m.Category != "rag_query" && (strings.ToLower(m.Text) != m.Text || strings.ContainsAny(m.Text, ".,;:!?")) {
			t.Errorf("%q, %v", m.Text, err)
		}
	}
}

func TestRequestsAreCountedWhereALanguageModelWrites(t *testing.T) {
	w, p := open(t, openaitest.New(t, openaitest.Options{}))
	w.Until("the endpoint is offered", func() bool { return len(p.writers) > 1 })
	w.Sees("Requests", "Discarded")
	p.setWriters(p.writers, shell.BuiltInWriter())
	w.Sees("Discarded")
	w.SeesNot("Requests")
}
