package gen

import (
	"context"
	"testing"

	"seedbed/gen/gentest"
	"seedbed/gen/llm"
	"seedbed/gen/openai/openaitest"
	"seedbed/gen/scheduler"
	"seedbed/localdb"
	"seedbed/localdb/neardup"
)

// endpointWriter writes with the model of a test's endpoint.
func endpointWriter(s *openaitest.Server, price *llm.Price) Writer {
	w := NewModelWriter(gentest.Client(s.URL), price).(modelWriter)
	w.info.Parallel = llm.ParallelHosted // as if it were not on this computer
	return w
}

// defaultPlan is the default plan with a seed that is always the same.
func defaultPlan() Plan {
	p := DefaultPlan()
	p.Seed = 42
	return p
}

// smallPlan asks for a few messages of three categories.
func smallPlan() Plan {
	p := defaultPlan()
	p.Counts = []Count{{"rag_query", 20}, {"social", 30}, {"chitchat", 10}}
	return p
}

// start makes a run that goes by a clock so fast that backing off takes no time.
func start(t testing.TB, d *localdb.Dataset, plan Plan, w Writer) *Run {
	t.Helper()
	r, err := NewRun(t.Context(), d, plan, w.Info(), scheduler.NewControls())
	if err != nil {
		t.Fatal(err)
	}
	r.clock = gentest.FasterClock(1000)
	return r
}

// resume takes up the unfinished run of a dataset.
func resume(t testing.TB, d *localdb.Dataset, capUSD float64) *Run {
	t.Helper()
	r, err := Resume(t.Context(), d, capUSD, scheduler.NewControls())
	if err != nil {
		t.Fatal(err)
	}
	r.clock = gentest.FasterClock(1000)
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
	for _, m := range gentest.Messages(t, d, localdb.Filter{}) {
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

// charged is what the endpoint charged by [gentest.Price], in dollars.
func charged(s *openaitest.Server) float64 {
	total := s.Totals()
	return float64(total.PromptTokens)*gentest.Price.Prompt/1e6 + float64(total.CompletionTokens)*gentest.Price.Completion/1e6
}
