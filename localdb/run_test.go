package localdb

import (
	"encoding/json"
	"errors"
	"math"
	"testing"
)

// newRun stores a run of two batches.
func newRun(t testing.TB, d *Dataset) (RunRecord, []BatchRecord) {
	t.Helper()
	social, chitchat := categoryID(t, d, "social"), categoryID(t, d, "chitchat")
	run, batches, err := d.StartRun(t.Context(), RunRecord{Plan: json.RawMessage(`{"seed":7}`), Writer: "openai", Model: "m"}, []BatchRecord{
		{CategoryID: social, Count: 10, Prompt: "en-1", Spec: json.RawMessage(`{"mess":"typos"}`)},
		{CategoryID: chitchat, Count: 8, Prompt: "en-1", Spec: json.RawMessage(`{}`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return run, batches
}

// categoryID finds a category by its name.
func categoryID(t testing.TB, d *Dataset, name string) int64 {
	t.Helper()
	categories, err := d.Categories(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range categories {
		if c.Name == name {
			return c.ID
		}
	}
	t.Fatalf("no category %q", name)
	return 0
}

// reserve writes a request of a batch into the ledger.
func reserve(t testing.TB, d *Dataset, batch int64, worst Money) int64 {
	t.Helper()
	id, err := d.Reserve(t.Context(), LedgerEntry{Batch: batch, Writer: "openai", Model: "m", MaxCost: &worst})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestRunSurvives(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	if _, err := d.UnfinishedRun(t.Context()); !errors.Is(err, ErrNoRun) {
		t.Errorf("a new dataset: %v", err)
	}
	run, batches := newRun(t, d)
	if got, err := d.UnfinishedRun(t.Context()); err != nil || got.ID != run.ID || string(got.Plan) != `{"seed":7}` {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := d.AddBatches(t.Context(), run.ID, []BatchRecord{{CategoryID: batches[0].CategoryID, TopUp: true, Count: 2, Prompt: "en-1", Spec: json.RawMessage(`{}`)}}); err != nil {
		t.Fatal(err)
	}
	if err := d.GiveUpBatch(t.Context(), batches[1].ID); err != nil {
		t.Fatal(err)
	}
	got, err := d.Batches(t.Context(), run.ID)
	if err != nil || len(got) != 3 || got[0].Category != "social" || got[1].State != BatchGivenUp || got[0].TopUp || !got[2].TopUp || got[2].Count != 2 || string(got[0].Spec) != `{"mess":"typos"}` {
		t.Errorf("%+v, %v", got, err)
	}
	if err := d.FinishRun(t.Context(), run.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := d.UnfinishedRun(t.Context()); !errors.Is(err, ErrNoRun) {
		t.Errorf("a finished run: %v", err)
	}
}

func TestStoreAnswer(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	run, batches := newRun(t, d)
	request, cost := reserve(t, d, batches[0].ID, 100), Money(40)
	ids, err := d.StoreAnswer(t.Context(), request, StoredAnswer{
		Messages:         []Message{{Text: "one", Confidence: 1}, {Text: "two", Confidence: 1}},
		Discarded:        []Discarded{{Text: "one!", Reason: "near-duplicate", CopyOf: 1}},
		State:            BatchStored,
		PromptTokens:     300,
		CompletionTokens: 20,
		UsageKnown:       true,
		Cost:             &cost,
	})
	if err != nil || len(ids) != 2 {
		t.Fatal(ids, err)
	}
	m, err := d.Message(t.Context(), ids[1])
	if err != nil || m.Text != "two" || m.Category != "social" || m.BatchID != batches[0].ID {
		t.Errorf("%+v, %v", m, err)
	}
	p, err := d.Provenance(t.Context(), m.BatchID)
	if err != nil || p.Run.ID != run.ID || p.Batch.Kept != 2 || p.Batch.State != BatchStored || p.Writer != "openai" || p.Model != "m" {
		t.Errorf("%+v, %v", p, err)
	}
	if aside, err := d.Discarded(t.Context(), run.ID); err != nil || len(aside) != 1 || aside[0] != (Discarded{"one!", "near-duplicate", 1}) {
		t.Errorf("%+v, %v", aside, err)
	}
	if l, err := d.Ledger(t.Context(), run.ID); err != nil || l.Requests != 1 || l.Answered != 1 || l.PromptTokens != 300 || l.CompletionTokens != 20 || l.Cost != 40 || l.Reserved != 0 || l.Discarded["near-duplicate"] != 1 {
		t.Errorf("%+v, %v", l, err)
	}
	if _, ok, _ := d.CanUndo(t.Context()); ok {
		t.Error("what a run stored stands in the undo log")
	}
}

// An answer is stored as a whole or not at all.
func TestStoreAnswerIsOneTransaction(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	run, batches := newRun(t, d)
	request := reserve(t, d, batches[0].ID, 100)
	_, err := d.StoreAnswer(t.Context(), request, StoredAnswer{
		Messages:  []Message{{Text: "good"}, {Text: ""}}, // a message can't be empty
		Discarded: []Discarded{{Text: "x", Reason: "empty"}},
		State:     BatchStored,
	})
	if err == nil {
		t.Fatal("an empty message was stored")
	}
	l, err := d.Ledger(t.Context(), run.ID)
	if err != nil || l.Answered != 0 || l.Reserved != 100 || len(l.Discarded) != 0 {
		t.Errorf("%+v, %v", l, err)
	}
	if got, err := d.Batches(t.Context(), run.ID); err != nil || got[0].State != BatchWaiting || got[0].Kept != 0 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestCapHoldsToTheLastDigit(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	_, batches := newRun(t, d)
	try := func(worst, limit Money) (int64, error) {
		return d.Reserve(t.Context(), LedgerEntry{Batch: batches[0].ID, MaxCost: &worst, Cap: &limit})
	}
	first, err := try(60, 100)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := try(41, 100); !errors.Is(err, ErrCap) {
		t.Errorf("60 reserved and 41 more under a cap of 100: %v", err)
	}
	second, err := try(40, 100)
	if err != nil {
		t.Errorf("60 reserved and 40 more under a cap of 100: %v", err)
	}
	// What turns out cheaper, or free, makes room; what is lost does not.
	cost := Money(10)
	if _, err := d.StoreAnswer(t.Context(), first, StoredAnswer{Cost: &cost}); err != nil {
		t.Fatal(err)
	}
	if err := d.FailRequest(t.Context(), second, false, "dropped"); err != nil {
		t.Fatal(err)
	}
	if _, err := try(51, 100); !errors.Is(err, ErrCap) {
		t.Errorf("10 paid, 40 lost and 51 more under a cap of 100: %v", err)
	}
	third, err := try(50, 100)
	if err != nil {
		t.Errorf("10 paid, 40 lost and 50 more under a cap of 100: %v", err)
	}
	if err := d.FailRequest(t.Context(), third, true, "busy"); err != nil {
		t.Fatal(err)
	}
	if _, err := try(50, 100); err != nil {
		t.Errorf("after a free refusal: %v", err)
	}
	limit := Money(100)
	if _, err := d.Reserve(t.Context(), LedgerEntry{Batch: batches[1].ID, Cap: &limit}); err == nil || errors.Is(err, ErrCap) {
		t.Errorf("an unknown price under a cap: %v", err)
	}
}

func TestLoseInFlight(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	run, batches := newRun(t, d)
	reserve(t, d, batches[0].ID, 70)
	answered := reserve(t, d, batches[1].ID, 30)
	if _, err := d.StoreAnswer(t.Context(), answered, StoredAnswer{State: BatchStored}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{1, 0} {
		if lost, err := d.LoseInFlight(t.Context(), run.ID); err != nil || lost != want {
			t.Errorf("%d are lost, want %d (%v)", lost, want, err)
		}
	}
	if l, err := d.Ledger(t.Context(), run.ID); err != nil || l.Lost != 1 || l.Reserved != 70 || l.CostUnknown != 1 {
		t.Errorf("%+v, %v", l, err)
	}
}

func TestDollarsAreRounded(t *testing.T) {
	t.Parallel()
	for cents := range Money(100_000) {
		if got := Dollars(float64(cents) / 100); got != cents*1e7 {
			t.Fatalf("%d cents are %d billionths", cents, got)
		}
	}
	for usd, want := range map[float64]Money{
		0.1 + 0.2: 300_000_000, -0.29: -290_000_000, 0.0000000004: 0, 0.0000000005: 1,
		math.Inf(1): math.MaxInt64, math.Inf(-1): math.MinInt64, 1e300: math.MaxInt64, -1e10: math.MinInt64,
	} {
		if got := Dollars(usd); got != want {
			t.Errorf("$%g are %d billionths, want %d", usd, got, want)
		}
	}
	if got := Dollars(math.NaN()); got != 0 {
		t.Errorf("NaN dollars are %d billionths", got)
	}
}

// The largest amounts neither overflow nor pass the cap.
func TestACapHoldsForTheLargestAmounts(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	_, batches, err := d.StartRun(t.Context(), RunRecord{Plan: []byte("{}")}, []BatchRecord{{Count: 1, Spec: []byte("{}")}})
	if err != nil {
		t.Fatal(err)
	}
	most := Money(math.MaxInt64)
	request := LedgerEntry{Batch: batches[0].ID, MaxCost: &most, Cap: &most}
	if _, err := d.Reserve(t.Context(), request); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Reserve(t.Context(), request); !errors.Is(err, ErrCap) {
		t.Errorf("the second request: %v, want ErrCap", err)
	}
}
