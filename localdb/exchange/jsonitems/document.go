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
