package phrases

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"math"
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
func fromBank(order []string, typed typing) source {
	return func() (string, bool) {
		if len(order) == 0 {
			return "", false
		}
		text := order[0]
		order = order[1:]
		return typed(text), true
	}
}

// share is how much of so many messages comes from the bank, the rest from patterns: so
// little that two runs, each with messages drawn at random from the bank, have at most a
// third of their messages in common. Of n messages with a share s of a bank of b, two runs
// share n·s²/b on average; a tenth less leaves room for chance.
func (b bank) share(wanted int) float64 {
	size := 0
	for _, topic := range b.messages {
		size += len(topic.Lines)
	}
	if wanted == 0 || len(b.patterns) == 0 {
		return 1
	}
	return min(1, 0.9*math.Sqrt(float64(size)/float64(3*wanted)))
}

// mixed takes a share of its messages from one source and the rest from another, and all
// from the one that has some left at the end.
func mixed(one, other source, share float64) source {
	given, ofOne := 0, 0
	return func() (string, bool) {
		first, second := one, other
		ones := float64(ofOne) < share*float64(given+1)
		if !ones {
			first, second = other, one
		}
		given++
		text, ok := first()
		if !ok {
			ones = !ones
			text, ok = second()
		}
		if ones {
			ofOne++
		}
		return text, ok
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
