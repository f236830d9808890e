package localdb

import (
	"context"
	"math/bits"
	"sync"
)

// Facets are the numbers beside the choices of a filter. Each number says how many
// messages there would be with this choice instead of what is chosen in its own
// facet, under the rest of the filter.
type Facets struct {
	Total      int // what matches the whole filter
	Categories map[string]int
	Statuses   [3]int // by Status
	Sources    [2]int // by Source
	Flags      map[Flag]int
}

// Facets counts the messages under a filter. Unlabelled messages count as the
// category "". A queue is ignored, but for what is still to review.
func (d *Dataset) Facets(ctx context.Context, filter Filter) (Facets, error) {
	categories, err := d.Categories(ctx)
	if err != nil {
		return Facets{}, err
	}
	facets := Facets{Categories: map[string]int{}, Flags: map[Flag]int{}}
	err = d.live.use(ctx, func(x *index) {
		t := x.tally(x.matcher(filter, categories))
		facets.Total, facets.Statuses, facets.Sources = t.total, t.status, t.source
		facets.Categories[""] = t.category[0]
		for _, c := range categories {
			facets.Categories[c.Name] = t.category[c.ID]
		}
		for _, flag := range AllFlags {
			facets.Flags[flag] = t.flags[bits.TrailingZeros(uint(flag))]
		}
	})
	return facets, err
}

type tally struct {
	total    int
	category []int // by id
	status   [3]int
	source   [2]int
	flags    [8]int // by bit
}

// tally counts each row in all facets where it passes, and a row that only one facet
// keeps out in that one.
func (x *index) tally(m *matcher) tally {
	sum := tally{category: make([]int, len(m.category))}
	var summing sync.Mutex
	x.eachBlock(func(number int) {
		t := tally{category: make([]int, len(m.category))}
		var set [blockRows / 64]uint64
		m.candidates(x, number, set[:])
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

func (t *tally) count(x *index, place int, wrong misses) {
	if wrong == 0 {
		t.total++
	}
	if category := int(x.category[place]); wrong&^wrongCategory == 0 && category < len(t.category) {
		t.category[category]++
	}
	if wrong&^wrongStatus == 0 {
		t.status[x.state[place]&statusBits]++
	}
	if wrong&^wrongSource == 0 {
		t.source[x.state[place]&realBit/realBit]++
	}
	if wrong&^wrongFlags == 0 {
		for flags := x.flags[place]; flags != 0; flags &= flags - 1 {
			t.flags[bits.TrailingZeros8(flags)]++
		}
	}
}

func (t *tally) add(o tally) {
	t.total += o.total
	for i, n := range o.category {
		t.category[i] += n
	}
	for i, n := range o.status {
		t.status[i] += n
	}
	for i, n := range o.source {
		t.source[i] += n
	}
	for i, n := range o.flags {
		t.flags[i] += n
	}
}

// Counts is what a dataset holds.
type Counts struct {
	Total      int
	ByCategory map[string]Tally // unlabelled messages under ""
	Flags      map[Flag]int
}

// Tally counts messages by Status and Source.
type Tally [3][2]int

// Total is all of them.
func (t Tally) Total() int { return t.Source(Synthetic) + t.Source(Real) }

// Status is those with this status.
func (t Tally) Status(s Status) int { return t[s][Synthetic] + t[s][Real] }

// Source is those from this source.
func (t Tally) Source(s Source) int { return t[ToReview][s] + t[Accepted][s] + t[Rejected][s] }

// All is the whole dataset by status and source.
func (c Counts) All() Tally {
	var all Tally
	for _, t := range c.ByCategory {
		for status := range t {
			for source, n := range t[status] {
				all[status][source] += n
			}
		}
	}
	return all
}

// Counts counts all messages. Every category that isn't archived has its tally.
func (d *Dataset) Counts(ctx context.Context) (Counts, error) {
	categories, err := d.Categories(ctx)
	if err != nil {
		return Counts{}, err
	}
	counts := Counts{ByCategory: map[string]Tally{}, Flags: map[Flag]int{}}
	err = d.live.use(ctx, func(x *index) {
		byID := map[uint16]*Tally{}
		for place, state := range x.state {
			if state&deletedBit != 0 {
				continue
			}
			t := byID[x.category[place]]
			if t == nil {
				t = new(Tally)
				byID[x.category[place]] = t
			}
			t[state&statusBits][state&realBit/realBit]++
			counts.Total++
			for flags := x.flags[place]; flags != 0; flags &= flags - 1 {
				counts.Flags[Flag(flags&-flags)]++
			}
		}
		for _, c := range append(categories, Category{}) {
			if t := byID[uint16(c.ID)]; t != nil {
				counts.ByCategory[c.Name] = *t
			} else if !c.Archived && c.Name != "" {
				counts.ByCategory[c.Name] = Tally{}
			}
		}
	})
	return counts, err
}
