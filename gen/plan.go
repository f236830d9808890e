// Package gen turns a plan into labelled messages in a dataset: plan → batches → writer →
// filter → dataset. Start with run.go; plan.go says how many of what, batch.go cuts that
// into requests, writer.go makes messages, filter.go discards some of them, quota.go
// requests what is missing then. Package scheduler sends the requests.
package gen

import (
	"math/rand/v2"
	"slices"

	"seedbed/assets/i18n"
	"seedbed/assets/number"
	"seedbed/gen/llm"
	"seedbed/gen/phrases"
	"seedbed/gen/starter"
	"seedbed/localdb"
)

// Plan is how many messages to make of each category. It is stored with its run, so that a resumed run
// continues with the same one.
type Plan struct {
	Counts     []Count    `json:"counts"`
	Boundaries []Boundary `json:"boundaries,omitempty"`
	Language   string     `json:"language"`        // a code such as "en"
	Style      string     `json:"style,omitempty"` // in the person's own words
	// Habits are quotas of how messages are typed, such as those of real messages; nil for
	// the writer's own.
	Habits *phrases.Habits `json:"habits,omitempty"`

	Seed   uint64  `json:"seed"`
	CapUSD float64 `json:"cap_usd,omitempty"` // spend at most this; 0 is no cap
	// Knowledge says that categories of kind rag ask about the dataset's passages.
	Knowledge bool `json:"knowledge"`
	// Passages are the ids of those to ask about, and nothing else; none for all.
	Passages []int64 `json:"passages,omitempty"`
}

// Count is the number of messages wanted in a category.
type Count struct {
	Category string `json:"category"`
	Messages int    `json:"messages"`
}

// Boundary asks for messages that read like one category and are another, which helps a
// check that confuses the two. They are added to the plan's counts.
type Boundary struct {
	Category  string `json:"category"`
	ReadsLike string `json:"reads_like"`
	Messages  int    `json:"messages"`
}

// DefaultPlan is the plan of the default starter: 640 messages in English. Its seed is drawn.
func DefaultPlan() Plan {
	return PlanFor(starter.Default().Categories)
}

// PlanFor is the default plan for a dataset's own categories, each with its target
// and none for archived ones. Its seed is drawn.
func PlanFor(categories []localdb.Category) Plan {
	p := emptyPlan()
	for _, c := range categories {
		if !c.Archived && c.Target > 0 {
			p.Counts = append(p.Counts, Count{c.Name, c.Target})
		}
	}
	return p
}

// emptyPlan asks for nothing yet, in English, with a seed of its own.
func emptyPlan() Plan { return Plan{Language: "en", Seed: NewSeed(), Knowledge: true} }

// NewSeed draws the seed of a run for which nobody gave one, so that another run brings
// other messages. It has at most nine digits, for people to type again.
func NewSeed() uint64 { return 1 + rand.Uint64N(999_999_999) }

// Total is the number of messages that the plan asks for.
func (p Plan) Total() int {
	total := 0
	for _, w := range p.wanted() {
		total += w.Messages
	}
	return total
}

// wanted is what the plan asks for by category, boundaries included, in the order in
// which the categories are first named.
func (p Plan) wanted() []Count {
	var wanted []Count
	add := func(category string, n int) {
		at := slices.IndexFunc(wanted, func(c Count) bool { return c.Category == category })
		if at < 0 {
			wanted = append(wanted, Count{category, n})
			return
		}
		wanted[at].Messages += n
	}
	for _, c := range p.Counts {
		add(c.Category, c.Messages)
	}
	for _, b := range p.Boundaries {
		add(b.Category, b.Messages)
	}
	return wanted
}

// Of is how many messages of a category the plan asks for, boundaries included.
func (p Plan) Of(category string) int {
	n := 0
	for _, w := range p.wanted() {
		if w.Category == category {
			n += w.Messages
		}
	}
	return n
}

// WithBoundaries turns so many of the plan's messages into boundary messages, as far as
// its counts of their categories reach.
func (p Plan) WithBoundaries(boundaries []Boundary) Plan {
	p.Counts = slices.Clone(p.Counts)
	for _, b := range boundaries {
		for i := range p.Counts {
			if c := &p.Counts[i]; c.Category == b.Category && c.Messages >= b.Messages {
				c.Messages -= b.Messages
				p.Boundaries = append(p.Boundaries, b)
			}
		}
	}
	return p
}

// renamedAs is the plan with the names that its categories have now, by the batches that it
// was cut into.
func (p Plan) renamedAs(batches []localdb.BatchRecord) Plan {
	p.Counts, p.Boundaries = nil, nil
	for _, b := range batches {
		if !b.TopUp {
			p.Counts = append(p.Counts, Count{b.Category, b.Count})
		}
	}
	p.Counts = p.wanted()
	return p
}

func planError(what i18n.Text) error { return &llm.PlanError{Text: what} }

// check says with an [*llm.PlanError] what is wrong with the plan for a dataset with these
// categories.
func (p Plan) check(categories []localdb.Category) error {
	known := func(name string) error {
		at := slices.IndexFunc(categories, func(c localdb.Category) bool { return c.Name == name })
		switch {
		case at < 0:
			return planError(i18n.T(`the plan names the category "{{.Category}}", which the dataset does not have; add it or take it out of the plan`, i18n.Values{"Category": name}))
		case categories[at].Archived:
			return planError(i18n.T(`the plan names the category "{{.Category}}", which is archived; bring it back or take it out of the plan`, i18n.Values{"Category": name}))
		}
		return nil
	}
	for _, w := range p.wanted() {
		if err := known(w.Category); err != nil {
			return err
		}
	}
	for _, b := range p.Boundaries {
		if err := known(b.ReadsLike); err != nil {
			return err
		}
		if b.Category == b.ReadsLike {
			return planError(i18n.T(`a boundary of "{{.Category}}" with itself; name two different categories`, i18n.Values{"Category": b.Category}))
		}
	}
	return p.CheckNumbers()
}

// CheckNumbers says with an [*llm.PlanError] which of the plan's numbers is out of bounds, wherever it came from: a
// field, a flag, or a run's plan in a dataset.
func (p Plan) CheckNumbers() error {
	wrong := func(category string, err error) error {
		return planError(i18n.T(`the messages of "{{.Category}}": {{.Why}}`, i18n.Values{"Category": category, "Why": err}))
	}
	counts := slices.Clone(p.Counts)
	for _, b := range p.Boundaries {
		counts = append(counts, Count{b.Category, b.Messages})
	}
	for _, c := range counts { // each by itself, since a sum could overflow
		if err := number.Messages.Check(c.Messages); err != nil {
			return wrong(c.Category, err)
		}
	}
	for _, w := range p.wanted() {
		if err := number.Messages.Check(w.Messages); err != nil {
			return wrong(w.Category, err)
		}
	}
	if p.Total() == 0 {
		return planError(i18n.T("the plan asks for no messages; give at least one category a number"))
	}
	if err := number.Total.Check(p.Total()); err != nil {
		return planError(i18n.T("the messages of all categories together: {{.Why}}", i18n.Values{"Why": err}))
	}
	return llm.CheckAmount(p.CapUSD)
}

// ForPassages is the plan of a run that asks each of some passages, given by their ids,
// so many questions, and makes nothing else.
func (p Plan) ForPassages(category string, ids []int64, each int) Plan {
	p.Counts, p.Boundaries = []Count{{category, each * len(ids)}}, nil
	p.Knowledge, p.Passages = true, ids
	return p
}
