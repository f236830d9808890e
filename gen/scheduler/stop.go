package scheduler

import (
	"errors"
	"time"

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
	// ResumeAt is when the endpoint takes requests again; zero if it doesn't say.
	ResumeAt time.Time
}

// Words are what a run calls itself in the reasons why it stopped.
type Words struct {
	Stopped  i18n.Text // "The run was stopped."
	Resume   i18n.Text // what to do then, as a sentence: "Resume to make the rest."
	Continue i18n.Text // the same within a sentence: "resume to make the rest"
}

const (
	maxFailures     = 12        // in a row; then a run stops
	maxVain         = 3         // answers without use and refusals, while nothing useful has come yet
	maxUnreachable  = 3         // tries in a row, of an endpoint that has not answered yet
	maxReconnecting = 8         // tries in a row, of one that has; they take about a minute
	longestHold     = time.Hour // a run doesn't wait as long, but says when it can be resumed
)

// End stops a run for a reason that only the run itself sees in an answer. It is called by
// [Reply.Store]; requests in flight are waited for.
func (s *Scheduler) End(stop Stop) {
	if s.stop == nil {
		s.stop = &stop
	}
}

// Doubt goes back to one request at a time, after an answer of which nothing could be kept. It is
// called by [Reply.Store].
func (s *Scheduler) Doubt() {
	s.limiter.before = speed{}
	s.limiter.setLimit(1)
}

// apiError is the endpoint's error in err; nil if there is none.
func apiError(err error) *openai.Error {
	var apiErr *openai.Error
	errors.As(err, &apiErr)
	return apiErr
}

// judge adapts the limiter and the budget to how a request went. It returns why nothing
// more should be sent, nil to go on, and whether to send the task again at once since
// what came is not its fault.
func (s *Scheduler) judge(r result) (stop *Stop, again bool) {
	apiErr := apiError(r.Err)
	if apiErr == nil || !apiErr.Free {
		s.unreachable = 0
	}
	if r.Useful {
		s.limiter.succeed(r.Usage.Completion)
		s.useful, s.vain = true, 0
		return nil, r.part && (apiErr == nil || apiErr.Kind == openai.Truncated)
	}
	if apiErr == nil {
		s.limiter.failures++
		return s.failing(r), false
	}
	switch apiErr.Kind {
	case openai.Cancelled, openai.Unsupported:
		return nil, apiErr.Kind == openai.Unsupported
	case openai.NoRoom, openai.Truncated: // nothing in it could be used
		return s.raise(r, apiErr)
	case openai.TooLong:
		return s.shrink(r, apiErr)
	case openai.Unreachable:
		return s.notReached(apiErr, maxUnreachable), false
	case openai.Unreadable, openai.BadAnswer, openai.Refused, openai.BadRequest:
		if s.countsAsVain(r, apiErr.Kind) {
			s.vain++
		}
	case openai.Network:
		if apiErr.Free { // it was never sent
			return s.notReached(apiErr, maxReconnecting), false
		}
	}
	switch {
	case apiErr.Stop(), apiErr.RetryAfter >= longestHold:
		return s.later(apiErr), false
	case r.Arrived, !apiErr.Retry():
		s.limiter.failures++
	default:
		s.limiter.slowDown(r.epoch, apiErr.Kind == openai.RateLimited, apiErr.RetryAfter)
	}
	return s.failing(r), false
}

// countsAsVain reports whether a request of which nothing came adds to those after which a run of
// which nothing came yet stops. A task that bounds its answers is given up soon enough for
// what a model wrote.
func (s *Scheduler) countsAsVain(r result, kind openai.Kind) bool {
	return !s.useful && (kind == openai.Unreadable || kind == openai.BadRequest || r.task.MaxAnswers == 0)
}

// raise gives answers more room after one that had none, or stops.
func (s *Scheduler) raise(r result, e *openai.Error) (stop *Stop, again bool) {
	if s.budget.Raise(r.sent) {
		return nil, true
	}
	if s.noRoomFor++; s.noRoomFor < maxVain && s.useful {
		s.limiter.failures++
		return nil, false
	}
	return s.noRoom(r, e), false
}

// shrink asks for less after a request that was too long, or stops.
func (s *Scheduler) shrink(r result, e *openai.Error) (stop *Stop, again bool) {
	if s.budget.Shrink(r.sent, e.Limits) {
		return nil, true
	}
	if s.useful { // a single text may be too long; the others go on
		return nil, false
	}
	return s.ended(e), false
}

// goOn is what to do about an error, and then go on.
func (s *Scheduler) goOn() i18n.Text {
	return i18n.T("When that is mended, {{.GoOn}}.", i18n.Values{"GoOn": s.words.Continue})
}

// ended is the stop that an error asks for, in its own words.
func (s *Scheduler) ended(e *openai.Error) *Stop {
	return &Stop{State: Partial, Why: e.Text, Next: s.goOn(), Cause: e}
}

// later is the stop for an error that waiting doesn't mend, or not soon. It says when a
// limit ends.
func (s *Scheduler) later(e *openai.Error) *Stop {
	stop := s.ended(e)
	if e.RetryAfter > 0 {
		now := s.Clock.Now()
		stop.ResumeAt = now.Add(e.RetryAfter)
		stop.Next = i18n.T("The endpoint takes requests again at {{.Time}}: {{.GoOn}} then.", i18n.Values{"Time": clockTime(stop.ResumeAt, now), "GoOn": s.words.Continue})
	}
	return stop
}

