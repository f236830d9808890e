// Package outofscope scores how little a message looks like those of a dataset: scorer.go is the
// score, fit.go fits it and its thresholds. What is foreign to a dataset it learns from messages
// that ship inside the program (offtopic.go, foreign.go), but for those that are nearly the
// dataset's own (overlap.go) or on a topic that it is about (topics.go).
package outofscope

import (
	"math"
	"slices"
	"strings"

	"seedbed/gen/intent/features"
	"seedbed/gen/intent/svm"
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
	Kept       float64 `json:"kept"`        // share of the dataset's own messages below it; of the real ones alone where there are enough
	TurnedAway float64 `json:"turned_away"` // share of foreign messages, of topics that were not trained on, above it
}

// DefaultKept is the share of real messages that the default threshold aims to keep.
const DefaultKept = 0.95

// keptShares are the shares of real messages that thresholds aim to keep.
var keptShares = []float64{0.99, 0.98, 0.95, 0.90, 0.85, 0.80}

// KeptShares are the shares of kept messages that the list of Thresholds aims at, in its
// order.
func KeptShares() []float64 { return slices.Clone(keptShares) }

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

// Scorer is all that a model keeps, beside its classifier, to tell messages of its
// own from foreign ones. The score of a message is
//
//	score = 1 / (1 + exp(-(Intercept + Content · content + Letters · letters)))
//
// where
//
//	content = energy + WordingWeight · wording
//	energy  = log(Σ exp(5 · margin)) / 5 over the margins of all categories, which are the
//	          scores that the classifier gives before they become probabilities (after Liu
//	          et al., 2020)
//	wording = the mean log-ratio of the message's single words and pairs of neighbours (the
//	          n-grams of kind word), each counted once: the sum of Ratios of those that are in
//	          Hashes, divided by 1 + how many those are
//	letters = min(coverage, EnoughKnown), where coverage is the share of the message's
//	          character n-grams (the kind run), each counted as often as it occurs, that have a
//	          column in the classifier; 0 of a message without any
//
// Content and Letters are at most 0, so that whatever looks more like the dataset never raises
// the score.
type Scorer struct {
	// Hashes are those of words and pairs, ascending, as the classifier's columns are hashed.
	Hashes []uint64
	// Ratios say of each how much more often it occurs in a message of the dataset than in a
	// foreign one: the natural logarithm of the one share over the other, less what both share;
	// see logRatio.
	Ratios                      []float32
	WordingWeight               float64
	EnoughKnown                 float64
	Content, Letters, Intercept float64
	Thresholds                  []Threshold // one for each of keptShares
	Kept                        float64     // the one of keptShares that the default threshold keeps
}

// wordingWeight is the weight of the wording beside the energy. It is not fitted to each
// dataset: the foreign messages at hand are further from the dataset than some that will come,
// so that a fit trusts single words too much. From 0.9 to 2 did about as well.
const wordingWeight = 1.4

// SharpEnergy makes the energy a little more than the largest margin: a message between two
// categories belongs to one of them. From 3 to 6 did as well.
const SharpEnergy = 5

// Energy is a smooth maximum of a message's margins.
func Energy(margins []float32) float64 {
	most := float64(margins[svm.Argmax(margins)])
	var sum float64
	for _, m := range margins {
		sum += math.Exp(SharpEnergy * (float64(m) - most))
	}
	return most + math.Log(sum)/SharpEnergy
}

// Wording is the signal of that name.
func (o *Scorer) Wording(list []uint64) float64 {
	sum, known := 0.0, 1.0
	for _, h := range list {
		if k, ok := slices.BinarySearch(o.Hashes, h); ok {
			sum += float64(o.Ratios[k])
			known++
		}
	}
	return sum / known
}

// Score is the score of a message with this evidence.
func (o *Scorer) Score(e Evidence) float64 {
	return sigmoid(o.Intercept + o.Content*e.content + o.Letters*min(e.coverage, o.EnoughKnown))
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// Evidence is what the score of a message is made of; see Scorer.
type Evidence struct{ content, coverage float64 }

// NewEvidence adds up a message's energy and, with that weight, its wording.
func NewEvidence(energy, weight, wording float64, known features.Coverage) Evidence {
	return Evidence{energy + weight*wording, known[features.RunKind]}
}
