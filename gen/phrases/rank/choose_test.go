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
	groups := choose(newLearner(vectorsOf(texts), category, 3), category, []int{1, 2, 1}, 2)
	chosen := make([]int, 3)
	known := map[int]bool{}
	for _, group := range groups {
		chosen[category[group[0]]]++
		for _, at := range group {
			if known[at] || category[at] != category[group[0]] {
				t.Errorf("%q is chosen again, or stands for a text of another category", texts[at])
			}
			known[at] = true
		}
	}
	if want := []int{1, 2, 1}; !slices.Equal(chosen, want) {
		t.Errorf("groups of each category: %v, want %v", chosen, want)
	}
	if len(known) != 7 { // the second group of a category of three has one text left
		t.Errorf("the groups hold %d texts: %v", len(known), groups)
	}
	again := choose(newLearner(vectorsOf(texts), category, 3), category, []int{1, 2, 1}, 2)
	if !slices.EqualFunc(again, groups, slices.Equal) {
		t.Errorf("the second time the groups are %v, the first time they were %v", again, groups)
	}
}

// What stands for a text is the text most like it.
func TestChooseGroupsWhatIsAlike(t *testing.T) {
	texts := []string{"the bus is late", "my bus is late", "soup is cold", "my soup is cold", "hello", "hi"}
	category := []int{0, 0, 0, 0, 1, 1}
	for _, group := range choose(newLearner(vectorsOf(texts), category, 2), category, []int{2, 1}, 2) {
		if len(group) != 2 || group[0]/2 != group[1]/2 {
			t.Errorf("the group %v isn't of texts that are alike", group)
		}
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
