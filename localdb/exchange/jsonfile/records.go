package jsonfile

import (
	"cmp"
	"errors"
	"io"
	"slices"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/columns"
	"seedbed/localdb/exchange/jsonitems"
)

// itemRecords makes a table of items. The columns are the names met in the
// first items, up to sampleItems records.
type itemRecords struct {
	items   *jsonitems.Items
	count   int
	opener  flattener
	header  []string
	columns *columns.Columns          // nil until they are chosen
	chosen  map[string]exchange.Field // by a person
	queue   []namedRecord
	err     error // of items, given once the queue is empty
}

type namedRecord struct {
	line  int
	cells []cell
	item  jsonitems.Item // which it is of; with a problem, there are no cells
}

const sampleItems = 1000

// newItemRecords reads the first items.
func newItemRecords(items *jsonitems.Items) *itemRecords {
	t := &itemRecords{items: items}
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
func place(name string) int { return slices.Index(exchange.Fields, columns.FieldOf(name)) }

// more puts the records of the next item into the queue.
func (t *itemRecords) more() {
	next, err := t.items.Next()
	if err != nil {
		t.err = err
		return
	}
	if dumpHeader(next.Value) {
		return
	}
	t.opener.records = nil
	if next.Problem == nil {
		t.opener.walk(next.Value, nil, 0)
		if len(t.opener.records) == 0 && t.opener.names != nil && t.count == 0 {
			return // the names of the columns
		}
		if len(t.opener.records) == 0 {
			next.Problem = i18n.Error("it holds no text")
		}
	}
	if next.Problem != nil {
		t.opener.records = [][]cell{nil}
	}
	for _, cells := range t.opener.records {
		t.count++
		r := namedRecord{line: t.count, cells: cells, item: next}
		if t.items.Lines {
			r.line = next.Number
		}
		t.queue = append(t.queue, r)
	}
}

// dumpHeader is true of what phpMyAdmin writes of itself and of the database before the tables.
func dumpHeader(item any) bool {
	switch jsonitems.Text(item, "type") {
	case "header":
		return jsonitems.Has(item, "version", "comment")
	case "database":
		return jsonitems.Has(item, "name") && !jsonitems.Has(item, "data")
	}
	return false
}

// sample gives the first records, for the choice of columns.
func (t *itemRecords) sample() (records [][]string) {
	for _, r := range t.queue {
		if r.item.Problem == nil {
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
	if t.columns != nil {
		t.fallBack(fields, cells)
	}
	return fields
}

// fallBack finds the message and the category of a record that is of another shape than
// most, by the names that it has itself.
func (t *itemRecords) fallBack(fields []string, cells []cell) {
	for _, field := range []exchange.Field{exchange.Message, exchange.Category, exchange.Role, exchange.Conversation, exchange.Time} {
		at := t.columns.At(field)
		if at < 0 || t.chosen[t.header[at]] == field && field != exchange.Ignore || slices.ContainsFunc(cells, func(c cell) bool { return c.name == t.header[at] }) {
			continue
		}
		for _, c := range cells {
			if columns.FieldOf(c.name) == field && t.chosen[c.name] == exchange.Ignore {
				fields[at] = c.value
				break
			}
		}
	}
}

func (t *itemRecords) next() (columns.Record, error) {
	for len(t.queue) == 0 {
		if t.err != nil {
			return columns.Record{}, t.err
		}
		t.more()
	}
	r := t.queue[0]
	t.queue = t.queue[1:]
	return columns.Record{Line: r.line, Fields: t.fields(r.cells), Problem: r.item.Problem, Text: r.item.Text}, nil
}

// messages tells whether a column without a known name holds messages: it has several, and
// they are more than one word. A file of settings has one record.
func messages(records [][]string, column int) bool {
	words := func(r rune) bool { return r == ' ' || r >= 0x2E80 } // no spaces in Chinese and Japanese
	return len(records) > 1 && slices.ContainsFunc(records, func(r []string) bool {
		return strings.ContainsFunc(strings.TrimSpace(r[column]), words)
	})
}

// Read makes rows of the items that open gives from the first on. labels has the names of
// categories that are kept as their places in a list, by column.
func Read(open func() *jsonitems.Items, o exchange.Options, f exchange.Facts, labels map[string][]string) (*exchange.Reading, error) {
	t := newItemRecords(open())
	records := t.sample()
	if len(records) == 0 && (t.err == nil || errors.Is(t.err, io.EOF)) && len(t.queue) == 0 {
		return nil, exchange.ErrEmpty
	}
	if len(records) > 0 && len(o.Columns) == 0 && !slices.ContainsFunc(t.header, func(name string) bool {
		f := columns.FieldOf(name)
		return f != exchange.Category && f != exchange.Confidence
	}) && slices.ContainsFunc(t.header, func(name string) bool { return columns.FieldOf(name) == exchange.Confidence }) {
		return nil, errPredictions
	}
	c, err := columns.Choose(t.header, records, o.Columns)
	if err != nil && len(records) > 0 { // without any, the items will tell why
		return nil, err
	}
	if at := c.At(exchange.Message); at >= 0 && len(o.Columns) == 0 && t.err != nil && columns.FieldOf(t.header[at]) != exchange.Message && !messages(records, at) {
		return nil, columns.ErrNoMessages
	}
	c.NoHeader = true
	t.columns, t.chosen = c, o.Columns
	f.Columns = c.List
	if c.Labels = columns.LabelsOf(labels, c.NameOf(exchange.Category)); c.Labels == nil {
		c.Labels = columns.LabelsOf(o.Labels, c.NameOf(exchange.Category))
	}
	return exchange.NewReading(o, f, func(r *exchange.Reading) error {
		if c.Threaded() {
			again := newItemRecords(open())
			again.header, again.columns, again.chosen = t.header, t.columns, t.chosen
			if err := c.Link(again.next); err != nil {
				return r.BrokenOff(err)
			}
		}
		return c.Read(r, false, t.next)
	}), nil
}
