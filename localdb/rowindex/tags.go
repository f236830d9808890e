package rowindex

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
)

// tagSets holds the tags of rows. Few combinations of tags come up, and most rows have none,
// so each row has the number of its combination, and that only up to the last row with tags.
type tagSets struct {
	sets    []string // combinations, the first of which is none
	numbers map[string]uint32
	of      []uint32 // by place
	ranks   []uint32 // by number, the place of each in alphabetical order; see order
}

func newTagSets() tagSets { return tagSets{sets: []string{""}, numbers: map[string]uint32{"": 0}} }

// set sets the tags of a place.
func (t *tagSets) set(place int, tags string) {
	if tags == "" && place >= len(t.of) {
		return
	}
	number, known := t.numbers[tags]
	if !known {
		number = uint32(len(t.sets))
		t.sets = append(t.sets, tags)
		t.numbers[tags] = number
	}
	if missing := place + 1 - len(t.of); missing > 0 {
		t.of = append(t.of, make([]uint32, missing)...)
	}
	t.of[place] = number
}

// at is the number of a place's combination.
func (t *tagSets) at(place int) uint32 {
	if place >= len(t.of) {
		return 0
	}
	return t.of[place]
}

// order ranks the combinations that there are now.
func (t *tagSets) order() {
	if len(t.ranks) == len(t.sets) {
		return
	}
	numbers := slices.SortedFunc(maps.Values(t.numbers), func(a, b uint32) int { return cmp.Compare(t.sets[a], t.sets[b]) })
	t.ranks = make([]uint32, len(numbers))
	for rank, number := range numbers {
		t.ranks[number] = uint32(rank)
	}
	t.ranks[0] = math.MaxUint32 // no tags
}

// rank is what a place sorts by.
func (t *tagSets) rank(place int) uint32 { return t.ranks[t.at(place)] }

// matching tells of each combination whether it has any of these tags; nil for no tags.
func (t *tagSets) matching(tags []string) []bool {
	if len(tags) == 0 {
		return nil
	}
	match := make([]bool, len(t.sets))
	for number, set := range t.sets {
		match[number] = slices.ContainsFunc(strings.Split(set, ","), func(tag string) bool { return tag != "" && slices.Contains(tags, tag) })
	}
	return match
}
