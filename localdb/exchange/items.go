package exchange

import (
	"cmp"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"seedbed/assets/i18n"
)

// item is one value of a file that holds nested ones.
type item struct {
	number  int // its line, or its place in the file, from 1
	value   any
	problem error // why there is no value
	text    string
}

// itemRecords makes a table of items. The columns are the names met in the
// first items, up to sampleItems records.
type itemRecords struct {
	items  func() (item, error) // ends with io.EOF
	lines  bool                 // items have lines; otherwise the records are counted
	count  int
	opener flattener
	header []string
	queue  []namedRecord
	err    error // of items, given once the queue is empty
}

type namedRecord struct {
	line  int
	cells []cell
	item  item // which it is of; with a problem, there are no cells
}

const sampleItems = 1000

// newItemRecords reads the first items.
func newItemRecords(items func() (item, error), lines bool) *itemRecords {
	t := &itemRecords{items: items, lines: lines}
	for len(t.queue) < sampleItems && t.err == nil {
		t.more()
	}
	seen := map[string]bool{}
	for _, r := range t.queue {
		for _, c := range r.cells {
			if !seen[c.name] {
				seen[c.name] = true
				t.header = append(t.header, c.name)
			}
		}
	}
	slices.SortStableFunc(t.header, func(a, b string) int { return cmp.Compare(place(a), place(b)) })
	return t
}

// place puts the columns that we know before those that we do not.
func place(name string) int { return slices.Index(Fields, fieldOf(name)) }

// more puts the records of the next item into the queue.
func (t *itemRecords) more() {
	next, err := t.items()
	if err != nil {
		t.err = err
		return
	}
	t.opener.records = nil
	if next.problem == nil {
		t.opener.walk(next.value, nil, 0)
		if len(t.opener.records) == 0 {
			next.problem = i18n.Error("it holds no text")
		}
	}
	if next.problem != nil {
		t.opener.records = [][]cell{nil}
	}
	for _, cells := range t.opener.records {
		t.count++
		r := namedRecord{line: t.count, cells: cells, item: next}
		if t.lines {
			r.line = next.number
		}
		t.queue = append(t.queue, r)
	}
}

// sample gives the first records, for the choice of columns.
func (t *itemRecords) sample() (records [][]string) {
	for _, r := range t.queue {
		if r.item.problem == nil {
			records = append(records, t.fields(r.cells))
		}
	}
	return records
}

func (t *itemRecords) fields(cells []cell) []string {
	fields := make([]string, len(t.header))
	for i, name := range t.header {
		for _, c := range cells {
			if c.name == name {
				fields[i] = c.value
				break
			}
		}
	}
	return fields
}

func (t *itemRecords) next() (record, error) {
	for len(t.queue) == 0 {
		if t.err != nil {
			return record{}, t.err
		}
		t.more()
	}
	r := t.queue[0]
	t.queue = t.queue[1:]
	return record{line: r.line, fields: t.fields(r.cells), problem: r.item.problem, text: r.item.text}, nil
}

// reading makes a reading of the items.
func (t *itemRecords) reading(o Options, f Facts, labels map[string][]string) (*Reading, error) {
	records := t.sample()
	if len(records) == 0 && (t.err == nil || errors.Is(t.err, io.EOF)) && len(t.queue) == 0 {
		return nil, ErrEmpty
	}
	columns, err := chooseColumns(t.header, records, o.Columns)
	if err != nil && len(records) > 0 { // without any, the items will tell why
		return nil, err
	}
	columns.noHeader = true
	f.Columns = columns.columnOf
	return newReading(o, f, func(r *Reading, yield func(Row) bool) error {
		return r.table(columns, t.next, func(row Row) bool {
			row.Category = named(row.Category, labels[columns.name(Category)])
			return yield(row)
		})
	}), nil
}

// named gives the name of a category that is kept as its place in a list.
func named(category string, labels []string) string {
	if i, err := strconv.Atoi(strings.TrimSpace(category)); err == nil && i >= 0 && i < len(labels) {
		return labels[i]
	}
	return category
}
