package check

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"seedbed/assets/i18n"
	"seedbed/gen/intent"
	"seedbed/gen/intent/outofscope"
	"seedbed/localdb"
)

// Result is what a check found, as the dataset keeps it.
type Result struct {
	ID       int64         `json:"-"`
	When     time.Time     `json:"-"`
	Took     time.Duration `json:"took"`
	Trained  int           `json:"trained"`  // messages that were learned from
	Of       int           `json:"of"`       // messages that were checked
	Suspects int           `json:"suspects"` // messages that look mislabelled
	// OutOfScope is how many messages look as if they belong to none of the categories.
	OutOfScope int `json:"out_of_scope"`
	// Thresholds are those of [intent.Result]; nil for a check before there were any.
	Thresholds []outofscope.Threshold `json:"thresholds,omitempty"`

	// Headline is the score to show first. The others are those of [intent.Result], nil
	// if they could not be measured.
	Headline        intent.Score  `json:"headline"`
	Test            intent.Test   `json:"test"` // what the headline is of
	CrossValidated  intent.Score  `json:"cross_validated"`
	Synthetic       *intent.Score `json:"synthetic,omitempty"`
	RealKnown       *intent.Score `json:"real_known,omitempty"`
	SyntheticToReal *intent.Score `json:"synthetic_to_real,omitempty"`
	Holdout         *intent.Score `json:"locked,omitempty"`
	// Transfer is what share of the accuracy of real messages the synthetic ones give; if it
	// is nil, NoTransfer says why.
	Transfer   *intent.Transfer `json:"transfer,omitempty"`
	NoTransfer i18n.Text        `json:"no_transfer,omitzero"`

	// Of the test behind the headline: sorted by name, and [given][predicted].
	Categories []intent.CategoryScores `json:"categories"`
	Confusion  [][]int                 `json:"confusion"`

	Gap     i18n.Text   `json:"gap,omitzero"` // how scores on real messages differ, in plain words
	Caveats []i18n.Text `json:"doubts,omitempty"`
	Gauges  Gauges      `json:"gauges"`
}

// History returns the dataset's checks, the newest first.
func History(ctx context.Context, d *localdb.Dataset) ([]Result, error) {
	kept, err := d.Checks(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]Result, len(kept))
	for i, c := range kept {
		if err := json.Unmarshal(c.Report, &list[i]); err != nil {
			return nil, i18n.Error("the check of {{.Day}} can't be read: {{.Cause}}", i18n.Values{"Day": c.Created.Format(time.DateOnly), "Cause": err})
		}
		list[i].ID, list[i].When = c.ID, c.Created
	}
	return list, nil
}

// Last is the dataset's newest check; nil if it was never checked.
func Last(ctx context.Context, d *localdb.Dataset) (*Result, error) {
	list, err := History(ctx, d)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// Report is the evaluation behind a check's headline, message by message, for saving.
// Messages that have been deleted for good are missing from it.
func (r Result) Report(ctx context.Context, d *localdb.Dataset) (intent.Report, error) {
	predictions, err := d.Predictions(ctx, r.ID)
	if err != nil {
		return intent.Report{}, err
	}
	texts := map[int64]string{}
	for m, err := range d.Messages(ctx, localdb.Filter{}) {
		if err != nil {
			return intent.Report{}, err
		}
		texts[m.ID] = m.Text
	}
	var rows []intent.Row
	for _, p := range predictions {
		if text, ok := texts[p.ID]; ok && p.Tested != "" {
			rows = append(rows, intent.Row{Text: text, Given: p.Category, Predicted: p.Tested, Confidence: p.TestedScore, OutOfScope: p.OutOfScope})
		}
	}
	report := intent.NewReport(rows)
	report.Transfer = r.Transfer
	return report, nil
}

// Weakest is the category with the lowest recall among those with enough messages; nil
// if the recall of all is 1.
func (r Result) Weakest() *intent.CategoryScores {
	var weakest *intent.CategoryScores
	for i := range r.Categories {
		category := &r.Categories[i]
		if category.Support >= minSupport && category.Recall < 1 && (weakest == nil || category.Recall < weakest.Recall) {
			weakest = category
		}
	}
	return weakest
}

// minSupport is how many messages of a category must have been tested before its recall
// means anything.
const minSupport = 8

// ConfusedPairs lists which categories were predicted as which others, the most frequent
// first.
func (r Result) ConfusedPairs() []intent.Pair {
	return intent.Report{Categories: r.Categories, Confusion: r.Confusion}.ConfusedPairs()
}

// MistakenFor lists what a category's messages were predicted as instead, the most
// frequent first.
func (r Result) MistakenFor(category string) []intent.Pair {
	var list []intent.Pair
	for _, p := range r.ConfusedPairs() {
		if p.Given == category {
			list = append(list, p)
		}
	}
	return list
}

// Comparison is how two checks did on the same messages: those that were in both, with
// the same label.
type Comparison struct {
	Messages      int
	Before, After float64 // accuracy
	Categories    []CategoryComparison
}

// CategoryComparison is the same for the messages of one category.
type CategoryComparison struct {
	Category      string
	Messages      int
	Before, After float64 // recall
}

// Compare compares two checks; nil if they have no message in common, or the older
// one's predictions are no longer kept.
func Compare(ctx context.Context, d *localdb.Dataset, before, after Result) (*Comparison, error) {
	list, err := d.Predictions(ctx, before.ID)
	if err != nil {
		return nil, fmt.Errorf("compare two checks: %w", err)
	}
	earlier := make(map[int64]localdb.Prediction, len(list))
	for _, p := range list {
		earlier[p.ID] = p
	}
	if list, err = d.Predictions(ctx, after.ID); err != nil {
		return nil, fmt.Errorf("compare two checks: %w", err)
	}
	var rowsBefore, rowsAfter []intent.Row
	for _, p := range list {
		e, both := earlier[p.ID]
		if both && e.Category == p.Category && e.Predicted != "" && p.Predicted != "" {
			rowsBefore = append(rowsBefore, intent.Row{Given: e.Category, Predicted: e.Predicted})
			rowsAfter = append(rowsAfter, intent.Row{Given: p.Category, Predicted: p.Predicted})
		}
	}
	if len(rowsAfter) == 0 {
		return nil, nil
	}
	a, b := intent.NewReport(rowsBefore), intent.NewReport(rowsAfter)
	c := Comparison{Messages: b.Messages, Before: a.Accuracy, After: b.Accuracy}
	recall := map[string]float64{}
	for _, category := range a.Categories {
		recall[category.Name] = category.Recall
	}
	for _, category := range b.Categories {
		if category.Support > 0 {
			c.Categories = append(c.Categories, CategoryComparison{category.Name, category.Support, recall[category.Name], category.Recall})
		}
	}
	return &c, nil
}
