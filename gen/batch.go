package gen

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"seedbed/assets/i18n"
	"seedbed/localdb"
)

// A batch asks for this many messages: enough to pay for its prompt, few enough for
// a model not to repeat itself.
const (
	largestBatch = 12
	usualBatch   = 10
)

// Batch is one request's worth of a plan, with everything a writer needs.
type Batch struct {
	ID        int64
	Request   int64 // the request's row in the ledger; 0 before there is one
	Category  localdb.Category
	ReadsLike localdb.Category // what a boundary batch is mistaken for; no name otherwise
	Count     int              // messages wanted
	Language  string           // a code such as "en"
	Style     string
	Passages  []localdb.Passage
	Brief
}

// cutter cuts a plan into batches.
type cutter struct {
	plan       Plan
	categories map[string]localdb.Category
	passages   map[int64]localdb.Passage
	briefs     briefs
	drawn      map[string]int // briefs drawn by category
	version    string         // of the prompt
}

// newCutter prepares to cut the plan for a dataset's categories and passages;
// accepted messages, by category, serve as examples.
func newCutter(plan Plan, categories []localdb.Category, passages []localdb.Passage, accepted map[string][]string) (*cutter, error) {
	version, err := promptVersion(plan.Language)
	c := &cutter{
		plan:       plan,
		categories: map[string]localdb.Category{},
		passages:   map[int64]localdb.Passage{},
		briefs:     newBriefs(plan, categories, passages, accepted),
		drawn:      map[string]int{},
		version:    version,
	}
	for _, category := range categories {
		c.categories[category.Name] = category
	}
	for _, passage := range passages {
		c.passages[passage.ID] = passage
	}
	return c, err
}

// all is the whole plan in batches. The categories take turns, so that a run that
// stops early leaves something of each.
func (c *cutter) all() ([]localdb.BatchRecord, error) {
	type placed struct {
		batch localdb.BatchRecord
		at    float64 // how far through its own category's batches
	}
	var line []placed
	place := func(category, readsLike string, messages int) error {
		batches, err := c.cut(category, readsLike, messages)
		for i, b := range batches {
			line = append(line, placed{b, (float64(i) + 0.5) / float64(len(batches))})
		}
		return err
	}
	for _, count := range c.plan.Counts {
		if err := place(count.Category, "", count.Messages); err != nil {
			return nil, err
		}
	}
	for _, b := range c.plan.Boundaries {
		if err := place(b.Category, b.ReadsLike, b.Messages); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(line, func(a, b placed) int { return cmp.Compare(a.at, b.at) })
	batches := make([]localdb.BatchRecord, len(line))
	for i, p := range line {
		batches[i] = p.batch
	}
	return batches, nil
}

// cut makes batches of even size for some messages of one category.
func (c *cutter) cut(category, readsLike string, messages int) ([]localdb.BatchRecord, error) {
	n := max((messages+largestBatch-1)/largestBatch, (messages+usualBatch/2)/usualBatch)
	batches := make([]localdb.BatchRecord, n)
	for i := range batches {
		brief, err := c.briefs.draw(c.categories[category], c.drawn[category])
		if err != nil {
			return nil, fmt.Errorf("draw a brief for %s: %w", category, err)
		}
		c.drawn[category]++
		brief.ReadsLike = readsLike
		stored, err := json.Marshal(brief)
		if err != nil {
			return nil, err
		}
		share := messages*(i+1)/n - messages*i/n
		batches[i] = localdb.BatchRecord{CategoryID: c.categories[category].ID, Category: category, Count: share, Prompt: c.version, Brief: stored}
	}
	return batches, nil
}

// open makes a stored batch ready for a writer.
func (c *cutter) open(stored localdb.BatchRecord) (Batch, error) {
	b := Batch{
		ID:       stored.ID,
		Category: c.categories[stored.Category],
		Count:    stored.Count,
		Language: c.plan.Language,
		Style:    c.plan.Style,
	}
	if err := json.Unmarshal(stored.Brief, &b.Brief); err != nil {
		return Batch{}, i18n.Error("the brief of batch {{.Batch}} can't be read: {{.Cause}}", i18n.Values{"Batch": stored.ID, "Cause": err})
	}
	b.ReadsLike = c.categories[b.Brief.ReadsLike]
	for _, id := range b.PassageIDs {
		// A passage that was taken out since is simply not asked about.
		if p, ok := c.passages[id]; ok {
			b.Passages = append(b.Passages, p)
		}
	}
	return b, nil
}
