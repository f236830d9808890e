package intent

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func mustCheck(t *testing.T, examples []Example, options CheckOptions) Result {
	t.Helper()
	r, err := Check(t.Context(), examples, options)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSuspectsFindPlantedErrors(t *testing.T) {
	examples := part(t)
	random := rand.New(rand.NewPCG(1, 2))
	var names []string
	for _, e := range examples {
		if !slices.Contains(names, e.Category) {
			names = append(names, e.Category)
		}
	}
	planted := map[int]bool{}
	for _, i := range random.Perm(len(examples))[:len(examples)/20] {
		planted[i] = true
		other := names[random.IntN(len(names))]
		for other == examples[i].Category {
			other = names[random.IntN(len(names))]
		}
		examples[i].Category = other
	}
	rounds := 3
	if testing.Short() {
		rounds = 1
	}
	r := mustCheck(t, examples, CheckOptions{Rounds: rounds})
	hits := 0
	for _, s := range r.Suspects[:len(planted)] {
		if planted[s.Index] {
			hits++
		}
		if want := fmt.Sprintf("reads like %s, %.2f", s.Predicted, s.Confidence); s.Reason != want || s.Margin >= 0 {
			t.Errorf("suspect %+v", s)
		}
	}
	if found := ratio(hits, len(planted)); found < 0.9 {
		t.Errorf("%.0f %% of the first %d suspects were planted", 100*found, len(planted))
	}
}

func TestCheckIsTheSameEveryTime(t *testing.T) {
	examples := part(t)[:300]
	first := mustCheck(t, examples, CheckOptions{Seed: 5})
	if again := mustCheck(t, examples, CheckOptions{Seed: 5}); !reflect.DeepEqual(first, again) {
		t.Error("the same seed gave another result")
	}
	if first.Headline != first.CrossValidated || !first.Gap.IsZero() || first.Synthetic != nil || first.Holdout != nil {
		t.Errorf("without real messages: %+v", first.Headline)
	}
}

func TestGroupedCopiesDoNotFlatter(t *testing.T) {
	// Labels by chance: only a copy in the training part can tell them.
	random := rand.New(rand.NewPCG(3, 4))
	var loose, tied []Example
	for i, e := range part(t)[:150] {
		e.Category = []string{"heads", "tails"}[random.IntN(2)]
		for range 4 {
			loose = append(loose, e)
			e.Group = i
			tied = append(tied, e)
			e.Group = -1
		}
	}
	if a := mustCheck(t, loose, CheckOptions{Rounds: 1}).CrossValidated.Accuracy; a < 0.9 {
		t.Errorf("ungrouped copies: accuracy %.2f", a)
	}
	s := mustCheck(t, tied, CheckOptions{Rounds: 1}).CrossValidated
	if s.Accuracy > 0.65 || s.Low > 0.5 || s.High < 0.5 {
		t.Errorf("grouped copies of a coin toss: %+v", s)
	}
}

// mixed marks some messages as real: those hold words that no other has.
func mixed(t *testing.T) []Example {
	t.Helper()
	examples := part(t)
	for i := range examples {
		if i%4 == 0 {
			examples[i].Real = true
			examples[i].Text = "yo erm " + examples[i].Text + " or whatever innit"
		}
	}
	return examples
}

func TestRealMessagesAreTheHeadline(t *testing.T) {
	r := mustCheck(t, mixed(t), CheckOptions{Rounds: 1})
	if r.SyntheticToReal == nil || r.Test != OnReal || r.Headline != *r.SyntheticToReal || r.Headline.Messages != 180 || r.Report.Messages != 180 {
		t.Fatalf("headline %+v", r.Headline)
	}
	if r.Synthetic.Messages != 540 || r.RealKnown.Messages != 180 || r.CrossValidated.Messages != 720 {
		t.Errorf("synthetic %+v, real %+v", r.Synthetic, r.RealKnown)
	}
	want := fmt.Sprintf("Trained on synthetic messages alone, the check gets %.0f %% of 180 real messages right", 100*r.Headline.Accuracy)
	if !strings.HasPrefix(r.Gap.String(), want) {
		t.Errorf("gap %q, want %q", r.Gap, want)
	}
}

func TestAFewRealMessagesAreNoHeadline(t *testing.T) {
	examples := part(t)
	for i := range examples[:enoughReal-1] {
		examples[i].Real = true
	}
	r := mustCheck(t, examples, CheckOptions{Rounds: 1})
	if r.Test != InTurns || r.Headline != r.CrossValidated || r.Report.Messages != len(examples) {
		t.Errorf("the headline is %+v, %s", r.Headline, r.Test)
	}
	if r.SyntheticToReal == nil || r.SyntheticToReal.Messages != enoughReal-1 {
		t.Errorf("the score on real messages is %+v", r.SyntheticToReal)
	}
}

func TestLockedMessagesTeachNothing(t *testing.T) {
	examples := part(t)
	for i := range examples[:120] {
		examples[i].Real, examples[i].Holdout = true, true
	}
	r := mustCheck(t, examples, CheckOptions{Rounds: 1})
	if r.Holdout == nil || r.Test != OnHoldout || r.Headline != *r.Holdout || r.Headline.Messages != 120 || r.CrossValidated.Messages != 600 {
		t.Fatalf("headline %+v, cross-validated %+v", r.Headline, r.CrossValidated)
	}
	// Were they learned from, wrong categories for them would change the rest.
	for i := range examples[:120] {
		examples[i].Category = examples[(i+1)%120].Category
	}
	other := mustCheck(t, examples, CheckOptions{Rounds: 1})
	if other.CrossValidated != r.CrossValidated || !reflect.DeepEqual(other.Predictions[120:], r.Predictions[120:]) {
		t.Error("the categories of locked messages changed the predictions of others")
	}
	if other.Headline.Accuracy > 0.3 {
		t.Errorf("accuracy %.2f on shuffled categories", other.Headline.Accuracy)
	}
	for _, s := range other.Suspects {
		if s.Index < 120 {
			t.Fatal("a locked message is a suspect")
		}
	}
}

func TestCheckSaysWhatItCannotTell(t *testing.T) {
	examples := append(slices.Clone(part(t)[:80]), Example{Text: "open sesame", Category: "magic", Group: -1})
	r := mustCheck(t, examples, CheckOptions{})
	all := fmt.Sprint(r.Caveats)
	for _, want := range []string{
		"Left out, with fewer than 5 messages to learn from: ",
		"magic",
		"Too few messages to judge these categories, fewer than 20 each: ",
		"wait for 100 before you trust the figure",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in\n%s", want, all)
		}
	}
	if p := r.Predictions[80]; p != (OutOfFold{}) {
		t.Errorf("a prediction for what was left out: %+v", p)
	}
	if caveats := mustCheck(t, part(t), CheckOptions{Rounds: 1}).Caveats; len(caveats) > 0 {
		t.Errorf("caveats about plenty: %q", caveats)
	}
}

