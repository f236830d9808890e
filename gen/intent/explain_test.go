package intent

import (
	"math"
	"strings"
	"testing"

	"seedbed/gen/intent/features"
	"seedbed/gen/intent/svm"
)

func TestExplainNamesTheWordsThatDecide(t *testing.T) {
	for name, options := range map[string]Options{"with vectors": {}, "n-grams only": {NGramsOnly: true}} {
		m := mustTrain(t, part(t), options)
		for _, e := range part(t)[:50] {
			weights := m.Explain(e.Text)
			if len(weights) == 0 {
				t.Fatalf("%s: nothing of %q", name, e.Text)
			}
			sum, heaviest := 0.0, Weight{}
			for _, w := range weights {
				sum += w.Weight
				if w.Word != e.Text[w.Start:w.End] {
					t.Errorf("%s: %q is not at %d to %d of %q", name, w.Word, w.Start, w.End, e.Text)
				}
				if w.Weight > heaviest.Weight {
					heaviest = w
				}
			}
			if options.NGramsOnly {
				// All but the bias is the words' doing.
				r, _ := m.row(features.Words(e.Text))
				scores := m.machine.Margins(&r)
				best := svm.Argmax(scores)
				second := runnerUp(scores, best)
				bias := len(m.machine.Blocks[0]) - 1
				lead := float64(scores[best]-scores[second]) - m.machine.Weight(bias, best) + m.machine.Weight(bias, second)
				if math.Abs(sum-lead) > 1e-4 {
					t.Errorf("%s: the words of %q sum to %.5f, the lead is %.5f", name, e.Text, sum, lead)
				}
			}
			// Without the words that speak for it, the category is less likely.
			p, c := m.Predict(e.Text), 0
			for m.categories[c] != p.Category {
				c++
			}
			without := m.Predict(e.Text[:heaviest.Start] + e.Text[heaviest.End:])
			if p.Margin > 0.1 && without.Probabilities[c] >= p.Probabilities[c]+0.02 {
				t.Errorf("%s: %q is as much %s without %q", name, e.Text, p.Category, heaviest.Word)
			}
		}
	}
}

func TestExplainTakesAnyText(t *testing.T) {
	m := small(t, Options{})
	for text, words := range map[string]int{
		"":                                 0,
		" 🙂 … ''":                          0,
		"I can’t, DON'T?":                  4,
		"\xffhello":                        1,
		strings.Repeat("hello you ", 5000): 10_000,
	} {
		if got := len(m.Explain(text)); got != words {
			t.Errorf("%d words of %.20q, want %d", got, text, words)
		}
	}
	if got := m.Explain("I can’t"); got[1].Word != "can’t" {
		t.Errorf("%+v", got)
	}
}
