package kbsource

import (
	"encoding/json"
	"encoding/xml"
	"slices"
	"strings"
)

// plain is the text in a cell of the column.
func (c column) plain(cell string) string {
	switch c.kind {
	case jsonColumn, arrayColumn, objectColumn:
		var value any
		if json.Unmarshal([]byte(cell), &value) != nil {
			return cell
		}
		return strings.Join(textsIn(value, 0), "\n\n")
	case xmlColumn:
		return xmlText(cell)
	}
	return cell
}

// deepest is how far JSON is looked into.
const deepest = 16

// textFields are what the text of an object is called, the likeliest first.
var textFields = []string{"content", "text", "page_content", "pageContent", "body", "message", "chunk", "markdown", "document", "value"}

// textsIn are the texts in JSON: of an object its text field, or else all of its texts in
// the order of their names.
func textsIn(value any, depth int) (texts []string) {
	if depth == deepest {
		return nil
	}
	switch value := value.(type) {
	case string:
		if text := strings.TrimSpace(value); text != "" {
			return []string{text}
		}
	case []any:
		for _, one := range value {
			texts = append(texts, textsIn(one, depth+1)...)
		}
	case map[string]any:
		for _, name := range textFields {
			if texts = textsIn(value[name], depth+1); len(texts) > 0 {
				return texts
			}
		}
		for _, name := range sortedNames(value) {
			texts = append(texts, textsIn(value[name], depth+1)...)
		}
	}
	return texts
}

// sortedNames puts a question before its answer.
func sortedNames(object map[string]any) []string {
	names := make([]string, 0, len(object))
	for name := range object {
		names = append(names, name)
	}
	rank := func(name string) int {
		return slices.Index([]string{"title", "heading", "question"}, strings.ToLower(name)) & 0xf // -1 is last
	}
	slices.SortFunc(names, func(a, b string) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return names
}

// xmlText is the text between the tags.
func xmlText(text string) string {
	decoder := xml.NewDecoder(strings.NewReader(text))
	decoder.Strict, decoder.AutoClose, decoder.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var b strings.Builder
	for {
		token, err := decoder.Token()
		if err != nil {
			return strings.Join(strings.Fields(b.String()), " ")
		}
		switch token := token.(type) {
		case xml.CharData:
			b.Write(token)
		case xml.StartElement, xml.EndElement:
			b.WriteByte(' ')
		}
	}
}
