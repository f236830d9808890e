package localdb

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"seedbed/localdb/rowindex"
)

// Filter picks messages. An empty field restricts nothing; the fields that are set
// must all hold.
type Filter struct {
	Search        string   // a part of the text; upper and lower case are the same
	Categories    []string // any of these
	Uncategorised bool     // messages without a label; beside Categories, these too
	Statuses      []Status // any of these
	Sources       []Source // any of these
	Flags         Flag     // any of these
	IDs           []int64  // any of these; nil for all, empty for none
	Queue         Queue
}

// Queue is an order of work for the reviewer.
type Queue struct {
	Kind        QueueKind
	PerCategory int    // SampleOfEach: how many of each category
	Seed        uint64 // SampleOfEach: the same seed draws the same sample
}

// QueueKind tells the queues apart.
type QueueKind int

// What a queue can be.
const (
	NoQueue      QueueKind = iota
	MostDoubtful           // what is still to review, the most doubtful first
	SampleOfEach           // a random few of each category, whatever their status, category after category
	AsGiven                // the filter's IDs, in their order
)

// Column is what a view can be sorted by; Sort is its order.
type (
	Column = rowindex.Column
	Sort   = rowindex.Sort
)

// The columns of a Sort. Messages without a label come last by category, confidence and
// uncertainty.
const (
	ByID          = rowindex.ByID
	ByText        = rowindex.ByText
	ByCategory    = rowindex.ByCategory // in the order of the categories
	ByConfidence  = rowindex.ByConfidence
	BySource      = rowindex.BySource
	ByStatus      = rowindex.ByStatus
	ByFlags       = rowindex.ByFlags
	ByUncertainty = rowindex.ByUncertainty
)

// everything says whether the filter restricts nothing.
func (f Filter) everything() bool { return reflect.ValueOf(f).IsZero() }

// ofIndex is the filter with the ids of categories, as the index takes it.
func (f Filter) ofIndex(categories []Category) rowindex.Filter {
	r := rowindex.Filter{Search: f.Search, Flags: uint8(f.Flags), IDs: f.IDs}
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
	if f.Queue.Kind == MostDoubtful {
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
	if f.IDs != nil {
		add("m.id IN %s", jsonOf(f.IDs))
	}
	return "WHERE " + strings.Join(where, " AND "), args
}
