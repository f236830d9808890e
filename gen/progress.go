package gen

import (
	"context"
	"time"

	"seedbed/assets/i18n"
	"seedbed/gen/scheduler"
	"seedbed/localdb"
)

// Progress is how far a run is.
type Progress struct {
	Kept, Wanted int
	Categories   []CategoryProgress // in the dataset's order
	Newest       []localdb.Message  // the last few kept, the newest first

	Requests  int // sent so far, earlier sessions of the run included
	Retries   int // in this session
	InFlight  int
	Discarded map[string]int // by reason
	Spend     scheduler.Spend

	PromptTokens, CompletionTokens int

	Left   time.Duration // roughly; 0 while it is unknown
	Paused bool
	Note   i18n.Text // what it waits for; zero for nothing
	// WaitsUntil is when requests are sent again, if the endpoint asked for a longer wait;
	// zero otherwise.
	WaitsUntil time.Time
}

// CategoryProgress is how far one category is.
type CategoryProgress struct {
	Category     string
	Kept, Wanted int
}

// newestShown is how many messages a progress shows.
const newestShown = 8

// report reports how far the run is, by the ledger.
func (r *Run) report(ctx context.Context, to func(Progress)) error {
	s, err := r.scheduler.Progress(ctx)
	if err != nil {
		return err
	}
	p := Progress{
		Newest: r.newest, Requests: s.Ledger.Requests, Retries: s.Retries, InFlight: s.InFlight, Discarded: s.Ledger.Discarded, Spend: s.Spend,
		PromptTokens: s.Ledger.PromptTokens, CompletionTokens: s.Ledger.CompletionTokens, Paused: s.Paused, Note: s.Note, WaitsUntil: s.WaitsUntil,
	}
	for _, q := range r.quotas {
		p.Categories = append(p.Categories, CategoryProgress{q.category, q.kept, q.wanted})
		p.Kept += q.kept
		p.Wanted += q.wanted
	}
	if made := p.Kept - r.keptBefore; made > 0 && !s.Paused {
		p.Left = r.clock.Now().Sub(r.started) / time.Duration(made) * time.Duration(p.Wanted-p.Kept)
	}
	to(p)
	return nil
}
