package jsonfile

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/columns"
	"seedbed/localdb/exchange/jsonitems"
)

// openObject parts an object's plain values, those of small inner objects among
// them as "author.role", from what holds more.
func openObject(o map[string]any, prefix string) (own []cell, nested map[string]any) {
	nested = map[string]any{}
	labels, scores, scored := scoredLabels(o)
	for _, key := range slices.Sorted(maps.Keys(o)) {
		name := prefix + key
		if scored != nil && (key == labels || key == scores) {
			if key == labels {
				own = append(own, cellsOf(scored, name, prefix+"score")...)
			}
			continue
		}
		if cells, ok := openValue(o[key], key, prefix); ok {
			own = append(own, cells...)
			continue
		}
		nested[name] = o[key]
		if keyed, ok := o[key].(map[string]any); ok {
			if rows := recordsByID(keyed); rows != nil {
				nested[name] = rows
			}
		}
	}
	return own, nested
}

// openValue gives the cells of an object's value; ok is false where it holds more.
func openValue(value any, key, prefix string) (cells []cell, ok bool) {
	if text, ok := jsonitems.Scalar(value); ok {
		return []cell{{prefix + key, text}}, true
	}
	switch v := value.(type) {
	case []any:
		return openList(v, key, prefix)
	case map[string]any:
		return openInner(v, key, prefix)
	}
	return nil, true
}

// openList gives the cells of a list of predictions, of labels, or of the parts of a text;
// ok is false where it holds more.
func openList(list []any, key, prefix string) (cells []cell, ok bool) {
	name, field := prefix+key, columns.FieldOf(key)
	if labels, ok := cats(list); ok && key == "cats" {
		return []cell{{name, labels}}, true
	}
	if said := predictions(list); len(said) > 0 && field != exchange.Message {
		if field == exchange.Category {
			return cellsOf(said, name, prefix+"score"), true
		}
		return cellsOf(said, name+".label", name+".score"), true
	}
	if labels, ok := labelList(list); ok && (field == exchange.Category || strings.Contains(key, ".responses")) { // the latter in tables of Argilla
		return []cell{{name, labels}}, true
	}
	if text, ok := columns.RichText(list); ok && (field == exchange.Message || strings.HasSuffix(key, "parts")) {
		return []cell{{name, text}}, true
	}
	return nil, len(list) == 0
}

// openInner gives the cells of an object inside another; ok is false where it holds more.
func openInner(o map[string]any, key, prefix string) (cells []cell, ok bool) {
	name, field := prefix+key, columns.FieldOf(key)
	if text, ok := typedValue(o); ok {
		return []cell{{name, text}}, true
	}
	if field == exchange.Message && prefix == "" {
		if text, ok := columns.RichText(o); ok && text != "" && !jsonitems.Has(o, "role") && jsonitems.Text(o, "text") == "" {
			return []cell{{name, text}}, true
		}
	}
	if labels, ok := cats(o); ok && key == "cats" {
		return []cell{{name, labels}}, true
	}
	if said := likelihoods(o); said != nil && field == exchange.Category {
		return cellsOf(said, name, prefix+"score"), true
	}
	if recordsByID(o) != nil {
		return nil, false
	}
	inner, deeper := openObject(o, name+".")
	return inner, len(deeper) == 0
}

// typedValue gives a value that is kept with its type, as Firestore ({"stringValue": "hello"})
// and DynamoDB ({"S": "hello"}) write it.
func typedValue(value map[string]any) (text string, ok bool) {
	for _, kind := range []string{"stringValue", "integerValue", "doubleValue", "booleanValue", "timestampValue", "S", "N", "BOOL"} {
		if inner, has := value[kind]; has && len(value) == 1 {
			return jsonitems.Scalar(inner)
		}
	}
	return "", false
}

// labelList writes the labels of an item as columns.LabelList reads them: texts, or
// objects with a name.
func labelList(list []any) (string, bool) {
	labels := []string{}
	for _, e := range list {
		label, ok := jsonitems.Scalar(e)
		if o, isObject := e.(map[string]any); isObject && slices.ContainsFunc(slices.Collect(maps.Values(o)), notScalar) {
			return "", false // it holds more than a label
		}
		if !ok {
			for _, key := range []string{"name", "label", "classname", "tag", "value", "text", "title", "id"} {
				if label = jsonitems.Text(e, key); label != "" {
					ok = true
					break
				}
			}
		}
		if !ok {
			return "", false
		}
		labels = append(labels, label)
	}
	switch len(labels) {
	case 0:
		return "", true
	case 1:
		return labels[0], true
	}
	text, err := json.Marshal(labels)
	return string(text), err == nil
}
