package label

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"seedbed/assets/i18n"
	"seedbed/gen/check"
	"seedbed/gen/intent"
	"seedbed/gen/llm"
	"seedbed/gen/openai"
	"seedbed/gen/scheduler"
	"seedbed/localdb"
)

// Plan says which messages a language model labels, and for how much.
type Plan struct {
	Options
	Seed   uint64  // of the order in which each request names the categories
	CapUSD float64 // spend at most this; 0 is no cap
	// Known are messages with a category, of which the nearest stand in the prompt as examples,
	// and by some of which the confidence is calibrated; nil for the dataset's own, see [Known].
	Known []localdb.Message
}

// run is a plan being carried out.
type run struct {
	dataset *localdb.Dataset
	plan    Plan
	model   *Model
	clock   scheduler.Clock
	row     localdb.RunRecord
	changes *localdb.Labelling

	domain     localdb.Domain
	categories []localdb.Category
	confused   []intent.Pair
	nearest    *nearest
	chunks     []*chunk // those to calibrate by come first
	judgements []judgement
	comparing  int // chunks to calibrate by that are not done
	result     Result
}

// chunk is the messages of one batch that have no label yet.
type chunk struct {
	batch    int64
	messages []localdb.Message
	compares bool // people labelled them, and the model's labels are only compared
	seed     uint64
	answers  int // so far, each of which left some messages without a label
}

// maxAnswers is how often a message is sent whose label can't be read.
const maxAnswers = 2

// WithModel labels messages with a language model, by the dataset's own definitions of
// its categories. Messages flagged for personal details are not sent. An answer that
// can't be read is no label, never a guess. What it spends is in the ledger, under the
// cap; the least certain labels come first in the review queue, and one undo takes all
// back. It returns an error only if the dataset can't be read or written; every other
// failure is in the result.
//
// The prompt shows the nearest of the known messages. Where people labelled enough of those, the
// model labels some of them first, and its confidence is calibrated by how often it agrees.
func WithModel(ctx context.Context, d *localdb.Dataset, m *Model, plan Plan) (Result, error) {
	r, err := newRun(ctx, d, m, plan)
	if err != nil {
		return Result{}, err
	}
	return r.do(ctx)
}

// newRun picks the messages; nothing is stored or sent yet.
func newRun(ctx context.Context, d *localdb.Dataset, m *Model, plan Plan) (*run, error) {
	if err := m.info.CheckCap(plan.CapUSD); err != nil {
		return nil, err
	}
	messages, err := plan.pick(ctx, d)
	if err != nil {
		return nil, err
	}
	messages = slices.DeleteFunc(messages, func(m localdb.Message) bool { return m.Flags&localdb.PersonalDetails != 0 })
	return runOf(ctx, d, m, plan, messages)
}

// runOf cuts messages into chunks.
func runOf(ctx context.Context, d *localdb.Dataset, m *Model, plan Plan, messages []localdb.Message) (r *run, err error) {
	r = &run{
		dataset: d, plan: plan, model: m, changes: d.NewLabelling(localdb.ByModel),
		result: Result{Messages: len(messages), PerCategory: map[string]int{}},
	}
	if r.domain, err = d.Domain(ctx); err != nil {
		return nil, err
	}
	if r.categories, err = d.Categories(ctx); err != nil {
		return nil, err
	}
	r.categories = slices.DeleteFunc(r.categories, func(c localdb.Category) bool { return c.Archived })
	if len(r.categories) < 2 {
		return nil, &llm.PlanError{Text: i18n.T("there must be at least two categories to label with; add some first")}
	}
	last, err := check.Last(ctx, d)
	if err != nil {
		return nil, err
	}
	if last != nil {
		pairs := last.ConfusedPairs()
		r.confused = pairs[:min(len(pairs), maxConfused)]
	}
	return r, r.learn(ctx, messages)
}

