package intent

// outOfScope fits what is out of scope to the first round of the cross-validation, and writes the scores of its
// messages to their places in found.
func (c *checker) outOfScope(r *rounds, found []OutOfFold) *outOfScope {
	s := newScope(c.corpus, c.foreign, c.wordings, c.examples)
	var order []int // of the evidence
	for f, fold := range r.folds[:c.options.Folds] {
		part := scopeFold{learn: r.learned[f], own: fold, foreignEnergy: r.foreign[f]}
		part.foreign, _ = c.foreign.byTopic(c.looked, f, c.options.Folds)
		_, part.negatives = c.foreign.byTopic(c.foreign.negatives, f, c.options.Folds)
		for k := range fold {
			part.energy = append(part.energy, energy(r.scores[f][k]))
		}
		s.add(part)
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
	return o.score(newEvidence(energy(scores), o.WordingWeight, o.wording(c.wordings[i]), known))
}
