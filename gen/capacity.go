package gen

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"

	"seedbed/gen/questions"
	"seedbed/localdb"
)

// Capacity says before a run how much of a plan the built-in writer can make. It keeps its
// last answer, and may be used by several goroutines.
type Capacity struct {
	mu       sync.Mutex
	of       *localdb.Dataset
	revision uint64
	plan     string
	made     map[string]int
}

// mostCompared is how many messages a dataset may have for what is written to be compared
// with all of them: more take too long for what is read at each change of a number.
const mostCompared = 20_000

// Read returns for each category of a plan how many of the messages that it asks for the
// built-in writer can make, by writing them without storing any; nil in a dataset of more
// than [mostCompared] messages, about which nothing is said.
func (c *Capacity) Read(ctx context.Context, d *localdb.Dataset, plan Plan) (map[string]int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	stored, err := json.Marshal(plan)
	if err != nil {
		return nil, err
	}
	revision := d.Revision()
	if c.of == d && c.revision == revision && c.plan == string(stored) {
		return c.made, nil
	}
	counts, err := d.Counts(ctx)
	if err != nil {
		return nil, err
	}
	var made map[string]int
	if all := counts.All(); all.Total() <= mostCompared {
		if made, err = dryRun(ctx, d, plan); err != nil {
			return nil, err
		}
	}
	c.of, c.revision, c.plan, c.made = d, revision, string(stored), made
	return made, nil
}

// MostSaid is the largest number that OfCategory returns: enough for a category.
const MostSaid = 300

// OfCategory is how many more messages of one category the built-in writer can make in the
// language of its examples, up to [MostSaid]; said is false where nothing is said.
func (c *Capacity) OfCategory(ctx context.Context, d *localdb.Dataset, category localdb.Category) (more int, said bool, err error) {
	plan := Plan{Language: "en", Seed: 1, Knowledge: true} // the same each time, so that the answer is kept
	if language := questions.LanguageOf(strings.Join(category.Examples, " ")); language != "" {
		plan.Language = language
	}
	plan.Counts = []Count{{category.Name, MostSaid}}
	made, err := c.Read(ctx, d, plan)
	return made[category.Name], made != nil, err
}

// dryRun is a run of the built-in writer that stores nothing.
func dryRun(ctx context.Context, d *localdb.Dataset, plan Plan) (map[string]int, error) {
	domain, err := d.Domain(ctx)
	if err != nil {
		return nil, err
	}
	writer, err := NewBuiltinWriter(plan.Language, plan.Seed)
	if err != nil {
		return nil, err
	}
	r := &Run{dataset: d, plan: plan}
	if err := r.prepare(ctx, domain); err != nil {
		return nil, err
	}
	if err := r.checkLanguage(); err != nil {
		return nil, err
	}
	made := map[string]int{}
	for _, q := range r.quotas {
		batches, err := r.batcher.cut(q.category, "", q.wanted)
		if err != nil {
			return nil, err
		}
		for _, stored := range batches {
			batch, err := r.batcher.open(stored)
			if err != nil {
				return nil, err
			}
			more, err := r.dryWrite(ctx, writer, batch)
			made[q.category] += more
			switch {
			case errors.Is(err, ErrExhausted):
			case err != nil:
				return nil, err
			}
		}
	}
	return made, nil
}

// dryWrite is how many of a batch's messages pass the filter.
func (r *Run) dryWrite(ctx context.Context, w Writer, b Batch) (made int, err error) {
	for fruitless, wanted := 0, b.Count; made < wanted && fruitless < maxFruitless; fruitless++ {
		if err := ctx.Err(); err != nil {
			return made, err
		}
		b.Count = wanted - made
		draft, err := w.Write(ctx, b, r.filter.known)
		keep, _ := r.filter.split(b, draft)
		for _, item := range keep {
			r.filter.add(localdb.Message{Text: item.Text, Category: b.Category.Name})
		}
		if made += len(keep); len(keep) > 0 {
			fruitless = -1
		}
		if err != nil {
			return made, err
		}
	}
	return made, nil
}