// notReached tries again after a moment to reach an endpoint, or stops.
func (s *Scheduler) notReached(e *openai.Error, most int) *Stop {
	if s.useful { // its program may be starting again, or the network be back soon
		most = maxReconnecting
	}
	if s.unreachable++; s.unreachable >= most {
		return s.ended(e)
	}
	s.limiter.holdFor(backoff(s.unreachable))
	return nil
}

// noRoom is the stop for a model that leaves no room for an answer.
func (s *Scheduler) noRoom(r result, e *openai.Error) *Stop {
	if context := s.budget.Context(); context > 0 {
		return &Stop{
			State: Partial,
			Why:   i18n.T("{{.Model}} takes {{.N}} tokens at a time, of which the request left too few for its thoughts and an answer.", i18n.Values{"Model": s.Info.Model, "N": context}),
			Next:  i18n.T("Raise the context length at the endpoint (in Ollama: num_ctx) or choose another model; then {{.GoOn}}.", i18n.Values{"GoOn": s.words.Continue}),
			Cause: e,
		}
	}
	if !r.Thinks {
		return &Stop{
			State: Partial,
			Why:   i18n.T("The answers of {{.Model}} were cut off at {{.N}} tokens before they held a single whole message.", i18n.Values{"Model": s.Info.Model, "N": r.sent.MaxTokens}),
			Next:  i18n.T("Choose another model, or raise the limit of an answer's length at the endpoint; then {{.GoOn}}.", i18n.Values{"GoOn": s.words.Continue}),
			Cause: e,
		}
	}
	return &Stop{
		State: Partial,
		Why:   i18n.T("{{.Model}} thinks before it answers: even with {{.N}} tokens of room for that, its answers were cut off before they held anything.", i18n.Values{"Model": s.Info.Model, "N": s.budget.Thoughts()}),
		Next:  i18n.T("Choose a model that doesn't think, or switch its thinking off at the endpoint; then {{.GoOn}}.", i18n.Values{"GoOn": s.words.Continue}),
		Cause: e,
	}
}

// failing is the stop after too many failures in a row; nil before.
func (s *Scheduler) failing(r result) *Stop {
	switch {
	case s.vain >= maxVain:
		return s.inVain(r)
	case s.limiter.failures < maxFailures:
		return nil
	}
	return &Stop{
		State: Partial,
		Why:   i18n.T("{{.N}} requests failed in a row. The last one: {{.Cause}}", i18n.Values{"N": s.limiter.failures, "Cause": r.Err}),
		Next:  i18n.T("Check that the endpoint works, then {{.GoOn}}.", i18n.Values{"GoOn": s.words.Continue}),
		Cause: r.Err,
	}
}

// inVain is the stop after requests that brought nothing, before any brought something.
func (s *Scheduler) inVain(r result) *Stop {
	values := i18n.Values{"N": s.vain, "Cause": r.Err, "GoOn": s.words.Continue}
	stop := &Stop{State: Partial, Cause: r.Err}
	switch apiError(r.Err).Kind {
	case openai.Refused:
		stop.Why = i18n.T("{{.N}} requests in a row were declined, and none was answered before. The last one: {{.Cause}}", values)
		stop.Next = i18n.T("Choose another model, or look whether the description of a category reads as something harmful; then {{.GoOn}}.", values)
	case openai.BadRequest:
		stop.Why = i18n.T("{{.N}} requests in a row were not accepted, and none was before. The last one: {{.Cause}}", values)
		stop.Next = i18n.T("Check the address and the model, then {{.GoOn}}.", values)
	default:
		stop.Why = i18n.T("{{.N}} answers in a row could not be used, and none before. The last one: {{.Cause}}", values)
		stop.Next = i18n.T("Check the address and the model, then {{.GoOn}}.", values)
	}
	return stop
}

// capPassed is why a run stops of which an answer cost more than could be known before.
func (s *Scheduler) capPassed(cost, spent localdb.Money) *Stop {
	return &Stop{
		State: Partial,
		Why: i18n.T("An answer cost {{.Cost}}, more than could be known before it was sent: {{.Spent}} are spent of a cap of {{.Cap}}.",
			i18n.Values{"Cost": llm.Dollars(cost), "Spent": llm.Dollars(spent), "Cap": llm.Dollars(*s.cap)}),
		Next:  i18n.T("Raise the cap and {{.GoOn}}.", i18n.Values{"GoOn": s.words.Continue}),
		Cause: localdb.ErrCap,
	}
}

// capReached is why a run stops whose next request, which may cost so much, could exceed its cap.
func (s *Scheduler) capReached(spent, next localdb.Money) *Stop {
	if spent == 0 {
		return &Stop{
			State: Partial,
			Why: i18n.T("The cap of {{.Cap}} is too low: the first request could cost up to {{.Next}}. Nothing was sent.",
				i18n.Values{"Cap": llm.Dollars(*s.cap), "Next": llm.Dollars(next)}),
			Next:  i18n.T("Raise the cap and {{.GoOn}}.", i18n.Values{"GoOn": s.words.Continue}),
			Cause: localdb.ErrCap,
		}
	}
	return &Stop{
		State: Partial,
		Why:   i18n.T("The cap of {{.Cap}} is reached: the next request could exceed it.", i18n.Values{"Cap": llm.Dollars(*s.cap)}),
		Next:  i18n.T("Raise the cap and {{.GoOn}}.", i18n.Values{"GoOn": s.words.Continue}), Cause: localdb.ErrCap,
	}
}
