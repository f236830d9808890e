package localdb

import (
	"context"
	"fmt"
	"math/bits"
	"reflect"
	"slices"
	"strings"

	"seedbed/localdb/rowindex"
)

// Filter picks messages. An empty field restricts nothing; the fields that are set
// must all hold.
type Filter struct {
	Search        string   // a part of the text or of the note; upper and lower case are the same
	Categories    []string // any of these
	Uncategorised bool     // messages without a label; beside Categories, these too
	Statuses      []Status // any of these
	Sources       []Source // any of these
	Flags         Flag     // any of these
	Tags          []string // any of these
	Noted         bool     // messages with a note
	IDs           []int64  // any of these; nil for all, empty for none
	Queue         Queue
}

// Queue is an order of work for the reviewer.
type Queue struct {
	Kind        QueueKind
	PerCategory int    // SampleOfEach: how many of each category
	Seed        uint64 // SampleOfEach: the same seed draws the same sample
}

// QueueKind is a kind of queue.
type QueueKind int

// The kinds of queue.
const (
	NoQueue       QueueKind = iota
	MostUncertain           // messages to review, the most uncertain first
	SampleOfEach            // a random sample of each category, of any status, in category order
	AsGiven                 // the filter's IDs, in their order
)

// Column is what a view can be sorted by.
type Column = rowindex.Column

// Sort is the order of a view.
type Sort = rowindex.Sort

// The columns of a Sort. Messages without a label come last by category, confidence and
// uncertainty, those without a note or tags by these.
const (
	ByID          = rowindex.ByID
	ByText        = rowindex.ByText
	ByCategory    = rowindex.ByCategory // in the order of the categories
	ByConfidence  = rowindex.ByConfidence
	BySource      = rowindex.BySource
	ByStatus      = rowindex.ByStatus
	ByFlags       = rowindex.ByFlags
	ByUncertainty = rowindex.ByUncertainty
	ByNote        = rowindex.ByNote
	ByTags        = rowindex.ByTags
)

// everything reports whether the filter restricts nothing.
func (f Filter) everything() bool { return reflect.ValueOf(f).IsZero() }

// ofIndex is the filter with the ids of categories, as the index takes it.
func (f Filter) ofIndex(categories []Category) rowindex.Filter {
	r := rowindex.Filter{Search: f.Search, Flags: uint8(f.Flags), IDs: f.IDs, Tags: f.Tags, Noted: f.Noted}
	if len(f.Categories) > 0 || f.Uncategorised {
		r.Categories = []uint16{}
		for _, c := range categories {
			if slices.Contains(f.Categories, c.Name) {
				r.Categories = append(r.Categories, uint16(c.ID))
			}
		}
		if f.Uncategorised {
			r.Categories = append(r.Categories, 0)
		}
	}
	for _, s := range f.Statuses {
		r.Statuses = append(r.Statuses, int(s))
	}
	for _, s := range f.Sources {
		r.Sources = append(r.Sources, int(s))
	}
	if f.Queue.Kind == MostUncertain {
		toReview := len(f.Statuses) == 0 || slices.Contains(f.Statuses, ToReview)
		if r.Statuses = []int{}; toReview {
			r.Statuses = append(r.Statuses, int(ToReview))
		}
	}
	return r
}

// where is the filter as a WHERE clause over messages m, but for Search and Queue.
func (f Filter) where() (string, []any) {
	where := []string{"m.deleted = 0"}
	var args []any
	add := func(clause, list string) {
		where = append(where, fmt.Sprintf(clause, "(SELECT value FROM json_each(?))"))
		args = append(args, list)
	}
	switch {
	case len(f.Categories) > 0 && f.Uncategorised:
		add("(m.category IS NULL OR c.name IN %s)", jsonOf(f.Categories))
	case len(f.Categories) > 0:
		add("c.name IN %s", jsonOf(f.Categories))
	case f.Uncategorised:
		where = append(where, "m.category IS NULL")
	}
	if len(f.Statuses) > 0 {
		add("m.status IN %s", jsonOf(f.Statuses))
	}
	if len(f.Sources) > 0 {
		add("m.source IN %s", jsonOf(f.Sources))
	}
	if f.Flags != 0 {
		where = append(where, "m.flags & ? <> 0")
		args = append(args, int(f.Flags))
	}
	if len(f.Tags) > 0 {
		add("EXISTS (SELECT 1 FROM %s AS t WHERE instr(',' || m.tags || ',', ',' || t.value || ',') > 0)", jsonOf(f.Tags))
	}
	if f.Noted {
		where = append(where, "m.note <> ''")
	}
	if f.IDs != nil {
		add("m.id IN %s", jsonOf(f.IDs))
	}
	return "WHERE " + strings.Join(where, " AND "), args
}

// Facets are the counts beside the choices of a filter. Each is the number of
// messages there would be with this choice instead of the present one in its
// facet, with the rest of the filter unchanged.
type Facets struct {
	Total      int // what matches the whole filter
	Categories map[string]int
	Statuses   [3]int // by Status
	Sources    [2]int // by Source
	Flags      map[Flag]int
	// Confidences reports whether what matches the whole filter differs in its confidence.
	Confidences bool
	Tags        map[string]int // tags that no message of the filter has are missing
	Noted       int            // with a note
}

// Facets counts the messages under a filter. Unlabelled messages count as the
// category "". A queue is ignored, but for what is still to review.
func (d *Dataset) Facets(ctx context.Context, filter Filter) (Facets, error) {
	categories, err := d.Categories(ctx)
	if err != nil {
		return Facets{}, err
	}
	facets := Facets{Categories: map[string]int{}, Flags: map[Flag]int{}, Tags: map[string]int{}}
	err = d.index.use(ctx, func(x *rowindex.Index) {
		counts := x.Facets(filter.ofIndex(categories))
		facets.Total, facets.Sources = counts.Total, counts.Sources
		facets.Noted = counts.Noted
		for tags, n := range counts.Tags {
			for _, tag := range Tags(tags).List() {
				facets.Tags[tag] += n
			}
		}
		copy(facets.Statuses[:], counts.Statuses[:])
		facets.Confidences = counts.Least < counts.Most
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

// Counts are a dataset's numbers of messages.
type Counts struct {
	Total      int
	ByCategory map[string]Tally // unlabelled messages under ""
	Flags      map[Flag]int
}

// Kept is how many messages are not rejected.
func (c Counts) Kept() int { return c.Total - c.All().Status(Rejected) }

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
