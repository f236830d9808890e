package privacy

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"

	"seedbed/localdb/rowindex"
)

// what is to be forgotten.
type what struct {
	ids    map[int64]bool  // messages
	texts  map[string]bool // whole texts that they have
	before map[string]bool // whole texts that they had earlier, which others may rightly have
	needle string          // what is forgotten wherever it stands, folded; "" for nothing
	plain  *regexp.Regexp  // finds the needle where folding changes no length
	names  map[string]bool // of categories, which stay
}

func newWhat(r Request) *what {
	w := &what{ids: map[int64]bool{}, texts: map[string]bool{}, before: map[string]bool{}, names: map[string]bool{}}
	for _, id := range r.IDs {
		w.ids[id] = true
	}
	if text := strings.TrimSpace(r.Text); text != "" {
		w.needle = rowindex.Fold(text)
		w.plain = regexp.MustCompile("(?i)" + regexp.QuoteMeta(text))
	}
	return w
}

// holds reports whether a text is to be forgotten as a whole.
func (w *what) holds(text string) bool { return w.texts[strings.TrimSpace(text)] || w.mentions(text) }

// mentions reports whether the needle stands in a text.
func (w *what) mentions(text string) bool {
	return w.needle != "" && strings.Contains(rowindex.Fold(text), w.needle)
}

// gap stands where something was forgotten.
const gap = "…"

// redact takes what is to be forgotten out of a text.
func (w *what) redact(text string) string {
	switch trimmed := strings.TrimSpace(text); {
	case w.names[text]:
		return text
	case w.texts[trimmed] || w.before[trimmed]:
		return gap
	case !w.mentions(text):
		return text
	}
	if short := w.plain.ReplaceAllLiteralString(text, gap); !w.mentions(short) {
		return short
	}
	return gap
}

// redactValue is redact for a column that may hold JSON, whose keys and numbers stay.
func (w *what) redactValue(text string) string {
	if text == "" || !strings.ContainsRune(`{["`, rune(text[0])) || !json.Valid([]byte(text)) {
		return w.redact(text)
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return w.redact(text)
	}
	changed := false
	value = w.redactJSON(value, &changed)
	if !changed {
		return text
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return w.redact(text)
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// redactJSON redacts the strings of a JSON value. Of a list they are dropped, as of
// examples.
func (w *what) redactJSON(value any, changed *bool) any {
	switch value := value.(type) {
	case string:
		short := w.redact(value)
		*changed = *changed || short != value
		return short
	case []any:
		kept := make([]any, 0, len(value))
		for _, item := range value {
			if text, ok := item.(string); ok && w.redact(text) != text {
				*changed = true
				continue
			}
			kept = append(kept, w.redactJSON(item, changed))
		}
		return kept
	case map[string]any:
		for key, item := range value {
			value[key] = w.redactJSON(item, changed)
		}
	}
	return value
}
