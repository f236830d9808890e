package gen

import (
	"context"
	"errors"
	"strings"
	"testing"

	"seedbed/gen/gentest"
	"seedbed/gen/llm"
	"seedbed/gen/openai"
	"seedbed/gen/openai/openaitest"
	"seedbed/gen/scheduler"
	"seedbed/localdb"
)

func TestDefaultPlanIsFilledExactly(t *testing.T) {
	t.Parallel()
	s := openaitest.New(t, openaitest.Options{})
	d, w := gentest.NewDataset(t), endpointWriter(s, gentest.Price)
	plan := defaultPlan()
	result := do(t, start(t, d, plan, w), w)
	if result.State != scheduler.Done || result.Messages != 640 || result.Missing != 0 {
		t.Errorf("got %+v", result)
	}
	checkCounts(t, d, plan)
	checkVaried(t, gentest.Messages(t, d, localdb.Filter{}))
	checkLedger(t, s, result)
	total := s.Totals()
	want := float64(total.PromptTokens)*0.10/1e6 + float64(total.CompletionTokens)*0.50/1e6
	if result.CostUSD == nil || *result.CostUSD < want-1e-9 || *result.CostUSD > want+1e-6 {
		t.Errorf("cost %v, want %v", *result.CostUSD, want)
	}
	if _, err := Resume(t.Context(), d, 0, scheduler.NewControls()); !errors.Is(err, localdb.ErrNoRun) {
		t.Errorf("a finished run can be resumed: %v", err)
	}
}

// Every fault, alone, on the first and every third request of each category. By category,
// since a category is given up after five fruitless batches in a row, which a random
// third of the requests would now and then be.
func TestThePlanIsFilledAndAccountedForDespiteAnyFault(t *testing.T) {
	t.Parallel()
	faults := map[string]openaitest.Fault{
		"rate limit":             openaitest.RateLimit,
		"rate limit with a time": openaitest.RateLimitAfter,
		"500":                    openaitest.ServerError,
		"503":                    openaitest.Unavailable,
		"an HTML error":          openaitest.HTMLError,
		"no answer in time":      openaitest.TimeOut,
		"a dropped connection":   openaitest.Drop,
		"dropped in the answer":  openaitest.DropMidBody,
		"no json_schema":         openaitest.NoSchema,
		"no json_object":         openaitest.NoObject,
		"no format":              openaitest.NoFormat,
		"an error as success":    openaitest.ErrorIn200,
		"too few":                openaitest.TooFew,
		"too many":               openaitest.TooMany,
		"fenced":                 openaitest.Fenced,
		"numbered":               openaitest.Numbered,
		"truncated":              openaitest.Truncated,
		"broken JSON":            openaitest.BrokenJSON,
		"garbage":                openaitest.Garbage,
		"refusals":               openaitest.Refusal,
		"empty answers":          openaitest.EmptyAnswer,
		"no choices":             openaitest.EmptyChoices,
		"echoes":                 openaitest.Echo,
		"no usage":               openaitest.NoUsage,
		"no finish_reason":       openaitest.NoFinish,
		"duplicates":             openaitest.Duplicates,
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			choose := openaitest.Every(3, fault)
			if fault == openaitest.Echo { // a model that does nothing else at first is given up
				choose = func(asked openaitest.Asked) openaitest.Fault {
					if asked.N%3 == 2 {
						return fault
					}
					return openaitest.None
				}
			}
			s := openaitest.New(t, openaitest.Options{Fault: choose})
			d, w := gentest.NewDataset(t), endpointWriter(s, gentest.Price)
			result := do(t, start(t, d, smallPlan(), w), w)
			if result.State != scheduler.Done {
				t.Errorf("%s: %s (%v)", result.State, result.Summary, result.Discarded)
			}
			checkCounts(t, d, smallPlan())
			checkVaried(t, gentest.Messages(t, d, localdb.Filter{}))
			checkLedger(t, s, result)
			checkNothingLost(t, s, d)
		})
	}
}

