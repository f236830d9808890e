package scheduler

import (
	"errors"

	"seedbed/assets/i18n"
	"seedbed/gen/llm"
	"seedbed/gen/openai"
	"seedbed/localdb"
)

// State is how a run ended.
type State string

// A run that is partial or stopped can be resumed.
const (
	Done      State = "done"      // nothing is left to do
	Exhausted State = "exhausted" // the writer has nothing new left; asking again would bring nothing
	Partial   State = "partial"   // it could not go on
	Stopped   State = "stopped"   // a person stopped it
)

// Stop is why a run sends nothing more.
type Stop struct {
	State State
	Why   i18n.Text // what happened
	Next  i18n.Text // what to do
	Cause error     // such as an *openai.Error; nil if there is none
}

// Words are what a run calls itself in the reasons why it stopped.
type Words struct {
	Stopped  i18n.Text // "The run was stopped."
	Resume   i18n.Text // what to do then, as a sentence: "Resume to make the rest."
	Continue i18n.Text // the same within a sentence: "resume to make the rest"
}

// End stops a run for a reason that only the run itself sees in an answer. It is called by
// [Reply.Store]; requests in flight are waited for.
func (s *Scheduler) End(stop Stop) {
	if s.stop == nil {
		s.stop = &stop
	}
}

const maxFailures = 12 // in a row; then a run stops

// apiError is the endpoint's error in err; nil if there is none.
func apiError(err error) *openai.Error {
	var apiErr *openai.Error
	errors.As(err, &apiErr)
	return apiErr
}

// judge adapts the limiter to how a request of an epoch went. It returns why nothing
// more should be sent; nil to go on.
func (s *Scheduler) judge(epoch int, r Reply) *Stop {
	apiErr := apiError(r.Err)
	switch {
	case r.Useful:
		s.limiter.succeed()
	case apiErr == nil:
		s.limiter.failures++
	case apiErr.Kind == openai.Cancelled, apiErr.Kind == openai.Unsupported:
	case apiErr.Stop():
		return &Stop{Partial, apiErr.Text, i18n.T("Then {{.GoOn}}.", i18n.Values{"GoOn": s.words.Continue}), apiErr}
	case r.Arrived, !apiErr.Retry():
		s.limiter.failures++
	default:
		s.limiter.slowDown(epoch, apiErr.Kind == openai.RateLimited, apiErr.RetryAfter)
	}
	if s.limiter.failures < maxFailures {
		return nil
	}
	return &Stop{
		Partial, i18n.T("{{.N}} requests failed in a row. The last one: {{.Cause}}", i18n.Values{"N": s.limiter.failures, "Cause": r.Err}),
		i18n.T("Check that the endpoint works, then {{.GoOn}}.", i18n.Values{"GoOn": s.words.Continue}), r.Err,
	}
}

// capReached is why a run stops whose next request could exceed its cap.
func (s *Scheduler) capReached() *Stop {
	return &Stop{
		Partial, i18n.T("The cap of {{.Cap}} is reached: the next request could exceed it.", i18n.Values{"Cap": llm.Dollars(*s.cap)}),
		i18n.T("Raise the cap and {{.GoOn}}.", i18n.Values{"GoOn": s.words.Continue}), localdb.ErrCap,
	}
}
