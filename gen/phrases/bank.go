package phrases

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"io/fs"
	"math"
	"math/rand/v2"
	"slices"
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

// size is how many messages the bank has.
func (b bank) size() int {
	n := 0
	for _, topic := range b.messages {
		n += len(topic.Lines)
	}
	return n
}

// mostOfBank is the share of the bank in a run, even where the bank is large: a tenth from
// patterns costs no accuracy that could be measured.
const mostOfBank = 0.9

// share is how much of so many messages comes from the bank, the rest from patterns: so
// little that two runs, each with messages drawn at random from the bank, have at most a
// third of their messages in common. Of n messages with a share s of a bank of b, two runs
// have n·s²/b in common on average; a tenth less leaves room for chance.
func (b bank) share(wanted int) float64 {
	if wanted == 0 || len(b.patterns) == 0 {
		return 1
	}
	return min(mostOfBank, 0.9*math.Sqrt(float64(b.size())/float64(3*wanted)))
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

// largeBank is how many times the messages wanted a bank has to hold for its ranks to
// decide what comes first. The useful ones of a smaller bank would come in every run.
const largeBank = 5

// spread is how far a seed moves a message from its place in the core sets, in lengths of a
// set.
const spread = 1.2

// ordered puts the bank's messages in the order in which a seed gives them: those that
// stand near the front of a core set (rank/choose.go) rather early, moved by chance, and so
// each time others. Measured on messages in the style of real
// users, with 640 messages and 12 seeds: 80.7 % with one core set whole, as far as it goes,
// when seeds had up to 521 messages in common; 79.2 % in this way with 210; 76.9 % at
// random with 87. Half of the top ranks at random, and pieces of core sets, came to the
// same accuracy for the same number in common.
func (b bank) ordered(wanted int, rng *rand.Rand) []string {
	rank := map[string]float64{} // by tag: its best place in the core sets, from 0 to 1
	for _, set := range b.cores {
		for at, tag := range set.Lines {
			place := float64(at) / float64(len(set.Lines))
			if best, ok := rank[tag]; !ok || place < best {
				rank[tag] = place
			}
		}
	}
	ranked := b.size() >= largeBank*wanted
	texts := make([]string, 0, b.size())
	place := map[string]float64{}
	for _, topic := range b.messages {
		for _, text := range topic.Lines {
			texts = append(texts, text)
			place[text] = spread * rng.Float64()
			if of, ok := rank[Tag(text)]; ok && ranked {
				place[text] += of
			} else {
				place[text]++
			}
		}
	}
	slices.SortFunc(texts, func(a, b string) int { return cmp.Compare(place[a], place[b]) })
	return texts
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
