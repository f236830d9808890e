// Package label gives a category to messages without one: with the check model, or with a
// language model.
package label

import (
	"context"

	"seedbed/assets/i18n"
	"seedbed/gen/check"
	"seedbed/gen/intent"
	"seedbed/gen/scheduler"
	"seedbed/localdb"
)

// Options say which messages to label.
type Options struct {
	IDs []int64 // nil: all
	// Again includes messages that a machine labelled and nobody has reviewed since.
	// Otherwise only messages without a category are labelled.
	Again bool
	// LeaveOutOfScope has WithCheck leave messages without a label whose out-of-scope score
	// is above the model's default threshold, and take away an earlier label of a machine
	// where Again includes them. WithModel always does what a language model says of that.
	LeaveOutOfScope bool
	Progress        func(Progress) // may be nil
}

// Progress is how far a labelling is.
type Progress struct {
	Done, All int // messages
	Requests  int
	Spend     scheduler.Spend
	Note      i18n.Text // what it waits for; zero for nothing
}

// Result is the result of a labelling.
type Result struct {
	State       scheduler.State `json:"state"`
	Messages    int             `json:"messages"` // that were to be labelled
	Labelled    int             `json:"labelled"`
	Unlabelled  int             `json:"unlabelled"`   // left without a label
	OutOfScope  int             `json:"out_of_scope"` // of those, the ones that seem to belong to no category
	PerCategory map[string]int  `json:"per_category"`

	Requests         int       `json:"requests"`
	PromptTokens     int       `json:"prompt_tokens"`
	CompletionTokens int       `json:"completion_tokens"`
	CostUSD          *float64  `json:"cost_usd"` // null if unknown
	LostUSD          float64   `json:"lost_usd"` // what requests without an answer may have cost in addition
	Summary          i18n.Text `json:"-"`        // what happened, what was kept, what to do next

	// Calibration is by what a language model's confidence was calibrated; nil where it is what the
	// model stated. Note says so to a person; zero for nothing.
	Calibration *Calibration `json:"calibration"`
	Note        i18n.Text    `json:"-"`

	Cause error `json:"-"` // what a partial labelling ended with; nil if there is none
}

// pick returns the messages that the options select, by id: never one that a person
// labelled, nor a rejected one.
func (o Options) pick(ctx context.Context, d *localdb.Dataset) ([]localdb.Message, error) {
	filter := localdb.Filter{IDs: o.IDs, Uncategorised: !o.Again, Statuses: []localdb.Status{localdb.ToReview, localdb.Accepted}}
	var list []localdb.Message
	for m, err := range d.Messages(ctx, filter) {
		if err != nil {
			return nil, err
		}
		byMachine := (m.LabelledBy == localdb.ByCheck || m.LabelledBy == localdb.ByModel) && m.Status == localdb.ToReview
		if m.Category == "" || o.Again && byMachine {
			list = append(list, m)
		}
	}
	return list, nil
}

// reportEvery is how many messages the check model labels between two reports of its
// progress.
const reportEvery = 500

// WithCheck labels messages with the check model, for free and without a network. If
// model is nil, it is trained on the dataset's own labelled messages. Each label has a
// calibrated confidence; the least certain come first in the review queue. One undo takes
// all back.
func WithCheck(ctx context.Context, d *localdb.Dataset, model *intent.Model, options Options) (Result, error) {
	messages, err := options.pick(ctx, d)
	if err != nil {
		return Result{}, err
	}
	free := 0.0
	result := Result{Messages: len(messages), PerCategory: map[string]int{}, CostUSD: &free}
	if len(messages) == 0 {
		return result.finished(), nil
	}
	if model == nil {
		if model, err = check.Train(ctx, d); err != nil {
			return Result{}, i18n.Error("the check model can't be trained on this dataset yet; label some messages by hand or generate some first: {{.Cause}}", i18n.Values{"Cause": err})
		}
	}
	var labels, taken []localdb.MachineLabel
	for i, m := range messages {
		if i%reportEvery == 0 {
			if err := ctx.Err(); err != nil {
				return Result{}, err
			}
			options.report(Progress{Done: i, All: len(messages), Spend: scheduler.Spend{Known: true}})
		}
		p := model.Predict(m.Text)
		if options.LeaveOutOfScope && model.IsOutOfScope(p) {
			result.OutOfScope++
			if m.Category != "" {
				taken = append(taken, localdb.MachineLabel{ID: m.ID})
			}
			continue
		}
		labels = append(labels, localdb.MachineLabel{ID: m.ID, Category: p.Category, Confidence: p.Confidence, Uncertainty: p.Uncertainty()})
	}
	labelling := d.NewLabelling(localdb.ByCheck)
	for _, list := range [][]localdb.MachineLabel{labels, taken} {
		if _, err := labelling.Store(ctx, list); err != nil {
			return Result{}, err
		}
	}
	result.Labelled, err = result.count(ctx, d, localdb.ByCheck, labels)
	return result.finished(), err
}

func (o Options) report(p Progress) {
	if o.Progress != nil {
		o.Progress(p)
	}
}

// count counts by category the messages that carry the label which they were given, whether or
// not they had the same one before. A person may have labelled or deleted others in the meantime.
func (r Result) count(ctx context.Context, d *localdb.Dataset, by localdb.LabelledBy, labels []localdb.MachineLabel) (n int, err error) {
	if len(labels) == 0 {
		return 0, nil
	}
	given := map[int64]string{}
	ids := make([]int64, len(labels))
	for i, l := range labels {
		ids[i], given[l.ID] = l.ID, l.Category
	}
	for m, err := range d.Messages(ctx, localdb.Filter{IDs: ids}) {
		if err != nil {
			return n, err
		}
		if m.LabelledBy == by && m.Category == given[m.ID] {
			r.PerCategory[m.Category]++
			n++
		}
	}
	return n, nil
}

// finished completes a result.
func (r Result) finished() Result {
	r.State, r.Unlabelled = scheduler.Done, r.Messages-r.Labelled
	switch {
	case r.Messages == 0:
		r.Summary = i18n.T("Every message has a label already.")
	case r.OutOfScope > 0 && r.Unlabelled == r.OutOfScope:
		r.Summary = i18n.T("{{.N}} of {{.All}} messages are labelled; the other {{.Left}} seem to belong to none of the categories and have no label. Look at the doubtful ones first.",
			i18n.Values{"N": r.Labelled, "All": r.Messages, "Left": r.OutOfScope})
	case r.OutOfScope > 0:
		r.Summary = i18n.T("{{.N}} of {{.All}} messages are labelled; {{.None}} seem to belong to none of the categories, and the answers for the other {{.Left}} had no readable label. Label them by hand, or try again.",
			i18n.Values{"N": r.Labelled, "All": r.Messages, "None": r.OutOfScope, "Left": r.Unlabelled - r.OutOfScope})
	case r.Unlabelled == 0:
		r.Summary = i18n.N("1 message is labelled; look at it.", "{{.N}} messages are labelled; look at the doubtful ones first.", r.Labelled)
	default:
		r.Summary = i18n.T("{{.N}} of {{.All}} messages are labelled; the answers for the other {{.Left}} had no readable label. Label them by hand, or try again.",
			i18n.Values{"N": r.Labelled, "All": r.Messages, "Left": r.Unlabelled})
	}
	return r
}
