package jsonfile

import (
	"slices"
	"strconv"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/columns"
	"seedbed/localdb/exchange/jsonitems"
)

// maxCardDepth bounds how deep a description is looked into.
const maxCardDepth = 20

// LabelNames finds the names of labels that are kept as numbers, by their column: in JSON of
// Hugging Face {"label": {"names": […], "_type": "ClassLabel"}}, in YAML
// {name: label, dtype: {class_label: {names: {'0': …}}}}; and by columns.AnyColumn {"id2label": {…}},
// {"label2id": {…}} and {"label_names": […]}.
func LabelNames(value any) map[string][]string {
	names := map[string][]string{}
	collectNames(names, columns.AnyColumn, value, 0)
	return names
}

// namings are the keys at which files list the names of labels, folded.
var namings = map[string]bool{
	"id2label": true, "label2id": true, "labelnames": true, "classnames": true, "targetnames": true, "idx2label": true, "index2label": true, "int2str": true,
	"label2idx": true, "labelmap": true, "labelmapping": true, "idtolabel": true, "labeltoid": true, "intentnames": true, "id2intent": true, "intent2id": true,
	"categorynames": true, "classlabels": true, "labelencoder": true, "classes": true,
}

func collectNames(names map[string][]string, column string, value any, depth int) {
	if depth > maxCardDepth {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, e := range v[:min(len(v), maxFeatures)] {
			collectNames(names, column, e, depth+1)
		}
	case map[string]any:
		if called, ok := v["name"].(string); ok {
			column = called
		}
		if list := namesIn(v["names"]); list != nil && column != columns.AnyColumn {
			names[column] = list
			return
		}
		for key, inner := range v {
			switch lower := strings.ToLower(key); {
			case namings[exchange.Fold(key)]:
				if list := namesIn(inner); list != nil {
					names[columns.AnyColumn] = list
				}
			case !slices.Contains([]string{"dtype", "class_label", "feature", "sequence", "list", "type"}, lower) && v["name"] == nil:
				collectNames(names, key, inner, depth+1)
			default:
				collectNames(names, column, inner, depth+1)
			}
		}
	}
}

// maxFeatures bounds how many elements of a list are looked into for names.
const maxFeatures = 1000

// namesIn gives names in the order of their numbers: of a list, or of a mapping in either
// direction.
func namesIn(value any) (names []string) {
	switch v := value.(type) {
	case []any:
		for _, e := range v {
			name, ok := jsonitems.Scalar(e)
			if !ok {
				return nil
			}
			names = append(names, name)
		}
	case map[string]any:
		names = make([]string, len(v))
		for key, inner := range v {
			name, ok := jsonitems.Scalar(inner)
			n, err := strconv.Atoi(key)
			if err != nil {
				name = key
				text, _ := jsonitems.Scalar(inner)
				n, err = strconv.Atoi(text)
			}
			if !ok || err != nil || n < 0 || n >= len(names) {
				return nil
			}
			names[n] = name
		}
	}
	if slices.Contains(names, "") {
		return nil
	}
	return names
}

// IsDescription tells whether a file says what the labels of a model or dataset are called,
// and holds no records.
func IsDescription(root any) bool {
	object, ok := root.(map[string]any)
	return ok && !holdsRecords(object) && len(LabelNames(object)) > 0
}

// holdsRecords tells whether an object has members, besides those that describe labels, that
// may hold messages: lists of objects or of lists.
func holdsRecords(object map[string]any) bool {
	for key, value := range object {
		if describesLabels(key) {
			continue
		}
		switch v := value.(type) {
		case []any:
			for _, e := range v {
				if _, scalar := jsonitems.Scalar(e); !scalar {
					return true
				}
				if text, _ := jsonitems.Scalar(e); strings.Contains(strings.TrimSpace(text), " ") {
					return true
				}
			}
		case map[string]any:
			if exchange.Fold(key) != "datasetinfo" && exchange.Fold(key) != "info" && exchange.Fold(key) != "default" && holdsRecords(v) {
				return true
			}
		}
	}
	return false
}

// describesLabels tells whether a member of a file describes its labels.
func describesLabels(key string) bool {
	folded := exchange.Fold(key)
	return namings[folded] || folded == "features"
}

// withoutNames is an object without the members that describe the labels of its records.
func withoutNames(object map[string]any) map[string]any {
	names := map[string][]string{}
	rest := map[string]any{}
	for key, value := range object {
		if describesLabels(key) {
			collectNames(names, columns.AnyColumn, map[string]any{key: value}, 0)
			if len(names) > 0 {
				continue
			}
		}
		rest[key] = value
	}
	if len(names) == 0 || !holdsRecords(rest) {
		return object
	}
	return rest
}

// errPredictions is returned for a file of predictions alone.
var errPredictions = i18n.Error("it holds labels and how likely they are, but not the messages they are of; add the messages to the file")
