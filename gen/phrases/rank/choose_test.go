package main

import (
	"math"
	"slices"
	"testing"
)

var (
	texts = []string{
		"I drive a night bus", "I drive a tram in town", "I repair buses and trams",
		"I cried on the night bus", "I cried all night", "so sad I cried",
		"hello there", "hello, good night", "hi there",
	}
	category = []int{0, 0, 0, 1, 1, 1, 2, 2, 2}
)

func TestChoose(t *testing.T) {
	l := newLearner(vectorsOf(texts), category, 3)
	candidate := []bool{true, true, false, true, true, true, true, true, true}
	order := choose(l, category, candidate, []int{3, 1, 2})
	chosen := make([]int, 3)
	for i, at := range order {
		chosen[category[at]]++
		if !candidate[at] || slices.Contains(order[:i], at) {
			t.Errorf("%q is not to be chosen, or not again", texts[at])
		}
	}
	if want := []int{2, 1, 2}; !slices.Equal(chosen, want) { // a category may have fewer candidates than wanted
		t.Errorf("chosen of each category: %v, want %v", chosen, want)
	}
	if again := choose(l, category, candidate, []int{3, 1, 2}); !slices.Equal(again, order) {
		t.Errorf("the second time the order is %v, the first time it was %v", again, order)
	}
}

// The gain that a text promises is what learning from it takes off the error, at every
// step.
func TestGainIsWhatLearningGives(t *testing.T) {
	l := newLearner(vectorsOf(texts), category, 3)
	for i := range texts {
		promised, before := l.gain(i), squaredError(l)
		l.learn(i)
		if given := before - squaredError(l); math.Abs(given-promised) > 1e-5 {
			t.Errorf("%q promised %.6f and gave %.6f", texts[i], promised, given)
		}
	}
}

func squaredError(l *learner) float64 {
	sum := 0.0
	for i, residuals := range l.residual {
		for _, r := range residuals {
			sum += l.weight[i] * r * r
		}
	}
	return sum
}
