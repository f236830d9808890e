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
	cores    assets.Sections // core sets by the tags of their messages, the same place in each for messages that stand for each other
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

// size is how many messages the bank has.
func (b bank) size() int {
	n := 0
	for _, topic := range b.messages {
		n += len(topic.Lines)
	}
	return n
}

// mostOfBank is the share of the bank in a run, even where the bank is large: a fifth from
// patterns costs less accuracy than to take the first of a group less often would.
const mostOfBank = 0.8

// share is how much of so many messages comes from the bank, the rest from patterns: so
// little that two runs, each with messages drawn at random from the bank, have at most a
// third of their messages in common. Of n messages with a share s of a bank of b, two runs
// have n·s²/b in common on average; a sixth less leaves room for chance and for what the
// patterns have in common. That core sets
// come first adds some: see leading.
func (b bank) share(wanted int) float64 {
	if wanted == 0 || len(b.patterns) == 0 {
		return 1
	}
	return min(mostOfBank, 0.85*math.Sqrt(float64(b.size())/float64(3*wanted)))
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

// leading is how often a seed takes the first of the messages that stand for each other.
// Coaching's 640, on messages in the style of real users, on average over 12 seeds: 80.0 %,
// with mostOfBank, and 28 % in common between two seeds, at most a third. Half of the time
// and nine tenths from the bank: 80.4 % with 34 %; 0.38 and 0.85: 79.6 % with 28 %; the
// first always, 81.4 % with 90 %; at random, 76.3 % with 10 %. Four or five that stand for
// each other came to less accuracy for the same number in common.
const leading = 0.42

// ordered puts the bank's messages in the order in which a seed gives them: one of each
// group of the core sets (rank/choose.go), then all others at random.
func (b bank) ordered(rng *rand.Rand) []string {
	tagged := make(map[string]string, b.size())
	for _, topic := range b.messages {
		for _, text := range topic.Lines {
			tagged[Tag(text)] = text
		}
	}
	texts := make([]string, 0, b.size())
	taken := map[string]bool{}
	for _, group := range b.groups() {
		at := 0
		if len(group) > 1 && rng.Float64() >= leading {
			at = 1 + rng.IntN(len(group)-1)
		}
		if text, ok := tagged[group[at]]; ok {
			texts = append(texts, text)
			taken[text] = true
		}
	}
	var rest []string
	for _, topic := range b.messages {
		for _, text := range topic.Lines {
			if !taken[text] {
				rest = append(rest, text)
			}
		}
	}
	return append(texts, shuffled(rest, rng)...)
}

// groups are the tags of messages that stand for each other: those at the same place of
// all core sets.
func (b bank) groups() [][]string {
	var groups [][]string
	for _, set := range b.cores {
		for at, tag := range set.Lines {
			if at == len(groups) {
				groups = append(groups, nil)
			}
			groups[at] = append(groups[at], tag)
		}
	}
	return groups
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
