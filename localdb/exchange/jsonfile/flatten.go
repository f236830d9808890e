package jsonfile

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/columns"
	"seedbed/localdb/exchange/jsonitems"
)

// cell is one named value of an item.
type cell struct{ name, value string }

// flattener turns nested items, as JSON and Parquet files hold them, into
// records of named cells, one for each message: an item that has a text of its
// own is one record; in a dialogue each turn is one, and knows the dialogue's
// own values too; anything else is opened until such are found.
type flattener struct {
	dialogues int // how many there were; names one without an id
	records   [][]cell
	names     []string // of columns, where the first row holds them: [["text", "label"], …]
	begun     bool     // a row was met
}

// isHeader tells whether a row in the form ["text", "label"] is the first one and names
// the columns.
func (f *flattener) isHeader(row []any) bool {
	if f.begun {
		return false
	}
	f.begun = true
	var names []string
	for _, e := range row {
		name, _ := e.(string)
		names = append(names, name)
	}
	if !columns.AllNamed(names) {
		return false
	}
	f.names = names
	return true
}

func (f *flattener) columnName(i int) string {
	if i < len(f.names) {
		return f.names[i]
	}
	return "column " + strconv.Itoa(i+1)
}

// maxDepth bounds how deep items are opened.
const maxDepth = 30

func (f *flattener) walk(value any, context []cell, depth int) {
	if depth > maxDepth {
		return
	}
	switch v := value.(type) {
	case map[string]any:
		f.object(v, context, depth)
	case []any:
		if o := textAndMore(v); o != nil {
			f.object(o, context, depth)
			return
		}
		if positional(v) {
			if f.isHeader(v) {
				return
			}
			for i, s := range v {
				text, _ := jsonitems.Scalar(s)
				context = with(context, cell{f.columnName(i), text})
			}
			f.records = append(f.records, context)
			return
		}
		for _, e := range v {
			f.walk(e, context, depth+1)
		}
	case string:
		f.records = append(f.records, with(context, cell{"text", v}))
	}
}

// textAndMore gives the object of a row in the form ["text", {"cats": …}], as spaCy is trained
// on, with the text among its members; nil for any other.
func textAndMore(row []any) map[string]any {
	if len(row) != 2 {
		return nil
	}
	text, isText := row[0].(string)
	o, isObject := row[1].(map[string]any)
	if !isText || !isObject || jsonitems.Has(o, "text") {
		return nil
	}
	o = maps.Clone(o)
	o["text"] = text
	return o
}

// positional is true of a row in the form ["text", "label"], the elements of
// which are of different kinds or few.
func positional(list []any) bool {
	if len(list) < 2 || len(list) > 3 {
		return false
	}
	for _, e := range list {
		if _, ok := jsonitems.Scalar(e); !ok {
			return false
		}
	}
	return true
}

func (f *flattener) object(o map[string]any, context []cell, depth int) {
	if depth == 0 {
		o = withoutNames(o)
	}
	if rows := rowsOf(o); rows != nil {
		for _, row := range rows {
			f.walk(row, context, depth+1)
		}
		return
	}
	if turns, rest, ok := preferred(o); ok {
		own, _ := openObject(rest, "")
		f.dialogue(turns, around(context, own), depth)
		return
	}
	own, nested := openObject(o, "")
	if key := dialogueOf(nested); key != "" {
		f.dialogue(nested[key].([]any), around(context, own), depth)
		return
	}
	if slices.ContainsFunc(own, func(c cell) bool { return columns.FieldOf(c.name) == exchange.Message }) || len(nested) == 0 && len(own) > 0 {
		f.records = append(f.records, inside(context, own))
		return
	}
	context = around(context, own)
	labels := len(own) == 0 && namedByLabel(nested)
	for _, key := range slices.Sorted(maps.Keys(nested)) {
		inner := context
		switch {
		case labels:
			inner = with(context, cell{"category", key})
		case len(nested) > 1:
			inner = with(context, cell{"key", key})
		}
		list, _ := nested[key].([]any)
		if keys(list) && len(nested) > 1 && !labels && slices.ContainsFunc(slices.Collect(maps.Values(nested)), holdsObjects) {
			continue // in which order the records beside it are
		}
		if !texts(list) {
			f.walk(nested[key], inner, depth+1)
			continue
		}
		for _, text := range list {
			f.records = append(f.records, with(inner, cell{"text", text.(string)}, cell{"role", side(key)}))
		}
	}
}

