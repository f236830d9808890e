package gen

import (
	"context"
	"slices"
	"time"

	"seedbed/assets/i18n"
	"seedbed/gen/scheduler"
	"seedbed/localdb"
)

// Progress is how far a run is.
type Progress struct {
	Kept, Wanted int
	Categories   []CategoryProgress // in the dataset's order
	Newest       []localdb.Message  // a mix of the last few kept, the newest first

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

// withNewest puts a message before the newest ones. Where they become too many, the oldest
// of the category with the most leaves, as a batch is of one category alone.
func withNewest(newest []localdb.Message, m localdb.Message) []localdb.Message {
	list := append([]localdb.Message{m}, newest...)
	if len(list) <= newestShown {
		return list
	}
	count := map[string]int{}
	most := 0
	for _, m := range list {
		count[m.Category]++
		most = max(most, count[m.Category])
	}
	for i := len(list) - 1; ; i-- {
		if count[list[i].Category] == most {
			return slices.Delete(list, i, i+1)
		}
	}
}

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
