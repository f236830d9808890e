// Package check trains the check model on one part of a dataset and tests it on another,
// keeps the result in the dataset, and measures and compares datasets.
package check

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"seedbed/gen/intent"
	"seedbed/gen/intent/outofscope"
	"seedbed/localdb"
	"seedbed/localdb/split"
)

// Options of a check; the zero value is right for most.
type Options struct {
	// Progress, if set, is called with how many of all trainings are done, from
	// one goroutine at a time.
	Progress func(done, all int)
}

// seed deals the folds of every check alike, so that only the messages make two checks
// differ.
const seed = 42

// Run trains on one part of the dataset's labelled messages and tests on the rest, in
// turns, and keeps the result in the dataset: a prediction for each message, which of
// them look mislabelled or like none of the categories, and the check itself in the
// history. Messages of categories kept out of training teach it what is out of scope. No
// label changes.
// Near-duplicates and the messages of one split group (see
// [localdb.Dataset.SplitItems]) are never on both sides.
func Run(ctx context.Context, d *localdb.Dataset, options Options) (Result, error) {
	started := time.Now()
	messages, err := d.Learnable(ctx)
	if err != nil {
		return Result{}, err
	}
	examples, err := examplesOf(ctx, d, messages)
	if err != nil {
		return Result{}, err
	}
	if err := examples.addForeign(ctx, d); err != nil {
		return Result{}, err
	}
	found, err := intent.Check(ctx, examples.list, intent.CheckOptions{Seed: seed, Progress: options.Progress})
	if err != nil {
		return Result{}, err
	}
	kept, err := Kept(ctx, d)
	if err != nil {
		return Result{}, err
	}
	predictions := examples.predictions(found, kept)
	result := Result{
		Of: len(messages), Trained: examples.trained(found), Headline: found.Headline, CrossValidated: found.CrossValidated,
		Test: found.Test, Synthetic: found.Synthetic, RealKnown: found.RealKnown, SyntheticToReal: found.SyntheticToReal, Holdout: found.Holdout,
		Transfer: found.Transfer, NoTransfer: found.NoTransfer,
		Categories: found.Report.Categories, Confusion: found.Report.Confusion,
		Thresholds: found.Thresholds, Gap: found.Gap, Caveats: found.Caveats,
	}
	for _, p := range predictions {
		if p.Suspect {
			result.Suspects++
		}
		if p.Foreign {
			result.OutOfScope++
		}
	}
	if result.Gauges, err = gaugesOf(ctx, d, messages); err != nil {
		return Result{}, err
	}
	result.Took = time.Since(started)
	report, err := json.Marshal(result)
	if err != nil {
		return Result{}, err
	}
	stored, err := d.StoreCheck(ctx, report, predictions)
	result.ID, result.When = stored.ID, stored.Created
	return result, err
}

// Train trains the check model on a dataset's labelled messages, except for the holdout
// and for categories with a single message. Messages of categories kept out of training
// teach it what is out of scope. The model's default out-of-scope threshold is the dataset's.
func Train(ctx context.Context, d *localdb.Dataset) (*intent.Model, error) {
	messages, err := d.Learnable(ctx)
	if err != nil {
		return nil, err
	}
	e, err := examplesOf(ctx, d, messages)
	if err != nil {
		return nil, err
	}
	size := map[string]int{}
	for _, example := range e.list {
		if !example.Holdout {
			size[example.Category]++
		}
	}
	if err := e.addForeign(ctx, d); err != nil {
		return nil, err
	}
	training := slices.DeleteFunc(e.list, func(example intent.Example) bool {
		return !example.Foreign && (example.Holdout || size[example.Category] < 2)
	})
	kept, err := Kept(ctx, d)
	if err != nil {
		return nil, err
	}
	return intent.Train(ctx, training, intent.Options{Seed: seed, Kept: kept})
}

// examples are messages in the form that the check model takes.
type examples struct {
	messages []localdb.Message // of the examples, in their order, but for foreign ones
	list     []intent.Example  // foreign ones last
}

