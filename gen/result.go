package gen

import (
	"context"

	"seedbed/assets/i18n"
	"seedbed/localdb"
)

// State is how a run ended.
type State string

// A run that isn't done can be resumed.
const (
	Done    State = "done"    // every message of the plan is there
	Partial State = "partial" // it could not go on; the sentence says why
	Stopped State = "stopped" // a person stopped it
)

// Result is what a run came to, earlier sessions of it included.
type Result struct {
	State            State          `json:"state"`
	Messages         int            `json:"messages"`
	Missing          int            `json:"missing"`
	PerCategory      map[string]int `json:"per_category"`
	SetAside         map[string]int `json:"set_aside"` // by reason
	Requests         int            `json:"requests"`
	PromptTokens     int            `json:"prompt_tokens"`
	CompletionTokens int            `json:"completion_tokens"`
	CostUSD          *float64       `json:"cost_usd"` // null: nobody knows
	// LostUSD is what requests without an answer may have cost on top, at most.
	LostUSD float64   `json:"lost_usd"`
	Summary i18n.Text `json:"-"` // what happened, what was kept, what to do next
	Note    i18n.Text `json:"-"` // what else a person should know; zero for nothing

	Cause error `json:"-"` // what a partial run ended with, such as an *openai.Error; nil where there is none
}

// end is why a run sends nothing more.
type end struct {
	state State
	why   i18n.Text // what happened
	next  i18n.Text // what to do
	cause error
}

// sentence for a person: what happened, what was kept, what to do next.
func (r Result) sentence(e end) i18n.Text {
	if r.State == Done {
		return i18n.T("All {{.N}} messages are in the dataset.", i18n.Values{"N": r.Messages})
	}
	return i18n.T("{{.Why}} {{.Kept}} of {{.All}} messages are kept. {{.Next}}",
		i18n.Values{"Why": e.why, "Kept": r.Messages, "All": r.Messages + r.Missing, "Next": e.next})
}

// result ends the session.
func (r *Run) result(ctx context.Context) (Result, error) {
	l, err := r.dataset.Ledger(ctx, r.row.ID)
	if err != nil {
		return Result{}, err
	}
	result := accounts(l)
	result.State, result.Cause = r.end.state, r.end.cause
	if r.about.Price == nil {
		result.CostUSD = nil
	}
	for _, q := range r.categories {
		result.PerCategory[q.category] = q.kept
		result.Messages += q.kept
		result.Missing += q.wanted - q.kept
	}
	// A person may have stopped it, or it may have met an error, on its last message.
	if result.Missing == 0 {
		result.State, result.Cause = Done, nil
		err = r.dataset.FinishRun(ctx, r.row.ID)
	}
	result.Summary = result.sentence(*r.end)
	return result, err
}

// accounts is what the ledger says of a run.
func accounts(l localdb.Ledger) Result {
	result := Result{
		PerCategory:      map[string]int{},
		SetAside:         l.SetAside,
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

// LastResult is what the newest run came to, for a person who asks to resume one that
// is done. It returns [localdb.ErrNoRun] where there was none.
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
	result := accounts(l)
	result.State, result.Summary = Done, i18n.T("There was nothing left to do.")
	for _, b := range batches {
		result.PerCategory[b.Category] += b.Kept
		result.Messages += b.Kept
	}
	return result, nil
}
