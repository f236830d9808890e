// Package i18n makes the texts and errors that the packages below the window show to
// people. A text keeps its template and its values apart, so that the window can
// translate it. The German of every template is in assets/translations.
package i18n

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Values fill in the {{.Name}} of a template. A value may itself be a Text or an error.
type Values = map[string]any

// Text is a translatable text. String and Error give its English. The zero Text is
// empty.
type Text struct {
	template string
	values   Values
}

// T returns the text of an English template, in which each {{.Name}} is replaced by the
// value of that name.
func T(template string, values ...Values) Text {
	t := Text{template: template, values: Values{}}
	for _, v := range values {
		maps.Copy(t.values, v)
	}
	return t
}

// N returns the text of one template where there is one of something, and else of the other,
// whose {{.N}} is the number.
func N(one, other string, n int, values ...Values) Text {
	template := other
	if n == 1 {
		template = one
	}
	return T(template, append(slices.Clone(values), Values{"N": n})...)
}

// Error returns an error with a translatable text. Errors among its values are its
// causes.
func Error(template string, values ...Values) error {
	t := T(template, values...)
	return &t
}

// With returns a text with the same template and other values.
func (t Text) With(values Values) Text { return T(t.template, values) }

// Parts returns the template and its values.
func (t Text) Parts() (template string, values Values) { return t.template, t.values }

// String returns the text in English.
func (t Text) String() string {
	pairs := make([]string, 0, 2*len(t.values))
	for name, value := range t.values {
		pairs = append(pairs, "{{."+name+"}}", fmt.Sprint(value))
	}
	return strings.NewReplacer(pairs...).Replace(t.template)
}

// Error returns the text in English.
func (t Text) Error() string { return t.String() }

// Unwrap returns the errors among the values, in the order of their names.
func (t Text) Unwrap() (causes []error) {
	for _, name := range slices.Sorted(maps.Keys(t.values)) {
		if cause, ok := t.values[name].(error); ok {
			causes = append(causes, cause)
		}
	}
	return causes
}

// jsonText is a Text in JSON.
type jsonText struct {
	Template string                     `json:"template"`
	Values   map[string]json.RawMessage `json:"values,omitempty"`
}

// MarshalJSON writes the template and the values. Values other than a Text become
// strings.
func (t Text) MarshalJSON() ([]byte, error) {
	parts := jsonText{t.template, map[string]json.RawMessage{}}
	for name, value := range t.values {
		if _, ok := value.(Text); !ok {
			value = fmt.Sprint(value)
		}
		text, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		parts.Values[name] = text
	}
	return json.Marshal(parts)
}

// UnmarshalJSON reads what MarshalJSON writes, and also a plain string.
func (t *Text) UnmarshalJSON(data []byte) error {
	var text string
	if json.Unmarshal(data, &text) == nil {
		*t = T("{{.Text}}", Values{"Text": text})
		return nil
	}
	var parts jsonText
	if err := json.Unmarshal(data, &parts); err != nil {
		return err
	}
	*t = T(parts.Template)
	for name, value := range parts.Values {
		var inner Text
		if err := json.Unmarshal(value, &inner); err != nil {
			return err
		}
		if t.values[name] = any(inner); inner.template == "{{.Text}}" {
			t.values[name] = inner.values["Text"]
		}
	}
	return nil
}

// IsZero reports whether the text is empty.
func (t Text) IsZero() bool { return t.template == "" }
