package label

import (
	"context"

	"seedbed/gen/llm"
	"seedbed/localdb"
)

// Estimate is roughly what a labelling will take.
type Estimate struct {
	llm.Estimate
	Calibrating int // messages that people labelled and the model labels, too
}

// EstimateRun says what labelling would take, from the very prompts that it would send.
func EstimateRun(ctx context.Context, d *localdb.Dataset, m *Model, plan Plan) (Estimate, error) {
	r, err := newRun(ctx, d, m, plan)
	if err != nil {
		return Estimate{}, err
	}
	return r.estimate()
}

// EstimateTexts says what labelling so many messages would take, by a sample of their
// texts.
func EstimateTexts(ctx context.Context, d *localdb.Dataset, m *Model, count int, sample []string) (Estimate, error) {
	messages := make([]localdb.Message, count)
	for i := range messages {
		messages[i].Text = sample[i%len(sample)]
	}
	r, err := runOf(ctx, d, m, Plan{}, messages)
	if err != nil {
		return Estimate{}, err
	}
	return r.estimate()
}

func (r *run) estimate() (Estimate, error) {
	var comparing int
	for _, c := range r.chunks[:r.comparing] {
		comparing += len(c.messages)
	}
	e := llm.NewEstimate(r.model.info, len(r.chunks), r.result.Messages)
	for _, c := range r.chunks {
		q := r.question(c, 0)
		request, err := r.model.request(q)
		if err != nil {
			return Estimate{}, err
		}
		e.Add(queryOf(request, q))
	}
	return Estimate{e.Finish(r.model.info), comparing}, nil
}
