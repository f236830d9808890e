package gen

import (
	"context"

	"seedbed/gen/check"
	"seedbed/localdb"
)

// How many messages help a weak category: those it lacks to its target, or two for each
// wrong prediction, within bounds and in tens. Half of them are boundary messages,
// divided among the categories it is mistaken for most.
const (
	minHelp       = 20
	maxHelp       = 100
	perMistake    = 2
	boundaryShare = 2 // one in so many
	maxBoundaries = 3
)

// HelpCategory is a plan for a category that a check predicts badly: more messages of it,
// and boundary messages that read like what it is mistaken for.
func HelpCategory(ctx context.Context, d *localdb.Dataset, result check.Result, category string) (Plan, error) {
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
	return helpPlan(result, category, lacking), nil
}

func helpPlan(result check.Result, category string, lacking int) Plan {
	pairs := result.MistakenFor(category)
	misread := 0
	for _, p := range pairs {
		misread += p.Messages
	}
	n := inTens(max(lacking, perMistake*misread))
	plan := emptyPlan()
	left, share := n, n/boundaryShare
	pairs = pairs[:min(len(pairs), maxBoundaries)]
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

// HelpPair is a plan to tell two categories apart: boundary messages of each that read
// like the other, by how often it was mistaken for it.
func HelpPair(result check.Result, a, b string) Plan {
	plan := emptyPlan()
	for _, pair := range [][2]string{{a, b}, {b, a}} {
		misread := 0
		for _, p := range result.MistakenFor(pair[0]) {
			if p.Predicted == pair[1] {
				misread = p.Messages
			}
		}
		plan.Boundaries = append(plan.Boundaries, Boundary{Category: pair[0], ReadsLike: pair[1], Messages: inTens(perMistake*misread) / 2})
	}
	return plan
}

func inTens(n int) int { return (min(max(n, minHelp), maxHelp) + 9) / 10 * 10 }
