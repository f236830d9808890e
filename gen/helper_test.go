package gen

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"seedbed/gen/openai"
	"seedbed/gen/openai/openaitest"
	"seedbed/localdb"
	"seedbed/localdb/neardup"
)

// fasterClock lets time pass so many times faster than it does.
func fasterClock(times int) clock {
	start := time.Now()
	return clock{
		now: func() time.Time { return start.Add(time.Since(start) * time.Duration(times)) },
		after: func(d time.Duration) <-chan time.Time {
			return time.After(d / time.Duration(times))
		},
	}
}

// newDataset makes a dataset with the shipped categories in a folder of the test.
func newDataset(t testing.TB) *localdb.Dataset {
	t.Helper()
	d, err := localdb.Create(t.Context(), filepath.Join(t.TempDir(), "test.seedbed"), Categories("en"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// testPrice has another figure for each kind of token, so that mixing them shows.
var testPrice = &Price{Prompt: 0.10, Completion: 0.50}

// newTestClient is a client of an endpoint.
func newTestClient(url string) *openai.Client {
	// Long enough for an answer on a busy machine, short enough for one that hangs.
	const patience = time.Second
	return openai.New(openai.Config{BaseURL: url, Key: openai.NewSecret("sk-test"), Model: "gpt-6-luna", Whole: patience})
}

// endpointWriter writes with the model of a test's endpoint.
func endpointWriter(s *openaitest.Server, price *Price) Writer {
	w := NewModelWriter(newTestClient(s.URL), price).(modelWriter)
	w.about.Parallel = parallelHosted // as if it were not on this computer
	return w
}

// smallPlan asks for a few messages of three categories.
func smallPlan() Plan {
	p := DefaultPlan()
	p.Counts = []Count{{"rag_query", 20}, {"social", 30}, {"chitchat", 10}}
	return p
}

// start makes a run that goes by a clock so fast that backing off takes no time.
func start(t testing.TB, d *localdb.Dataset, plan Plan, w Writer) *Run {
	t.Helper()
	r, err := NewRun(t.Context(), d, plan, w.About(), NewControls())
	if err != nil {
		t.Fatal(err)
	}
	r.clock = fasterClock(1000)
	return r
}

// resume takes up the unfinished run of a dataset.
func resume(t testing.TB, d *localdb.Dataset, capUSD float64) *Run {
	t.Helper()
	r, err := Resume(t.Context(), d, capUSD, NewControls())
	if err != nil {
		t.Fatal(err)
	}
	r.clock = fasterClock(1000)
	return r
}

// do carries out a run.
func do(t testing.TB, r *Run, w Writer) Result {
	t.Helper()
	result, err := r.Do(t.Context(), w, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// messages are all messages of a dataset.
func messages(t testing.TB, d *localdb.Dataset) []localdb.Message {
	t.Helper()
	var list []localdb.Message
	for m, err := range d.Messages(context.Background(), localdb.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, m)
	}
	return list
}

// checkVaried fails the test where two messages are exact or near copies.
func checkVaried(t testing.TB, list []localdb.Message) {
	t.Helper()
	pairs, err := neardup.Pairs(context.Background(), len(list), func(i int) string { return list[i].Text }, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pairs {
		t.Errorf("alike: %+v", p)
	}
}

// checkCounts fails the test where the dataset hasn't exactly the plan's counts.
func checkCounts(t testing.TB, d *localdb.Dataset, plan Plan) {
	t.Helper()
	have := map[string]int{}
	for _, m := range messages(t, d) {
		have[m.Category]++
	}
	for _, w := range plan.wanted() {
		if have[w.Category] != w.Messages {
			t.Errorf("%s has %d messages, want %d", w.Category, have[w.Category], w.Messages)
		}
	}
}

// checkLedger fails the test where the ledger's tokens aren't those that the endpoint
// charged and told.
func checkLedger(t testing.TB, s *openaitest.Server, r Result) {
	t.Helper()
	total := s.Totals()
	if p, c := total.PromptTokens-total.UntoldPrompt, total.CompletionTokens-total.UntoldCompletion; r.PromptTokens != p || r.CompletionTokens != c {
		t.Errorf("the ledger has %d and %d tokens, the endpoint told %d and %d", r.PromptTokens, r.CompletionTokens, p, c)
	}
	if r.Requests != total.Requests {
		t.Errorf("the ledger has %d requests, the endpoint %d", r.Requests, total.Requests)
	}
}
