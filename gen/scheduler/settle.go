package scheduler

import (
	"context"
	"log/slog"
	"time"

	"seedbed/assets/i18n"
	"seedbed/gen/llm"
	"seedbed/gen/openai"
	"seedbed/localdb"
)

// retry puts a task back that isn't done, or gives it up.
func (s *Scheduler) retry(ctx context.Context, r result) error {
	apiErr, t := apiError(r.Err), r.task
	s.retries++
	if r.Arrived {
		t.answers++
	}
	if apiErr == nil || apiErr.Kind != openai.RateLimited { // a rate limit is not the task's fault
		t.tries++
	}
	t.due = s.Clock.Now().Add(backoff(max(t.tries, 1)))
	if t.tries < maxTries && (apiErr == nil || apiErr.Retry()) && (t.MaxAnswers == 0 || t.answers < t.MaxAnswers) {
		return nil
	}
	s.remove(t)
	t.GivenUp()
	return s.Dataset.GiveUpBatch(ctx, t.Batch)
}

// learn tells the budget what an answer took.
func (s *Scheduler) learn(r result, a localdb.StoredAnswer) {
	answer := llm.Answer{Cost: a.Cost, Thoughts: r.Thoughts, Thinks: r.Thinks, PromptCut: r.PromptCut, Context: r.Context}
	if r.UsageKnown {
		answer.Usage = &r.Usage
	}
	s.budget.Answered(r.sent, answer)
	if r.PromptCut && s.remark.IsZero() {
		s.remark = i18n.T("The endpoint read only {{.Read}} tokens of a longer request and left the rest out without an error. Requests are smaller from now on; with a larger context length (in Ollama: num_ctx) the whole is read.",
			i18n.Values{"Read": r.Usage.Prompt})
	}
}

// checkCap stops a run that an answer led past its cap, which cost more than could be
// known before.
func (s *Scheduler) checkCap(ctx context.Context, r result, cost *localdb.Money) error {
	if s.cap == nil || cost == nil || *cost <= *r.sent.Reserved {
		return nil
	}
	l, err := s.Dataset.Ledger(ctx, s.RunID)
	if spent := l.Cost + l.Reserved; err == nil && spent > *s.cap {
		s.stop = s.capPassed(*cost, spent)
	}
	return err
}

// untilDue is how long nothing can be sent that is waiting now.
func (s *Scheduler) untilDue() time.Duration {
	if held := s.limiter.held(); held > 0 {
		return held
	}
	now, wait := s.Clock.Now(), time.Hour
	for _, t := range s.queue {
		if !t.inFlight && t.due.After(now) {
			wait = min(wait, t.due.Sub(now))
		}
	}
	return wait
}

// drain waits for the requests that were cancelled since the dataset failed, and records
// what arrived all the same. A request that can't be recorded stays in the ledger as
// sent: its maximum cost stays reserved, and a resume counts it as spent.
func (s *Scheduler) drain(ctx context.Context, cause error) error {
	slog.Error("a run ended because its dataset failed", "run", s.RunID, "in flight", s.inFlight, "error", cause)
	for ; s.inFlight > 0; s.inFlight-- {
		s.failed = append(s.failed, <-s.arrived)
	}
	for _, r := range s.failed {
		if _, err := s.record(ctx, r); err != nil {
			slog.Error("an answer could not be recorded", "run", s.RunID, "request", r.request, "arrived", r.Arrived, "error", err)
		}
	}
	return i18n.Error("The dataset could not be read or written, so the requests under way were cancelled. What could not be recorded counts as spent when the run is resumed. {{.Cause}}",
		i18n.Values{"Cause": cause})
}

// Spend is what a run has cost.
type Spend struct {
	Cost  localdb.Money // of the answers
	Known bool          // false if the model's price is unknown
	// AtMost adds what requests without an answer may have cost or may still cost. It
	// is what the cap is compared with.
	AtMost localdb.Money
	Cap    localdb.Money // 0 for none
}

// Progress is what a scheduler is doing.
type Progress struct {
	Ledger   localdb.Ledger // earlier sessions of the run included
	Spend    Spend
	InFlight int
	Retries  int // in this session
	Paused   bool
	Note     i18n.Text // what it waits for; zero for nothing
	// WaitsUntil is when requests are sent again, if the endpoint asked for a longer wait;
	// zero otherwise.
	WaitsUntil time.Time
}

// Progress reads from the ledger how far the run is.
func (s *Scheduler) Progress(ctx context.Context) (Progress, error) {
	l, err := s.Dataset.Ledger(ctx, s.RunID)
	if err != nil {
		return Progress{}, err
	}
	paused, _ := s.Controls.State()
	var until time.Time
	if s.stop == nil && !paused && s.limiter.held() > longWait {
		until = s.limiter.holdUntil
	}
	return Progress{
		Ledger: l, InFlight: s.inFlight, Retries: s.retries, Paused: paused, Note: s.note(paused), WaitsUntil: until,
		Spend: Spend{
			Cost:   l.Cost,
			Known:  (s.Info.Price != nil || l.Answered > 0) && l.CostUnknown == 0,
			AtMost: l.Cost + l.Reserved,
			Cap:    localdb.Dollars(s.CapUSD),
		},
	}, nil
}

// note says what the run waits for.
func (s *Scheduler) note(paused bool) i18n.Text {
	held := s.limiter.held()
	switch {
	case s.stop != nil && s.inFlight > 0:
		return i18n.N("Waiting for 1 request that is under way.", "Waiting for {{.N}} requests that are under way.", s.inFlight)
	case paused:
		return i18n.T("Paused.")
	case held > longWait:
		return i18n.T("Waiting until {{.Time}}, as the endpoint asks: {{.Left}} left. You can stop and resume later.",
			i18n.Values{"Time": clockTime(s.limiter.holdUntil, s.Clock.Now()), "Left": held.Round(time.Second).String()})
	case held > 0:
		return i18n.T("The endpoint is busy; continuing in {{.N}} s.", i18n.Values{"N": int(held.Seconds()) + 1})
	case s.inFlight > 0 && s.Clock.Now().Sub(s.waiting) > slowAnswer:
		return i18n.T("Waiting for an answer for {{.N}} s.", i18n.Values{"N": int(s.Clock.Now().Sub(s.waiting).Seconds())})
	}
	return s.remark
}

const (
	longWait   = time.Minute      // is told with the time at which it ends
	slowAnswer = 20 * time.Second // from here on, waiting for one is told
)

// clockTime is a time of the day, with the date if that isn't today's.
func clockTime(t, now time.Time) string {
	t = t.Local()
	if t.Format(time.DateOnly) == now.Local().Format(time.DateOnly) {
		return t.Format("15:04")
	}
	return t.Format("2006-01-02 15:04")
}

// Remark is what a person should know of the endpoint beside how the run ended; zero for
// nothing.
func (s *Scheduler) Remark() i18n.Text { return s.remark }

func (s *Scheduler) report(ctx context.Context) error {
	if s.Report == nil {
		return nil
	}
	return s.Report(ctx)
}
