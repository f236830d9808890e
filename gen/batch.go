package gen

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"seedbed/assets/i18n"
	"seedbed/gen/llm"
	"seedbed/gen/phrases"
	"seedbed/gen/prompt"
	"seedbed/gen/questions"
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
	RequestID int64 // the request's row in the ledger; 0 before there is one
	MaxTokens int   // bound on the answer's tokens; 0 for none
	Category  localdb.Category
	ReadsLike localdb.Category // what a boundary batch is mistaken for; no name otherwise
	Count     int              // messages wanted
	Language  string           // a code such as "en"
	Style     string
	Habits    *phrases.Habits // quotas of how messages are typed; nil for the writer's own
	Wanted    int             // messages of the category that the whole plan asks for
	Accepted  []string        // messages of the category that a person accepted
	About     string          // what the assistant is, in a sentence
	// Instructions are a person's own rules for the prompt, one a line.
	Instructions string
	template     prompt.Template
	Passages     []localdb.Passage
	Others       func() []localdb.Passage // all that the run asks about
	Targeted     bool                     // nothing else is to be asked about
	Knowledge    *questions.Collection
	// What too many messages of the category have already, so that it is avoided.
	WornOpenings, WornThemes []string
	PromptSpec
}

// batcher cuts a plan into batches.
type batcher struct {
	plan       Plan
	categories map[string]localdb.Category
	passages   map[int64]localdb.Passage
	specs      specs
	drawn      map[string]int // prompt specifications drawn, by category
	directed   map[string]int // messages that they have a direction for, by category
	asked      int            // passages drawn for a plan that names its passages
	accepted   map[string][]string
	domain     localdb.Domain
	template   prompt.Template
}

// newBatcher prepares to cut the plan for a dataset's domain, categories and passages;
// accepted messages, by category, serve as examples.
func newBatcher(plan Plan, domain localdb.Domain, categories []localdb.Category, passages []localdb.Passage, accepted map[string][]string) (*batcher, error) {
	prompt, err := prompt.New(plan.Language, domain)
	if err != nil {
		return nil, err
	}
	drawing, err := newSpecs(plan, categories, passages, accepted)
	b := &batcher{
		plan:       plan,
		categories: map[string]localdb.Category{},
		passages:   map[int64]localdb.Passage{},
		specs:      drawing,
		drawn:      map[string]int{},
		accepted:   accepted,
		directed:   map[string]int{},
		domain:     domain,
		template:   prompt,
	}
	for _, category := range categories {
		b.categories[category.Name] = category
	}
	for _, passage := range passages {
		b.passages[passage.ID] = passage
	}
	return b, err
}

// all is the whole plan in batches. The categories take turns, so that a run that
// stops early leaves something of each.
func (b *batcher) all() ([]localdb.BatchRecord, error) {
	type placed struct {
		batch localdb.BatchRecord
		at    float64 // how far through its own category's batches
	}
	var line []placed
	place := func(category, readsLike string, messages int) error {
		batches, err := b.cut(category, readsLike, messages)
		for i, batch := range batches {
			line = append(line, placed{batch, (float64(i) + 0.5) / float64(len(batches))})
		}
		return err
	}
	for _, count := range b.plan.Counts {
		if err := place(count.Category, "", count.Messages); err != nil {
			return nil, err
		}
	}
	for _, boundary := range b.plan.Boundaries {
		if err := place(boundary.Category, boundary.ReadsLike, boundary.Messages); err != nil {
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
func (b *batcher) cut(category, readsLike string, messages int) ([]localdb.BatchRecord, error) {
	n := max((messages+largestBatch-1)/largestBatch, (messages+usualBatch/2)/usualBatch)
	each := b.each(category)
	if each > 0 {
		n = max(n, (messages+each*passagesPerBatch-1)/(each*passagesPerBatch))
	}
	batches := make([]localdb.BatchRecord, n)
	for i := range batches {
		share := messages*(i+1)/n - messages*i/n
		spec, err := b.specs.draw(b.categories[category], readsLike, b.drawn[category], b.directed[category], share)
		if err != nil {
			return nil, fmt.Errorf("draw a prompt specification for %s: %w", category, err)
		}
		b.drawn[category]++
		b.directed[category] += share
		if each > 0 {
			passages := (share + each - 1) / each
			spec.PassageIDs = b.specs.passages(b.asked, passages)
			b.asked += passages
		}
		stored, err := json.Marshal(spec)
		if err != nil {
			return nil, err
		}
		batches[i] = localdb.BatchRecord{CategoryID: b.categories[category].ID, Category: category, Count: share, Prompt: b.template.Version, Spec: stored}
	}
	return batches, nil
}

// each is how many questions a category has for each of the passages that the plan names,
// so that its batches reach all of them; 0 where the plan names none.
func (b *batcher) each(category string) int {
	if len(b.plan.Passages) == 0 || b.categories[category].Kind != ragKind {
		return 0
	}
	return max(1, b.plan.Of(category)/len(b.plan.Passages))
}

// part is the batch for a request that asks for fewer messages, or quotes less of its
// passages: what is left of it after so many messages that were asked for, by the scale.
func (b Batch) part(asked int, scale llm.Scale) (part Batch, more bool) {
	whole, passages := b.Count, b.Passages
	b.Count = scale.Items(whole - asked)
	end := asked + b.Count
	if n := len(b.Directions); n > 0 {
		b.Directions = b.Directions[min(asked, n):min(end, n)]
	}
	if n := len(passages); n > 0 && b.Count < whole {
		b.Passages = passages[min(asked*n/whole, n-1):max(min(asked*n/whole, n-1)+1, (end*n+whole-1)/whole)]
	}
	b.Passages = slices.Clone(b.Passages)
	for i := range b.Passages {
		b.Passages[i].Text = prompt.Shortened(b.Passages[i].Text, scale.Bytes(prompt.LongestPassage))
	}
	return b, end < whole
}

// open makes a stored batch ready for a writer.
func (b *batcher) open(stored localdb.BatchRecord) (Batch, error) {
	batch := Batch{
		ID:       stored.ID,
		Category: b.categories[stored.Category],
		Count:    stored.Count,
		Language: b.plan.Language,
		Style:    b.plan.Style,
		Habits:   b.plan.Habits,
		Wanted:   b.plan.Of(stored.Category),
		Accepted: b.accepted[stored.Category],

		About: b.domain.About, Instructions: b.domain.Instructions, template: b.template,
		Others: b.specs.subjects.All, Targeted: len(b.plan.Passages) > 0, Knowledge: b.specs.subjects.Collection,
	}
	if err := json.Unmarshal(stored.Spec, &batch.PromptSpec); err != nil {
		return Batch{}, i18n.Error("the prompt specification of batch {{.Batch}} can't be read: {{.Cause}}", i18n.Values{"Batch": stored.ID, "Cause": err})
	}
	batch.ReadsLike = b.categories[batch.PromptSpec.ReadsLike]
	for _, id := range batch.PassageIDs {
		// A passage that was removed since is not asked about.
		if p, ok := b.passages[id]; ok {
			batch.Passages = append(batch.Passages, p)
		}
	}
	return batch, nil
}