// keys is true of a list of texts without spaces that have digits, as keys of records have.
func keys(list []any) bool {
	return texts(list) && !slices.ContainsFunc(list, func(e any) bool {
		return strings.ContainsAny(e.(string), " \n") || !strings.ContainsAny(e.(string), "0123456789")
	})
}

func holdsObjects(value any) bool {
	list, _ := value.([]any)
	return len(list) > 0 && !texts(list)
}

// namedByLabel is true of {"greet": ["hello"], "bye": ["see you"]}: several lists of texts
// whose names are no names of fields or splits.
func namedByLabel(nested map[string]any) bool {
	for key, value := range nested {
		list, _ := value.([]any)
		if !texts(list) || columns.FieldOf(key) != exchange.Ignore || notLabels[exchange.Fold(key)] {
			return false
		}
	}
	return len(nested) > 1
}

var notLabels = map[string]bool{
	"train": true, "training": true, "test": true, "validation": true, "valid": true, "val": true, "dev": true, "data": true,
	"patterns": true, "responses": true, "examples": true, "utterances": true, "samples": true, "answers": true, "replies": true,
	"questions": true, "messages": true, "texts": true, "sentences": true, "dialog": true, "dialogue": true, "turns": true,
}

// side tells the examples of an intent from the answers that stand beside them.
func side(key string) string {
	switch exchange.Fold(key) {
	case "responses", "answers", "replies":
		return "assistant"
	}
	return "user"
}

// dialogue gives each turn with its conversation.
func (f *flattener) dialogue(turns []any, context []cell, depth int) {
	f.dialogues++
	id := strconv.Itoa(f.dialogues)
	for _, c := range context {
		if columns.FieldOf(c.name) == exchange.Conversation || exchange.Fold(c.name) == "id" || exchange.Fold(c.name) == "uuid" {
			id = c.value
			break
		}
	}
	context = with(context, cell{"conversation", id})
	for i, turn := range turns {
		if text, ok := turn.(string); ok {
			f.records = append(f.records, with(context, cell{"text", text}, cell{"speaker", "speaker " + strconv.Itoa(i%2+1)}))
			continue
		}
		f.walk(turn, context, depth+1)
	}
}

// dialogueOf finds the list among an object's values that holds turns: objects
// with a text and a speaker, or texts under a name that says so.
func dialogueOf(nested map[string]any) string {
	for _, key := range slices.Sorted(maps.Keys(nested)) {
		list, _ := nested[key].([]any)
		if len(list) == 0 {
			continue
		}
		if texts(list) {
			switch exchange.Fold(key) {
			case "dialog", "dialogue", "conversation", "turns", "utterances", "messages":
				return key
			}
			continue
		}
		turn, ok := list[0].(map[string]any)
		if !ok {
			continue
		}
		own, _ := openObject(turn, "")
		text, speaker := false, false
		for _, c := range own {
			text = text || columns.FieldOf(c.name) == exchange.Message
			speaker = speaker || columns.FieldOf(c.name) == exchange.Role
		}
		if text && speaker {
			return key
		}
	}
	return ""
}

func texts(list []any) bool {
	for _, e := range list {
		if _, ok := e.(string); !ok {
			return false
		}
	}
	return len(list) > 0
}

// with appends without sharing the context's memory.
func with(context []cell, more ...cell) []cell {
	return append(context[:len(context):len(context)], more...)
}

// around adds an object's own values to the context of what it holds. They are
// marked as its own where they could be taken for a text of what it holds.
func around(context, own []cell) []cell {
	for _, c := range own {
		if columns.FieldOf(c.name) == exchange.Message || columns.FieldOf(c.name) == exchange.Role {
			c.name = "parent." + c.name
		}
		context = with(context, c)
	}
	return context
}

// inside gives a record of an object's own values and of those around it that
// it does not have itself.
func inside(context, own []cell) []cell {
	record := own
	for _, c := range context {
		if slices.ContainsFunc(own, func(o cell) bool { return o.name == c.name }) {
			c.name = "parent." + c.name
		}
		record = append(record, c)
	}
	return record
}
