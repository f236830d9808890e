// Package realdata brings real messages into a dataset: from a file or PostgreSQL, cleaned
// of personal details, merged and labelled.
package realdata

import (
	"context"
	"iter"
	"slices"

	"seedbed/assets/i18n"
	"seedbed/gen/intent"
	"seedbed/gen/label"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/formats"
)

// Rows returns real messages, from the start each time it is called. Lines that can't be
// used are passed to rejected.
type Rows func(ctx context.Context, rejected func(exchange.Rejected)) iter.Seq2[exchange.Row, error]

// FileRows are the messages of a file.
func FileRows(path string, options exchange.Options) Rows {
	return func(_ context.Context, rejected func(exchange.Rejected)) iter.Seq2[exchange.Row, error] {
		return func(yield func(exchange.Row, error) bool) {
			options.Rejected = rejected
			reading, err := formats.Open(path, options)
			if err != nil {
				yield(exchange.Row{}, err)
				return
			}
			defer reading.Close()
			reading.Rows()(yield)
		}
	}
}

// RowsOf are messages that were read before, such as those out of a database.
func RowsOf(rows []exchange.Row) Rows {
	return func(context.Context, func(exchange.Rejected)) iter.Seq2[exchange.Row, error] {
		return func(yield func(exchange.Row, error) bool) {
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}

// Merge is a merge of real messages into a dataset: rows → cleaning → merge.
type Merge struct {
	Dataset *localdb.Dataset
	Title   i18n.Text // what undo calls it
	Rows    Rows
	Cleaning
	SkipKnown, SkipNear bool
	Progress            func(rows int)

	// Who labels what has no category: the check, or else a language model by a plan of
	// which the messages are given here, or nobody.
	Check *intent.Model
	// LeaveOutOfScope has the check leave messages without a category that seem to belong to
	// none of them.
	LeaveOutOfScope bool

	Model  *label.Model
	Labels label.Plan
}

// Result is what a merge came to.
type Result struct {
	localdb.MergeReport
	Labels     *label.Result // of the language model; nil where none was asked
	OutOfScope int           // messages that the check left without a category
}

// Preview is what a merge would do.
type Preview struct {
	Cleaned
	Report localdb.MergeReport
	// Known and Near are how many messages the dataset has already, or nearly so,
	// whether or not they are to be skipped.
	Known, Near int
	Unlabelled  int      // of those that would be added
	sample      []string // of these, for an estimate
	Rejected    []exchange.Rejected
	Unusable    int          // lines of the source that are no messages; Rejected has the first of them
	First       []PreviewRow // a few of those that would be added, as they would be stored
}

// LeftOut is how many lines would not come in.
func (p Preview) LeftOut() int {
	return p.Unusable + p.Report.Known + p.Report.Near + p.Report.Unusable
}

// PreviewRow is a message before it is stored.
type PreviewRow struct {
	exchange.Row
	Hidden bool // personal details of it are masked
}

const (
	previewRows   = 100
	shownRejected = 1000
	sampledTexts  = 2000 // what labels cost is estimated by these
)

// Run puts the messages into the dataset, as one change that undo takes back, and then
// lets the language model label them, which is another. To the model goes nothing that
// holds personal details.
func (m Merge) Run(ctx context.Context) (Result, error) {
	options := m.options()
	left := 0
	if m.Check != nil {
		options.Label = func(text string) (string, float64) {
			p := m.Check.Predict(text)
			if m.LeaveOutOfScope && m.Check.IsOutOfScope(p) {
				left++
				return "", 0
			}
			return p.Category, p.Confidence
		}
	}
	before, err := m.unlabelled(ctx)
	if err != nil {
		return Result{}, err
	}
	var cleaned Cleaned
	report, err := m.Dataset.Merge(ctx, m.Cleaning.Rows(m.Rows(ctx, func(exchange.Rejected) {}), &cleaned), options)
	result := Result{MergeReport: report, OutOfScope: left}
	if err != nil || m.Model == nil || m.Check != nil {
		return result, err
	}
	after, err := m.unlabelled(ctx)
	if err != nil {
		return result, err
	}
	plan := m.Labels
	plan.IDs = []int64{}
	for id := range after {
		if !before[id] {
			plan.IDs = append(plan.IDs, id)
		}
	}
	slices.Sort(plan.IDs)
	labels, err := label.WithModel(ctx, m.Dataset, m.Model, plan)
	result.Labels = &labels
	return result, err
}

// unlabelled are the messages that a language model may be asked about; none where
// there is no such model.
func (m Merge) unlabelled(ctx context.Context) (map[int64]bool, error) {
	ids := map[int64]bool{}
	if m.Model == nil {
		return ids, nil
	}
	for message, err := range m.Dataset.Messages(ctx, localdb.Filter{Uncategorised: true}) {
		if err != nil {
			return nil, err
		}
		ids[message.ID] = true
	}
	return ids, nil
}

func (m Merge) options() localdb.MergeOptions {
	return localdb.MergeOptions{Title: m.Title, Source: localdb.Real, SkipNear: m.SkipNear, KeepKnown: !m.SkipKnown, Progress: m.Progress}
}

// Preview says what Run would do, and does nothing.
func (m Merge) Preview(ctx context.Context) (p Preview, err error) {
	hidden := map[rowPlace]bool{}
	rows := m.Cleaning.Rows(m.Rows(ctx, p.reject), &p.Cleaned)
	options := m.options()
	options.Added = func(row exchange.Row) {
		if row.Category == "" {
			if p.Unlabelled++; len(p.sample) < sampledTexts {
				p.sample = append(p.sample, row.Message)
			}
		}
		if len(p.First) < previewRows {
			p.First = append(p.First, PreviewRow{row, hidden[rowPlaceOf(row)]})
		}
	}
	p.Report, err = m.Dataset.PreviewMerge(ctx, func(yield func(exchange.Row, error) bool) {
		masked := 0
		for row, err := range rows {
			if p.Masked > masked {
				masked = p.Masked
				hidden[rowPlaceOf(row)] = true
			}
			if !yield(row, err) {
				return
			}
		}
	}, options)
	p.Known, p.Near = p.Report.Known, p.Report.Near
	if err != nil || m.SkipKnown && m.SkipNear {
		return p, err
	}
	options.SkipNear, options.KeepKnown, options.Added = true, false, nil
	var again Cleaned
	all, err := m.Dataset.PreviewMerge(ctx, m.Cleaning.Rows(m.Rows(ctx, func(exchange.Rejected) {}), &again), options)
	p.Known, p.Near = all.Known, all.Near
	return p, err
}

// rowPlace tells rows of a source apart; several may stand on one line.
type rowPlace struct {
	line int
	text string
}

func rowPlaceOf(row exchange.Row) rowPlace { return rowPlace{row.Line, row.Message} }

func (p *Preview) reject(r exchange.Rejected) {
	if p.Unusable++; len(p.Rejected) < shownRejected {
		p.Rejected = append(p.Rejected, r)
	}
}

// EstimateLabels says what a language model would take to label the messages without a
// category, by the first of them.
func (p Preview) EstimateLabels(ctx context.Context, d *localdb.Dataset, m *label.Model) (label.Estimate, error) {
	return label.EstimateTexts(ctx, d, m, p.Unlabelled, p.sample)
}
