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
	exhausted    bool      // it was given up because the writer has nothing new left
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
			q.exhausted = r.info.Model == "" // the built-in writer doesn't try something else the next time
			q.givenUp = i18n.T("{{.N}} attempts in a row brought nothing new", i18n.Values{"N": q.fruitless})
			continue
		case q.topUpsLeft <= 0:
			q.exhausted = r.info.Model == ""
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
	var short, exhausted i18n.Text
	others := false
	for _, q := range r.quotas {
		switch {
		case q.kept >= q.wanted:
		case q.exhausted:
			exhausted = listed(exhausted, i18n.T("{{.Category}} has {{.Kept}} of {{.All}}", i18n.Values{"Category": q.category, "Kept": q.kept, "All": q.wanted}))
		default:
			others = true
			short = listed(short, i18n.T("{{.Category}} lacks {{.N}} ({{.Why}})", i18n.Values{"Category": q.category, "N": q.wanted - q.kept, "Why": q.givenUp}))
		}
	}
	switch {
	case others:
		if !exhausted.IsZero() {
			short = listed(short, exhausted)
		}
		return &scheduler.Stop{
			State: scheduler.Partial,
			Why:   i18n.T("The plan can't be filled: {{.Short}}.", i18n.Values{"Short": short}),
			Next:  i18n.T("Choose another writer, model or knowledge for the rest, or resume to ask again."),
		}
	case exhausted.IsZero():
		return &scheduler.Stop{State: scheduler.Done}
	case len(r.plan.Passages) > 0:
		return &scheduler.Stop{
			State: scheduler.Exhausted,
			Why:   i18n.T("The chosen passages state too little for more questions: {{.Categories}}.", i18n.Values{"Categories": exhausted}),
			Next:  i18n.T("For the rest, choose more knowledge or a language model."),
		}
	}
	return &scheduler.Stop{
		State: scheduler.Exhausted,
		Why:   i18n.T("The built-in writer has nothing new left: {{.Categories}}.", i18n.Values{"Categories": exhausted}),
		Next:  i18n.T("For the rest, add examples to these categories or choose a language model."),
	}
}

// listed is a list with one more.
func listed(list, one i18n.Text) i18n.Text {
	if list.IsZero() {
		return one
	}
	return i18n.T("{{.One}}; {{.Another}}", i18n.Values{"One": list, "Another": one})
}
