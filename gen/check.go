package gen

import (
	"context"
	"encoding/json"
	"time"

	"seedbed/assets/i18n"
	"seedbed/gen/intent"
	"seedbed/localdb"
	"seedbed/localdb/split"
)

// CheckOptions are the choices of a check; the zero value is right for most.
type CheckOptions struct {
	// Progress, where there is one, is told how many of all trainings are done. It is
	// called from one goroutine at a time.
	Progress func(done, all int)
}

// Checked is what a check found, as the dataset keeps it.
type Checked struct {
	ID      int64         `json:"-"`
	When    time.Time     `json:"-"`
	Took    time.Duration `json:"took"`
	Trained int           `json:"trained"`  // messages that were learned from
	Of      int           `json:"of"`       // messages that the suspects are among
	Suspect int           `json:"suspects"` // messages that look mislabelled

	// Headline is the score to show first; the others are what intent.Result says, nil
	// where they could not be had.
	Headline        intent.Score  `json:"headline"`
	Test            intent.Test   `json:"test"` // what the headline is of
	CrossValidated  intent.Score  `json:"cross_validated"`
	Synthetic       *intent.Score `json:"synthetic,omitempty"`
	RealKnown       *intent.Score `json:"real_known,omitempty"`
	SyntheticToReal *intent.Score `json:"synthetic_to_real,omitempty"`
	Locked          *intent.Score `json:"locked,omitempty"`

	// Of the test behind the headline: sorted by name, and [given][predicted].
	Categories []intent.CategoryScores `json:"categories"`
	Confusion  [][]int                 `json:"confusion"`

	Gap    i18n.Text   `json:"gap,omitzero"` // how real messages fare, in plain words
	Doubts []i18n.Text `json:"doubts,omitempty"`
	Gauges Gauges      `json:"gauges"`
}

// checkSeed deals the folds of every check alike, so that two checks differ by the
// messages alone.
const checkSeed = 42

// CheckDataset trains on one part of the dataset's labelled messages and tests on the
// rest, in turns, and keeps what it found in the dataset: how sure it is of each
// message, what reads as another category than it has, and the check itself in the
// history. No label changes. Near-duplicates and the messages of one family
// (see [localdb.Dataset.SplitItems]) are never on both sides.
func CheckDataset(ctx context.Context, d *localdb.Dataset, options CheckOptions) (Checked, error) {
	started := time.Now()
	messages, err := d.Learnable(ctx)
	if err != nil {
		return Checked{}, err
	}
	examples, err := examplesOf(ctx, d, messages)
	if err != nil {
		return Checked{}, err
	}
	result, err := intent.Check(ctx, examples.list, intent.CheckOptions{Seed: checkSeed, Progress: options.Progress})
	if err != nil {
		return Checked{}, err
	}
	verdicts := examples.verdicts(result)
	checked := Checked{
		Of: len(messages), Headline: result.Headline, CrossValidated: result.CrossValidated,
		Test: result.Test, Synthetic: result.Synthetic, RealKnown: result.RealKnown, SyntheticToReal: result.SyntheticToReal, Locked: result.Locked,
		Categories: result.Report.Categories, Confusion: result.Report.Confusion,
		Gap: result.Gap, Doubts: result.Doubts,
	}
	for _, v := range verdicts {
		if v.Suspect {
			checked.Suspect++
		}
	}
	checked.Trained = examples.trained(result)
	if checked.Gauges, err = gaugesOf(ctx, d, messages); err != nil {
		return Checked{}, err
	}
	checked.Took = time.Since(started)
	report, err := json.Marshal(checked)
	if err != nil {
		return Checked{}, err
	}
	stored, err := d.StoreCheck(ctx, report, verdicts)
	checked.ID, checked.When = stored.ID, stored.Created
	return checked, err
}

// examples are messages as the check model takes them.
type examples struct {
	messages []localdb.Message // of the examples, in their order
	list     []intent.Example
}

// examplesOf groups the messages and leaves out what is too near to a locked one.
func examplesOf(ctx context.Context, d *localdb.Dataset, messages []localdb.Message) (examples, error) {
	items, err := splitItems(ctx, d, messages)
	if err != nil {
		return examples{}, err
	}
	groups, err := split.Groups(ctx, items)
	if err != nil {
		return examples{}, err
	}
	locked := map[int]bool{}
	for i, item := range items {
		locked[groups[i]] = locked[groups[i]] || item.Locked
	}
	var e examples
	for i, m := range messages {
		held := locked[groups[i]]
		if held && m.Source != localdb.Real {
			continue
		}
		e.messages = append(e.messages, m)
		e.list = append(e.list, intent.Example{
			Text: m.Text, Category: m.Category, Group: groups[i], Real: m.Source == localdb.Real, Locked: held,
		})
	}
	return e, nil
}

