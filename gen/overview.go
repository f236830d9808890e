package gen

import (
	"context"

	"seedbed/gen/check"
	"seedbed/gen/intent"
	"seedbed/localdb"
)

// Overview is the state of a dataset: how close its categories are to their targets, how
// far the review is, and what to do next.
type Overview struct {
	Categories         []CategoryState
	Messages           int // not rejected
	ToReview, Accepted int
	Rejected           int
	Synthetic, Real    int // not rejected
	NearDuplicates     int
	Mislabelled        int
	OutOfScope         int // messages that look as if they belonged to no category; not rejected
	Uncategorised      int
	Balance            intent.Gauge           // 1 where the mix is what the targets want
	Check              *check.Result          // the last one; nil if there was none
	Better             float64                // by how much its accuracy is above that of the check before
	Comparable         bool                   // there is such a check, with the same kind of test
	Weak               *intent.CategoryScores // the weakest category, where it needs help; nil where none does
	Next               []Step
}

// CategoryState is the state of a category; rejected messages don't count.
type CategoryState struct {
	localdb.Category
	Messages int
	Accepted int
}

// Short is how many messages the category lacks.
func (c CategoryState) Short() int { return max(0, c.Target-c.Messages) }

// StepKind is a kind of step.
type StepKind string

// The steps, in the order in which they come up.
const (
	Begin         StepKind = "begin"           // there are no messages: generate or import
	GoOn          StepKind = "go on"           // a run was interrupted
	FillUp        StepKind = "fill up"         // a category is short
	Strengthen    StepKind = "strengthen"      // the check predicts a category badly
	LabelThem     StepKind = "label"           // messages have no category
	LookAtSuspect StepKind = "look at suspect" // messages look mislabelled
	LookNowhere   StepKind = "look nowhere"    // messages look as if they belonged to no category
	ReviewThem    StepKind = "review"          // messages wait for review
	CheckIt       StepKind = "check"           // the dataset was never checked, or changed much since
	ExportIt      StepKind = "export"          // there are accepted messages
)

// Step is one thing to do next.
type Step struct {
	Kind     StepKind
	Category localdb.Category // of FillUp and Strengthen
	Messages int
}

// stepsShown is how many steps are offered at a time: more is a list, not advice.
const stepsShown = 3

// ReadOverview returns the overview of a dataset.
func ReadOverview(ctx context.Context, d *localdb.Dataset) (Overview, error) {
	categories, err := d.Categories(ctx)
	if err != nil {
		return Overview{}, err
	}
	counts, err := d.Counts(ctx)
	if err != nil {
		return Overview{}, err
	}
	facets, err := d.Facets(ctx, localdb.Filter{Statuses: []localdb.Status{localdb.ToReview, localdb.Accepted}})
	if err != nil {
		return Overview{}, err
	}
	kept := func(t localdb.Tally) int { return t.Total() - t.Status(localdb.Rejected) }
	all := counts.All()
	o := Overview{
		Messages: kept(all), ToReview: all.Status(localdb.ToReview), Accepted: all.Status(localdb.Accepted), Rejected: all.Status(localdb.Rejected),
		Synthetic:      all.Source(localdb.Synthetic) - all[localdb.Rejected][localdb.Synthetic],
		Real:           all.Source(localdb.Real) - all[localdb.Rejected][localdb.Real],
		NearDuplicates: counts.Flags[localdb.NearDuplicate],
		Mislabelled:    counts.Flags[localdb.Mislabelled],
		OutOfScope:     facets.Flags[localdb.OutOfScope],
		Uncategorised:  kept(counts.ByCategory[""]),
	}
	have, want := map[string]int{}, map[string]int{}
	for _, c := range categories {
		if c.Archived {
			continue
		}
		tally := counts.ByCategory[c.Name]
		o.Categories = append(o.Categories, CategoryState{Category: c, Messages: kept(tally), Accepted: tally.Status(localdb.Accepted)})
		have[c.Name], want[c.Name] = kept(tally), c.Target
	}
	o.Balance = intent.Balance(have, want)
	changed, err := o.readChecks(ctx, d)
	if err != nil {
		return Overview{}, err
	}
	_, err = d.UnfinishedRun(ctx)
	o.Next = o.steps(err == nil, changed)
	return o, nil
}

// When a check is worth acting on.
const (
	weakRecall = 0.85 // below it a category needs help
	muchOf     = 10   // a check is outdated when one in so many messages changed
)

// readChecks reads the last check, and returns how many messages have changed since.
func (o *Overview) readChecks(ctx context.Context, d *localdb.Dataset) (changed int, err error) {
	checks, err := check.History(ctx, d)
	if err != nil || len(checks) == 0 {
		return 0, err
	}
	o.Check = &checks[0]
	if len(checks) > 1 && checks[1].Headline.Name == checks[0].Headline.Name {
		o.Better, o.Comparable = checks[0].Headline.Accuracy-checks[1].Headline.Accuracy, true
	}
	if weakest := checks[0].Weakest(); weakest != nil && weakest.Recall < weakRecall {
		o.Weak = weakest
	}
	return d.ChangedSince(ctx, checks[0].ID)
}

// steps returns what helps most, the most urgent first.
func (o Overview) steps(interrupted bool, changed int) []Step {
	if interrupted {
		return []Step{{Kind: GoOn}}
	}
	if o.Messages == 0 {
		return []Step{{Kind: Begin}}
	}
	var steps []Step
	add := func(kind StepKind, category localdb.Category, n int) {
		if n > 0 {
			steps = append(steps, Step{kind, category, n})
		}
	}
	outdated := o.Check == nil || changed*muchOf > o.Check.Of
	if o.Weak != nil && !outdated {
		weak := CategoryState{Category: localdb.Category{Name: o.Weak.Name}}
		for _, c := range o.Categories {
			if c.Name == o.Weak.Name {
				weak = c
			}
		}
		add(Strengthen, weak.Category, helpPlan(*o.Check, weak.Name, weak.Short()).Total())
	} else if shortest := o.Shortest(); shortest != nil {
		add(FillUp, shortest.Category, shortest.Short())
	}
	none := localdb.Category{}
	add(LabelThem, none, o.Uncategorised)
	if outdated {
		add(CheckIt, none, o.Messages)
	}
	add(LookAtSuspect, none, o.Mislabelled)
	add(LookNowhere, none, o.OutOfScope)
	add(ReviewThem, none, o.ToReview)
	add(ExportIt, none, o.Accepted)
	return steps[:min(stepsShown, len(steps))]
}

// Shortest is the category that lacks the largest part of its target; nil where
// none lacks any.
func (o Overview) Shortest() *CategoryState {
	var shortest *CategoryState
	for i := range o.Categories {
		c := &o.Categories[i]
		if c.Short() == 0 {
			continue
		}
		if shortest == nil || c.Short()*shortest.Target > shortest.Short()*c.Target {
			shortest = c
		}
	}
	return shortest
}
