package intent

import (
	"fmt"
	"slices"
)

// outOfScope learns what is out of scope from the cross-validation, and writes the scores of its
// messages to their places in found.
func (c *checker) outOfScope(r *rounds, found []OutOfFold) (*outOfScope, error) {
	t := scopeTraining{corpus: c.corpus, own: c.open, foreign: c.foreign, otherMargins: r.foreign, seed: c.options.Seed}
	t.weighting, t.column = c.corpus.vocabulary.weigh(c.corpus.rows, c.open)
	t.rows = c.corpus.weighed(t.weighting, t.column, c.open)
	t.others = c.foreign.rows(t.weighting, t.column, c.foreign.all())

	mean := make([]float64, len(c.examples)) // over the rounds
	for f, fold := range r.folds {
		for k, i := range fold {
			mean[i] += float64(slices.Max(r.scores[f][k])) / float64(c.options.Rounds)
		}
	}
	place := make(map[int]int, len(c.open))
	for k, i := range c.open {
		place[i] = k
	}
	var order []int // of the scores
	for _, fold := range r.folds[:c.options.Folds] {
		held := make([]int, len(fold))
		for k, i := range fold {
			held[k] = place[i]
			t.margins = append(t.margins, mean[i])
		}
		t.folds = append(t.folds, held)
		order = append(order, fold...)
	}
	o, scores, err := t.run(c.ctx)
	if err != nil {
		return nil, fmt.Errorf("the check was stopped: %w", err)
	}
	for k, i := range order {
		found[i].OutOfScope = scores[k]
	}
	return o, nil
}

// scopeScore is the score of a message that a training on all others had not seen.
func (c *checker) scopeScore(o *outOfScope, t *trained, i int) float64 {
	row := c.corpus.weighed(t.weighting, t.column, []int{i})[0]
	known := c.corpus.vocabulary.coverage(c.corpus.rows[i], func(id int32) bool { return t.column[id] >= 0 })
	return o.score(signalsOf(t.machine.largest(&row), o.ownMargin(&row, len(t.weighting.idf)), known))
}
