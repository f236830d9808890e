package gen

import (
	"context"
	"time"

	"seedbed/assets/i18n"
	"seedbed/localdb"
)

// progressEvery is how often a run says how far it is, at most.
const progressEvery = 100 * time.Millisecond

// Progress is how far a run is.
type Progress struct {
	Kept, Wanted int
	Categories   []CategoryProgress // in the dataset's order
	Newest       []localdb.Message  // the last few kept, the newest first

	Requests int // sent so far, earlier sessions of the run included
	Retries  int // sent again after trouble, in this session
	OnTheWay int
	SetAside map[string]int // by reason
	Spend    Spend

	PromptTokens, CompletionTokens int

	Left   time.Duration // about; 0 while nobody can tell
	Paused bool
	Note   i18n.Text // what it waits for; zero for nothing
}

// CategoryProgress is how far one category is.
type CategoryProgress struct {
	Category     string
	Kept, Wanted int
}

// Spend is what a run has cost.
type Spend struct {
	Cost  localdb.Money // of the answers
	Known bool          // false where nobody knows the model's price
	// AtMost adds what requests without an answer may have cost or may yet cost. It
	// is what the cap looks at.
	AtMost localdb.Money
	Cap    localdb.Money // 0 for none
}

// newestShown is how many messages a progress shows.
const newestShown = 8

// report tells how far the run is, as the ledger has it.
func (r *Run) report(ctx context.Context, to func(Progress)) error {
	l, err := r.dataset.Ledger(ctx, r.row.ID)
	if err != nil {
		return err
	}
	paused, _ := r.controls.state()
	p := Progress{
		Newest:   r.newest,
		Requests: l.Requests,
		Retries:  r.retries,
		OnTheWay: r.onTheWay,
		SetAside: l.SetAside,
		Spend: Spend{
			Cost:   l.Cost,
			Known:  r.about.Price != nil && l.CostUnknown == 0,
			AtMost: l.Cost + l.Reserved,
			Cap:    localdb.Dollars(r.plan.CapUSD),
		},
		PromptTokens:     l.PromptTokens,
		CompletionTokens: l.CompletionTokens,
		Paused:           paused,
		Note:             r.note(paused),
	}
	for _, q := range r.categories {
		p.Categories = append(p.Categories, CategoryProgress{q.category, q.kept, q.wanted})
		p.Kept += q.kept
		p.Wanted += q.wanted
	}
	if made := p.Kept - r.before; made > 0 && !paused {
		p.Left = r.clock.now().Sub(r.started) / time.Duration(made) * time.Duration(p.Wanted-p.Kept)
	}
	to(p)
	return nil
}

// note says what the run waits for.
func (r *Run) note(paused bool) i18n.Text {
	hold := r.pace.hold.Sub(r.clock.now())
	switch {
	case r.end != nil && r.onTheWay > 0:
		return i18n.T("Waiting for {{.N}} requests that are on their way.", i18n.Values{"N": r.onTheWay})
	case paused:
		return i18n.T("Paused.")
	case hold > 0:
		return busy(hold)
	}
	return i18n.Text{}
}

func busy(hold time.Duration) i18n.Text {
	return i18n.T("The endpoint is busy; going on in {{.N}} s.", i18n.Values{"N": int(hold.Seconds()) + 1})
}
