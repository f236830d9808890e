package gen

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"seedbed/assets/i18n"
	"seedbed/localdb"
)

// Run is a plan being carried out: plan → batches → writer → filter → dataset. All
// that it decides, it decides on one goroutine; only the writer's requests run beside
// it.
type Run struct {
	dataset  *localdb.Dataset
	row      localdb.RunRecord
	plan     Plan
	controls *Controls
	clock    clock

	cutter     *cutter
	filter     *filter
	tasks      []*task
	categories []*quota

	// Of one session, from Do to its return.
	writer   Writer
	about    About
	pace     *pace
	onTheWay int
	retries  int
	capped   bool // the last request did not fit under the cap
	end      *end
	newest   []localdb.Message
	started  time.Time
	before   int // messages kept when the session began
}

// NewRun stores a plan and all its batches in the dataset; nothing is sent yet. It
// takes the dataset's passages where the plan asks for knowledge.
func NewRun(ctx context.Context, d *localdb.Dataset, plan Plan, about About, controls *Controls) (*Run, error) {
	categories, err := d.Categories(ctx)
	if err != nil {
		return nil, err
	}
	if err := plan.check(categories); err != nil {
		return nil, err
	}
	if err := plan.checkPrice(about); err != nil {
		return nil, err
	}
	r := &Run{dataset: d, plan: plan, controls: controls, clock: realTime}
	if err := r.prepare(ctx, categories); err != nil {
		return nil, err
	}
	batches, err := r.cutter.all()
	if err != nil {
		return nil, err
	}
	stored, err := json.Marshal(plan)
	if err != nil {
		return nil, err
	}
	r.row, batches, err = d.StartRun(ctx, localdb.RunRecord{Plan: stored, Writer: about.Name, Model: about.Model}, batches)
	if err != nil {
		return nil, err
	}
	r.take(batches)
	return r, nil
}

// Resume takes up the dataset's unfinished run, or returns [localdb.ErrNoRun]. A cap
// above 0 replaces the plan's. What was on its way when an earlier process ended is
// lost, counts with all that was reserved for it, and is asked for once more.
func Resume(ctx context.Context, d *localdb.Dataset, capUSD float64, controls *Controls) (*Run, error) {
	row, err := d.UnfinishedRun(ctx)
	if err != nil {
		return nil, err
	}
	r := &Run{dataset: d, row: row, controls: controls, clock: realTime}
	if err := json.Unmarshal(row.Plan, &r.plan); err != nil {
		return nil, i18n.Error("the plan of the unfinished run can't be read; start a new one: {{.Cause}}", i18n.Values{"Cause": err})
	}
	if capUSD > 0 {
		r.plan.CapUSD = capUSD
	}
	batches, err := d.Batches(ctx, row.ID)
	if err != nil {
		return nil, err
	}
	r.plan = r.plan.as(batches)
	categories, err := d.Categories(ctx)
	if err != nil {
		return nil, err
	}
	if err := r.plan.check(categories); err != nil {
		return nil, err
	}
	if err := r.prepare(ctx, categories); err != nil {
		return nil, err
	}
	for _, b := range batches {
		r.cutter.drawn[b.Category]++
	}
	r.take(batches)
	_, err = d.LoseInFlight(ctx, row.ID)
	return r, err
}

// prepare reads from the dataset what the run needs to know.
func (r *Run) prepare(ctx context.Context, categories []localdb.Category) error {
	filter, accepted, err := newFilter(ctx, r.dataset, r.row.ID)
	if err != nil {
		return err
	}
	passages, err := r.dataset.Passages(ctx)
	if err != nil {
		return err
	}
	r.filter = filter
	r.cutter, err = newCutter(r.plan, categories, passages, accepted)
	// In the dataset's order, which a resumed run finds again.
	for _, c := range categories {
		if n := r.plan.Of(c.Name); n > 0 {
			r.categories = append(r.categories, &quota{category: c.Name, wanted: n})
		}
	}
	return err
}

// Do carries out the run until it is done, stopped or can't go on, and reports its
// progress about ten times a second; report may be nil. The error is only for what a
// run can't end honestly with, such as a dataset that can't be written: everything
// else is in the result.
func (r *Run) Do(ctx context.Context, w Writer, report func(Progress)) (Result, error) {
	if err := r.begin(w); err != nil {
		return Result{}, err
	}
	if report == nil {
		report = func(Progress) {}
	}
	// A request's row in the ledger and what came of it are written whatever
	// happens to the context.
	ledger := context.WithoutCancel(ctx)
	tick := time.NewTicker(progressEvery)
	defer tick.Stop()
	drafts := make(chan written)
	// What is on its way is received even when the dataset fails, so that no
	// goroutine is left behind.
	defer func() {
		for ; r.onTheWay > 0; r.onTheWay-- {
			<-drafts
		}
	}()
	for r.look(ctx); ; r.look(ctx) {
		if err := r.send(ctx, drafts); err != nil {
			return Result{}, err
		}
		if r.onTheWay == 0 && r.end != nil {
			break
		}
		select {
		case draft := <-drafts:
			r.onTheWay--
			if err := r.settle(ledger, draft); err != nil {
				return Result{}, err
			}
		case <-tick.C:
			if err := r.report(ledger, report); err != nil {
				return Result{}, err
			}
		case <-r.clock.after(r.untilDue()):
		case <-r.controls.pressed:
		case <-r.stopping(ctx):
		}
	}
	if err := r.report(ledger, report); err != nil {
		return Result{}, err
	}
	return r.result(ledger)
}

