package scheduler

import (
	"context"
	"log/slog"
	"time"

	"seedbed/assets/i18n"
	"seedbed/gen/openai"
	"seedbed/localdb"
)

// retry puts a task back that isn't done, or gives it up.
func (s *Scheduler) retry(ctx context.Context, r result) error {
	apiErr, t := apiError(r.Err), r.task
	if s.stop != nil || apiErr != nil && apiErr.Kind == openai.Unsupported {
		return nil // it waits for a resume; or the client has learned, and sends it again at once
	}
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
}

// Progress reads from the ledger how far the run is.
func (s *Scheduler) Progress(ctx context.Context) (Progress, error) {
	l, err := s.Dataset.Ledger(ctx, s.RunID)
	if err != nil {
		return Progress{}, err
	}
	paused, _ := s.Controls.State()
	return Progress{
		Ledger: l, InFlight: s.inFlight, Retries: s.retries, Paused: paused, Note: s.note(paused),
		Spend: Spend{
			Cost:   l.Cost,
			Known:  s.Info.Price != nil && l.CostUnknown == 0,
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
		return i18n.T("Waiting for {{.N}} requests that are under way.", i18n.Values{"N": s.inFlight})
	case paused:
		return i18n.T("Paused.")
	case held > 0:
		return i18n.T("The endpoint is busy; continuing in {{.N}} s.", i18n.Values{"N": int(held.Seconds()) + 1})
	}
	return i18n.Text{}
}

func (s *Scheduler) report(ctx context.Context) error {
	if s.Report == nil {
		return nil
	}
	return s.Report(ctx)
}
