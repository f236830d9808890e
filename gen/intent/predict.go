package intent

import (
	"slices"

	"seedbed/gen/intent/features"
	"seedbed/gen/intent/outofscope"
	"seedbed/gen/intent/svm"
)

// Prediction is what the model predicts for a message.
type Prediction struct {
	Category string
	// Confidence is the calibrated probability of the category, from 0 to 1.
	Confidence float64
	// Margin is how far the category's probability is ahead of the next one's.
	Margin float64
	// Probabilities has one number for each of Model.Categories; they add to 1.
	Probabilities []float64
	// OutOfScope is from 0 for a message like those that the model learned from to 1 for one
	// that belongs to none of its categories.
	OutOfScope float64
}

// Predict gives a message its most likely category.
func (m *Model) Predict(text string) Prediction {
	message := features.Words(text)
	r, known := m.row(message)
	margins := m.machine.Margins(&r)
	p := Prediction{Probabilities: probabilities(margins, m.sharpness)}
	best := svm.Argmax(p.Probabilities)
	p.Category, p.Confidence = m.categories[best], p.Probabilities[best]
	p.Margin = p.Confidence - p.Probabilities[runnerUp(p.Probabilities, best)]
	p.OutOfScope = m.outOfScope.Score(outofscope.NewEvidence(outofscope.Energy(margins), m.outOfScope.WordingWeight, m.outOfScope.Wording(outofscope.Wordings(message)), known))
	return p
}

// Thresholds lists thresholds from the most lenient to the strictest: those that aim to keep
// 99, 98, 95, 90, 85 and 80 % of real messages. Set by synthetic messages, they keep more of
// those.
func (m *Model) Thresholds() []outofscope.Threshold { return slices.Clone(m.outOfScope.Thresholds) }

// Threshold is the one of Thresholds whose share of kept messages was asked to be nearest
// to that; DefaultKept is a good one to ask for.
func (m *Model) Threshold(kept float64) outofscope.Threshold {
	return outofscope.ThresholdFor(m.outOfScope.Thresholds, kept)
}

// Kept is the share of kept messages that the model's default threshold aims at.
func (m *Model) Kept() float64 { return m.outOfScope.Kept }

// IsOutOfScope reports whether a prediction of the model is above its default threshold:
// the message seems to belong to none of the categories.
func (m *Model) IsOutOfScope(p Prediction) bool { return p.OutOfScope > m.Threshold(m.Kept()).Score }

// runnerUp is the place of the largest number but the one at a place. There are at least two.
func runnerUp[T float32 | float64](numbers []T, but int) int {
	second := 0
	if but == 0 {
		second = 1
	}
	for c, x := range numbers {
		if c != but && x > numbers[second] {
			second = c
		}
	}
	return second
}

// row makes of a message what the machine can score, and how much of it is known.
func (m *Model) row(message []string) (svm.Row, features.Coverage) {
	found := make([]int32, 0, 24*len(message))
	var known, all features.Coverage
	features.AllNGrams(message, func(n features.NGram) {
		all[n.Kind]++
		if column, ok := m.column.Get(n.Hash); ok {
			known[n.Kind]++
			found = append(found, column)
		}
	})
	var r svm.Row
	var counts []float32
	r.Column, counts = features.Tally(found)
	r.Value = m.weighting.Weights(r.Column, counts)
	if m.pooling != nil {
		r.Dense = make([]float32, m.pooling.Width())
		m.pooling.Pool(message, r.Dense)
	}
	return r, known.Of(all)
}

// Uncertainty is from 0 for a prediction without an alternative to 0.5 for one with an
// equally likely alternative.
func (p Prediction) Uncertainty() float64 { return (1 - p.Margin) / 2 }

// Uncertainty is from 0 to 1, as Margin is from 1 to -1.
func (p OutOfFold) Uncertainty() float64 { return (1 - p.Margin) / 2 }

// Own is the probability of the given category of a message that is predicted as another.
func (p OutOfFold) Own() float64 { return p.Confidence + p.Margin }
