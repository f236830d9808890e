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
	"seedbed/assets/i18n"
	"seedbed/gen/llm"
	"seedbed/localdb"
)

// Task is a batch to send until it is done or given up. Its functions are called on the
// scheduler's goroutine.
type Task struct {
	Batch      int64 // its id in the dataset
	MaxAnswers int   // give up after so many incomplete answers; 0 if only errors count
	// Prepare builds the next request, as small as the scale says; nil if there is nothing
	// left to ask for. It may be called again for the same request.
	Prepare func(llm.Scale) (*Request, error)
	GivenUp func() // called when the task is given up

	answers, tries int
	due            time.Time // not before
	inFlight       bool
}

// Request is one try at a task.
type Request struct {
	Query llm.Query
	Part  bool // more of the task is left to ask for
	// Send sends the request once, without retries, and returns soon after ctx ends. It
	// runs on a goroutine of its own. The id is the request's in the ledger, and its answer
	// may take maxTokens.
	Send func(ctx context.Context, id int64, maxTokens int) Reply
}

// Reply is what came of a request.
type Reply struct {
	Arrived    bool   // an answer came, good or bad, and may have been charged for
	Useful     bool   // something in it could be used
	Model      string // that answered, as the endpoint names it
	Usage      llm.Usage
	UsageKnown bool
	CostUSD    *float64 // as the endpoint says; nil where it doesn't
	Thoughts   int      // tokens of the usage that were thoughts
	Thinks     bool     // the model has shown that it thinks before it answers, or is known for it
	PromptCut  bool     // the endpoint read less than was sent
	Context    int      // the size of the context that the prompt was cut to; 0 for unknown
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
	// NotBefore is when the first request may be sent; zero for at once.
	NotBefore time.Time
	Words     Words
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
	budget  *llm.Budget
	queue   []*Task
	arrived chan result

	inFlight int
	retries  int
	full     bool // the last request didn't fit under the cap
	paused   bool
	stop     *Stop
	leave    <-chan time.Time // when the requests in flight are cancelled; nil while they are waited for
	failed   []result         // that could not be recorded

	useful      bool      // an answer was, in this session
	vain        int       // answers without use so far, while none was useful
	unreachable int       // tries in a row
	noRoomFor   int       // answers that had none although it can't be raised further
	waiting     time.Time // since when no answer came
	remark      i18n.Text // what was noticed of the endpoint
}

// result is a reply with the request that it belongs to.
type result struct {
	task    *Task
	request int64 // in the ledger
	part    bool
	sent    llm.Sent
	epoch   int
	Reply
}

const (
	reportEvery = 100 * time.Millisecond
	maxTries    = 6 // then a task is given up
	// leaveAfter is how long a run that is stopped waits for answers in flight: they are
	// paid for, but a person is waiting.
	leaveAfter = 120 * time.Millisecond
)

// New returns a scheduler for the tasks of a run.
func New(o Options, tasks []*Task) *Scheduler {
	if o.Clock.Now == nil {
		o.Clock = RealTime
	}
	if o.Controls == nil {
		o.Controls = NewControls()
	}
	s := &Scheduler{
		Options: o, words: o.Words, limiter: newLimiter(o.Clock, o.Info.Parallel), budget: llm.NewBudget(o.Info),
		queue: tasks, arrived: make(chan result), waiting: o.Clock.Now(),
	}
	s.limiter.holdTo(o.NotBefore)
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
	err := s.loop(ctx, requests, stored, cancel)
	if err == nil {
		return s.stop, nil
	}
	cancel()
	return nil, s.drain(stored, err)
}

func (s *Scheduler) loop(ctx, requests, stored context.Context, cancel func()) error {
	tick := time.NewTicker(reportEvery)
	defer tick.Stop()
	for {
		s.checkControls(ctx)
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
		case <-s.leave:
			cancel()
		case <-s.Clock.After(s.untilDue()):
		case <-s.Controls.changed:
		case <-stopping:
		}
	}
}

// checkControls notes that a person or the context stopped the run, or a person paused it.
func (s *Scheduler) checkControls(ctx context.Context) {
	paused, stopped := s.Controls.State()
	if paused != s.paused {
		s.paused = paused
		s.limiter.interrupt()
	}
	if !stopped && ctx.Err() == nil {
		return
	}
	if s.stop == nil {
		s.stop = &Stop{State: Stopped, Why: s.words.Stopped, Next: s.words.Resume}
	}
	if s.leave == nil {
		s.leave = time.After(leaveAfter)
	}
}