func TestCheckReportsProgressAndStops(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var seen []int
	_, err := Check(ctx, part(t), CheckOptions{Progress: func(done, all int) {
		if all != 15 {
			t.Errorf("%d trainings, want 15", all)
		}
		if seen = append(seen, done); done == 3 {
			stop()
		}
	}})
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "stopped") {
		t.Errorf("error %v", err)
	}
	if len(seen) < 3 || !slices.IsSorted(seen) || len(seen) > 6 {
		t.Errorf("progress %v", seen)
	}
}

func TestCheckOfTooLittle(t *testing.T) {
	if _, err := Check(t.Context(), part(t)[:3], CheckOptions{}); !errors.Is(err, ErrFewCategories) {
		t.Errorf("error %v", err)
	}
}

func TestIntervals(t *testing.T) {
	// Student's t at 97.5 % from a table.
	for degrees, want := range map[float64]float64{4: 2.776, 9: 2.262, 14: 2.145, 29: 2.045} {
		if got := studentT(degrees); math.Abs(got/want-1) > 0.01 {
			t.Errorf("t of %v degrees is %.3f, want %.3f", degrees, got, want)
		}
	}
	low, high := wilson(0.9, 100)
	if math.Abs(low-0.8256) > 0.0005 || math.Abs(high-0.9448) > 0.0005 {
		t.Errorf("90 of 100: %.4f to %.4f, want 0.8256 to 0.9448", low, high)
	}
}