// begin starts a session.
func (r *Run) begin(w Writer) error {
	r.writer, r.about = w, w.About()
	if err := r.plan.checkPrice(r.about); err != nil {
		return err
	}
	r.pace = newPace(r.clock, r.about.Parallel)
	r.started = r.clock.now()
	for _, q := range r.categories {
		r.before += q.kept
		q.bound = topUpBound(q.wanted - q.kept)
	}
	return nil
}

// look sees whether a person or the context ended the run.
func (r *Run) look(ctx context.Context) {
	_, stopped := r.controls.state()
	if r.end == nil && (stopped || ctx.Err() != nil) {
		r.end = &end{state: Stopped, why: i18n.T("The run was stopped."), next: i18n.T("Resume to make the rest.")}
	}
}

// stopping is closed when the context ends, and nil once the run knows.
func (r *Run) stopping(ctx context.Context) <-chan struct{} {
	if r.end != nil {
		return nil
	}
	return ctx.Done()
}

// written is a draft that came back, or the error that came instead.
type written struct {
	task  *task
	batch Batch
	worst *localdb.Money
	epoch int
	draft Draft
	err   error
}

// send puts on their way as many batches as the pace allows. It ends the run when
// nothing is left to send and nothing is on its way.
func (r *Run) send(ctx context.Context, drafts chan<- written) error {
	paused, _ := r.controls.state()
	for r.end == nil && ctx.Err() == nil && !paused && !r.capped && r.onTheWay < int(r.pace.limit) && !r.clock.now().Before(r.pace.hold) {
		t, err := r.next(ctx)
		if err != nil || t == nil {
			return err
		}
		w := written{task: t, epoch: r.pace.epoch}
		if w.batch, err = r.cutter.open(t.BatchRecord); err != nil {
			return err
		}
		if w.worst, err = r.worst(w.batch); err != nil {
			return err
		}
		// The ledger first: nothing is sent that it does not know of.
		w.batch.Request, err = r.dataset.Reserve(context.WithoutCancel(ctx), localdb.LedgerEntry{
			Batch: t.ID, Writer: r.about.Name, Model: r.about.Model, Worst: w.worst, Cap: r.cap(),
		})
		switch {
		case errors.Is(err, localdb.ErrCap):
			r.capped = true // until something on its way turns out cheaper than reserved
			r.endAtCap()
			return nil
		case err != nil:
			return err
		}
		t.sent = true
		r.onTheWay++
		go func() {
			w.draft, w.err = r.writer.Write(ctx, w.batch, r.filter.known)
			drafts <- w
		}()
	}
	return nil
}

// settle stores what came back: the messages that pass the filter, what was set
// aside, what it cost and the batch's state in one transaction.
func (r *Run) settle(ctx context.Context, w written) error {
	w.task.sent = false
	r.capped = false
	r.judge(w)
	if !w.draft.Arrived {
		trouble := troubleOf(w.err)
		free := trouble != nil && trouble.Free
		if err := r.dataset.FailRequest(ctx, w.batch.Request, free, w.err.Error()); err != nil {
			return err
		}
		return r.retry(ctx, w)
	}
	keep, aside := r.filter.sift(w.batch, w.draft)
	answer := localdb.StoredAnswer{
		SetAside:         aside,
		PromptTokens:     w.draft.Prompt,
		CompletionTokens: w.draft.Completion,
		UsageKnown:       w.draft.UsageKnown,
		Cost:             r.about.costOf(w.draft.Usage, w.draft.UsageKnown, w.worst),
	}
	for _, item := range keep {
		answer.Messages = append(answer.Messages, localdb.Message{
			Text:       item.Text,
			Category:   w.batch.Category.Name,
			Confidence: 1,
			LabelledBy: localdb.ByWriter,
			BatchID:    w.batch.ID,
			PassageID:  item.PassageID,
		})
	}
	if w.err != nil {
		answer.Error = w.err.Error()
	}
	if len(w.draft.Items) > 0 {
		answer.State = localdb.BatchStored
	}
	ids, err := r.dataset.StoreAnswer(ctx, w.batch.Request, answer)
	if err != nil {
		return err
	}
	for i, id := range ids {
		answer.Messages[i].ID = id
		r.filter.admit(answer.Messages[i])
	}
	r.count(w.task, answer)
	if answer.State == localdb.BatchStored {
		return nil
	}
	return r.retry(ctx, w)
}

// count takes note of a stored answer.
func (r *Run) count(t *task, a localdb.StoredAnswer) {
	t.State = a.State
	q := r.quota(t)
	q.kept += len(a.Messages)
	switch {
	case len(a.Messages) > 0:
		q.fruitless = 0
	case a.State == localdb.BatchStored:
		q.fruitless++
	}
	for _, m := range a.Messages {
		r.newest = append([]localdb.Message{m}, r.newest[:min(len(r.newest), newestShown-1)]...)
	}
}

// untilDue is how long to wait before something can be sent that can't now.
func (r *Run) untilDue() time.Duration {
	now := r.clock.now()
	if r.pace.hold.After(now) {
		return r.pace.hold.Sub(now)
	}
	wait := time.Hour
	for _, t := range r.tasks {
		if r.waits(t) && t.due.After(now) {
			wait = min(wait, t.due.Sub(now))
		}
	}
	return wait
}