// All of them together, in the default plan.
func TestEverythingAtOnce(t *testing.T) {
	t.Parallel()
	shares := map[openaitest.Fault]float64{}
	for _, fault := range []openaitest.Fault{
		openaitest.RateLimit, openaitest.RateLimitAfter, openaitest.ServerError, openaitest.Unavailable, openaitest.HTMLError,
		openaitest.TimeOut, openaitest.Drop, openaitest.DropMidBody, openaitest.ErrorIn200, openaitest.TooFew, openaitest.TooMany,
		openaitest.Fenced, openaitest.Numbered, openaitest.Truncated, openaitest.BrokenJSON, openaitest.Garbage, openaitest.Refusal,
		openaitest.EmptyAnswer, openaitest.EmptyChoices, openaitest.Echo, openaitest.NoUsage, openaitest.NoFinish, openaitest.Duplicates,
	} {
		shares[fault] = 0.02
	}
	s := openaitest.New(t, openaitest.Options{Fault: openaitest.Mix(7, shares), MaxConcurrent: 12})
	d, w := gentest.NewDataset(t), endpointWriter(s, gentest.Price)
	result := do(t, start(t, d, defaultPlan(), w), w)
	if result.State != scheduler.Done {
		t.Errorf("%s: %s", result.State, result.Summary)
	}
	checkCounts(t, d, defaultPlan())
	checkVaried(t, gentest.Messages(t, d, localdb.Filter{}))
	checkLedger(t, s, result)
	checkNothingLost(t, s, d)
}

// checkNothingLost fails the test where a message that was paid for, in an answer
// that arrived, is neither in the dataset nor set aside.
func checkNothingLost(t *testing.T, s *openaitest.Server, d *localdb.Dataset) {
	t.Helper()
	stored := map[string]bool{}
	for _, m := range gentest.Messages(t, d, localdb.Filter{}) {
		stored[m.Text] = true
	}
	for run := int64(1); run <= 2; run++ {
		aside, err := d.Discarded(t.Context(), run)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range aside {
			stored[a.Text] = true
		}
	}
	for _, call := range s.Calls() {
		if call.Fault == openaitest.DropMidBody || call.Fault == openaitest.EmptyChoices || call.Fault == openaitest.BrokenJSON {
			continue // what did not arrive whole can't be kept
		}
		for _, text := range call.Messages {
			if !stored[text] {
				t.Errorf("call %d (fault %d) was paid for %q, which is nowhere", call.N, call.Fault, text)
			}
		}
	}
}

// What no retry heals ends the run at once, with a sentence that says what to do, and
// what was made before is kept and can be resumed.
func TestStopsAtOnce(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault openaitest.Fault
		kind  openai.Kind
		says  string
	}{
		"quota ended":   {openaitest.QuotaEnded, openai.QuotaEnded, "Add credit"},
		"wrong key":     {openaitest.WrongKey, openai.KeyInvalid, "Check the key"},
		"unknown model": {openaitest.UnknownModel, openai.ModelUnknown, "Choose one"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openaitest.New(t, openaitest.Options{Fault: openaitest.After(3, test.fault)})
			d, w := gentest.NewDataset(t), endpointWriter(s, gentest.Price)
			result := do(t, start(t, d, smallPlan(), w), w)
			var cause *openai.Error
			if result.State != scheduler.Partial || !errors.As(result.Cause, &cause) || cause.Kind != test.kind {
				t.Errorf("%s with %v", result.State, result.Cause)
			}
			for _, part := range []string{test.says, "30 of 60 messages are kept", "resume"} {
				if !strings.Contains(result.Summary.String(), part) {
					t.Errorf("%q does not say %q", result.Summary, part)
				}
			}
			if n := s.Totals().Requests; n > 3+2*4 {
				t.Errorf("%d requests were sent to an endpoint that refuses every one since the third", n)
			}
			checkLedger(t, s, result)

			s.SetFault(nil)
			if result = do(t, resume(t, d, 0), w); result.State != scheduler.Done {
				t.Errorf("resumed: %s", result.Summary)
			}
			checkCounts(t, d, smallPlan())
			checkLedger(t, s, result)
		})
	}
}

