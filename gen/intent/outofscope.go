package intent

import (
	"math"
	"slices"
	"strings"
)

// None is the name for no category in exports and predictions.
const None = "none"

// IsNone reports whether a category's name says that a message belongs to none.
func IsNone(category string) bool {
	switch strings.ToLower(strings.TrimSpace(category)) {
	case "", None, "oos", "out_of_scope", "out-of-scope", "out of scope":
		return true
	}
	return false
}

// Threshold is an out-of-scope score above which a message counts as one of no
// category, and its price, measured out of fold.
type Threshold struct {
	Score      float64 `json:"score"`       // the out-of-scope score
	Kept       float64 `json:"kept"`        // share of the dataset's own messages that stay below it
	TurnedAway float64 `json:"turned_away"` // share of foreign messages, of topics that were not trained on, above it
}

// DefaultKept is the share of the dataset's own messages that the default threshold keeps.
const DefaultKept = 0.95

// keptShares are the shares that thresholds are kept for.
var keptShares = []float64{0.99, 0.98, 0.95, 0.90, 0.85, 0.80}

// KeptShares are the shares of kept messages that the list of Thresholds aims at, in its
// order.
func KeptShares() []float64 { return slices.Clone(keptShares) }

// Thresholds lists thresholds from the most lenient to the strictest: those that keep 99,
// 98, 95, 90, 85 and 80 % of the messages that the model learned from.
func (m *Model) Thresholds() []Threshold { return slices.Clone(m.outOfScope.Thresholds) }

// Threshold is the one of Thresholds whose share of kept messages was asked to be nearest
// to that; DefaultKept is a good one to ask for.
func (m *Model) Threshold(kept float64) Threshold {
	return ThresholdFor(m.outOfScope.Thresholds, kept)
}

// Kept is the share of kept messages that the model's default threshold aims at.
func (m *Model) Kept() float64 { return m.outOfScope.Kept }

// IsOutOfScope reports whether a prediction of the model is above its default threshold:
// the message seems to belong to none of the categories.
func (m *Model) IsOutOfScope(p Prediction) bool { return p.OutOfScope > m.Threshold(m.Kept()).Score }

// ThresholdFor is the one of a model's or a check's thresholds whose share of kept
// messages was asked to be nearest to that.
func ThresholdFor(list []Threshold, kept float64) Threshold {
	best := 0
	for k, share := range keptShares {
		if math.Abs(share-kept) < math.Abs(keptShares[best]-kept) {
			best = k
		}
	}
	return list[best]
}

// outOfScope is all that a model keeps, beside its classifier, to tell messages of its
// own from foreign ones. The score of a message is a logistic regression over its signals:
//
//	score = 1 / (1 + exp(-(Intercept + Σ Coefficients[k] · signal[k])))
//
// where the signals are, of the row x that the classifier scores (its n-gram values by
// column, then its dense features):
//
//	0  the largest margin: the highest score that the classifier gives x for any category
//	1  the own margin: Bias + Σ Weights[column] · x[column]; Weights has the n-gram
//	   columns first and the dense features after them, as in the classifier
//	2  the share of words that are known: of the n-grams of kind word in the message, each
//	   as often as it occurs, those that have a column; 0 of none
//	3  the same of the n-grams of kind run
//	4  the same of the n-grams of kind near
//
// The coefficients are at most 0, so that whatever looks less like the dataset never
// lowers the score.
type outOfScope struct {
	Weights      []float32 // whole multiples of Scale, of 16 bits
	Scale        float32
	Bias         float32
	Coefficients [signals]float64
	Intercept    float64
	Thresholds   []Threshold // one for each of keptShares
	Kept         float64     // the one of keptShares that the default threshold keeps
}

// signals is the number of signals that the score is made of.
const signals = 5

// score turns signals into a score.
func (o *outOfScope) score(signal [signals]float64) float64 {
	sum := o.Intercept
	for k, x := range signal {
		sum += o.Coefficients[k] * x
	}
	return 1 / (1 + math.Exp(-sum))
}

// ownMargin is how far on the side of the dataset's own messages a row lies.
func (o *outOfScope) ownMargin(r *row, columns int) float64 {
	sum := float64(o.Bias)
	for k, c := range r.column {
		sum += float64(o.Weights[c]) * float64(r.value[k])
	}
	for k, x := range r.dense {
		sum += float64(o.Weights[columns+k]) * float64(x)
	}
	return sum
}
