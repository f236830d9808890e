package gen

import (
	"seedbed/gen/llm"
	"seedbed/localdb"
)

// EstimateRun says what a plan would take with a writer, from the very prompts that it
// would send.
func EstimateRun(plan Plan, domain localdb.Domain, categories []localdb.Category, passages []localdb.Passage, w Writer) (llm.Estimate, error) {
	if err := plan.check(categories); err != nil {
		return llm.Estimate{}, err
	}
	batcher, err := newBatcher(plan, domain, categories, passages, nil)
	if err != nil {
		return llm.Estimate{}, err
	}
	batches, err := batcher.all()
	if err != nil {
		return llm.Estimate{}, err
	}
	info := w.Info()
	e := llm.NewEstimate(info, len(batches), plan.Total())
	if info.Model == "" { // no model reads or writes tokens
		return *e, nil
	}
	for _, stored := range batches {
		b, err := batcher.open(stored)
		if err != nil {
			return llm.Estimate{}, err
		}
		q, err := w.Query(b)
		if err != nil {
			return llm.Estimate{}, err
		}
		e.Add(q)
	}
	return e.Finish(info), nil
}
