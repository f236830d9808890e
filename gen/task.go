package gen

import (
	"context"
	"slices"
	"time"

	"seedbed/assets/i18n"
	"seedbed/localdb"
)

// task is a batch with what the session knows of it.
type task struct {
	localdb.BatchRecord
	sent  bool
	tries int
	due   time.Time // not before this
}

// quota is what one category still needs.
type quota struct {
	category     string
	kept, wanted int
	bound        int       // messages that may yet be asked for as top-up
	fruitless    int       // batches in a row that brought nothing
	givenUp      i18n.Text // why no more is asked for; zero while it is
}

// A category is given up after this many batches in a row that brought nothing, or
// when the top-ups have asked for four times what was missing and forty more.
const fruitlessInARow = 5

func topUpBound(missing int) int { return 4*missing + 40 }

// take makes tasks of stored batches.
func (r *Run) take(batches []localdb.BatchRecord) {
	for _, b := range batches {
		t := &task{BatchRecord: b}
		r.tasks = append(r.tasks, t)
		r.quota(t).kept += b.Kept
	}
}

func (r *Run) quota(t *task) *quota {
	at := slices.IndexFunc(r.categories, func(q *quota) bool { return q.category == t.Category })
	return r.categories[at]
}

// next is the task to send now: the first that waits and is due, else a new one for a
// category whose batches have all come back with too little. Nil means that there is
// nothing to send at this moment; then, if nothing is on its way or waits, the run
// ends.
func (r *Run) next(ctx context.Context) (*task, error) {
	if t := r.due(); t != nil {
		return t, nil
	}
	for _, q := range r.categories {
		missing := q.wanted - q.kept
		if missing == 0 || !q.givenUp.IsZero() || r.open(q.category) {
			continue
		}
		switch {
		case q.fruitless >= fruitlessInARow:
			q.givenUp = i18n.T("{{.N}} batches in a row brought nothing new", i18n.Values{"N": q.fruitless})
			continue
		case q.bound <= 0:
			q.givenUp = i18n.T("four times what was missing has been asked for again")
			continue
		}
		q.bound -= missing
		batches, err := r.cutter.cut(q.category, "", missing)
		if err != nil {
			return nil, err
		}
		for i := range batches {
			batches[i].TopUp = true
		}
		if batches, err = r.dataset.AddBatches(context.WithoutCancel(ctx), r.row.ID, batches); err != nil {
			return nil, err
		}
		r.take(batches)
		return r.due(), nil
	}
	if r.onTheWay == 0 && !slices.ContainsFunc(r.tasks, r.waits) {
		r.end = r.lastWord()
	}
	return nil, nil
}

// lastWord ends a run that has nothing more to send.
func (r *Run) lastWord() *end {
	var short i18n.Text
	for _, q := range r.categories {
		if q.kept < q.wanted {
			lacks := i18n.T("{{.Category}} lacks {{.N}} ({{.Why}})", i18n.Values{"Category": q.category, "N": q.wanted - q.kept, "Why": q.givenUp})
			if !short.IsZero() {
				lacks = i18n.T("{{.One}}; {{.Another}}", i18n.Values{"One": short, "Another": lacks})
			}
			short = lacks
		}
	}
	if short.IsZero() {
		return &end{state: Done}
	}
	return &end{
		state: Partial,
		why:   i18n.T("The plan can't be filled: {{.Short}}.", i18n.Values{"Short": short}),
		next:  i18n.T("Choose another writer, model or knowledge for the rest, or resume to ask again."),
	}
}

// due is the first task that can be sent now.
func (r *Run) due() *task {
	now := r.clock.now()
	for _, t := range r.tasks {
		if r.waits(t) && !t.due.After(now) {
			return t
		}
	}
	return nil
}

// waits tells whether a task is to be sent, now or later.
func (r *Run) waits(t *task) bool {
	return t.State == localdb.BatchWaiting && !t.sent && r.quota(t).givenUp.IsZero()
}

// open tells whether a category has batches that wait or are on their way.
func (r *Run) open(category string) bool {
	return slices.ContainsFunc(r.tasks, func(t *task) bool {
		return t.Category == category && t.State == localdb.BatchWaiting
	})
}
