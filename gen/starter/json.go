package starter

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/pii"
)

// jsonStarter is a starter in JSON, as starter.json of a shipped one.
type jsonStarter struct {
	Title        string         `json:"title,omitempty"`
	Summary      string         `json:"summary,omitempty"`
	About        string         `json:"about"`
	Instructions string         `json:"instructions,omitempty"`
	Categories   []jsonCategory `json:"categories"`
}

type jsonCategory struct {
	Name          string   `json:"name"`
	ShownName     string   `json:"shown_name,omitempty"`
	Kind          string   `json:"kind"`
	Count         int      `json:"count"`
	Key           string   `json:"key,omitempty"`
	Colour        string   `json:"colour"`
	Is            string   `json:"is"`
	IsNot         string   `json:"is_not"`
	Examples      []string `json:"examples"`
	OutOfTraining bool     `json:"out_of_training,omitempty"`
	Bank          string   `json:"bank,omitempty"` // what ships for it, where it has another name than there
}

// WriteJSON writes the starter in the form of starter.json, which [ReadFile] reads.
// Personal details in examples are masked.
func (s Starter) WriteJSON(w io.Writer) error {
	form := jsonStarter{Title: s.Title, Summary: s.Summary, About: s.About, Instructions: s.Instructions, Categories: []jsonCategory{}}
	for _, c := range s.Categories {
		examples := make([]string, len(c.Examples))
		for i, text := range c.Examples {
			examples[i], _ = pii.Mask(text, pii.Options{})
		}
		form.Categories = append(form.Categories, jsonCategory{
			Name: c.Name, ShownName: c.ShownName, Kind: c.Kind, Count: c.Target, Key: c.Key, Colour: c.Colour, Is: c.Is, IsNot: c.IsNot,
			Examples: examples, OutOfTraining: !c.Training, Bank: c.Bank,
		})
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(form)
}

// readJSONList reads a file that is a list in JSON; errNoList where it isn't JSON or
// something else in JSON.
func readJSONList(f *exchange.File) (Found, error) {
	data, err := io.ReadAll(f.Text())
	if err != nil {
		return Found{}, exchange.Unreadable(err)
	}
	data = bytes.TrimSpace(data)
	if len(data) == 0 || data[0] != '{' && data[0] != '[' {
		return Found{}, errNoList
	}
	if !json.Valid(data) {
		return Found{}, brokenJSON(data)
	}
	return readJSON(data)
}

// brokenJSON says what is wrong with a list in JSON; what looks like no such list, as
// records of JSON lines don't, is errNoList.
func brokenJSON(data []byte) error {
	var syntax *json.SyntaxError
	err := json.Unmarshal(data, new(any))
	if !bytes.Contains(data, []byte(`"categories"`)) || !errors.As(err, &syntax) {
		return errNoList
	}
	line := 1 + bytes.Count(data[:min(int(syntax.Offset), len(data))], []byte("\n"))
	return i18n.Error("its JSON is broken at line {{.Line}}: {{.Cause}}", i18n.Values{"Line": line, "Cause": err})
}

// readJSON reads an object with categories, or a list of them: names, or objects with a
// name.
func readJSON(data []byte) (Found, error) {
	found := Found{Form: i18n.T("a list of categories in JSON")}
	var list []json.RawMessage
	if data[0] == '{' {
		var object struct {
			Title, Summary, About, Instructions string
			Categories                          json.RawMessage
		}
		if err := json.Unmarshal(data, &object); err != nil {
			return Found{}, errNoList
		}
		if object.Categories == nil && isNames(data) {
			object.Categories = data
		}
		if len(object.Categories) == 0 {
			return Found{}, errNoList
		}
		found.Title, found.Summary, found.About, found.Instructions = object.Title, object.Summary, object.About, object.Instructions
		data = object.Categories
	}
	if err := json.Unmarshal(data, &list); err != nil {
		if list = named(data); list == nil {
			return Found{}, errNoList
		}
	}
	var entries []entry
	for _, item := range list {
		e, ok := jsonEntry(item)
		if !ok {
			return Found{}, errNoList
		}
		entries = append(entries, e)
	}
	if repeats(entries) {
		return Found{}, errNoList
	}
	var err error
	if found.Categories, found.Notes, err = tidy(entries); err != nil {
		return Found{}, err
	}
	domain, err := found.Domain().Tidy()
	found.About, found.Instructions = domain.About, domain.Instructions
	return found, err
}

// isNames tells whether an object's keys are the names of categories, with what they are or how
// many messages they should have, rather than those of fields.
func isNames(data []byte) bool {
	var object map[string]any
	if json.Unmarshal(data, &object) != nil || len(object) < 2 {
		return false
	}
	for name, value := range object {
		switch value.(type) {
		case string, float64:
		default:
			return false
		}
		if fieldOf(name) != unknownField {
			return false
		}
	}
	return true
}

// named makes a list of an object whose keys are the names of categories.
func named(data []byte) []json.RawMessage {
	var object map[string]json.RawMessage
	if json.Unmarshal(data, &object) != nil {
		return nil
	}
	var list []json.RawMessage
	for _, name := range slices.Sorted(maps.Keys(object)) { // JSON's objects have no order
		item := map[string]any{"name": name}
		var text string
		var wanted float64
		var examples []any
		var fields map[string]any
		switch {
		case json.Unmarshal(object[name], &text) == nil:
			item["is"] = text
		case json.Unmarshal(object[name], &wanted) == nil:
			item["count"] = wanted
		case json.Unmarshal(object[name], &examples) == nil:
			item["examples"] = examples
		case json.Unmarshal(object[name], &fields) == nil:
			for key, value := range fields {
				item[key] = value
			}
			item["name"] = name
		}
		raw, err := json.Marshal(item)
		if err != nil {
			return nil
		}
		list = append(list, raw)
	}
	return list
}

// jsonEntry reads one category; ok is false for what is none.
func jsonEntry(item json.RawMessage) (e entry, ok bool) {
	if json.Unmarshal(item, &e.name) == nil {
		return e, strings.TrimSpace(e.name) != ""
	}
	var object map[string]any
	if json.Unmarshal(item, &object) != nil {
		return e, false
	}
	said := map[field]bool{}
	for _, key := range jsonKeys(object) {
		f, value := fieldOf(key), object[key]
		list, isList := value.([]any)
		switch {
		case f == textField:
			return e, false
		case value == nil || f == unknownField || said[f]:
		case isList && f == examplesField:
			for _, text := range list {
				e.examples = append(e.examples, exampleText(text))
			}
		default:
			number, isNumber := value.(float64)
			if isNumber {
				value = strconv.FormatFloat(number, 'f', -1, 64)
			}
			e.set(f, fmt.Sprint(value))
		}
		said[f] = said[f] || value != nil
	}
	return e, strings.TrimSpace(e.name) != ""
}

// jsonKeys are the keys of a category, those of starter.json first.
func jsonKeys(object map[string]any) []string {
	keys := slices.Sorted(maps.Keys(object))
	slices.SortStableFunc(keys, func(a, b string) int { return cmp.Compare(rankOf(a), rankOf(b)) })
	return keys
}

var ownKeys = []string{"name", "shown_name", "kind", "count", "key", "colour", "is", "is_not", "examples", "out_of_training", "bank"}

func rankOf(key string) int {
	if slices.Contains(ownKeys, key) {
		return 0
	}
	return 1
}

// exampleText is an example that is a text, or an object with one.
func exampleText(value any) string {
	switch value := value.(type) {
	case string:
		return value
	case map[string]any:
		for key, inner := range value {
			if text, ok := inner.(string); ok && fieldOf(key) == textField {
				return text
			}
		}
	}
	return ""
}

// repeats tells whether names come again so often that the entries are messages with
// labels, and no list of categories.
func repeats(entries []entry) bool {
	names := map[string]bool{}
	for _, e := range entries {
		names[strings.ToLower(strings.TrimSpace(e.name))] = true
	}
	return len(entries) > 3 && len(names)*10 < len(entries)*7
}
