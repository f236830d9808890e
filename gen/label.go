package gen

import (
	"context"
	"slices"

	"seedbed/assets/i18n"
	"seedbed/gen/intent"
	"seedbed/localdb"
)

// LabelOptions say which messages to label.
type LabelOptions struct {
	IDs []int64 // nil: all
	// Again labels those anew, too, that a machine labelled and nobody has reviewed
	// since. Otherwise only messages without a category are labelled.
	Again    bool
	Progress func(LabelProgress) // nil where nobody looks
}

// LabelProgress is how far a labelling is.
type LabelProgress struct {
	Done, All int // messages
	Requests  int
	Spend     Spend
	Note      i18n.Text // what it waits for; zero for nothing
}

// LabelResult is what a labelling came to.
type LabelResult struct {
	State       State          `json:"state"`
	Messages    int            `json:"messages"` // that were to be labelled
	Labelled    int            `json:"labelled"`
	Unlabelled  int            `json:"unlabelled"` // left without a label
	PerCategory map[string]int `json:"per_category"`

	Requests         int       `json:"requests"`
	PromptTokens     int       `json:"prompt_tokens"`
	CompletionTokens int       `json:"completion_tokens"`
	CostUSD          *float64  `json:"cost_usd"` // null: nobody knows
	LostUSD          float64   `json:"lost_usd"` // what requests without an answer may have cost on top
	Summary          i18n.Text `json:"-"`        // what happened, what was kept, what to do next

	Cause error `json:"-"` // what a partial labelling ended with; nil where there is none
}

// toLabel are the messages that the options pick, in id order. A person's label is never
// among them, nor a rejected message.
func (o LabelOptions) toLabel(ctx context.Context, d *localdb.Dataset) ([]localdb.Message, error) {
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

// labelledAtOnce is how many messages the check model labels between two reports.
const labelledAtOnce = 500

// LabelWithCheck labels messages with the check model: free, without a network. A model
// of nil is trained on the dataset's own labelled messages. Each label has a calibrated
// confidence, and the doubtful come first in the review queue. One undo takes it back.
func LabelWithCheck(ctx context.Context, d *localdb.Dataset, model *intent.Model, options LabelOptions) (LabelResult, error) {
	messages, err := options.toLabel(ctx, d)
	if err != nil {
		return LabelResult{}, err
	}
	free := 0.0
	result := LabelResult{Messages: len(messages), PerCategory: map[string]int{}, CostUSD: &free}
	if len(messages) == 0 {
		return result.end(), nil
	}
	if model == nil {
		if model, err = TrainCheck(ctx, d); err != nil {
			return LabelResult{}, i18n.Error("the check model can't be trained on this dataset yet; label some messages by hand or generate some first: {{.Cause}}", i18n.Values{"Cause": err})
		}
	}
	var labels []localdb.MachineLabel
	for i, m := range messages {
		if i%labelledAtOnce == 0 {
			if err := ctx.Err(); err != nil {
				return LabelResult{}, err
			}
			options.report(LabelProgress{Done: i, All: len(messages), Spend: Spend{Known: true}})
		}
		p := model.Predict(m.Text)
		labels = append(labels, localdb.MachineLabel{ID: m.ID, Category: p.Category, Confidence: p.Confidence, Uncertainty: (1 - p.Margin) / 2})
		result.PerCategory[p.Category]++
	}
	result.Labelled, err = d.NewLabelling(localdb.ByCheck).Store(ctx, labels)
	return result.end(), err
}

// TrainCheck trains the check model on a dataset's labelled messages, but for those that
// are locked for testing and those of categories with a single one.
func TrainCheck(ctx context.Context, d *localdb.Dataset) (*intent.Model, error) {
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
		if !example.Locked {
			size[example.Category]++
		}
	}
	open := slices.DeleteFunc(e.list, func(example intent.Example) bool { return example.Locked || size[example.Category] < 2 })
	return intent.Train(ctx, open, intent.Options{Seed: checkSeed})
}

func (o LabelOptions) report(p LabelProgress) {
	if o.Progress != nil {
		o.Progress(p)
	}
}

// end completes a result.
func (r LabelResult) end() LabelResult {
	r.State, r.Unlabelled = Done, r.Messages-r.Labelled
	switch {
	case r.Messages == 0:
		r.Summary = i18n.T("Every message has a label already.")
	case r.Unlabelled == 0:
		r.Summary = i18n.T("{{.N}} messages are labelled; look at the doubtful ones first.", i18n.Values{"N": r.Labelled})
	default:
		r.Summary = i18n.T("{{.N}} of {{.All}} messages are labelled; the other {{.Left}} got no label that could be read. Label them by hand, or try again.",
			i18n.Values{"N": r.Labelled, "All": r.Messages, "Left": r.Unlabelled})
	}
	return r
}
