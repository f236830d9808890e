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

// rowsOf gives the rows of an object that holds a table in one of the forms in which
// pandas and Hugging Face write one, or objects by their ids; nil for any other object.
func rowsOf(o map[string]any) []any {
	for _, form := range []func(map[string]any) []any{splitRows, columnRows, indexedRows, recordsByID} {
		if rows := form(o); rows != nil {
			return rows
		}
	}
	if schema, ok := o["schema"].(map[string]any); ok && jsonitems.Has(schema, "fields") { // pandas: orient="table"
		rows, _ := o["data"].([]any)
		return rows
	}
	return nil
}

// splitRows reads {"columns": ["text", "label"], "data": [["hello", "greet"]]}.
func splitRows(o map[string]any) (rows []any) {
	columns, _ := o["columns"].([]any)
	data, _ := o["data"].([]any)
	if !texts(columns) || len(data) == 0 {
		return nil
	}
	for _, e := range data {
		values, ok := e.([]any)
		if !ok || len(values) > len(columns) {
			return nil
		}
		row := map[string]any{}
		for i, value := range values {
			row[columns[i].(string)] = value
		}
		rows = append(rows, row)
	}
	return rows
}

// columnRows reads {"text": ["hello", "bye"], "label": ["greet", "bye"]}: lists of one
// length, of which one is of messages.
func columnRows(o map[string]any) []any {
	length := -1
	message := false
	o = inSingular(o)
	for name, value := range o {
		list, ok := value.([]any)
		if !ok || length >= 0 && len(list) != length || slices.ContainsFunc(list, notScalar) {
			return nil
		}
		length = len(list)
		message = message || columns.FieldOf(name) == exchange.Message && texts(list)
	}
	if !message || len(o) < 2 || length < 2 {
		return nil
	}
	rows := make([]any, length)
	for i := range rows {
		row := map[string]any{}
		for name, value := range o {
			row[name] = value.([]any)[i]
		}
		rows[i] = row
	}
	return rows
}

// inSingular gives {"texts": […], "labels": […]} and {"X": […], "y": […]} the names that
// the columns of records have. Without a list of labels it leaves the names as they are:
// those of lists of messages may say who wrote them.
func inSingular(o map[string]any) map[string]any {
	named := map[string]any{}
	labelled := false
	for name, value := range o {
		if _, ok := value.([]any); !ok {
			return o
		}
		folded := exchange.Fold(name)
		if one, ok := singular[folded]; ok {
			name = one
		} else if one := strings.TrimSuffix(folded, "s"); columns.FieldOf(name) == exchange.Ignore && columns.FieldOf(one) != exchange.Ignore {
			name = one
		}
		labelled = labelled || columns.FieldOf(name) == exchange.Category
		named[name] = value
	}
	if !labelled || len(named) < len(o) {
		return o
	}
	return named
}

var singular = map[string]string{"x": "text", "y": "label", "queries": "query"}

func notScalar(value any) bool {
	_, ok := jsonitems.Scalar(value)
	return !ok && value != nil
}

// indexedRows reads {"text": {"0": "hello"}, "label": {"0": "greet"}}.
func indexedRows(o map[string]any) (rows []any) {
	message := false
	var indices []string
	for name, value := range o {
		column, ok := value.(map[string]any)
		if !ok || slices.ContainsFunc(slices.Collect(maps.Values(column)), notScalar) {
			return nil
		}
		for index := range column {
			if _, err := strconv.Atoi(index); err != nil {
				return nil
			}
		}
		if len(column) > len(indices) {
			indices = slices.Collect(maps.Keys(column))
		}
		message = message || columns.FieldOf(name) == exchange.Message
	}
	if !message {
		return nil
	}
	slices.SortFunc(indices, byNumber)
	for _, index := range indices {
		row := map[string]any{}
		for name, value := range o {
			row[name] = value.(map[string]any)[index]
		}
		rows = append(rows, row)
	}
	return rows
}

func byNumber(a, b string) int {
	x, _ := strconv.Atoi(a)
	y, _ := strconv.Atoi(b)
	return x - y
}

// members reports which kinds of members a record has.
func members(record map[string]any) (message, category, other bool) {
	for name, value := range record {
		text, isText := value.(string)
		field := columns.FieldOf(name)
		if inner, ok := value.(map[string]any); ok {
			text, isText = typedValue(inner)
		}
		message = message || isText && field == exchange.Message && text != ""
		category = category || field == exchange.Category
		other = other || field == exchange.Role || field == exchange.Time || field == exchange.Conversation
	}
	return message, category, other
}

// recordsByID reads {"a1": {"text": "hello", "label": "greet"}, "a2": …}: objects with
// the same members, under names that mean nothing, as Firebase and Firestore export them.
func recordsByID(o map[string]any) (rows []any) {
	ids := slices.Sorted(maps.Keys(o))
	numbered := len(ids) > 0 && !slices.ContainsFunc(ids, func(id string) bool { return !strings.ContainsAny(id, "0123456789") })
	if len(o) < 2 && !numbered {
		return nil
	}
	for _, id := range ids {
		record, ok := o[id].(map[string]any)
		if !ok || columns.FieldOf(id) != exchange.Ignore || !exchange.KeepsRole([]string{exchange.KeepUsers}, id) {
			return nil
		}
		message, category, other := members(record)
		if !message || !category && !numbered {
			return nil
		}
		if !category && !other && len(record) > 1 && len(ids) < 2 {
			return nil
		}
		if !jsonitems.Has(record, "id") {
			record = maps.Clone(record)
			record["id"] = id
		}
		rows = append(rows, record)
	}
	return rows
}
