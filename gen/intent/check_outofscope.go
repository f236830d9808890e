package intent

// outOfScope fits what is out of scope to the cross-validation, and writes the scores of its
// messages to their places in found.
func (c *checker) outOfScope(r *rounds, found []OutOfFold) *outOfScope {
	s := newScope(c.corpus, c.foreign, c.wordings, c.examples)
	mean := make([]float64, len(c.examples)) // over the rounds
	for f, fold := range r.folds {
		for k, i := range fold {
			mean[i] += energy(r.scores[f][k]) / float64(c.options.Rounds)
		}
	}
	var order []int // of the evidence
	for f, fold := range r.folds[:c.options.Folds] {
		s.add(scopeFold{
			learn: r.learned[f], negatives: c.foreign.others(f, c.options.Folds), own: fold, energy: pick(mean, fold),
			foreign: c.foreign.held(f, c.options.Folds), foreignEnergy: r.foreign[f],
		})
		order = append(order, fold...)
	}
	o := s.fit(c.open)
	for k, i := range order {
		found[i].OutOfScope = o.score(s.own[k])
	}
	return o
}

// scopeScore is the score of a message that a training on all others had not seen.
func (c *checker) scopeScore(o *outOfScope, t *trained, i int, scores []float32) float64 {
	known := c.corpus.vocabulary.coverage(c.corpus.rows[i], func(id int32) bool { return t.column[id] >= 0 })
	return o.score(newEvidence(energy(scores), o.wording(c.wordings[i]), known))
}
