package gen

import (
	"context"
	"errors"
	"time"

	"seedbed/assets/i18n"
	"seedbed/gen/openai"
	"seedbed/localdb"
)

// What a person does after trouble.
var (
	makeRest  = i18n.T("resume to make the rest")
	labelRest = i18n.T("label the rest")
)

// troubleOf is the endpoint's error in err; nil where there is none.
func troubleOf(err error) *openai.Error {
	var trouble *openai.Error
	errors.As(err, &trouble)
	return trouble
}

// judge draws the conclusions from how a request went: it brought something useful, or
// an answer arrived that was no use, or none. It returns why nothing more should be
// sent, nil to go on; goOn is what a person does then.
func (p *pace) judge(epoch int, useful, arrived bool, err error, goOn i18n.Text) *end {
	trouble := troubleOf(err)
	switch {
	case useful:
		p.well()
	case trouble == nil:
		p.row++
	case trouble.Kind == openai.Cancelled, trouble.Kind == openai.Unsupported:
	case trouble.Stop():
		return &end{Partial, trouble.Text, i18n.T("Then {{.GoOn}}.", i18n.Values{"GoOn": goOn}), trouble}
	case arrived, !trouble.Retry():
		p.row++
	default:
		p.slowDown(epoch, trouble.Kind == openai.RateLimited, trouble.RetryAfter)
	}
	if p.row >= troublesInARow {
		return &end{
			Partial, i18n.T("{{.N}} requests failed in a row. The last one: {{.Cause}}", i18n.Values{"N": p.row, "Cause": err}),
			i18n.T("Look whether the endpoint is well, then {{.GoOn}}.", i18n.Values{"GoOn": goOn}), err,
		}
	}
	return nil
}

// again says when to ask once more after a request that brought nothing, and counts the
// try; ok is false where it was tried often enough.
func (p *pace) again(tries *int, err error) (due time.Time, ok bool) {
	trouble := troubleOf(err)
	if trouble == nil || trouble.Kind != openai.RateLimited { // a rate limit is not the batch's fault
		*tries++
	}
	return p.clock.now().Add(backoff(max(*tries, 1))), *tries < triesPerRequest && (trouble == nil || trouble.Retry())
}

// judge draws the conclusions for the run.
func (r *Run) judge(w written) {
	if useful := len(w.draft.Items) > 0; !useful && errors.Is(w.err, ErrDry) {
		r.quota(w.task).givenUp = i18n.T("the built-in writer has nothing new left")
	} else if stop := r.pace.judge(w.epoch, useful, w.draft.Arrived, w.err, makeRest); r.end == nil {
		r.end = stop
	}
}

// retry puts a batch back that brought nothing, or gives it up.
func (r *Run) retry(ctx context.Context, w written) error {
	trouble, t := troubleOf(w.err), w.task
	switch {
	case r.end != nil || errors.Is(w.err, ErrDry):
		return nil // it waits for a resume
	case trouble != nil && trouble.Kind == openai.Unsupported:
		return nil // the client has learned; at once
	}
	r.retries++
	due, ok := r.pace.again(&t.tries, w.err)
	if t.due = due; ok {
		return nil
	}
	t.State = localdb.BatchGivenUp
	r.quota(t).fruitless++
	return r.dataset.GiveUpBatch(ctx, t.ID)
}