// addForeign adds the messages of categories kept out of training.
func (e *examples) addForeign(ctx context.Context, d *localdb.Dataset) error {
	messages, err := d.KeptOut(ctx)
	for _, m := range messages {
		e.list = append(e.list, intent.Example{Text: m.Text, Category: m.Category, Group: -1, Foreign: true})
	}
	return err
}

// examplesOf groups the messages and leaves out synthetic ones in a group of the holdout.
func examplesOf(ctx context.Context, d *localdb.Dataset, messages []localdb.Message) (examples, error) {
	items, err := SplitItems(ctx, d, messages)
	if err != nil {
		return examples{}, err
	}
	groups, err := split.Groups(ctx, items)
	if err != nil {
		return examples{}, err
	}
	holdout := map[int]bool{} // by group
	for i, item := range items {
		holdout[groups[i]] = holdout[groups[i]] || item.Holdout
	}
	var e examples
	for i, m := range messages {
		held := holdout[groups[i]]
		if held && m.Source != localdb.Real {
			continue
		}
		e.messages = append(e.messages, m)
		e.list = append(e.list, intent.Example{
			Text: m.Text, Category: m.Category, Group: groups[i], Real: m.Source == localdb.Real, Holdout: held,
		})
	}
	return e, nil
}

// trained is how many messages the test behind the headline learned from; each fold of
// a cross-validation learns from all but one fifth.
func (e examples) trained(r intent.Result) int {
	training, synthetic := 0, 0
	for _, example := range e.list {
		if !example.Holdout && !example.Foreign {
			training++
			if !example.Real {
				synthetic++
			}
		}
	}
	switch r.Test {
	case intent.OnHoldout:
		return training
	case intent.OnReal:
		return synthetic
	}
	return training - training/folds
}

// folds is the number of folds that package intent uses.
const folds = 5

// suspectShare bounds the probability of a suspect's own category, as a share of chance:
// with eight categories, it is less than 0.35/8. How little a message is like its own category finds
// wrong labels better than how far another one leads, the self-confidence of confident
// learning (Northcutt, Jiang and Chuang, 2021): where two categories are hard to tell
// apart, many messages are predicted as the other one, but few are unlike their own.
// Where 4 % of a starter's labels are changed to a category that theirs is confused with,
// 66 % of the flags are right and 71 % of the changes are found; by a lead of 0.5, that was
// 40 % and 72 %.
const suspectShare = 0.35

// predictions are the check's predictions in the form that the dataset keeps.
func (e examples) predictions(r intent.Result, kept float64) []localdb.Prediction {
	list := make([]localdb.Prediction, len(e.messages))
	tested := r.Report.Rows
	threshold := outofscope.ThresholdFor(r.Thresholds, kept).Score
	unlike := suspectShare / float64(e.categories())
	for i, m := range e.messages {
		p := r.Predictions[i]
		v := localdb.Prediction{ID: m.ID, Category: m.Category, Predicted: p.Category, Score: p.Confidence}
		if p.Category != "" {
			v.Uncertainty = p.Uncertainty()
			v.OutOfScope, v.Foreign = p.OutOfScope, p.OutOfScope > threshold
			v.Suspect = !e.list[i].Holdout && p.Category != m.Category && p.Own() < unlike
			// The rows of the report are some of the examples, in their order.
			if len(tested) > 0 && e.inHeadline(r, i) {
				v.Tested, v.TestedScore = tested[0].Predicted, tested[0].Confidence
				tested = tested[1:]
			}
		}
		list[i] = v
	}
	return list
}

// categories is how many categories the examples have, but for those kept out of training.
func (e examples) categories() int {
	names := map[string]bool{}
	for _, example := range e.list {
		if !example.Foreign {
			names[example.Category] = true
		}
	}
	return max(len(names), 1)
}

// inHeadline reports whether the test behind the headline included the example.
func (e examples) inHeadline(r intent.Result, i int) bool {
	switch r.Test {
	case intent.OnHoldout:
		return e.list[i].Holdout
	case intent.OnReal:
		return e.list[i].Real && !e.list[i].Holdout
	}
	return !e.list[i].Holdout
}
