// Package jsonitems reads JSON files, however long, one item at a time: the elements of
// an array, the lines of JSON lines, or the elements of lists inside an object.
package jsonitems

import (
	"encoding/json"
	"errors"
	"io"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// Item is one value of a file.
type Item struct {
	Number  int            // its line, or its place in the file, from 1
	Value   any            // as encoding/json has it, numbers as json.Number
	Around  map[string]any // the members of the object that holds the list, as far as they stand before it; nil where none does
	Problem error          // why there is no value
	Text    string         // the line, where there is a problem
}

// Items gives the items of a file one after another.
type Items struct {
	Lines bool                 // each item is a line
	Next  func() (Item, error) // ends with io.EOF
}

// maxItem bounds one item of a JSON file, in bytes: an element of a list, or a whole
// document that is an object.
const maxItem = 64 << 20

// maxDepth bounds how many arrays and objects are inside one another.
const maxDepth = 1000

var errTooDeep = i18n.Error("lists and objects are nested more than 1000 deep")

var errItemTooLarge = i18n.Error("one item is larger than 64 MB; write the file as an array or as JSON lines")

// Open begins to read a JSON file. Of an object it gives the elements of the lists at the
// given paths, such as "messages" or "chats.list.messages", in which arrays are no step
// of their own; without a path, or where none is met, the object itself is the item.
func Open(f *exchange.File, lists ...string) *Items {
	sample := strings.TrimSpace(f.Sample())
	if isLines(sample) {
		return &Items{Lines: true, Next: lines(f)}
	}
	d := newDocument(f.Text(), lists)
	switch {
	case hasAny(Root(f), d.lists):
		return &Items{Next: d.elements}
	case strings.HasPrefix(sample, "["):
		d.arrayItself, d.lists = true, nil
		return &Items{Next: d.elements}
	case len(lists) == 0:
		return &Items{Next: d.values}
	}
	// The lists may stand beyond the beginning of the file.
	return &Items{Next: func() (Item, error) {
		item, err := d.next()
		if errors.Is(err, io.EOF) && d.number == 0 {
			d = newDocument(f.Text(), nil)
			d.next = d.values
			item, err = d.next()
		}
		return item, err
	}}
}

// Inside is Open for lists inside an object alone: a file without them has no items.
func Inside(f *exchange.File, lists ...string) *Items {
	if IsLines(f) {
		return &Items{Next: func() (Item, error) { return Item{}, io.EOF }}
	}
	return &Items{Next: newDocument(f.Text(), lists).elements}
}

// Each gives the items to add until the reading wants no more rows, and rejects those
// that can't be read.
func (i *Items) Each(r *exchange.Reading, add func(Item)) error {
	for !r.Stopped() {
		item, err := i.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case item.Problem != nil:
			r.Reject(item.Number, item.Problem, item.Text)
		default:
			add(item)
		}
	}
	return nil
}

// IsLines tells whether the file is JSON lines: its first line is a whole value, and not
// the only one.
func IsLines(f *exchange.File) bool { return isLines(strings.TrimSpace(f.Sample())) }

func isLines(sample string) bool {
	first, rest, _ := strings.Cut(sample, "\n")
	if rest = strings.TrimSpace(rest); rest == "" || first[0] != '{' && first[0] != '[' || !json.Valid([]byte(first)) {
		return false
	}
	if rest[0] == first[0] {
		return true
	}
	looked := 0 // a line may be broken
	for line := range strings.Lines(rest) {
		if line = strings.TrimSpace(line); line != "" && line[0] == first[0] && json.Valid([]byte(line)) {
			return true
		}
		if looked++; looked == 20 {
			break
		}
	}
	return false
}

// lines gives a value a line.
func lines(f *exchange.File) func() (Item, error) {
	in := exchange.NewLines(f.Text())
	return func() (Item, error) {
		for {
			line, err := in.Next()
			if err != nil {
				return Item{}, err
			}
			text := strings.TrimSpace(line.Text)
			if text == "" {
				continue
			}
			item := Item{Number: line.Number, Problem: line.Problem, Text: text}
			if item.Problem == nil {
				decoder := json.NewDecoder(strings.NewReader(text))
				decoder.UseNumber()
				if err := decoder.Decode(&item.Value); err != nil {
					item.Problem = i18n.Error("it is not JSON: {{.Cause}}", i18n.Values{"Cause": err})
				}
			}
			return item, nil
		}
	}
}
