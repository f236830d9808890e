// Package scheduler sends the requests of a run: how many at a time, when again after an
// error, how much they may cost, and what becomes of those in flight when the run is
// paused, stopped or fails. What a request says and where its answer is stored is the
// business of the run, given as [Task] and [Reply].
//
// Every request is written to the dataset's ledger before it is sent, with its maximum
// cost reserved against the cap.
package scheduler

import (
	"context"
	"errors"
	"time"

	"seedbed/assets/crash"
	"seedbed/gen/llm"
	"seedbed/localdb"
)

// Task is a batch to send until it is done or given up. Its functions are called on the
// scheduler's goroutine.
type Task struct {
	Batch      int64 // its id in the dataset
	MaxAnswers int   // give up after so many incomplete answers; 0 if only errors count
	// Prepare builds the next request; nil if there is nothing left to ask for.
	Prepare func() (*Request, error)
	GivenUp func() // called when the task is given up

	answers, tries int
	due            time.Time // not before
	inFlight       bool
}

// Request is one try at a task.
type Request struct {
	MaxUsage llm.Usage
	// Send sends the request once, without retries, and returns soon after ctx ends. It
	// runs on a goroutine of its own. The id is the request's in the ledger.
	Send func(ctx context.Context, id int64) Reply
}

// Reply is what came of a request.
type Reply struct {
	Arrived    bool // an answer came, good or bad, and may have been charged for
	Useful     bool // something in it could be used
	Usage      llm.Usage
	UsageKnown bool
	Err        error
	// Store stores an answer that arrived, in one transaction. Its usage, cost and error
	// are filled in. Done means that nothing is left of the task.
	Store func(ctx context.Context, request int64, answer localdb.StoredAnswer) (done bool, err error)
}

// Options are what a scheduler has to know of a run.
type Options struct {
	Dataset  *localdb.Dataset
	RunID    int64 // in the dataset
	Info     llm.Info
	CapUSD   float64   // 0 is no cap
	Controls *Controls // may be nil
	Clock    Clock     // zero is RealTime
	Words    Words
	// More adds tasks once none is due; it may return none.
	More func(ctx context.Context) ([]*Task, error)
	// Report is called about ten times a second; it may be nil.
	Report func(ctx context.Context) error
}

// Scheduler sends the requests of one run. All it decides, it decides on one goroutine;
// only the requests themselves run beside it.
type Scheduler struct {
	Options
	cap     *localdb.Money
	words   Words
	limiter *limiter
	queue   []*Task
	arrived chan result

	inFlight int
	retries  int
	full     bool // the last request didn't fit under the cap
	stop     *Stop
	failed   []result // that could not be recorded
}

// result is a reply with the request that it belongs to.
type result struct {
	task     *Task
	request  int64 // in the ledger
	reserved *localdb.Money
	epoch    int
	Reply
}

const (
	reportEvery = 100 * time.Millisecond
	maxTries    = 6 // then a task is given up
)

// New returns a scheduler for the tasks of a run.
func New(o Options, tasks []*Task) *Scheduler {
	if o.Clock.Now == nil {
		o.Clock = RealTime
	}
	if o.Controls == nil {
		o.Controls = NewControls()
	}
	s := &Scheduler{Options: o, words: o.Words, limiter: newLimiter(o.Clock, o.Info.Parallel), queue: tasks, arrived: make(chan result)}
	if o.CapUSD > 0 {
		s.cap = new(localdb.Dollars(o.CapUSD))
	}
	return s
}

// Run sends requests until nothing is left to send, or returns why it stopped. The
// error is for a dataset that can't be read or written: then the requests in flight are
// cancelled, and answers that arrive all the same are stored as far as possible.
func (s *Scheduler) Run(ctx context.Context) (*Stop, error) {
	requests, cancel := context.WithCancel(ctx)
	defer cancel()
	stored := context.WithoutCancel(ctx) // the ledger is written whatever happens to ctx
	err := s.loop(ctx, requests, stored)
	if err == nil {
		return s.stop, nil
	}
	cancel()
	return nil, s.drain(stored, err)
}

func (s *Scheduler) loop(ctx, requests, stored context.Context) error {
	tick := time.NewTicker(reportEvery)
	defer tick.Stop()
	for {
		s.checkStopped(ctx)
		idle, err := s.send(requests, stored)
		if err != nil {
			return err
		}
		if s.inFlight == 0 && (s.stop != nil || idle) {
			return s.report(stored)
		}
		var stopping <-chan struct{}
		if s.stop == nil {
			stopping = ctx.Done()
		}
		select {
		case r := <-s.arrived:
			if err := s.settle(stored, r); err != nil {
				return err
			}
		case <-tick.C:
			if err := s.report(stored); err != nil {
				return err
			}
		case <-s.Clock.After(s.untilDue()):
		case <-s.Controls.changed:
		case <-stopping:
		}
	}
}