// learn gathers the examples, and cuts what the model labels into chunks.
func (r *run) learn(ctx context.Context, messages []localdb.Message) (err error) {
	if len(messages) == 0 {
		return nil
	}
	known := r.plan.Known
	if known == nil {
		if known, err = Known(ctx, r.dataset); err != nil {
			return err
		}
	}
	cut := func(messages []localdb.Message, compares bool) {
		for messages := range slices.Chunk(messages, labelsPerRequest) {
			r.chunks = append(r.chunks, &chunk{messages: messages, compares: compares, seed: r.plan.Seed + uint64(len(r.chunks))})
		}
	}
	cut(calibrating(known, len(messages), r.plan.Seed), true)
	r.comparing = len(r.chunks)
	cut(messages, false)
	r.nearest, err = newNearest(known)
	return err
}

// words are the texts in which a labelling names itself when it stops.
var words = scheduler.Words{
	Stopped:  i18n.T("The labelling was stopped."),
	Resume:   i18n.T("Label again for the rest."),
	Continue: i18n.T("label the rest"),
}

func (r *run) do(ctx context.Context) (Result, error) {
	if len(r.chunks) == 0 {
		r.result.CostUSD = new(0.0)
		return r.result.finished(), nil
	}
	if err := r.begin(ctx); err != nil {
		return Result{}, err
	}
	options := scheduler.Options{Dataset: r.dataset, RunID: r.row.ID, Info: r.model.info, CapUSD: r.plan.CapUSD, Clock: r.clock, Words: words}
	first, rest := r.tasks(r.chunks[:r.comparing]), r.tasks(r.chunks[r.comparing:])
	// The confidence of labels is calibrated before the first is stored.
	options.More = func(context.Context) (more []*scheduler.Task, err error) {
		if r.comparing == 0 {
			r.result.Calibration = calibrate(r.judgements)
			more, rest = rest, nil
		}
		return more, nil
	}
	var s *scheduler.Scheduler
	options.Report = func(ctx context.Context) error { return r.report(ctx, s) }
	s = scheduler.New(options, first)
	stop, err := s.Run(ctx)
	if err != nil {
		return Result{}, err
	}
	return r.end(context.WithoutCancel(ctx), stop)
}

// tasks are those of some chunks.
func (r *run) tasks(chunks []*chunk) []*scheduler.Task {
	var tasks []*scheduler.Task
	for _, c := range chunks {
		tasks = append(tasks, &scheduler.Task{
			Batch: c.batch, MaxAnswers: maxAnswers,
			Prepare: func(scale llm.Scale) (*scheduler.Request, error) { return r.prepare(c, scale) },
			GivenUp: func() { // its messages stay without a label
				if c.compares {
					r.comparing--
				}
			},
		})
	}
	return tasks
}

// begin stores the labelling and its batches.
func (r *run) begin(ctx context.Context) error {
	stored, err := json.Marshal(map[string]any{"seed": r.plan.Seed, "cap_usd": r.plan.CapUSD})
	if err != nil {
		return err
	}
	version, err := promptVersion()
	if err != nil {
		return err
	}
	batches := make([]localdb.BatchRecord, len(r.chunks))
	for i, c := range r.chunks {
		spec, err := json.Marshal(map[string]any{"messages": len(c.messages), "first": c.messages[0].ID})
		if err != nil {
			return err
		}
		batches[i] = localdb.BatchRecord{Count: len(c.messages), Prompt: version, Spec: spec}
	}
	info := r.model.info
	r.row, batches, err = r.dataset.StartRun(ctx, localdb.RunRecord{Plan: stored, Writer: info.Name, Model: info.Model, Labelling: true}, batches)
	for i := range batches {
		r.chunks[i].batch = batches[i].ID
	}
	return err
}

func (r *run) question(c *chunk, scale llm.Scale) question {
	return question{
		about: r.domain.About, categories: r.categories, confused: r.confused, seed: c.seed + uint64(c.answers)<<32,
		messages: c.messages[:scale.Items(len(c.messages))], longest: scale.Bytes(maxText),
		nearest: r.nearest.to(c.messages, r.categories),
	}
}

// queryOf is what a request for labels asks for.
func queryOf(r openai.ChatRequest, q question) llm.Query {
	return llm.QueryOf(r, len(q.messages), tokensPerLabel)
}

