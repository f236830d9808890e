package phrases

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"math/rand/v2"
	"strings"

	"seedbed/assets"
)

//go:generate go run ./rank ../../assets/starters

// bank is what ships for a category.
type bank struct {
	messages assets.Sections // by topic
	cores    assets.Sections // core sets, each by the tags of its messages
	patterns []pattern
	slots    slots
}

// readBank reads the bank of a name such as "coaching/social" in a language. A name that
// the program doesn't ship, as of a dataset of a newer version, has an empty bank.
func readBank(name, language string) (bank, error) {
	starter, category, _ := strings.Cut(name, "/")
	folder, err := assets.Starter(starter)
	if err != nil {
		return bank{}, nil //nolint:nilerr // an empty bank is what there is
	}
	if folder, err = fs.Sub(folder, language); err != nil {
		return bank{}, err
	}
	var b bank
	if b.messages, err = assets.ReadSections(folder, category+".txt"); err != nil {
		return bank{}, err
	}
	if b.cores, err = assets.ReadSections(folder, "ranks/"+category+".txt"); err != nil {
		return bank{}, err
	}
	if b.slots, err = readSlots(folder); err != nil {
		return bank{}, err
	}
	b.patterns, err = readPatterns(folder, category, b.slots)
	return b, err
}

// fromBank gives the bank's messages in their order, each once.
func fromBank(order []string, m *mess, rng *rand.Rand) source {
	return func() (string, bool) {
		if len(order) == 0 {
			return "", false
		}
		text := order[0]
		order = order[1:]
		return m.lightly(text, rng), true
	}
}

// later is the share of its first core set that a seed leaves for later, so that seeds
// with the same core set differ.
const later = 0.1

// ordered puts the bank's messages in the order in which a seed gives them: first a core
// set, whose messages stand for the whole bank in any number (rank/choose.go), then what
// the other sets add to it, and the rest at random. Of the ways tried (at random, topics
// in turn, facility location, herding, core sets), it did best on messages in the style
// of real users.
func ordered(topics, cores assets.Sections, seed uint64, rng *rand.Rand) []string {
	var texts []string
	for _, topic := range topics {
		texts = append(texts, topic.Lines...)
	}
	left := map[string]string{} // by tag
	for _, text := range texts {
		left[Tag(text)] = text
	}
	order := make([]string, 0, len(texts))
	take := func(tag string) {
		if text, ok := left[tag]; ok {
			order = append(order, text)
			delete(left, tag)
		}
	}
	sets := uint64(len(cores))
	for i := range sets {
		for _, tag := range cores[(seed+i)%sets].Lines {
			if i > 0 || rng.Float64() >= later {
				take(tag)
			}
		}
	}
	for _, text := range shuffled(texts, rng) {
		take(Tag(text))
	}
	return order
}

// Tag names a message of the bank in the files of ranks, whatever else the bank holds.
func Tag(text string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(text)) // a hash never fails
	return fmt.Sprintf("%08x", h.Sum32())
}

func shuffled[T any](list []T, rng *rand.Rand) []T {
	list = append([]T{}, list...)
	rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}
