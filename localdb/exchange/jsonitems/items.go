// Package jsonitems reads JSON files, however long, one item at a time: the elements of
// an array, the lines of JSON lines, or the elements of lists inside an object.
package jsonitems

import (
	"encoding/json"
	"errors"
	"io"
	"slices"
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
	rest = strings.TrimSpace(rest)
	return rest != "" && (rest[0] == '{' || rest[0] == '[') && first != "" && first[0] == rest[0] && json.Valid([]byte(first))
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

// document walks through a JSON text.
type document struct {
	leash   exchange.Leash
	decoder *json.Decoder
	lists   [][]string
	number  int
	next    func() (Item, error)

	arrayItself bool // the elements of the outermost array are the items
	open        []level
}

// level is an array or object that the walk is inside of.
type level struct {
	object bool
	key    string         // of the member that is read, or of the array
	around map[string]any // of an object: its members so far
	items  bool           // of an array: its elements are items
}

func newDocument(r io.Reader, lists []string) *document {
	d := &document{leash: exchange.Leash{R: r, Left: maxItem, TooLong: errItemTooLarge}}
	for _, list := range lists {
		d.lists = append(d.lists, strings.Split(list, "."))
	}
	d.decoder = json.NewDecoder(&d.leash)
	d.decoder.UseNumber()
	d.next = d.elements
	return d
}

// values gives the values that follow one another in a file.
func (d *document) values() (Item, error) {
	var value any
	err := d.decoder.Decode(&value)
	return d.item(value, nil, err)
}

func (d *document) item(value any, around map[string]any, err error) (Item, error) {
	switch {
	case errors.Is(err, io.EOF):
		return Item{}, io.EOF
	case err != nil:
		return Item{}, i18n.Error("the JSON is broken or cut off after item {{.N}}: {{.Cause}}", i18n.Values{"N": d.number, "Cause": err})
	}
	d.leash.Left = maxItem
	d.number++
	return Item{Number: d.number, Value: value, Around: around}, nil
}

// elements gives the elements of the lists.
func (d *document) elements() (Item, error) {
	for {
		if n := len(d.open); n > 0 && d.open[n-1].items && d.decoder.More() {
			var value any
			err := noEnd(d.decoder.Decode(&value))
			return d.item(value, d.around(), err)
		}
		err := d.step()
		if err != nil {
			return d.item(nil, nil, err)
		}
	}
}

// around is the innermost object that is open.
func (d *document) around() map[string]any {
	for i := len(d.open) - 1; i >= 0; i-- {
		if d.open[i].object {
			return d.open[i].around
		}
	}
	return nil
}

// step goes one token on, or past a value that no item is in.
func (d *document) step() error {
	n := len(d.open)
	if n > maxDepth {
		return errTooDeep
	}
	if n > 0 && !d.decoder.More() { // the end of an array or object
		d.open = d.open[:n-1]
		_, err := d.decoder.Token()
		return noEnd(err)
	}
	if n > 0 && d.open[n-1].object {
		key, err := d.decoder.Token()
		if err != nil {
			return noEnd(err)
		}
		d.open[n-1].key, _ = key.(string)
	}
	way := d.way()
	if n > 0 && !d.leads(way) {
		return d.pass(&d.open[n-1], n)
	}
	token, err := d.decoder.Token()
	if n > 0 {
		err = noEnd(err)
	}
	if err != nil {
		return err
	}
	switch token {
	case json.Delim('['):
		d.open = append(d.open, level{items: d.isList(way) || n == 0 && d.arrayItself})
	case json.Delim('{'):
		d.open = append(d.open, level{object: true, around: map[string]any{}})
		d.leash.Left = maxItem
	}
	return nil
}

// pass goes past a value that no item is in. Of an object's members it keeps those that
// are no arrays.
func (d *document) pass(in *level, depth int) error {
	if depth > maxDepth {
		return errTooDeep
	}
	token, err := d.decoder.Token()
	if err != nil {
		return noEnd(err)
	}
	switch token {
	case json.Delim('['):
		return d.skip()
	case json.Delim('{'):
		inner := level{object: true, around: map[string]any{}}
		for d.decoder.More() {
			key, err := d.decoder.Token()
			if err != nil {
				return noEnd(err)
			}
			inner.key, _ = key.(string)
			if err := d.pass(&inner, depth+1); err != nil {
				return err
			}
		}
		if _, err := d.decoder.Token(); err != nil {
			return noEnd(err)
		}
		in.keep(inner.around)
		return nil
	}
	in.keep(token)
	return nil
}

// skip goes behind the end of the array that the walk is in.
func (d *document) skip() error {
	for depth := 1; depth > 0; {
		token, err := d.decoder.Token()
		if err != nil {
			return noEnd(err)
		}
		switch token {
		case json.Delim('['), json.Delim('{'):
			depth++
		case json.Delim(']'), json.Delim('}'):
			depth--
		}
		d.leash.Left = maxItem
	}
	return nil
}

func (l *level) keep(value any) {
	if l.object {
		l.around[l.key] = value
	}
}

// way is the path of keys to where the walk is.
func (d *document) way() (way []string) {
	for _, l := range d.open {
		if l.object {
			way = append(way, l.key)
		}
	}
	return way
}

// leads tells whether a list is at the way or below it.
func (d *document) leads(way []string) bool {
	for _, list := range d.lists {
		if len(way) <= len(list) && slices.Equal(list[:len(way)], way) {
			return true
		}
	}
	return false
}

func (d *document) isList(way []string) bool {
	for _, list := range d.lists {
		if slices.Equal(list, way) {
			return true
		}
	}
	return false
}

// noEnd is for places where a file must not end.
func noEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// hasAny tells whether a value has a list at one of the paths.
func hasAny(value any, lists [][]string) bool {
	return slices.ContainsFunc(lists, func(path []string) bool { return has(value, path) })
}

func has(value any, path []string) bool {
	if array, ok := value.([]any); ok {
		return len(path) == 0 || slices.ContainsFunc(array, func(e any) bool { return has(e, path) })
	}
	object, ok := value.(map[string]any)
	return ok && len(path) > 0 && has(object[path[0]], path[1:])
}
