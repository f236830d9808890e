package gen

import (
	"hash/fnv"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"

	"seedbed/assets"
	"seedbed/localdb"
)

// PromptSpec is what was drawn for one batch: who writes, how and about what. It is stored
// with the batch, so that a message's origin can be shown.
type PromptSpec struct {
	Persona   string `json:"persona"`
	Register  string `json:"register"`
	Length    string `json:"length"`
	Mess      string `json:"mess"`
	Situation string `json:"situation"`

	ReadsLike  string   `json:"reads_like,omitempty"` // the category a boundary batch is mistaken for
	PassageIDs []int64  `json:"passages,omitempty"`   // what a rag batch asks about
	Examples   []string `json:"examples,omitempty"`   // for the tone
}

const (
	passagesPerBatch = 5 // so that ten questions ask two things of each passage
	examplesPerBatch = 4
)

// specs draws prompt specifications for a plan. The nth one of a category is the same for the
// same seed, whatever was drawn before.
type specs struct {
	seed     uint64
	prompts  fs.FS               // the lists of every domain
	subjects *subjects           // what rag categories ask about
	examples map[string][]string // by category
}

// newSpecs prepares the draw. Accepted messages, by category, join the categories'
// own examples.
func newSpecs(plan Plan, categories []localdb.Category, passages []localdb.Passage, accepted map[string][]string) (specs, error) {
	s := specs{seed: plan.Seed, prompts: assets.Prompts(plan.Language), examples: map[string][]string{}}
	for _, c := range categories {
		s.examples[c.Name] = append(append([]string{}, c.Examples...), accepted[c.Name]...)
	}
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
	var err error
	s.subjects, err = newSubjects(passages, shuffled(asked, s.rng("passages", 0)))
	return s, err
}

// draw is the nth specification of a category.
func (s specs) draw(category localdb.Category, n int) (PromptSpec, error) {
	var drawn PromptSpec
	domain, bank := s.domain(category)
	for _, axis := range []struct {
		into    *string
		own     string // the list in the starter's folder
		general string
	}{
		{&drawn.Persona, "personas.txt", "personas.txt"},
		{&drawn.Register, "", "registers.txt"},
		{&drawn.Length, "", "lengths.txt"},
		{&drawn.Mess, "", "messes.txt"},
		{&drawn.Situation, "situations/" + bank + ".txt", "situations.txt"},
	} {
		lines, err := listIn(domain, axis.own)
		if len(lines) == 0 && err == nil {
			lines, err = listIn(s.prompts, axis.general)
		}
		if err != nil {
			return PromptSpec{}, err
		}
		// Each category walks through its own shuffled copy, so that an entry comes
		// back only when all the others have been drawn.
		*axis.into = shuffled(lines, s.rng(category.Name+"/"+axis.general, n/len(lines)))[n%len(lines)]
	}
	examples := shuffled(s.examples[category.Name], s.rng(category.Name+"/examples", n))
	drawn.Examples = examples[:min(len(examples), examplesPerBatch)]
	if category.Kind == ragKind {
		drawn.PassageIDs = s.passages(n*passagesPerBatch, passagesPerBatch)
	}
	return drawn, nil
}

// passages are the ids of so many passages to ask about, beginning with the fromth, and
// of fewer where there are no more.
func (s specs) passages(from, count int) (ids []int64) {
	for i := range count {
		p, ok := s.subjects.at(from + i)
		if !ok || slices.Contains(ids, p.ID) {
			break
		}
		ids = append(ids, p.ID)
	}
	return ids
}

// ragKind is the kind of category whose messages ask about passages.
const ragKind = "rag"

// domain is the folder of the starter that a category comes from, and the category's name
// there; the folder is nil where it comes from none.
func (s specs) domain(category localdb.Category) (folder fs.FS, name string) {
	starter, name, _ := strings.Cut(category.Bank, "/")
	folder, err := assets.Starter(starter)
	if err != nil {
		return nil, ""
	}
	return folder, name
}

// listIn reads a list, one entry a line; a folder or file that isn't there has none.
func listIn(folder fs.FS, list string) ([]string, error) {
	if folder == nil {
		return nil, nil
	}
	sections, err := assets.ReadSections(folder, list)
	if err != nil || len(sections) == 0 {
		return nil, err
	}
	return sections[0].Lines, nil
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
