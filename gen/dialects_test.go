package gen

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"seedbed/gen/gentest"
	"seedbed/gen/llm"
	"seedbed/gen/openai"
	"seedbed/gen/openai/openaitest"
	"seedbed/gen/openai/openaitest/dialects"
	"seedbed/gen/scheduler"
	"seedbed/localdb"
)

var update = flag.Bool("update", false, "write the sentences that people read at the end of runs to testdata")

// dialectRun carries out a run at an endpoint that speaks a dialect.
func dialectRun(t *testing.T, d openaitest.Dialect, limits openaitest.Limits, plan Plan) (*openaitest.Server, *localdb.Dataset, Result) {
	t.Helper()
	clock := gentest.FasterClock(1000)
	limits.Now = clock.Now
	s := openaitest.New(t, openaitest.Options{Dialect: d, Limits: limits})
	client := openai.New(openai.Config{BaseURL: s.URL, Azure: d.Azure, Key: openai.NewSecret("sk-test"), Model: d.Model})
	w := NewModelWriter(client, gentest.Price)
	dataset := gentest.NewDataset(t)
	r := start(t, dataset, plan, w)
	r.clock = clock
	return s, dataset, do(t, r, w)
}

// billed is what the endpoint counted, by the price that the run knew or by the dialect's own.
func billed(d openaitest.Dialect, total openaitest.Totals) float64 {
	price := *gentest.Price
	switch d.Name {
	case "xAI":
		price = llm.Price{Prompt: 0.20, Completion: 0.50}
	case "OpenRouter":
		price = llm.Price{Prompt: 0.10, Completion: 0.40}
	}
	return (price.Prompt*float64(total.PromptTokens) + price.Completion*float64(total.CompletionTokens)) / 1e6
}

// checkBill fails the test where the ledger is not what the endpoint counted.
func checkBill(t *testing.T, d openaitest.Dialect, s *openaitest.Server, r Result) {
	t.Helper()
	total := s.Totals()
	if r.PromptTokens != total.PromptTokens || r.CompletionTokens != total.CompletionTokens || r.Requests != total.Requests {
		t.Errorf("the ledger has %d requests, %d + %d tokens; the endpoint %d, %d + %d",
			r.Requests, r.PromptTokens, r.CompletionTokens, total.Requests, total.PromptTokens, total.CompletionTokens)
	}
	if want := billed(d, total); r.CostUSD == nil || *r.CostUSD < want-1e-6 || *r.CostUSD > want+1e-6 {
		t.Errorf("the ledger has $%v, the endpoint $%v", *r.CostUSD, want)
	}
}

// conditions are what an endpoint may ask of a run.
var conditions = []struct {
	name   string
	limits openaitest.Limits
}{
	{"no limits", openaitest.Limits{}},
	{"a context of 1,500 tokens", openaitest.Limits{Context: 1500}},
	{"answers of at most 1,024 tokens", openaitest.Limits{Answer: 1024}},
	{"a context of 100 tokens", openaitest.Limits{Context: 100}},
	{"5,000 tokens of thoughts", openaitest.Limits{Thoughts: 5000}},
	{"500,000 tokens of thoughts", openaitest.Limits{Thoughts: 500_000}},
	{"6 requests a minute", openaitest.Limits{PerMinute: 6}},
	{"5 requests a day", openaitest.Limits{PerDay: 5}},
	{"credit for 3,000 tokens", openaitest.Limits{Credit: 3000}},
}

var changing = regexp.MustCompile(`127\.0\.0\.1:\d+|(\d{4}-\d\d-\d\d )?\d\d:\d\d(:\d\d)?|\d{4}-\d\d-\d\d|\(?\b\d+ tokens\b|: \d+ \+ \d+ >|has \d+|\d+ > \d+ - \d+|about \d+|Given: \d+|\(\d+ (in|of)|requested \d+|Requested \d+`)

// What services ask of a run in their dialects, what is kept then, and what a person reads.
func TestRunsInEveryDialect(t *testing.T) {
	t.Parallel()
	for _, d := range dialects.All() {
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			for _, c := range conditions {
				s, dataset, r := dialectRun(t, d, c.limits, smallPlan())
				checkBill(t, d, s, r)
				if got := len(gentest.Messages(t, dataset, localdb.Filter{})); got != r.Messages {
					t.Errorf("%s: %d messages are in the dataset, the result says %d", c.name, got, r.Messages)
				}
				inVain := 0
				for _, call := range s.Calls() {
					if call.Charged && len(call.Messages) == 0 {
						inVain++
					}
				}
				if inVain > 3 {
					t.Errorf("%s: %d requests were paid for in vain of %d: %s", c.name, inVain, r.Requests, r.Summary)
				}
				kept := fmt.Sprint(r.Messages)
				if r.Messages%60 > 0 { // how many depends on what was in flight
					kept = "some"
				}
				sentence := strings.ReplaceAll(r.Summary.String(), fmt.Sprintf("%d of 60", r.Messages), kept+" of 60")
				fmt.Fprintf(&out, "%s: %s, %s of 60\n\t%s\n", c.name, r.State, kept, changing.ReplaceAllString(sentence, "#"))
				if !r.Note.IsZero() {
					fmt.Fprintf(&out, "\t%s\n", changing.ReplaceAllString(r.Note.String(), "#"))
				}
			}
			golden(t, strings.NewReplacer(" ", "-", ",", "", ".", "").Replace(strings.ToLower(d.Name)), out.Bytes())
		})
	}
}