// checkStopped notes that a person or the context stopped the run.
func (s *Scheduler) checkStopped(ctx context.Context) {
	_, stopped := s.Controls.State()
	if s.stop == nil && (stopped || ctx.Err() != nil) {
		s.stop = &Stop{State: Stopped, Why: s.words.Stopped, Next: s.words.Resume}
	}
}

// send sends as many requests as the limiter and the cap allow. It is idle if no task is
// left in the queue.
func (s *Scheduler) send(requests, stored context.Context) (idle bool, err error) {
	if s.More == nil && len(s.queue) == 0 {
		return true, nil
	}
	paused, _ := s.Controls.State()
	for s.stop == nil && !paused && !s.full && s.limiter.allows(s.inFlight) {
		t, err := s.next(stored)
		if err != nil {
			return false, err
		}
		if t == nil {
			return len(s.queue) == 0, nil
		}
		request, err := t.Prepare()
		if err != nil {
			return false, err
		}
		if request == nil {
			s.remove(t)
			continue
		}
		if err := s.start(requests, stored, t, request); err != nil {
			return false, err
		}
	}
	return false, nil
}

// next is the first task that is due, if need be from more of them; nil if none is.
func (s *Scheduler) next(ctx context.Context) (*Task, error) {
	if t := s.due(); t != nil || s.More == nil {
		return t, nil
	}
	more, err := s.More(ctx)
	s.queue = append(s.queue, more...)
	return s.due(), err
}

func (s *Scheduler) due() *Task {
	now := s.Clock.Now()
	for _, t := range s.queue {
		if !t.inFlight && !t.due.After(now) {
			return t
		}
	}
	return nil
}

func (s *Scheduler) remove(t *Task) {
	for i, queued := range s.queue {
		if queued == t {
			s.queue = append(s.queue[:i], s.queue[i+1:]...)
			return
		}
	}
}

// start reserves what a request may cost and sends it.
func (s *Scheduler) start(requests, stored context.Context, t *Task, request *Request) error {
	r := result{task: t, epoch: s.limiter.epoch, reserved: s.Info.MaxCost(request.MaxUsage)}
	var err error
	r.request, err = s.Dataset.Reserve(stored, localdb.LedgerEntry{
		Batch: t.Batch, Writer: s.Info.Name, Model: s.Info.Model, MaxCost: r.reserved, Cap: s.cap,
	})
	if errors.Is(err, localdb.ErrCap) {
		s.full = true // until a request in flight turns out cheaper than reserved
		if s.inFlight == 0 {
			s.stop = s.capReached()
		}
		return nil
	}
	if err != nil {
		return err
	}
	t.inFlight = true
	s.inFlight++
	go func() {
		err := crash.Try(func() error {
			r.Reply = request.Send(requests, r.request)
			return nil
		})
		if err != nil {
			r.Reply = Reply{Err: err}
		}
		s.arrived <- r
	}()
	return nil
}

// settle records what came of a request, and decides whether to send its task again.
func (s *Scheduler) settle(ctx context.Context, r result) error {
	r.task.inFlight, s.full = false, false
	s.inFlight--
	if p := crash.In(r.Err); p != nil { // what the request costs is unknown
		s.failed = append(s.failed, r)
		return p
	}
	if stop := s.judge(r.epoch, r.Reply); s.stop == nil {
		s.stop = stop
	}
	done, err := s.record(ctx, r)
	switch {
	case err != nil:
		s.failed = append(s.failed, r)
		return err
	case done:
		s.remove(r.task)
		return nil
	}
	return s.retry(ctx, r)
}

// record writes a reply to the dataset.
func (s *Scheduler) record(ctx context.Context, r result) (done bool, err error) {
	if !r.Arrived {
		apiErr := apiError(r.Err)
		return false, s.Dataset.FailRequest(ctx, r.request, apiErr != nil && apiErr.Free, r.Err.Error())
	}
	answer := localdb.StoredAnswer{
		PromptTokens:     r.Usage.Prompt,
		CompletionTokens: r.Usage.Completion,
		UsageKnown:       r.UsageKnown,
		Cost:             s.Info.CostOf(r.Usage, r.UsageKnown, r.reserved),
	}
	if r.Err != nil {
		answer.Error = r.Err.Error()
	}
	return r.Store(ctx, r.request, answer)
}
