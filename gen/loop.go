package gen

import (
	"context"
	"fmt"

	"seedbed/gen/intent"
	"seedbed/localdb"
)

// How many messages help a weak category: what its target lacks, or two for each that
// was misread, within bounds and in tens. Half of them are boundary messages, shared
// out over the categories it is mistaken for most.
const (
	leastHelp      = 20
	mostHelp       = 100
	perMistake     = 2
	boundaryShare  = 2 // one in so many
	mostBoundaries = 3
)

// HelpCategory is the plan that helps a category which the check reads badly: more of
// it, and boundary messages that read like what it is mistaken for.
func HelpCategory(ctx context.Context, d *localdb.Dataset, c Checked, category string) (Plan, error) {
	categories, err := d.Categories(ctx)
	if err != nil {
		return Plan{}, err
	}
	counts, err := d.Counts(ctx)
	if err != nil {
		return Plan{}, err
	}
	var lacking int
	for _, known := range categories {
		if known.Name == category {
			tally := counts.ByCategory[category]
			lacking = known.Target - tally.Total() + tally.Status(localdb.Rejected)
		}
	}
	return c.help(category, lacking), nil
}

func (c Checked) help(category string, lacking int) Plan {
	pairs := c.MistakenFor(category)
	misread := 0
	for _, p := range pairs {
		misread += p.Messages
	}
	n := inTens(max(lacking, perMistake*misread))
	plan := helpPlan()
	left, share := n, n/boundaryShare
	pairs = pairs[:min(len(pairs), mostBoundaries)]
	among := 0
	for _, p := range pairs {
		among += p.Messages
	}
	for _, p := range pairs {
		if messages := share * p.Messages / among; messages > 0 {
			plan.Boundaries = append(plan.Boundaries, Boundary{Category: category, ReadsLike: p.Predicted, Messages: messages})
			left -= messages
		}
	}
	plan.Counts = []Count{{category, left}}
	return plan
}

// HelpPair is the plan that helps tell two categories apart: boundary messages of each
// that read like the other, by how often it was mistaken.
func (c Checked) HelpPair(a, b string) Plan {
	plan := helpPlan()
	for _, way := range [][2]string{{a, b}, {b, a}} {
		misread := 0
		for _, p := range c.MistakenFor(way[0]) {
			if p.Predicted == way[1] {
				misread = p.Messages
			}
		}
		plan.Boundaries = append(plan.Boundaries, Boundary{Category: way[0], ReadsLike: way[1], Messages: inTens(perMistake*misread) / 2})
	}
	return plan
}

func helpPlan() Plan { return Plan{Language: "en", Seed: DefaultPlan().Seed, Knowledge: true} }

func inTens(n int) int { return (min(max(n, leastHelp), mostHelp) + 9) / 10 * 10 }

// Comparison is how two checks did on the same messages: those that were in both, with
// the same label.
type Comparison struct {
	Messages      int
	Before, After float64 // shares read right
	Categories    []CategoryComparison
}

// CategoryComparison is the same for the messages of one category.
type CategoryComparison struct {
	Category      string
	Messages      int
	Before, After float64
}

// Compare sets two checks side by side; nil where they have no message in common, or
// the older one's details are no longer kept.
func Compare(ctx context.Context, d *localdb.Dataset, before, after Checked) (*Comparison, error) {
	old, err := d.Predictions(ctx, before.ID)
	if err != nil {
		return nil, fmt.Errorf("compare two checks: %w", err)
	}
	then := make(map[int64]localdb.Prediction, len(old))
	for _, v := range old {
		then[v.ID] = v
	}
	now, err := d.Predictions(ctx, after.ID)
	if err != nil {
		return nil, fmt.Errorf("compare two checks: %w", err)
	}
	var rowsBefore, rowsAfter []intent.Row
	for _, v := range now {
		o, both := then[v.ID]
		if both && o.Category == v.Category && o.Predicted != "" && v.Predicted != "" {
			rowsBefore = append(rowsBefore, intent.Row{Given: o.Category, Predicted: o.Predicted})
			rowsAfter = append(rowsAfter, intent.Row{Given: v.Category, Predicted: v.Predicted})
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