// trained is how many messages the test behind the headline learned from; each fold of
// a cross-validation learns from all but one fifth.
func (e examples) trained(r intent.Result) int {
	open, synthetic := 0, 0
	for _, example := range e.list {
		if !example.Locked {
			open++
			if !example.Real {
				synthetic++
			}
		}
	}
	switch r.Test {
	case intent.OnLocked:
		return open
	case intent.OnReal:
		return synthetic
	}
	return open - open/foldsOfCheck
}

// foldsOfCheck is intent's number of folds.
const foldsOfCheck = 5

// suspectLead is how far, in probability, another category must be ahead of a message's
// own for the message to be flagged. Where everything is hard to tell apart, many
// messages read a little more like another category; they are doubtful, and no suspects.
const suspectLead = 0.5

// verdicts says what the check thinks of each message.
func (e examples) verdicts(r intent.Result) []localdb.Prediction {
	verdicts := make([]localdb.Prediction, len(e.messages))
	tested := r.Report.Rows
	for i, m := range e.messages {
		p := r.Predictions[i]
		v := localdb.Prediction{ID: m.ID, Category: m.Category, Predicted: p.Category, Score: p.Confidence}
		if p.Category != "" {
			v.Uncertainty = (1 - p.Margin) / 2
			v.Suspect = !e.list[i].Locked && p.Category != m.Category && -p.Margin >= suspectLead
			// The rows of the report are some of the examples, in their order.
			if len(tested) > 0 && e.inHeadline(r, i) {
				v.Tested, v.TestedScore = tested[0].Predicted, tested[0].Confidence
				tested = tested[1:]
			}
		}
		verdicts[i] = v
	}
	return verdicts
}

// inHeadline tells whether the test behind the headline had the example.
func (e examples) inHeadline(r intent.Result, i int) bool {
	switch r.Test {
	case intent.OnLocked:
		return e.list[i].Locked
	case intent.OnReal:
		return e.list[i].Real && !e.list[i].Locked
	}
	return !e.list[i].Locked
}

// Checks is the dataset's history of checks, the newest first.
func Checks(ctx context.Context, d *localdb.Dataset) ([]Checked, error) {
	kept, err := d.Checks(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]Checked, len(kept))
	for i, c := range kept {
		if err := json.Unmarshal(c.Report, &list[i]); err != nil {
			return nil, i18n.Error("the check of {{.Day}} can't be read: {{.Cause}}", i18n.Values{"Day": c.Created.Format(time.DateOnly), "Cause": err})
		}
		list[i].ID, list[i].When = c.ID, c.Created
	}
	return list, nil
}

// LastCheck is the newest check of the dataset; nil where it was never checked.
func LastCheck(ctx context.Context, d *localdb.Dataset) (*Checked, error) {
	list, err := Checks(ctx, d)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// Report is the evaluation behind a check's headline, message by message, for saving.
// Messages that were deleted for good since are missing from it.
func (c Checked) Report(ctx context.Context, d *localdb.Dataset) (intent.Report, error) {
	verdicts, err := d.Predictions(ctx, c.ID)
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
	for _, v := range verdicts {
		if text, ok := texts[v.ID]; ok && v.Tested != "" {
			rows = append(rows, intent.Row{Text: text, Given: v.Category, Predicted: v.Tested, Confidence: v.TestedScore})
		}
	}
	return intent.NewReport(rows), nil
}

// Weakest is the category with the lowest recall among those that have enough messages
// to tell; nil where there is none below the rest.
func (c Checked) Weakest() *intent.CategoryScores {
	var weakest *intent.CategoryScores
	for i := range c.Categories {
		category := &c.Categories[i]
		if category.Support >= enoughToTell && category.Recall < 1 && (weakest == nil || category.Recall < weakest.Recall) {
			weakest = category
		}
	}
	return weakest
}

// enoughToTell is how many messages of a category must have been tested before its
// recall means anything.
const enoughToTell = 8

// MistakenFor lists what a category's messages were read as instead, the commonest
// first.
func (c Checked) MistakenFor(category string) []intent.Pair {
	var list []intent.Pair
	for _, p := range (intent.Report{Categories: c.Categories, Confusion: c.Confusion}).ConfusedPairs() {
		if p.Given == category {
			list = append(list, p)
		}
	}
	return list
}
