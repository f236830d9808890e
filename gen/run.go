package gen

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"seedbed/assets/i18n"
	"seedbed/gen/llm"
	"seedbed/gen/plausible"
	"seedbed/gen/scheduler"
	"seedbed/localdb"
)

// Run is a plan being carried out: plan → batches → writer → filter → dataset. All that
// it decides, it decides on the scheduler's goroutine; only the writer's requests run
// beside it.
type Run struct {
	dataset  *localdb.Dataset
	row      localdb.RunRecord
	plan     Plan
	controls *scheduler.Controls
	clock    scheduler.Clock

	notBefore time.Time // when the first request may be sent; zero for at once

	batcher *batcher
	filter  *filter
	quotas  []*quota
	tasks   []*scheduler.Task

	// Of one session, from Do to its return.
	writer     Writer
	info       llm.Info
	scheduler  *scheduler.Scheduler
	newest     []localdb.Message
	started    time.Time
	keptBefore int // messages kept when the session began
	general    int // questions kept that ask about no passage although there are some
}

// NewRun stores a plan and all its batches in the dataset; nothing is sent yet. If the
// plan asks for knowledge, it uses the dataset's passages.
func NewRun(ctx context.Context, d *localdb.Dataset, plan Plan, info llm.Info, controls *scheduler.Controls) (*Run, error) {
	if err := info.CheckCap(plan.CapUSD); err != nil {
		return nil, err
	}
	domain, err := d.Domain(ctx)
	if err != nil {
		return nil, err
	}
	r := &Run{dataset: d, plan: plan, controls: controls}
	if err := r.prepare(ctx, domain); err != nil {
		return nil, err
	}
	if info.Name == builtinName {
		if err := r.checkLanguage(); err != nil {
			return nil, err
		}
	}
	batches, err := r.batcher.all()
	if err != nil {
		return nil, err
	}
	stored, err := json.Marshal(plan)
	if err != nil {
		return nil, err
	}
	r.row, batches, err = d.StartRun(ctx, localdb.RunRecord{Plan: stored, Writer: info.Name, Model: info.Model}, batches)
	if err != nil {
		return nil, err
	}
	r.tasks = r.queue(batches)
	return r, nil
}

// Resume resumes the dataset's unfinished run, or returns [localdb.ErrNoRun]. A cap
// above 0 replaces the plan's. Requests that were in flight when an earlier process
// ended are lost: all that was reserved for them counts as spent, and their batches are
// requested again.
func Resume(ctx context.Context, d *localdb.Dataset, capUSD float64, controls *scheduler.Controls) (*Run, error) {
	domain, err := d.Domain(ctx)
	if err != nil {
		return nil, err
	}
	r, batches, err := unfinished(ctx, d, domain, capUSD)
	if err != nil {
		return nil, err
	}
	r.controls = controls
	r.tasks = r.queue(batches)
	_, err = d.LoseInFlight(ctx, r.row.ID)
	return r, err
}

// unfinished reads the unfinished run with its batches.
func unfinished(ctx context.Context, d *localdb.Dataset, domain localdb.Domain, capUSD float64) (*Run, []localdb.BatchRecord, error) {
	row, err := d.UnfinishedRun(ctx)
	if err != nil {
		return nil, nil, err
	}
	r := &Run{dataset: d, row: row}
	if r.plan, err = planOf(row); err != nil {
		return nil, nil, err
	}
	if capUSD > 0 {
		r.plan.CapUSD = capUSD
	}
	batches, err := d.Batches(ctx, row.ID)
	if err != nil {
		return nil, nil, err
	}
	r.plan = r.plan.renamedAs(batches)
	if err := r.prepare(ctx, domain); err != nil {
		return nil, nil, err
	}
	for _, b := range batches {
		r.batcher.drawn[b.Category]++
	}
	return r, batches, nil
}

