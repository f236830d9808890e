package intent

import (
	"math"

	"seedbed/gen/intent/features"

	"seedbed/assets/i18n"
)

// Transfer compares training on synthetic messages with training on real ones, both
// tested on the same real messages, which neither has seen.
type Transfer struct {
	// Share is the accuracy of synthetic training as a share of that of real training, above
	// 1 where it is the better one. Low and High bound it with 95 % confidence over the
	// choice of the real messages; training on other synthetic ones may differ more.
	Share float64 `json:"share"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	// Synthetic and Real are the two accuracies, and Messages is how many were tested.
	Synthetic float64 `json:"synthetic"`
	Real      float64 `json:"real"`
	Messages  int     `json:"messages"`
}

// compared lists those of the real messages whose category has enough of them to be
// trained on and tested in turns; nil where they are too few to compare.
func (c *checker) compared(realOnes []int) []int {
	size := make([]int, len(c.categories))
	for _, i := range realOnes {
		size[c.labels[i]]++
	}
	categories := 0
	for _, n := range size {
		if n >= c.options.Folds {
			categories++
		}
	}
	list, _ := features.Split(realOnes, func(i int) bool { return size[c.labels[i]] >= c.options.Folds })
	if categories < 2 || len(list) < enoughReal {
		return nil
	}
	return list
}

// transfer tests a training on synthetic messages, and trainings on real ones alone in
// turns, on the real messages. Categories with too few real messages are left out of
// both: no message of theirs is tested, and none is predicted.
func (c *checker) transfer(synthetic *trained, realOnes []int) (*Transfer, i18n.Text, error) {
	tested := c.compared(realOnes)
	if tested == nil {
		return nil, i18n.T("To say how close synthetic messages come to real ones, the check needs {{.N}} real messages of two or more categories with at least {{.Each}} in each; there are {{.Have}}.",
			i18n.Values{"N": enoughReal, "Each": c.options.Folds, "Have": len(realOnes)}), nil
	}
	possible := make([]bool, len(c.categories))
	for _, i := range tested {
		possible[c.labels[i]] = true
	}
	right := func(scores []float32, i int) bool {
		for k, score := range scores {
			if possible[k] && score > scores[c.labels[i]] {
				return false
			}
		}
		return true
	}
	place := make(map[int]int, len(tested))
	ofSynthetic, ofReal := make([]float64, len(tested)), make([]float64, len(tested))
	for k, scores := range c.scores(synthetic, tested) {
		place[tested[k]] = k
		if right(scores, tested[k]) {
			ofSynthetic[k] = 1
		}
	}
	examples, labels := features.Pick(c.examples, tested), features.Pick(c.labels, tested)
	var folds [][]int
	for round := range c.options.Rounds {
		for _, fold := range groupedFolds(examples, labels, len(c.categories), c.options.Folds, c.options.Seed+uint64(round)) {
			folds = append(folds, features.Pick(tested, fold))
		}
	}
	found := make([][]bool, len(folds))
	err := c.trainWithout(tested, folds, func(f int, _ []int, t *trained) {
		found[f] = make([]bool, len(folds[f]))
		for k, scores := range c.scores(t, folds[f]) {
			found[f][k] = right(scores, folds[f][k])
		}
	})
	if err != nil {
		return nil, i18n.Text{}, err
	}
	for f, fold := range folds {
		for k, i := range fold {
			if found[f][k] {
				ofReal[place[i]] += 1 / float64(c.options.Rounds)
			}
		}
	}
	t, ok := transferOf(groups(examples), ofSynthetic, ofReal)
	if !ok {
		return nil, i18n.T("Training on the real messages alone gets none of them right, so there is nothing to compare synthetic ones with."), nil
	}
	return &t, i18n.Text{}, nil
}

// transferOf is the ratio of two accuracies, measured message by message on the same
// messages, from 0 for wrong to 1 for right. Its interval is that of the logarithm by the
// delta method, with the messages of a group as one observation (Cochran, Sampling
// Techniques, 1977, sections 6.3 and 9A.3). So that messages which happen to agree are no
// certainty, half a message is added for each of the four ways in which two tests can
// come out (Agresti and Min, 2005).
func transferOf(groups [][]int, synthetic, genuine []float64) (t Transfer, ok bool) {
	var a, b float64
	for i := range synthetic {
		a, b = a+synthetic[i], b+genuine[i]
	}
	n := float64(len(synthetic))
	if b == 0 {
		return t, false
	}
	t = Transfer{Share: a / b, Synthetic: a / n, Real: b / n, Messages: len(synthetic)}
	a, b = a+1, b+1
	// The parts of the variance of log(a/b): 1/a for each message that the one gets right,
	// less 1/b for each that the other does.
	variance := ((1/a-1/b)*(1/a-1/b) + 1/(a*a) + 1/(b*b)) / 2
	for _, group := range groups {
		var part float64
		for _, i := range group {
			part += synthetic[i]/a - genuine[i]/b
		}
		variance += part * part
	}
	if g := float64(len(groups)); g > 1 {
		variance *= g / (g - 1)
	}
	factor := math.Exp(normal95 * math.Sqrt(variance))
	t.Low, t.High = t.Share/factor, t.Share*factor
	return t, true
}
