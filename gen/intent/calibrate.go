package intent

import (
	"math"

	"seedbed/gen/intent/svm"
)

// A margin is not a probability. Temperature scaling (Guo et al., 2017) makes
// it one: the scores times one number, the sharpness, through a softmax. The
// number is fitted on scores of messages that the scores had not seen.

// calibrationSize is how many unseen messages are enough to fit one number.
const calibrationSize = 1000

// calibrationParts is in how many parts the messages are dealt for that.
const calibrationParts = 5

// calibrationFolds picks which messages are held out in turn to calibrate on:
// some of the parts, as many as calibrationSize needs.
func calibrationFolds(examples []Example, labels []int, classes int, seed uint64) [][]int {
	var folds [][]int
	held := 0
	for _, fold := range groupedFolds(examples, labels, classes, calibrationParts, seed) {
		if held >= calibrationSize {
			break
		}
		fold = fold[:min(len(fold), calibrationSize)]
		held += len(fold)
		folds = append(folds, fold)
	}
	return folds
}

// sharpest finds the sharpness under which the labels are most likely, by a
// golden-section search over its logarithm: the likelihood has one peak.
func sharpest(scores [][]float32, labels []int) float64 {
	golden := (math.Sqrt(5) - 1) / 2
	low, high := math.Log(0.05), math.Log(50)
	a, b := high-golden*(high-low), low+golden*(high-low)
	lossA, lossB := negativeLogLikelihood(scores, labels, math.Exp(a)), negativeLogLikelihood(scores, labels, math.Exp(b))
	for range 30 {
		if lossA < lossB {
			high, b, lossB = b, a, lossA
			a = high - golden*(high-low)
			lossA = negativeLogLikelihood(scores, labels, math.Exp(a))
		} else {
			low, a, lossA = a, b, lossB
			b = low + golden*(high-low)
			lossB = negativeLogLikelihood(scores, labels, math.Exp(b))
		}
	}
	return math.Exp((low + high) / 2)
}

// negativeLogLikelihood is the negative log-likelihood of the labels, each held to be right
// with (n+1)/(n+2) only, as in Platt (1999): a model that made no mistake in n
// messages may still make one.
func negativeLogLikelihood(scores [][]float32, labels []int, sharpness float64) float64 {
	doubt := 1 / float64(len(scores)+2)
	var sum float64
	for i, s := range scores {
		own := float64(s[labels[i]])
		var others, mean float64
		for _, x := range s {
			others += math.Exp(sharpness * (float64(x) - own))
			mean += sharpness * (float64(x) - own) / float64(len(s)-1)
		}
		sum += math.Log(others) - doubt*mean
	}
	return sum
}

// probabilities is the softmax of the scores at that sharpness.
func probabilities(scores []float32, sharpness float64) []float64 {
	found := make([]float64, len(scores))
	most := scores[svm.Argmax(scores)]
	var sum float64
	for c, s := range scores {
		found[c] = math.Exp(sharpness * float64(s-most))
		sum += found[c]
	}
	for c := range found {
		found[c] /= sum
	}
	return found
}