func TestStopsAfterTroublesInARow(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]openaitest.Fault{"out of order": openaitest.ServerError, "busy": openaitest.RateLimit, "paid garbage": openaitest.Garbage} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openaitest.New(t, openaitest.Options{Fault: openaitest.Always(fault)})
			d, w := gentest.NewDataset(t), endpointWriter(s, gentest.Price)
			result := do(t, start(t, d, defaultPlan(), w), w)
			if result.State != scheduler.Partial || !strings.Contains(result.Summary.String(), "in a row") {
				t.Errorf("%s: %s", result.State, result.Summary)
			}
			if n := s.Totals().Requests; n > 3*12 {
				t.Errorf("%d requests before it stopped", n)
			}
			checkLedger(t, s, result)
		})
	}
}

// A model that only repeats itself ends the run within the bound that is said.
func TestSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	s := openaitest.New(t, openaitest.Options{Fault: openaitest.After(4, openaitest.Duplicates)})
	d, w := gentest.NewDataset(t), endpointWriter(s, gentest.Price)
	result := do(t, start(t, d, smallPlan(), w), w)
	if result.State != scheduler.Partial || result.Missing != 60-result.Messages || !strings.Contains(result.Summary.String(), "lacks") {
		t.Errorf("%+v", result)
	}
	asked := 0
	for _, call := range s.Calls() {
		asked += call.Count
	}
	if asked > 5*60+3*40 {
		t.Errorf("asked for %d messages in all", asked)
	}
}

func TestCapIsNeverPassed(t *testing.T) {
	t.Parallel()
	s := openaitest.New(t, openaitest.Options{Fault: openaitest.Mix(3, map[openaitest.Fault]float64{openaitest.NoUsage: 0.1, openaitest.Drop: 0.1, openaitest.Refusal: 0.1})})
	d, w := gentest.NewDataset(t), endpointWriter(s, gentest.Price)
	plan := defaultPlan()
	plan.CapUSD = 0.02
	result := do(t, start(t, d, plan, w), w)
	if result.State != scheduler.Partial || !errors.Is(result.Cause, localdb.ErrCap) || result.Messages == 0 {
		t.Fatalf("%+v", result)
	}
	if charged := charged(s); charged > plan.CapUSD || *result.CostUSD+result.LostUSD > plan.CapUSD {
		t.Errorf("charged %v, counted %v and %v lost, over a cap of %v", charged, *result.CostUSD, result.LostUSD, plan.CapUSD)
	}
	if result = do(t, resume(t, d, 0.50), w); result.State != scheduler.Done {
		t.Errorf("with a higher cap: %s", result.Summary)
	}
	checkCounts(t, d, plan)
}

func TestUnknownPrice(t *testing.T) {
	t.Parallel()
	s := openaitest.New(t, openaitest.Options{})
	w := endpointWriter(s, nil)
	t.Run("is no price of 0", func(t *testing.T) {
		result := do(t, start(t, gentest.NewDataset(t), smallPlan(), w), w)
		if result.State != scheduler.Done || result.CostUSD != nil {
			t.Errorf("%s, cost %v", result.State, result.CostUSD)
		}
	})
	t.Run("keeps no cap", func(t *testing.T) {
		plan, before := smallPlan(), s.Totals().Requests
		plan.CapUSD = 1
		var wrong *llm.PlanError
		if _, err := NewRun(t.Context(), gentest.NewDataset(t), plan, w.Info(), scheduler.NewControls()); !errors.As(err, &wrong) {
			t.Errorf("got %v", err)
		}
		if s.Totals().Requests != before {
			t.Error("something was sent")
		}
	})
}

func TestPauseContinueStop(t *testing.T) {
	t.Parallel()
	s := openaitest.New(t, openaitest.Options{})
	d, w := gentest.NewDataset(t), endpointWriter(s, gentest.Price)
	r := start(t, d, defaultPlan(), w)
	r.controls.Pause()
	paused := false
	result, err := r.Do(t.Context(), w, func(p Progress) {
		switch {
		case !paused:
			if paused = true; !p.Paused || p.Requests != 0 {
				t.Errorf("not paused: %+v", p)
			}
			r.controls.Continue()
		default:
			r.controls.Stop()
		}
	})
	if err != nil || !paused {
		t.Fatal(paused, err)
	}
	// What was in flight may or may not have been answered: it is counted as lost, at its most.
	if charged := charged(s); *result.CostUSD > charged+1e-9 || *result.CostUSD+result.LostUSD < charged-1e-9 {
		t.Errorf("charged %v, counted %v and %v lost", charged, *result.CostUSD, result.LostUSD)
	}
	if result.State == scheduler.Stopped {
		result = do(t, resume(t, d, 0), w)
	}
	if result.State != scheduler.Done {
		t.Errorf("%+v", result)
	}
	checkCounts(t, d, defaultPlan())
}

