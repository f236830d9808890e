// Package i18n holds what the packages below the window say to people: texts that
// keep their template and their values apart, so that the window can say them in
// another language. The German of every template is in assets/translations.
package i18n

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Values fill in the {{.Name}} of a template by their names. A value may be a sentence
// or an error itself.
type Values = map[string]any

// Text is a text for people. As a string or an error it is English. The zero
// Text says nothing.
type Text struct {
	template string
	values   Values
}

// T makes a sentence of a template in English, in which each {{.Name}} stands for the
// value of that name.
func T(template string, values ...Values) Text {
	s := Text{template: template, values: Values{}}
	for _, v := range values {
		maps.Copy(s.values, v)
	}
	return s
}

// Error makes an error that people read. The errors among its values are its causes.
func Error(template string, values ...Values) error {
	s := T(template, values...)
	return &s
}

// With is the sentence with other values.
func (s Text) With(values Values) Text { return T(s.template, values) }

// Parts returns the template and its values.
func (s Text) Parts() (template string, values Values) { return s.template, s.values }

// String says the sentence in English.
func (s Text) String() string {
	pairs := make([]string, 0, 2*len(s.values))
	for name, value := range s.values {
		pairs = append(pairs, "{{."+name+"}}", fmt.Sprint(value))
	}
	return strings.NewReplacer(pairs...).Replace(s.template)
}

// Error says the sentence in English.
func (s Text) Error() string { return s.String() }

// Unwrap returns the errors among the values, in the order of their names.
func (s Text) Unwrap() (causes []error) {
	for _, name := range slices.Sorted(maps.Keys(s.values)) {
		if cause, ok := s.values[name].(error); ok {
			causes = append(causes, cause)
		}
	}
	return causes
}

// kept is a sentence in JSON.
type kept struct {
	Template string                     `json:"template"`
	Values   map[string]json.RawMessage `json:"values,omitempty"`
}

// MarshalJSON keeps the sentence's parts.
func (s Text) MarshalJSON() ([]byte, error) {
	parts := kept{s.template, map[string]json.RawMessage{}}
	for name, value := range s.values {
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

// UnmarshalJSON reads what MarshalJSON wrote. A mere text is a sentence, too.
func (s *Text) UnmarshalJSON(data []byte) error {
	var text string
	if json.Unmarshal(data, &text) == nil {
		*s = T("{{.Text}}", Values{"Text": text})
		return nil
	}
	var parts kept
	if err := json.Unmarshal(data, &parts); err != nil {
		return err
	}
	*s = T(parts.Template)
	for name, value := range parts.Values {
		var inner Text
		if err := json.Unmarshal(value, &inner); err != nil {
			return err
		}
		if s.values[name] = any(inner); inner.template == "{{.Text}}" {
			s.values[name] = inner.values["Text"]
		}
	}
	return nil
}

// IsZero tells whether the sentence says nothing.
func (s Text) IsZero() bool { return s.template == "" }
