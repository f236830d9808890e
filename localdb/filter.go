package localdb

import (
	"fmt"
	"reflect"
	"strings"
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

// Column is what a view can be sorted by.
type Column int

// What messages can be sorted by.
const (
	ByID Column = iota
	ByText
	ByCategory // in the order of the categories, unlabelled last
	ByConfidence
	BySource
	ByStatus
	ByFlags
	ByDoubt
)

// Sort is the order of a view. Messages that are equal stand in id order.
type Sort struct {
	By         Column
	Descending bool
}

// everything says whether the filter restricts nothing.
func (f Filter) everything() bool { return reflect.ValueOf(f).IsZero() }

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