// golden compares a text with the one in testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "dialects", name+".txt")
	if *update {
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o750), os.WriteFile(path, got, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(want, got) {
		t.Errorf("%v: got\n%s\nwant\n%s", err, got, want)
	}
}

// No cap is passed, whatever the dialect, and the ledger is what the endpoint counted.
func TestNoCapIsPassedInAnyDialect(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(11, 0)) // the same caps each time
	all := dialects.All()
	useful, caps := 0, 100
	if testing.Short() { // with the race detector
		caps = 2 * len(all)
	}
	for n := range caps {
		d := all[n%len(all)]
		plan := smallPlan()
		plan.CapUSD = 0.0003 * float64(1+random.IntN(40))
		s, _, r := dialectRun(t, d, openaitest.Limits{}, plan)
		checkBill(t, d, s, r)
		if spent := billed(d, s.Totals()); spent > plan.CapUSD {
			t.Errorf("%s: $%.6f were charged over a cap of $%.6f: %s", d.Name, spent, plan.CapUSD, r.Summary)
		}
		if r.State != scheduler.Done && !errors.Is(r.Cause, localdb.ErrCap) {
			t.Errorf("%s with a cap of $%.6f: %s", d.Name, plan.CapUSD, r.Summary)
		}
		if r.Messages > 0 {
			useful++
		}
	}
	if 10*useful < 7*caps {
		t.Errorf("%d of %d caps brought messages", useful, caps)
	}
}

// A stopped run returns although the endpoint never answers, and what was in flight counts
// as spent.
func TestStopDoesNotWaitForAnEndpointThatHangs(t *testing.T) {
	t.Parallel()
	s := openaitest.New(t, openaitest.Options{Fault: openaitest.After(1, openaitest.Hang)})
	d, w := gentest.NewDataset(t), endpointWriter(s, gentest.Price)
	r := start(t, d, smallPlan(), w)
	r.clock = scheduler.RealTime
	result, err := r.Do(t.Context(), w, func(p Progress) {
		if p.InFlight > 0 && p.Kept > 0 {
			r.controls.Stop()
		}
	})
	if err != nil || result.State != scheduler.Stopped || result.Messages == 0 || result.LostUSD == 0 {
		t.Errorf("%+v, %v", result, err)
	}
}

// While an endpoint asks for a long wait, the run says until when, and can be stopped.
func TestALongWaitIsToldAndStopped(t *testing.T) {
	t.Parallel()
	for name, stop := range map[string]func(*Run){
		"stop":           func(r *Run) { r.controls.Stop() },
		"pause and stop": func(r *Run) { r.controls.Pause(); r.controls.Stop() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := time.Now().Add(20 * time.Minute)
			s := openaitest.New(t, openaitest.Options{})
			d, w := gentest.NewDataset(t), endpointWriter(s, gentest.Price)
			r := start(t, d, smallPlan(), w)
			r.clock, r.notBefore = scheduler.RealTime, at
			var told Progress
			result, err := r.Do(t.Context(), w, func(p Progress) {
				if !p.WaitsUntil.IsZero() {
					told = p
				}
				stop(r)
			})
			if err != nil || result.State != scheduler.Stopped || result.Requests != 0 || !told.WaitsUntil.Equal(at) ||
				!strings.Contains(told.Note.String(), "Waiting until "+at.Format("15:04")) {
				t.Errorf("%+v, %q, %v", result, told.Note, err)
			}
		})
	}
}

// Where nothing listens, a run ends after a few tries, in the client's words.
func TestNothingListensEndsSoon(t *testing.T) {
	t.Parallel()
	s := openaitest.New(nil, openaitest.Options{})
	s.Close()
	d, w := gentest.NewDataset(t), endpointWriter(s, gentest.Price)
	result := do(t, start(t, d, smallPlan(), w), w)
	if result.State != scheduler.Partial || result.Requests != 3 || result.LostUSD != 0 || !strings.Contains(result.Summary.String(), "Nothing answers at") {
		t.Errorf("%+v", result)
	}
}

// An endpoint of which nothing can be read is paid for three answers, and isolated bad
// answers among good ones stop nothing (see TestThePlanIsFilledAndAccountedForDespiteAnyFault).
func TestUnreadableAnswersEndSoon(t *testing.T) {
	t.Parallel()
	for _, fault := range []openaitest.Fault{openaitest.Garbage, openaitest.EmptyAnswer, openaitest.EmptyChoices} {
		s := openaitest.New(t, openaitest.Options{Fault: openaitest.Always(fault)})
		d, w := gentest.NewDataset(t), endpointWriter(s, gentest.Price)
		result := do(t, start(t, d, defaultPlan(), w), w)
		if result.State != scheduler.Partial || s.Totals().Charged != 3 || !strings.Contains(result.Summary.String(), "in a row could not be used") {
			t.Errorf("fault %d, %d paid: %s", fault, s.Totals().Charged, result.Summary)
		}
		checkLedger(t, s, result)
	}
}
