package jsonitems

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// At follows keys into nested objects; nil where one is missing.
func At(value any, keys ...string) any {
	for _, key := range keys {
		object, _ := value.(map[string]any)
		value = object[key]
	}
	return value
}

// Text is At, as text: a string, a number or a truth value as it is written; "" for
// anything else.
func Text(value any, keys ...string) string {
	s, _ := Scalar(At(value, keys...))
	return s
}

// List is At, as an array; nil for anything else.
func List(value any, keys ...string) []any {
	list, _ := At(value, keys...).([]any)
	return list
}

// Has tells whether a value is an object with all of the keys.
func Has(value any, keys ...string) bool {
	object, _ := value.(map[string]any)
	for _, key := range keys {
		if _, ok := object[key]; !ok {
			return false
		}
	}
	return object != nil
}

// True tells whether a value at the keys is true.
func True(value any, keys ...string) bool {
	is, _ := At(value, keys...).(bool)
	return is
}

// Scalar writes a plain value as text; ok is false for arrays and objects.
func Scalar(value any) (text string, ok bool) {
	switch v := value.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case []byte:
		return string(v), true
	case time.Time:
		return v.Format(time.RFC3339Nano), true
	case map[string]any, []any:
		return "", false
	case float32:
		return strconv.FormatFloat(float64(v), 'f', -1, 32), true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	default:
		return fmt.Sprint(v), true
	}
}
