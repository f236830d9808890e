package gen

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"seedbed/assets/i18n"
	"seedbed/gen/intent"
	"seedbed/gen/openai"
	"seedbed/localdb"
)

// LabelPlan says which messages a language model labels, and for how much.
type LabelPlan struct {
	LabelOptions
	Seed   uint64  // of the order in which each request names the categories
	CapUSD float64 // spend at most this; 0 is no cap
}

// labelling is a plan of labels being carried out. As in a run, every request is in the
// ledger before it is sent, and one goroutine decides everything.
type labelling struct {
	dataset  *localdb.Dataset
	plan     LabelPlan
	labeller *ModelLabeller
	clock    clock
	pace     *pace
	row      localdb.RunRecord
	store    *localdb.Labelling

	categories []localdb.Category
	confused   []intent.Pair
	tasks      []*labelTask
	onTheWay   int
	capped     bool // the last request did not fit under the cap
	stop       *end
	result     LabelResult
}

// labelTask is the messages of a batch that have no label yet.
type labelTask struct {
	batch    int64
	messages []localdb.Message
	seed     uint64
	sent     bool
	asked    int // answers that left some without a label
	tries    int
	due      time.Time
}

// answersPerTask is how often a message is asked about whose label can't be read.
const answersPerTask = 2

// newLabelling picks the messages and stores their batches; nothing is sent yet.
func newLabelling(ctx context.Context, d *localdb.Dataset, l *ModelLabeller, plan LabelPlan) (*labelling, error) {
	if err := (Plan{CapUSD: plan.CapUSD}).checkPrice(l.about); err != nil {
		return nil, err
	}
	messages, err := plan.toLabel(ctx, d)
	if err != nil {
		return nil, err
	}
	// What points to a person is not sent.
	messages = slices.DeleteFunc(messages, func(m localdb.Message) bool { return m.Flags&localdb.PersonalDetails != 0 })
	return labellingOf(ctx, d, l, plan, messages)
}

// labellingOf cuts messages into batches.
func labellingOf(ctx context.Context, d *localdb.Dataset, l *ModelLabeller, plan LabelPlan, messages []localdb.Message) (w *labelling, err error) {
	w = &labelling{
		dataset: d, plan: plan, labeller: l, clock: realTime, store: d.NewLabelling(localdb.ByModel),
		result: LabelResult{Messages: len(messages), PerCategory: map[string]int{}},
	}
	if w.categories, err = d.Categories(ctx); err != nil {
		return nil, err
	}
	w.categories = slices.DeleteFunc(w.categories, func(c localdb.Category) bool { return c.Archived })
	if len(w.categories) < 2 {
		return nil, planError(i18n.T("there must be at least two categories to label with; add some first"))
	}
	last, err := LastCheck(ctx, d)
	if err != nil {
		return nil, err
	}
	if last != nil {
		pairs := (intent.Report{Categories: last.Categories, Confusion: last.Confusion}).ConfusedPairs()
		w.confused = pairs[:min(len(pairs), confusedToTell)]
	}
	for chunk := range slices.Chunk(messages, labelsPerRequest) {
		w.tasks = append(w.tasks, &labelTask{messages: chunk, seed: plan.Seed + uint64(len(w.tasks))})
	}
	return w, nil
}

// EstimateLabels says what labelling would take, from the very prompts that it would
// send.
func EstimateLabels(ctx context.Context, d *localdb.Dataset, l *ModelLabeller, plan LabelPlan) (Estimate, error) {
	w, err := newLabelling(ctx, d, l, plan)
	if err != nil {
		return Estimate{}, err
	}
	return w.estimate()
}

func (w *labelling) estimate() (Estimate, error) {
	e := Estimate{Messages: w.result.Messages, Requests: len(w.tasks), Known: w.labeller.about.Price != nil}
	for _, t := range w.tasks {
		request, err := w.labeller.request(w.question(t))
		if err != nil {
			return Estimate{}, err
		}
		e.PromptTokens += worstOf(request).Prompt / bytesPerToken
		e.CompletionTokens += len(t.messages) * usualMessage
	}
	e.price(w.labeller.about)
	return e, nil
}

// LabelWithModel labels messages with a language model, by the dataset's own
// definitions of its categories. Messages flagged for personal details are not sent. An answer that can't be read is no label, never a
// guess. What it spends is in the ledger, under the cap; the doubtful come first in the
// review queue, and one undo takes it back. The error is only for what it can't end
// honestly with; everything else is in the result.
func LabelWithModel(ctx context.Context, d *localdb.Dataset, l *ModelLabeller, plan LabelPlan) (LabelResult, error) {
	w, err := newLabelling(ctx, d, l, plan)
	if err != nil {
		return LabelResult{}, err
	}
	return w.do(ctx)
}