func planOf(row localdb.RunRecord) (plan Plan, err error) {
	if err := json.Unmarshal(row.Plan, &plan); err != nil {
		return plan, i18n.Error("the plan of the unfinished run can't be read; start a new one: {{.Cause}}", i18n.Values{"Cause": err})
	}
	return plan, nil
}

// UnfinishedPlan is the plan of the dataset's unfinished run, or [localdb.ErrNoRun]. The
// writer that resumes it needs its language and seed.
func UnfinishedPlan(ctx context.Context, d *localdb.Dataset) (Plan, error) {
	row, err := d.UnfinishedRun(ctx)
	if err != nil {
		return Plan{}, err
	}
	return planOf(row)
}

// prepare checks the plan and reads from the dataset what the run needs to know.
func (r *Run) prepare(ctx context.Context, domain localdb.Domain) error {
	categories, err := r.dataset.Categories(ctx)
	if err != nil {
		return err
	}
	if err := r.plan.check(categories); err != nil {
		return err
	}
	filter, accepted, err := newFilter(ctx, r.dataset, r.row.ID)
	if err != nil {
		return err
	}
	passages, err := r.dataset.Passages(ctx)
	if err != nil {
		return err
	}
	r.filter = filter
	r.filter.answers.judge = plausible.NewJudge(r.plan.Language)
	r.batcher, err = newBatcher(r.plan, domain, categories, passages, accepted)
	// In the dataset's order, which a resumed run finds again.
	for _, c := range categories {
		if n := r.plan.Of(c.Name); n > 0 {
			r.quotas = append(r.quotas, &quota{category: c.Name, wanted: n})
		}
	}
	return err
}

// words are the texts in which a run names itself when it stops.
var words = scheduler.Words{
	Stopped:  i18n.T("The run was stopped."),
	Resume:   i18n.T("Resume to make the rest."),
	Continue: i18n.T("resume to make the rest"),
}

// Do carries out the run until it is done, stopped or can't go on, and reports its
// progress about ten times a second; report may be nil. It returns an error only if the
// dataset can't be read or written; every other failure is in the result.
func (r *Run) Do(ctx context.Context, w Writer, report func(Progress)) (Result, error) {
	if err := r.begin(w); err != nil {
		return Result{}, err
	}
	options := scheduler.Options{
		Dataset: r.dataset, RunID: r.row.ID, Info: r.info, CapUSD: r.plan.CapUSD,
		Controls: r.controls, Clock: r.clock, NotBefore: r.notBefore, Words: words, More: r.topUp,
	}
	if report != nil {
		options.Report = func(ctx context.Context) error { return r.report(ctx, report) }
	}
	r.scheduler = scheduler.New(options, r.tasks)
	stop, err := r.scheduler.Run(ctx)
	if err != nil {
		return Result{}, err
	}
	if stop == nil {
		stop = r.nothingLeft()
	}
	return r.result(context.WithoutCancel(ctx), *stop)
}

// begin starts a session.
func (r *Run) begin(w Writer) error {
	r.writer, r.info = w, w.Info()
	if err := r.info.CheckCap(r.plan.CapUSD); err != nil {
		return err
	}
	if r.clock.Now == nil {
		r.clock = scheduler.RealTime
	}
	r.started = r.clock.Now()
	for _, q := range r.quotas {
		r.keptBefore += q.kept
		q.topUpsLeft = maxTopUps(q.wanted - q.kept)
	}
	return nil
}

// queue makes tasks of those of the stored batches that are still to be sent.
func (r *Run) queue(batches []localdb.BatchRecord) []*scheduler.Task {
	var tasks []*scheduler.Task
	for _, b := range batches {
		q := r.quota(b.Category)
		q.kept += b.Kept
		if b.State != localdb.BatchWaiting {
			continue
		}
		q.open++
		asked := b.Kept // an earlier session may have asked for a part of it
		tasks = append(tasks, &scheduler.Task{
			Batch:   b.ID,
			Prepare: func(scale llm.Scale) (*scheduler.Request, error) { return r.request(b, q, &asked, scale) },
			GivenUp: func() { q.open--; q.fruitless++ },
		})
	}
	return tasks
}

