package intent

import (
	"seedbed/gen/intent/outofscope"
)

// outOfScope fits what is out of scope to the first round of the cross-validation, and writes the scores of its
// messages to their places in found.
func (c *checker) outOfScope(r *rounds, found []OutOfFold) *outofscope.Scorer {
	s := outofscope.NewFitter(c.corpus, c.foreign, c.wordings, isReal(c.examples))
	var order []int // of the evidence
	for f, fold := range r.folds[:c.options.Folds] {
		part := outofscope.Fold{Learn: r.learned[f], Own: fold, ForeignEnergy: r.foreign[f]}
		part.Foreign, _ = c.foreign.ByTopic(c.looked, f, c.options.Folds)
		_, part.Negatives = c.foreign.ByTopic(c.foreign.Negatives, f, c.options.Folds)
		for k := range fold {
			part.Energy = append(part.Energy, outofscope.Energy(r.scores[f][k]))
		}
		s.Add(part)
		order = append(order, fold...)
	}
	o := s.Fit(c.open)
	for k, i := range order {
		found[i].OutOfScope = o.Score(s.Own[k])
	}
	return o
}

// scopeScore is the score of a message that a training on all others had not seen.
func (c *checker) scopeScore(o *outofscope.Scorer, t *trained, i int, scores []float32) float64 {
	known := c.corpus.Vocabulary.Coverage(c.corpus.Rows[i], func(id int32) bool { return t.column[id] >= 0 })
	return o.Score(outofscope.NewEvidence(outofscope.Energy(scores), o.WordingWeight, o.Wording(c.wordings[i]), known))
}