func (w *labelling) do(ctx context.Context) (LabelResult, error) {
	if len(w.tasks) == 0 {
		free := 0.0
		w.result.CostUSD = &free
		return w.result.end(), nil
	}
	if err := w.begin(ctx); err != nil {
		return LabelResult{}, err
	}
	ledger := context.WithoutCancel(ctx) // it is written whatever happens to the context
	answers := make(chan labelAnswer)
	defer func() {
		for ; w.onTheWay > 0; w.onTheWay-- {
			<-answers
		}
	}()
	for {
		if w.stop == nil && ctx.Err() != nil {
			w.stop = &end{state: Stopped, why: i18n.T("The labelling was stopped."), next: i18n.T("Label again for the rest.")}
		}
		if err := w.send(ctx, answers); err != nil {
			return LabelResult{}, err
		}
		if err := w.report(ledger); err != nil {
			return LabelResult{}, err
		}
		if w.onTheWay == 0 && (w.stop != nil || !slices.ContainsFunc(w.tasks, (*labelTask).waits)) {
			return w.end(ledger)
		}
		var stopping <-chan struct{}
		if w.stop == nil {
			stopping = ctx.Done()
		}
		select {
		case a := <-answers:
			w.onTheWay--
			if err := w.settle(ledger, a); err != nil {
				return LabelResult{}, err
			}
		case <-w.clock.after(w.untilDue()):
		case <-stopping:
		}
	}
}

// begin stores the labelling and its batches.
func (w *labelling) begin(ctx context.Context) error {
	w.pace = newPace(w.clock, w.labeller.about.Parallel)
	stored, err := json.Marshal(map[string]any{"seed": w.plan.Seed, "cap_usd": w.plan.CapUSD})
	if err != nil {
		return err
	}
	batches := make([]localdb.BatchRecord, len(w.tasks))
	for i, t := range w.tasks {
		brief, err := json.Marshal(map[string]any{"messages": len(t.messages), "first": t.messages[0].ID})
		if err != nil {
			return err
		}
		batches[i] = localdb.BatchRecord{Count: len(t.messages), Prompt: "label-en-1", Brief: brief}
	}
	about := w.labeller.about
	w.row, batches, err = w.dataset.StartRun(ctx, localdb.RunRecord{Plan: stored, Writer: about.Name, Model: about.Model, Labelling: true}, batches)
	for i := range batches {
		w.tasks[i].batch = batches[i].ID
	}
	return err
}

// waits tells whether a task is to be sent, now or later.
func (t *labelTask) waits() bool { return !t.sent && len(t.messages) > 0 }

func (w *labelling) question(t *labelTask) question {
	return question{categories: w.categories, confused: w.confused, messages: t.messages, seed: t.seed + uint64(t.asked)<<32}
}

// labelAnswer is what came back for a task, or the error that came instead.
type labelAnswer struct {
	task    *labelTask
	request int64
	worst   *localdb.Money
	epoch   int
	labelled
	err error
}

// send puts on their way as many tasks as the pace allows.
func (w *labelling) send(ctx context.Context, answers chan<- labelAnswer) error {
	for _, t := range w.tasks {
		now := w.clock.now()
		if w.stop != nil || w.capped || ctx.Err() != nil || w.onTheWay >= int(w.pace.limit) || now.Before(w.pace.hold) {
			return nil //nolint:nilerr // whoever stopped it says so
		}
		if !t.waits() || t.due.After(now) {
			continue
		}
		q := w.question(t)
		request, err := w.labeller.request(q)
		if err != nil {
			return err
		}
		a := labelAnswer{task: t, epoch: w.pace.epoch}
		about := w.labeller.about
		if about.Price != nil {
			a.worst = new(about.Price.cost(worstOf(request)))
		}
		// The ledger first: nothing is sent that it does not know of.
		a.request, err = w.dataset.Reserve(context.WithoutCancel(ctx), localdb.LedgerEntry{
			Batch: t.batch, Writer: about.Name, Model: about.Model, Worst: a.worst, Cap: capOf(w.plan.CapUSD),
		})
		switch {
		case errors.Is(err, localdb.ErrCap):
			w.capped = true // until something on its way turns out cheaper than reserved
			if w.onTheWay == 0 {
				w.stop = capReached(localdb.Dollars(w.plan.CapUSD), labelRest)
			}
			return nil
		case err != nil:
			return err
		}
		request.ID = fmt.Sprintf("label-%d-%d", t.batch, a.request)
		t.sent = true
		w.onTheWay++
		go func() {
			a.labelled, a.err = w.labeller.ask(ctx, request, q)
			answers <- a
		}()
	}
	return nil
}

