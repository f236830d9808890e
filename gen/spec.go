package gen

import (
	"hash/fnv"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"

	"seedbed/assets"
	"seedbed/gen/direction"
	"seedbed/gen/knowledge"
	"seedbed/localdb"
)

// PromptSpec is what was drawn for one batch: how each of its messages should be written,
// and about what. It is stored with the batch, so that a message's origin can be shown.
type PromptSpec struct {
	Directions []direction.Direction `json:"directions,omitempty"` // one for each message

	ReadsLike         string   `json:"reads_like,omitempty"`          // the category a boundary batch is mistaken for
	ReadsLikeExamples []string `json:"reads_like_examples,omitempty"` // of that category
	PassageIDs        []int64  `json:"passages,omitempty"`            // what a rag batch asks about
	Examples          []string `json:"examples,omitempty"`            // for the tone
}

const (
	passagesPerBatch = 5 // so that ten questions ask two things of each passage
	examplesPerBatch = 4
	// examplesOfOther is how many messages of the category that a boundary batch is mistaken
	// for are shown.
	examplesOfOther = 2
)

// specs draws prompt specifications for a plan. The nth one of a category is the same for the
// same seed, whatever was drawn before.
type specs struct {
	seed     uint64
	lists    *direction.Lists
	starter  fs.FS               // the folder of the starter that most categories come from; nil for none
	subjects *knowledge.Subjects // what rag categories ask about
	examples map[string][]string // by category
}

// newSpecs prepares the draw. Accepted messages, by category, join the categories'
// own examples.
func newSpecs(plan Plan, categories []localdb.Category, passages []localdb.Passage, accepted map[string][]string) (specs, error) {
	s := specs{seed: plan.Seed, examples: map[string][]string{}}
	var err error
	if s.lists, err = direction.Read(assets.Prompts(plan.Language), plan.Language, plan.Seed); err != nil {
		return s, err
	}
	if plan.Habits != nil {
		s.lists.Follow(*plan.Habits)
	}
	for _, c := range categories {
		s.examples[c.Name] = slices.Concat(inLanguage(c.Examples, plan.Language), inLanguage(accepted[c.Name], plan.Language))
	}
	s.starter, _ = starterOf(mainStarter(categories))
	named := map[int64]bool{}
	for _, id := range plan.Passages {
		named[id] = true
	}
	var asked []localdb.Passage
	for _, p := range passages {
		if plan.Knowledge && (len(named) == 0 || named[p.ID]) {
			asked = append(asked, p)
		}
	}
	s.subjects, err = knowledge.NewSubjects(passages, shuffled(asked, s.rng("passages", 0)))
	return s, err
}

// draw is the specification of a category's nth batch, of so many messages, of which others
// came before. ReadsLike is the category that a boundary batch is mistaken for; "" for
// another batch.
func (s specs) draw(category localdb.Category, readsLike string, n, before, messages int) (PromptSpec, error) {
	drawn := PromptSpec{ReadsLike: readsLike}
	folder, name := s.domain(category)
	subject := direction.Subject{Category: category.Name, Kind: category.Kind, Starter: folder, Name: name}
	for i := range messages {
		d, err := s.lists.Draw(subject, before+i)
		if err != nil {
			return PromptSpec{}, err
		}
		drawn.Directions = append(drawn.Directions, d)
	}
	drawn.Examples = s.someExamples(category.Name, n, examplesPerBatch)
	if readsLike != "" {
		drawn.ReadsLikeExamples = s.someExamples(readsLike, n, examplesOfOther)
	}
	if category.Kind == ragKind {
		drawn.PassageIDs = s.passages(n*passagesPerBatch, passagesPerBatch)
	}
	return drawn, nil
}

// someExamples are at most so many examples of a category, others for each n.
func (s specs) someExamples(category string, n, most int) []string {
	examples := shuffled(s.examples[category], s.rng(category+"/examples", n))
	return examples[:min(len(examples), most)]
}

// passages are the ids of so many passages to ask about, beginning with the fromth, and
// of fewer where there are no more.
func (s specs) passages(from, count int) (ids []int64) {
	for i := range count {
		p, ok := s.subjects.At(from + i)
		if !ok || slices.Contains(ids, p.ID) {
			break
		}
		ids = append(ids, p.ID)
	}
	return ids
}

// ragKind is the kind of category whose messages ask about passages.
const ragKind = "rag"

// QuestionCategory is the category whose messages ask about passages; not ok where there
// is none.
func QuestionCategory(categories []localdb.Category) (name string, ok bool) {
	at := slices.IndexFunc(categories, func(c localdb.Category) bool { return c.Kind == ragKind && !c.Archived })
	if at < 0 {
		return "", false
	}
	return categories[at].Name, true
}

// domain is the folder of the starter that a category comes from, and the category's name
// there. One that comes from none has the folder of the other categories' starter, in which
// it has no name.
func (s specs) domain(category localdb.Category) (folder fs.FS, name string) {
	starter, name, _ := strings.Cut(category.Bank, "/")
	if folder, ok := starterOf(starter); ok {
		return folder, name
	}
	return s.starter, ""
}

// starterOf is the folder of a shipped starter.
func starterOf(name string) (folder fs.FS, ok bool) {
	folder, err := assets.Starter(name)
	if err != nil {
		return nil, false
	}
	return folder, true
}

// mainStarter is the name of the starter that more than half of the categories come from;
// "" where there is none.
func mainStarter(categories []localdb.Category) string {
	active, from := 0, map[string]int{}
	for _, c := range categories {
		if !c.Archived {
			active++
			name, _, _ := strings.Cut(c.Bank, "/")
			from[name]++
		}
	}
	for name, n := range from {
		if n*2 > active {
			return name
		}
	}
	return ""
}

// rng is a source of chance of its own for one purpose and the nth time.
func (s specs) rng(purpose string, n int) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(purpose))                           // a hash takes everything
	return rand.New(rand.NewPCG(s.seed, h.Sum64()+uint64(n))) // the same seed has to draw the same
}

func shuffled[T any](list []T, rng *rand.Rand) []T {
	copied := append([]T{}, list...)
	rng.Shuffle(len(copied), func(i, j int) { copied[i], copied[j] = copied[j], copied[i] })
	return copied
}
