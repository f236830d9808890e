package gen

import (
	"context"
	"log/slog"
	"maps"

	"seedbed/assets/i18n"
	"seedbed/gen/check"
	"seedbed/gen/scheduler"
	"seedbed/localdb"
)

// How many messages a dataset has that is checked after a run: fewer say too little of
// their categories, and more take longer than a second or two.
const (
	fewestChecked = 200
	mostChecked   = 20_000
)

// mostMadeUp is the share of a run's messages that is made up for at most: where more read
// as another category, the categories are hard to tell apart, and more messages would be
// flagged as well.
const mostMadeUp = 0.2

// verify checks a dataset to which a language model has added messages: those that read as
// another category are flagged, and as many others are asked for, once, within what is left
// of the cap. The built-in writer's own messages have been read by people.
func (job Job) verify(ctx context.Context, result *Result) error {
	if result.State != scheduler.Done || result.Messages == 0 || job.Writer.Info().Model == "" {
		return nil
	}
	checked, ok := job.flagSuspects(ctx, result)
	if !ok || checked == 0 {
		return nil
	}
	plan, err := job.planToMakeUp(ctx, *result)
	if err != nil {
		return err
	}
	note := i18n.N("1 message of the dataset reads as another category than its own. It is flagged; look at it in Review.", "{{.N}} messages of the dataset read as another category than theirs. They are flagged; look at them in Review.", checked)
	if len(plan.Counts) > 0 {
		made, err := job.makeUp(ctx, result, plan)
		if err != nil {
			return err
		}
		job.flagSuspects(ctx, result)
		note = i18n.N("1 message of the dataset reads as another category than its own. It is flagged; look at it in Review. {{.Made}} others were made in its place.", "{{.N}} messages of the dataset read as another category than theirs. They are flagged; look at them in Review. {{.Made}} others were made in their place.", result.Suspects, i18n.Values{"Made": made})
	}
	if result.Note.IsZero() {
		result.Note = note
	}
	return nil
}

// flagSuspects flags the messages that read as another category; ok is false where the
// dataset can't be checked.
func (job Job) flagSuspects(ctx context.Context, result *Result) (suspects int, ok bool) {
	counts, err := job.Dataset.Counts(ctx)
	if err != nil || counts.Total < fewestChecked || counts.Total > mostChecked {
		return 0, false
	}
	if job.Progress != nil {
		job.Progress(Progress{Kept: result.Messages, Note: i18n.T("Looking for messages that read as another category.")})
	}
	checked, err := check.Run(ctx, job.Dataset, check.Options{})
	if err != nil { // there may be too few messages to learn from
		slog.Info("no check after the run", "cause", err)
		return 0, false
	}
	result.Suspects = checked.Suspects
	return checked.Suspects, true
}

// planToMakeUp asks for as many messages of each category as the newest run has flagged
// ones. It has no counts where there are none or too many, or where the cap leaves nothing.
func (job Job) planToMakeUp(ctx context.Context, result Result) (Plan, error) {
	run, err := job.Dataset.LastRun(ctx)
	if err != nil {
		return Plan{}, err
	}
	plan, err := planOf(run)
	if err != nil {
		return Plan{}, err
	}
	flagged, err := job.flaggedOf(ctx, run.ID)
	if err != nil {
		return Plan{}, err
	}
	capUSD := plan.CapUSD
	if job.Resume && job.Plan.CapUSD > 0 {
		capUSD = job.Plan.CapUSD
	}
	categories := plan.wanted()
	plan.Counts, plan.Boundaries, plan.Seed = nil, nil, NewSeed()
	if capUSD > 0 {
		if result.CostUSD == nil {
			return plan, nil
		}
		if plan.CapUSD = capUSD - *result.CostUSD - result.LostUSD; plan.CapUSD <= 0 {
			return plan, nil
		}
	}
	for _, c := range categories {
		if n := flagged[c.Category]; n > 0 {
			plan.Counts = append(plan.Counts, Count{c.Category, n})
		}
	}
	if float64(plan.Total()) > mostMadeUp*float64(result.Messages) {
		plan.Counts = nil
	}
	return plan, nil
}

// flaggedOf is how many messages of a run read as another category, by their own.
func (job Job) flaggedOf(ctx context.Context, run int64) (map[string]int, error) {
	batches, err := job.Dataset.Batches(ctx, run)
	if err != nil {
		return nil, err
	}
	ofRun := map[int64]bool{}
	for _, b := range batches {
		ofRun[b.ID] = true
	}
	flagged := map[string]int{}
	for m, err := range job.Dataset.Messages(ctx, localdb.Filter{Flags: localdb.Mislabelled}) {
		if err != nil {
			return nil, err
		}
		if ofRun[m.BatchID] {
			flagged[m.Category]++
		}
	}
	return flagged, nil
}

// makeUp carries out a plan in a run of its own, which can be resumed as any other, and
// adds what it made to the result.
func (job Job) makeUp(ctx context.Context, result *Result, plan Plan) (made int, err error) {
	again := job
	again.Plan, again.Resume, again.Knowledge = plan, false, nil // the knowledge is in the dataset
	second, err := again.run(ctx)
	if err != nil {
		return 0, err
	}
	total := second
	total.Messages += result.Messages
	total.Requests += result.Requests
	total.PromptTokens += result.PromptTokens
	total.CompletionTokens += result.CompletionTokens
	total.LostUSD += result.LostUSD
	if total.CostUSD = nil; second.CostUSD != nil && result.CostUSD != nil {
		sum := *second.CostUSD + *result.CostUSD
		total.CostUSD = &sum
	}
	total.PerCategory, total.Discarded = sums(result.PerCategory, second.PerCategory), sums(result.Discarded, second.Discarded)
	total.Seed, total.Note = result.Seed, result.Note
	if total.State == scheduler.Done {
		total.Summary = result.Summary
	}
	*result = total
	return second.Messages, nil
}

func sums(a, b map[string]int) map[string]int {
	sum := map[string]int{}
	maps.Copy(sum, a)
	for name, n := range b {
		sum[name] += n
	}
	return sum
}