// prepare builds a chunk's next request.
func (r *run) prepare(c *chunk, scale llm.Scale) (*scheduler.Request, error) {
	q := r.question(c, scale)
	request, err := r.model.request(q)
	if err != nil {
		return nil, err
	}
	part := len(q.messages) < len(c.messages)
	return &scheduler.Request{Query: queryOf(request, q), Part: part, Send: func(ctx context.Context, id int64, maxTokens int) scheduler.Reply {
		request.MaxTokens = maxTokens
		request.ID = fmt.Sprintf("label-%d-%d", c.batch, id)
		got, err := r.model.send(ctx, request, q)
		return scheduler.Reply{
			Arrived: got.arrived, Model: got.answer.Model, Useful: len(got.labels) > 0, Usage: got.usage, UsageKnown: got.usageKnown, Err: err,
			CostUSD: got.answer.CostUSD, Thoughts: got.answer.ReasoningTokens, Thinks: got.thinks, PromptCut: got.answer.PromptCut, Context: got.answer.Context,
			Store: func(ctx context.Context, request int64, answer localdb.StoredAnswer) (done bool, err error) {
				return r.store(ctx, c, got.labels, request, answer)
			},
		}
	}}, nil
}

// store stores an answer's labels, and counts them once they are stored.
func (r *run) store(ctx context.Context, c *chunk, read map[int]openai.Label, request int64, answer localdb.StoredAnswer) (done bool, err error) {
	var left []localdb.Message
	var labels, given []localdb.MachineLabel
	none := 0
	for i, m := range c.messages {
		label, ok := read[i]
		switch {
		case !ok:
			left = append(left, m)
		case c.compares:
			r.judgements = append(r.judgements, judgement{label.Confidence, label.Stated, label.Category == m.Category})
		case label.Category == "":
			if none++; m.Category != "" { // an earlier machine's label is wrong
				labels = append(labels, localdb.MachineLabel{ID: m.ID})
			}
		default:
			confidence := r.result.Calibration.confidence(label.Confidence, label.Stated)
			given = append(given, localdb.MachineLabel{ID: m.ID, Category: label.Category, Confidence: confidence, Uncertainty: 1 - confidence})
		}
	}
	if len(left) == 0 {
		answer.State = localdb.BatchStored
	}
	if _, err := r.changes.StoreAnswer(ctx, request, answer, append(labels, given...)); err != nil {
		return false, err
	}
	c.answers++
	c.messages = left
	if len(left) == 0 && c.compares {
		r.comparing--
	}
	r.result.OutOfScope += none
	n, err := r.result.count(ctx, r.dataset, localdb.ByModel, given)
	r.result.Labelled += n
	return len(left) == 0, err
}

func (r *run) report(ctx context.Context, s *scheduler.Scheduler) error {
	if r.plan.Progress == nil {
		return nil
	}
	p, err := s.Progress(ctx)
	if err != nil {
		return err
	}
	r.plan.Progress(Progress{Done: r.result.Labelled + r.result.OutOfScope, All: r.result.Messages, Requests: p.Ledger.Requests, Spend: p.Spend, Note: p.Note})
	return nil
}

// end sums up. The labelling is done whatever is left: another one takes that up.
func (r *run) end(ctx context.Context, stop *scheduler.Stop) (Result, error) {
	l, err := r.dataset.Ledger(ctx, r.row.ID)
	if err != nil {
		return Result{}, err
	}
	r.result.Requests, r.result.PromptTokens, r.result.CompletionTokens = l.Requests, l.PromptTokens, l.CompletionTokens
	r.result.LostUSD = l.Reserved.USD()
	if l.CostUnknown == 0 {
		r.result.CostUSD = new(l.Cost.USD())
	}
	result := r.result.finished()
	if result.Labelled > 0 {
		result.Note = result.Calibration.note(r.model.info.Model)
	}
	if stop != nil && result.Unlabelled > result.OutOfScope {
		result.State, result.Cause = stop.State, stop.Cause
		result.Summary = i18n.T("{{.Why}} {{.N}} of {{.All}} messages are labelled. {{.Next}}",
			i18n.Values{"Why": stop.Why, "N": result.Labelled, "All": result.Messages, "Next": stop.Next})
	}
	return result, r.dataset.FinishRun(ctx, r.row.ID)
}