// request builds a request for a batch, of which so many messages have been asked for;
// nil if its category was given up.
func (r *Run) request(stored localdb.BatchRecord, q *quota, asked *int, scale llm.Scale) (*scheduler.Request, error) {
	if !q.givenUp.IsZero() {
		return nil, nil //nolint:nilnil // as the scheduler wants it
	}
	batch, err := r.batcher.open(stored)
	if err != nil {
		return nil, err
	}
	batch.WornOpenings = r.filter.worn.Openings(batch.Category.Name)
	batch.WornThemes = r.filter.worn.Themes(batch.Category.Name, batch.Category.Is)
	batch, more := batch.part(*asked, scale)
	query, err := r.writer.Query(batch)
	if err != nil {
		return nil, err
	}
	return &scheduler.Request{Query: query, Part: more, Send: func(ctx context.Context, id int64, maxTokens int) scheduler.Reply {
		batch.RequestID, batch.MaxTokens = id, maxTokens
		draft, err := r.writer.Write(ctx, batch, r.filter.known)
		exhausted := errors.Is(err, ErrExhausted)
		return scheduler.Reply{
			Arrived: draft.Arrived, Model: draft.Model, Useful: len(draft.Items) > 0 || exhausted,
			Usage: draft.Usage, UsageKnown: draft.UsageKnown, CostUSD: draft.CostUSD, Thoughts: draft.Thoughts, Thinks: draft.Thinks,
			PromptCut: draft.PromptCut, Context: draft.Context, Err: err,
			Store: func(ctx context.Context, request int64, answer localdb.StoredAnswer) (done bool, err error) {
				switch {
				case len(draft.Items) > 0:
					*asked += batch.Count
					if !more {
						answer.State = localdb.BatchStored
					}
				case exhausted:
					q.exhausted, q.givenUp = true, i18n.T("the writer has nothing new left")
				}
				err = r.store(ctx, q, batch, draft, request, answer)
				return answer.State == localdb.BatchStored || exhausted, err
			},
		}
	}}, nil
}

// store stores what came back in one transaction: the messages that pass the filter,
// what it discarded, what it cost and the batch's state.
func (r *Run) store(ctx context.Context, q *quota, b Batch, draft Draft, request int64, answer localdb.StoredAnswer) error {
	keep, discarded := r.filter.split(b, draft)
	answer.Discarded = discarded
	for _, item := range keep {
		answer.Messages = append(answer.Messages, localdb.Message{
			Text:       item.Text,
			Category:   b.Category.Name,
			Confidence: 1,
			LabelledBy: localdb.ByWriter,
			BatchID:    b.ID,
			PassageID:  item.PassageID,
		})
	}
	ids, err := r.dataset.StoreAnswer(ctx, request, answer)
	if err != nil {
		return err
	}
	for i, id := range ids {
		if len(b.Passages) > 0 && answer.Messages[i].PassageID == 0 {
			r.general++
		}
		answer.Messages[i].ID = id
		r.filter.add(answer.Messages[i])
	}
	r.count(q, answer)
	switch {
	case r.filter.answers.hopeless():
		r.scheduler.End(r.rubbish())
	case r.filter.answers.inRow > 0:
		r.scheduler.Doubt()
	}
	return nil
}

// count notes a stored answer.
func (r *Run) count(q *quota, a localdb.StoredAnswer) {
	stored := a.State == localdb.BatchStored
	if stored {
		q.open--
	}
	q.kept += len(a.Messages)
	switch {
	case len(a.Messages) > 0:
		q.fruitless = 0
	case stored:
		q.fruitless++
	}
	for _, m := range a.Messages {
		r.newest = withNewest(r.newest, m)
	}
}
