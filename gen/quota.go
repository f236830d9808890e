package gen

import (
	"context"
	"slices"

	"seedbed/assets/i18n"
	"seedbed/gen/scheduler"
)

// quota is what one category still needs.
type quota struct {
	category     string
	kept, wanted int
	open         int       // batches that are waiting or in flight
	topUpsLeft   int       // messages that may still be requested as top-ups
	fruitless    int       // batches in a row that brought nothing
	givenUp      i18n.Text // why no more is requested; zero while it is
}

// A category is given up after this many batches in a row that brought nothing, or
// when the top-ups have requested four times what was missing and forty more.
const maxFruitless = 5

func maxTopUps(missing int) int { return 4*missing + 40 }

func (r *Run) quota(category string) *quota {
	at := slices.IndexFunc(r.quotas, func(q *quota) bool { return q.category == category })
	return r.quotas[at]
}

// topUp makes new batches for the first category whose batches have all come back with
// too little; none if there is no such category.
func (r *Run) topUp(ctx context.Context) ([]*scheduler.Task, error) {
	for _, q := range r.quotas {
		missing := q.wanted - q.kept
		if missing == 0 || !q.givenUp.IsZero() || q.open > 0 {
			continue
		}
		switch {
		case q.fruitless >= maxFruitless:
			q.givenUp = i18n.T("{{.N}} batches in a row brought nothing new", i18n.Values{"N": q.fruitless})
			continue
		case q.topUpsLeft <= 0:
			q.givenUp = i18n.T("four times what was missing has been requested again")
			continue
		}
		q.topUpsLeft -= missing
		batches, err := r.batcher.cut(q.category, "", missing)
		if err != nil {
			return nil, err
		}
		for i := range batches {
			batches[i].TopUp = true
		}
		if batches, err = r.dataset.AddBatches(ctx, r.row.ID, batches); err != nil {
			return nil, err
		}
		return r.queue(batches), nil
	}
	return nil, nil
}

// nothingLeft is the end of a run that has nothing more to send.
func (r *Run) nothingLeft() *scheduler.Stop {
	var short i18n.Text
	for _, q := range r.quotas {
		if q.kept < q.wanted {
			lacks := i18n.T("{{.Category}} lacks {{.N}} ({{.Why}})", i18n.Values{"Category": q.category, "N": q.wanted - q.kept, "Why": q.givenUp})
			if !short.IsZero() {
				lacks = i18n.T("{{.One}}; {{.Another}}", i18n.Values{"One": short, "Another": lacks})
			}
			short = lacks
		}
	}
	if short.IsZero() {
		return &scheduler.Stop{State: scheduler.Done}
	}
	return &scheduler.Stop{
		State: scheduler.Partial,
		Why:   i18n.T("The plan can't be filled: {{.Short}}.", i18n.Values{"Short": short}),
		Next:  i18n.T("Choose another writer, model or knowledge for the rest, or resume to ask again."),
	}
}