// A cancelled context leaves at once. What was on its way counts as spent, and is
// asked for once more.
func TestCancelled(t *testing.T) {
	t.Parallel()
	s := openaitest.New(t, openaitest.Options{Fault: openaitest.After(10, openaitest.Hang)})
	d, w := gentest.NewDataset(t), endpointWriter(s, gentest.Price)
	r := start(t, d, defaultPlan(), w)
	ctx, cancel := context.WithCancel(t.Context())
	result, err := r.Do(ctx, w, func(p Progress) {
		if p.Kept >= 100 {
			cancel()
		}
	})
	if err != nil || result.State != scheduler.Stopped || result.Messages != 100 || result.LostUSD == 0 {
		t.Fatalf("%+v, %v", result, err)
	}
	s.SetFault(nil)
	if result = do(t, resume(t, d, 0), w); result.State != scheduler.Done || result.LostUSD == 0 {
		t.Errorf("%+v", result)
	}
	checkCounts(t, d, defaultPlan())
}

func TestProgress(t *testing.T) {
	t.Parallel()
	s := openaitest.New(t, openaitest.Options{Fault: openaitest.Script(openaitest.RateLimit, openaitest.TooMany)})
	d, w := gentest.NewDataset(t), endpointWriter(s, gentest.Price)
	var last Progress
	result, err := start(t, d, smallPlan(), w).Do(t.Context(), w, func(p Progress) { last = p })
	if err != nil {
		t.Fatal(err)
	}
	if last.Kept != 60 || last.Wanted != 60 || last.Requests != result.Requests || last.Retries != 1 || last.InFlight != 0 ||
		last.Discarded[Surplus] != 5 || len(last.Newest) != newestShown || last.Spend.Cost == 0 || !last.Spend.Known {
		t.Errorf("%+v", last)
	}
	for i, c := range last.Categories {
		if want := smallPlan().Counts[i]; c.Category != want.Category || c.Kept != want.Messages || c.Wanted != want.Messages {
			t.Errorf("%+v, want %+v", c, want)
		}
	}
}

// What stands in the dataset is not made again, and a message that a person deletes
// from a run is not made up for.
func TestKnowsTheDataset(t *testing.T) {
	t.Parallel()
	s := openaitest.New(t, openaitest.Options{})
	d, w := gentest.NewDataset(t), endpointWriter(s, gentest.Price)
	first := do(t, start(t, d, smallPlan(), w), w)
	again := openaitest.New(t, openaitest.Options{}) // writes the same from its start
	w = endpointWriter(again, gentest.Price)
	second := do(t, start(t, d, smallPlan(), w), w)
	if first.State != scheduler.Done || second.State == scheduler.Done && second.Discarded[ExactCopy] != 60 {
		t.Errorf("%+v", second)
	}
	checkVaried(t, gentest.Messages(t, d, localdb.Filter{}))
}

// A category may be renamed while a run rests, and while it runs.
func TestRenamedMeanwhile(t *testing.T) {
	t.Parallel()
	s := openaitest.New(t, openaitest.Options{Fault: openaitest.After(3, openaitest.QuotaEnded)})
	d, w := gentest.NewDataset(t), endpointWriter(s, gentest.Price)
	do(t, start(t, d, smallPlan(), w), w)
	rename := func(from, to string) {
		categories, err := d.Categories(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range categories {
			if c.Name == from {
				err = d.RenameCategory(t.Context(), c.ID, to)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	rename("social", "people")
	s.SetFault(nil)
	r := resume(t, d, 0)
	rename("chitchat", "small talk")
	if result := do(t, r, w); result.State != scheduler.Done {
		t.Errorf("%+v", result)
	}
	plan := smallPlan()
	plan.Counts[1].Category, plan.Counts[2].Category = "people", "small talk"
	checkCounts(t, d, plan)
}
