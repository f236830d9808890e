package rowindex

import (
	"math/bits"
	"sync"
)

// FacetCounts are the counts beside the choices of a filter: how many rows match the
// filter with this choice in place of what its own field has.
type FacetCounts struct {
	Total      int   // of the whole filter
	Categories []int // by id; ids that no row has may be missing
	Statuses   [4]int
	Sources    [2]int
	Flags      [8]int         // by bit
	Noted      int            // with NoteBit
	Tags       map[string]int // by all tags of a row, as Row has them
}

// Facets counts each row that matches in all facets, and a row that a single field
// excludes in that field's facet.
func (x *Index) Facets(f Filter) FacetCounts {
	m := x.matcher(f)
	sum := FacetCounts{Categories: make([]int, len(m.category)), Tags: map[string]int{}}
	var summing sync.Mutex
	x.eachBlock(func(number int) {
		t := FacetCounts{Categories: make([]int, len(m.category))}
		var words [blockRows / 64]uint64
		set := bitSet(words[:])
		m.candidates(x, number, set)
		for word, rows := range set {
			for ; rows != 0; rows &= rows - 1 {
				place := number*blockRows + word*64 + bits.TrailingZeros64(rows)
				t.count(x, place, m.misses(x, place))
			}
		}
		summing.Lock()
		defer summing.Unlock()
		sum.add(t)
	})
	return sum
}

func (t *FacetCounts) count(x *Index, place int, wrong misses) {
	if wrong == 0 {
		t.Total++
	}
	if wrong&^wrongCategory == 0 {
		t.Categories[x.category[place]]++
	}
	if wrong&^wrongStatus == 0 {
		t.Statuses[x.state[place]&StatusBits]++
	}
	if wrong&^wrongSource == 0 {
		t.Sources[x.state[place]&SourceBit/SourceBit]++
	}
	if wrong&^wrongFlags == 0 {
		for flags := x.flags[place]; flags != 0; flags &= flags - 1 {
			t.Flags[bits.TrailingZeros8(flags)]++
		}
	}
	if wrong&^wrongTags == 0 {
		if x.state[place]&NoteBit != 0 {
			t.Noted++
		}
		if tags := x.tags.sets[x.tags.at(place)]; tags != "" {
			if t.Tags == nil {
				t.Tags = map[string]int{}
			}
			t.Tags[tags]++
		}
	}
}

func (t *FacetCounts) add(o FacetCounts) {
	t.Total += o.Total
	t.Noted += o.Noted
	for tags, n := range o.Tags {
		t.Tags[tags] += n
	}
	for i, n := range o.Categories {
		t.Categories[i] += n
	}
	for i, n := range o.Statuses {
		t.Statuses[i] += n
	}
	for i, n := range o.Sources {
		t.Sources[i] += n
	}
	for i, n := range o.Flags {
		t.Flags[i] += n
	}
}

// Each calls do with every row that isn't deleted: its category's id, its state and its
// flags.
func (x *Index) Each(do func(category uint16, state, flags uint8)) {
	for place, state := range x.state {
		if state&DeletedBit == 0 {
			do(x.category[place], state, x.flags[place])
		}
	}
}
