package jsonitems

import (
	"encoding/json"
	"regexp"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// maxSampleDepth bounds how deep the beginning of a file is looked into.
const maxSampleDepth = 50

var jsonStart = regexp.MustCompile(`^(?:\{\s*(?:["}]|$)|\[\s*(?:[\[{"\]\d-]|$))`)

// Root is the beginning of a JSON file as a value: what is cut off at the end of
// exchange.File.Sample is left out. Of JSON lines it is the array of the lines. It is
// nil for a file that isn't JSON.
func Root(f *exchange.File) any {
	return exchange.Once(f, "jsonitems", func() any {
		sample := strings.TrimSpace(f.Sample())
		if !jsonStart.MatchString(sample) { // but a message that starts with a bracket
			return nil
		}
		if isLines(sample) {
			var values []any
			for line := range strings.Lines(sample) {
				if value, ok := partial(line); ok {
					values = append(values, value)
				}
			}
			return values
		}
		value, ok := partial(sample)
		if !ok {
			return nil
		}
		return value
	})
}

// Sample gives the first items, as Open gives them.
func Sample(f *exchange.File, lists ...string) []any {
	root := Root(f)
	if array, ok := root.([]any); ok && (len(lists) == 0 || IsLines(f)) {
		return array
	}
	var items []any
	for _, list := range lists {
		items = append(items, all(root, strings.Split(list, "."))...)
	}
	if items == nil && root != nil {
		if array, ok := root.([]any); ok {
			return array
		}
		items = []any{root}
	}
	return items
}

// all gives the elements of the lists at a path, through all arrays on the way.
func all(value any, path []string) (elements []any) {
	if array, ok := value.([]any); ok {
		if len(path) == 0 {
			return array
		}
		for _, e := range array {
			elements = append(elements, all(e, path)...)
		}
		return elements
	}
	object, ok := value.(map[string]any)
	if !ok || len(path) == 0 {
		return nil
	}
	return all(object[path[0]], path[1:])
}

// Share tells how many of the values are so, from 0 to 1; 0 where there are none.
func Share(values []any, so func(any) bool) float64 {
	n := 0
	for _, v := range values {
		if so(v) {
			n++
		}
	}
	return float64(n) / float64(max(len(values), 1))
}

// Evidence is that of a reader which finds what only its format has in a share of the
// items: a file may hold a few broken ones, or begin with others.
func Evidence(items []any, so func(any) bool, why i18n.Text) exchange.Evidence {
	share := Share(items, so)
	if share == 0 {
		return exchange.Evidence{}
	}
	return exchange.Evidence{Sureness: exchange.Likely + (exchange.Certain-exchange.Likely)*(0.5+share/2), Why: why}
}

// partial reads a value that may be cut off.
func partial(text string) (value any, ok bool) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	value, _ = partialValue(d, 0)
	return value, value != nil
}

// partialValue reads what there is of a value; whole is false where it is cut off.
func partialValue(d *json.Decoder, depth int) (value any, whole bool) {
	token, err := d.Token()
	if err != nil || depth > maxSampleDepth {
		return nil, false
	}
	switch token {
	case json.Delim('['):
		array := []any{}
		for d.More() {
			e, whole := partialValue(d, depth+1)
			if e != nil || whole {
				array = append(array, e)
			}
			if !whole {
				return array, false
			}
		}
		_, err := d.Token()
		return array, err == nil
	case json.Delim('{'):
		object := map[string]any{}
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return object, false
			}
			name, _ := key.(string)
			e, whole := partialValue(d, depth+1)
			if e != nil || whole {
				object[name] = e
			}
			if !whole {
				return object, false
			}
		}
		_, err := d.Token()
		return object, err == nil
	}
	return token, true
}