// send sends as many requests as the limiter and the cap allow. It is idle if no task is
// left in the queue.
func (s *Scheduler) send(requests, stored context.Context) (idle bool, err error) {
	if s.More == nil && len(s.queue) == 0 {
		return true, nil
	}
	for s.stop == nil && !s.paused && !s.full && s.limiter.allows(s.inFlight) {
		if s.inFlight > 0 && s.cap != nil && s.budget.OneAtATime() {
			return false, nil
		}
		t, err := s.next(stored)
		if err != nil {
			return false, err
		}
		if t == nil {
			return len(s.queue) == 0, nil
		}
		if err := s.start(requests, stored, t); err != nil {
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
		if s.vain > 0 {
			return nil // whether the first one can be answered shows what the endpoint is worth
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

// start reserves what a task's request may cost and sends it. It asks for less where that
// fits the model or what is left under the cap.
func (s *Scheduler) start(requests, stored context.Context, t *Task) error {
	scale := s.budget.Scale()
	for {
		request, err := t.Prepare(scale)
		if err != nil {
			return err
		}
		if request == nil {
			s.remove(t)
			return nil
		}
		sent, fits := s.budget.Plan(request.Query, scale)
		var smaller bool
		scale, smaller = scale.Smaller()
		if !fits && smaller {
			continue
		}
		id, err := s.Dataset.Reserve(stored, localdb.LedgerEntry{
			Batch: t.Batch, Writer: s.Info.Name, Model: s.Info.Model, MaxCost: sent.Reserved, Cap: s.cap,
		})
		switch {
		case errors.Is(err, localdb.ErrCap) && smaller && request.Query.Items > 1:
		case errors.Is(err, localdb.ErrCap):
			s.full = true // until a request in flight turns out cheaper than reserved
			if s.inFlight == 0 {
				l, err := s.Dataset.Ledger(stored, s.RunID)
				s.stop = s.capReached(l.Cost+l.Reserved, *sent.Reserved)
				return err
			}
			return nil
		case err != nil:
			return err
		default:
			s.dispatch(requests, result{task: t, request: id, part: request.Part, sent: sent, epoch: s.limiter.epoch}, request)
			return nil
		}
	}
}

// dispatch sends one request.
func (s *Scheduler) dispatch(ctx context.Context, r result, request *Request) {
	r.task.inFlight = true
	if s.inFlight == 0 {
		s.waiting = s.Clock.Now()
	}
	s.inFlight++
	go func() {
		err := crash.Try(func() error {
			r.Reply = request.Send(ctx, r.request, r.sent.MaxTokens)
			return nil
		})
		if err != nil {
			r.Reply = Reply{Err: err}
		}
		s.arrived <- r
	}()
}

// settle records what came of a request, and decides whether to send its task again.
func (s *Scheduler) settle(ctx context.Context, r result) error {
	r.task.inFlight, s.full = false, false
	s.inFlight--
	s.waiting = s.Clock.Now()
	if p := crash.In(r.Err); p != nil { // what the request costs is unknown
		s.failed = append(s.failed, r)
		return p
	}
	stop, again := s.judge(r)
	done, err := s.record(ctx, r)
	if err != nil {
		s.failed = append(s.failed, r)
		return err
	}
	if s.stop == nil {
		s.stop = stop
	}
	switch {
	case done:
		s.remove(r.task)
		return nil
	case again || s.stop != nil: // or it waits for a resume
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
	s.Info = s.Info.ServedBy(r.Model)
	s.budget.Reprice(s.Info)
	answer := localdb.StoredAnswer{
		PromptTokens:     r.Usage.Prompt,
		CompletionTokens: r.Usage.Completion,
		UsageKnown:       r.UsageKnown,
		Cost:             s.Info.CostOf(r.Usage, r.UsageKnown, r.sent.Reserved),
	}
	if r.CostUSD != nil {
		answer.Cost = new(localdb.Dollars(*r.CostUSD))
	}
	if r.Err != nil {
		answer.Error = r.Err.Error()
	}
	s.learn(r, answer)
	if done, err = r.Store(ctx, r.request, answer); err != nil {
		return done, err
	}
	return done, s.checkCap(ctx, r, answer.Cost)
}