// settle stores what came back, and decides whether to ask again for what is left.
func (w *labelling) settle(ctx context.Context, a labelAnswer) error {
	t := a.task
	t.sent, w.capped = false, false
	if stop := w.pace.judge(a.epoch, len(a.labels) > 0, a.arrived, a.err, labelRest); w.stop == nil {
		w.stop = stop
	}
	trouble := troubleOf(a.err)
	if !a.arrived {
		if err := w.dataset.FailRequest(ctx, a.request, trouble != nil && trouble.Free, a.err.Error()); err != nil {
			return err
		}
		return w.retry(ctx, a)
	}
	t.asked++
	answer := localdb.StoredAnswer{PromptTokens: a.Prompt, CompletionTokens: a.Completion, UsageKnown: a.usageKnown, Cost: w.labeller.about.costOf(a.Usage, a.usageKnown, a.worst)}
	if a.err != nil {
		answer.Error = a.err.Error()
	}
	got := map[int64]bool{}
	for _, label := range a.labels {
		got[label.ID] = true
		w.result.PerCategory[label.Category]++
	}
	t.messages = slices.DeleteFunc(slices.Clone(t.messages), func(m localdb.Message) bool { return got[m.ID] })
	if len(t.messages) == 0 {
		answer.State = localdb.BatchStored
	}
	changed, err := w.store.StoreAnswer(ctx, a.request, answer, a.labels)
	w.result.Labelled += changed
	if err != nil || len(t.messages) == 0 {
		return err
	}
	return w.retry(ctx, a)
}

// retry puts a task back that has messages left, or gives them up.
func (w *labelling) retry(ctx context.Context, a labelAnswer) error {
	t, trouble := a.task, troubleOf(a.err)
	if w.stop != nil || trouble != nil && trouble.Kind == openai.Unsupported {
		return nil // nothing more is sent; or the client has learned, and asks at once
	}
	due, ok := w.pace.again(&t.tries, a.err)
	t.due = due
	if ok && t.asked < answersPerTask {
		return nil
	}
	t.messages = nil
	return w.dataset.GiveUpBatch(ctx, t.batch)
}

// untilDue is how long to wait before something can be sent that can't now.
func (w *labelling) untilDue() time.Duration {
	now := w.clock.now()
	if w.pace.hold.After(now) {
		return w.pace.hold.Sub(now)
	}
	wait := time.Hour
	for _, t := range w.tasks {
		if t.waits() && t.due.After(now) {
			wait = min(wait, t.due.Sub(now))
		}
	}
	return wait
}

func (w *labelling) report(ctx context.Context) error {
	if w.plan.Progress == nil {
		return nil
	}
	l, err := w.dataset.Ledger(ctx, w.row.ID)
	if err != nil {
		return err
	}
	p := LabelProgress{Done: w.result.Labelled, All: w.result.Messages, Requests: l.Requests, Spend: Spend{
		Cost: l.Cost, Known: w.labeller.about.Price != nil && l.CostUnknown == 0, AtMost: l.Cost + l.Reserved, Cap: localdb.Dollars(w.plan.CapUSD),
	}}
	if hold := w.pace.hold.Sub(w.clock.now()); hold > 0 {
		p.Note = busy(hold)
	}
	w.plan.report(p)
	return nil
}

// end sums up. The labelling is done whatever is left: another one takes that up.
func (w *labelling) end(ctx context.Context) (LabelResult, error) {
	l, err := w.dataset.Ledger(ctx, w.row.ID)
	if err != nil {
		return LabelResult{}, err
	}
	w.result.Requests, w.result.PromptTokens, w.result.CompletionTokens = l.Requests, l.PromptTokens, l.CompletionTokens
	w.result.LostUSD = l.Reserved.USD()
	if w.labeller.about.Price != nil && l.CostUnknown == 0 {
		w.result.CostUSD = new(l.Cost.USD())
	}
	r := w.result.end()
	if w.stop != nil && r.Unlabelled > 0 {
		r.State, r.Cause = w.stop.state, w.stop.cause
		r.Summary = i18n.T("{{.Why}} {{.N}} of {{.All}} messages are labelled. {{.Next}}",
			i18n.Values{"Why": w.stop.why, "N": r.Labelled, "All": r.Messages, "Next": w.stop.next})
	}
	return r, w.dataset.FinishRun(ctx, w.row.ID)
}
