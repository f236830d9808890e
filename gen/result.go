package gen

import (
	"context"
	"time"

	"seedbed/assets/i18n"
	"seedbed/gen/scheduler"
	"seedbed/localdb"
)

// Result is the result of a run, its earlier sessions included.
type Result struct {
	State            scheduler.State `json:"state"`
	Messages         int             `json:"messages"`
	Missing          int             `json:"missing"`
	PerCategory      map[string]int  `json:"per_category"`
	Discarded        map[string]int  `json:"set_aside"` // by reason
	Requests         int             `json:"requests"`
	PromptTokens     int             `json:"prompt_tokens"`
	CompletionTokens int             `json:"completion_tokens"`
	CostUSD          *float64        `json:"cost_usd"` // null if unknown
	// LostUSD is what requests without an answer may have cost in addition, at most.
	LostUSD float64   `json:"lost_usd"`
	Seed    uint64    `json:"seed"` // the same one and the built-in writer give the same messages
	Summary i18n.Text `json:"-"`    // what happened, what was kept, what to do next
	Note    i18n.Text `json:"-"`    // what else a person should know; zero for nothing

	// Suspects is how many messages of the dataset read as another category than theirs, if
	// a check was made after the run.
	Suspects int `json:"suspects,omitempty"`

	NeedsKnowledge bool `json:"-"` // an exhausted run asked about chosen passages only

	// ResumeAt is when the endpoint takes requests again; zero if it doesn't say.
	ResumeAt time.Time `json:"resume_at,omitzero"`

	Cause error `json:"-"` // what a partial run ended with, such as an *openai.Error; nil if there is none
}

// summary says to a person what happened, what was kept and what to do next.
func (r Result) summary(stop scheduler.Stop) i18n.Text {
	if r.State == scheduler.Done {
		return i18n.N("1 message is in the dataset.", "All {{.N}} messages are in the dataset.", r.Messages)
	}
	return i18n.T("{{.Why}} {{.Kept}} of {{.All}} messages are kept. {{.Next}}",
		i18n.Values{"Why": stop.Why, "Kept": r.Messages, "All": r.Messages + r.Missing, "Next": stop.Next})
}

// result ends the session.
func (r *Run) result(ctx context.Context, stop scheduler.Stop) (Result, error) {
	l, err := r.dataset.Ledger(ctx, r.row.ID)
	if err != nil {
		return Result{}, err
	}
	result := resultOf(l)
	result.State, result.Cause, result.ResumeAt = stop.State, stop.Cause, stop.ResumeAt
	result.Seed, result.NeedsKnowledge = r.plan.Seed, len(r.plan.Passages) > 0
	if r.info.Price == nil {
		result.CostUSD = nil
	}
	for _, q := range r.quotas {
		result.PerCategory[q.category] = q.kept
		result.Messages += q.kept
		result.Missing += q.wanted - q.kept
	}
	// It may have been stopped, or met an error, on its last message.
	if result.Missing == 0 {
		result.State, result.Cause, result.ResumeAt = scheduler.Done, nil, time.Time{}
	}
	if result.State == scheduler.Done || result.State == scheduler.Exhausted {
		err = r.dataset.FinishRun(ctx, r.row.ID) // there is nothing to resume
	}
	result.Summary, result.Note = result.summary(stop), r.note(result.State)
	return result, err
}

// resultOf is what the ledger says of a run.
func resultOf(l localdb.Ledger) Result {
	result := Result{
		PerCategory:      map[string]int{},
		Discarded:        l.Discarded,
		Requests:         l.Requests,
		PromptTokens:     l.PromptTokens,
		CompletionTokens: l.CompletionTokens,
		LostUSD:          l.Reserved.USD(),
	}
	if l.CostUnknown == 0 {
		cost := l.Cost.USD()
		result.CostUSD = &cost
	}
	return result
}

// LastResult is the result of the newest run, for a person who wants to resume one that
// is done. It returns [localdb.ErrNoRun] if there was none.
func LastResult(ctx context.Context, d *localdb.Dataset) (Result, error) {
	run, err := d.LastRun(ctx)
	if err != nil {
		return Result{}, err
	}
	l, err := d.Ledger(ctx, run.ID)
	if err != nil {
		return Result{}, err
	}
	batches, err := d.Batches(ctx, run.ID)
	if err != nil {
		return Result{}, err
	}
	plan, err := planOf(run)
	if err != nil {
		return Result{}, err
	}
	result := resultOf(l)
	result.Seed = plan.Seed
	result.State, result.Summary = scheduler.Done, i18n.T("There was nothing left to do.")
	for _, b := range batches {
		result.PerCategory[b.Category] += b.Kept
		result.Messages += b.Kept
	}
	return result, nil
}

// note is what a person should know of a run beside its summary: where the knowledge
// didn't do. Zero for nothing.
func (r *Run) note(state scheduler.State) i18n.Text {
	if r.info.Model != "" {
		return r.scheduler.Remark() // a language model asks about any text in any language
	}
	if foreign := r.batcher.specs.subjects.Unsupported; r.plan.Knowledge && foreign > 0 && r.asksAboutPassages() {
		return i18n.N("1 passage is in a language in which the built-in writer can't ask; let a language model write the questions about it.", "{{.N}} passages are in a language in which the built-in writer can't ask; let a language model write the questions about them.", foreign)
	}
	if r.general > 0 && state == scheduler.Done {
		return i18n.N("1 of the questions asks about none of the passages, which state too little for more. Add knowledge, or let a language model write the rest.", "{{.N}} of the questions ask about none of the passages, which state too little for more. Add knowledge, or let a language model write the rest.", r.general)
	}
	return i18n.Text{}
}

func (r *Run) asksAboutPassages() bool {
	for _, q := range r.quotas {
		if r.batcher.categories[q.category].Kind == ragKind {
			return true
		}
	}
	return false
}
