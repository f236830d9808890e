package localdb

import (
	"context"
	"math/bits"

	"seedbed/localdb/rowindex"
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
	err = d.index.use(ctx, func(x *rowindex.Index) {
		counts := x.Facets(filter.ofIndex(categories))
		facets.Total, facets.Sources = counts.Total, counts.Sources
		copy(facets.Statuses[:], counts.Statuses[:])
		for _, c := range append(categories, Category{}) {
			facets.Categories[c.Name] = 0
			if int(c.ID) < len(counts.Categories) {
				facets.Categories[c.Name] = counts.Categories[c.ID]
			}
		}
		for _, flag := range AllFlags {
			facets.Flags[flag] = counts.Flags[bits.TrailingZeros(uint(flag))]
		}
	})
	return facets, err
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
	err = d.index.use(ctx, func(x *rowindex.Index) {
		byID := map[uint16]*Tally{}
		x.Each(func(category uint16, state, flags uint8) {
			t := byID[category]
			if t == nil {
				t = new(Tally)
				byID[category] = t
			}
			t[state&rowindex.StatusBits][state&rowindex.SourceBit/rowindex.SourceBit]++
			counts.Total++
			for ; flags != 0; flags &= flags - 1 {
				counts.Flags[Flag(flags&-flags)]++
			}
		})
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
