package gen

import (
	"context"
	"errors"
	"fmt"

	"seedbed/gen/openai"
	"seedbed/localdb"
)

// judge draws the conclusions from how a request went, for the pace and for the
// whole run, and returns the endpoint's error where there is one.
func (r *Run) judge(w written) *openai.Error {
	var trouble *openai.Error
	errors.As(w.err, &trouble)
	switch {
	case len(w.draft.Items) > 0:
		r.pace.well()
	case errors.Is(w.err, ErrDry):
		r.quota(w.task).givenUp = "the built-in writer has nothing new left"
	case trouble == nil:
		r.pace.row++
	case trouble.Kind == openai.Cancelled, trouble.Kind == openai.Unsupported:
	case trouble.Stop():
		if r.end == nil {
			r.end = &end{Partial, trouble.Message, "Then resume to make the rest.", trouble}
		}
	case w.draft.Arrived, !trouble.Retry():
		r.pace.row++
	default:
		r.pace.slowDown(w.epoch, trouble.Kind == openai.RateLimited, trouble.RetryAfter)
	}
	if r.pace.row >= troublesInARow && r.end == nil {
		r.end = &end{
			Partial, fmt.Sprintf("%d requests failed in a row. The last one: %v", r.pace.row, w.err),
			"Look whether the endpoint is well, then resume to make the rest.", w.err,
		}
	}
	return trouble
}

// retry puts a batch back that brought nothing, or gives it up.
func (r *Run) retry(ctx context.Context, w written) error {
	var trouble *openai.Error
	errors.As(w.err, &trouble)
	t := w.task
	switch {
	case r.end != nil || errors.Is(w.err, ErrDry):
		return nil // it waits for a resume
	case trouble != nil && trouble.Kind == openai.Unsupported:
		return nil // the client has learned; at once
	}
	r.retries++
	if trouble == nil || trouble.Kind != openai.RateLimited { // a rate limit is not the batch's fault
		t.tries++
	}
	t.due = r.clock.now().Add(backoff(max(t.tries, 1)))
	if t.tries < triesPerRequest && (trouble == nil || trouble.Retry()) {
		return nil
	}
	t.State = localdb.BatchGivenUp
	r.quota(t).fruitless++
	return r.dataset.GiveUpBatch(ctx, t.ID)
}
