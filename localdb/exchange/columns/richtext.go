package columns

import (
	"encoding/json"
	"strings"
)

// blockKinds are the types of parts that stand on lines of their own, by what programs
// for chats and editors call them.
var blockKinds = map[string]bool{
	"paragraph": true, "heading": true, "blockquote": true, "list_item": true, "listItem": true, "bulletList": true, "orderedList": true,
	"rich_text_section": true, "section": true, "codeBlock": true, "text": false,
}

// innerKeys are where a part holds its own parts.
var innerKeys = []string{"content", "children", "elements", "blocks", "parts", "ops", "spans"}

// RichText gives the words of a text that is cut into parts, as one text in their order:
// an array of strings and of objects with a text, which may hold parts themselves. Parts
// without a text, such as pictures, say nothing. ok is false for what is no such text.
func RichText(value any) (text string, ok bool) { return richText(value, 0) }

func richText(value any, depth int) (text string, ok bool) {
	if depth > maxTextDepth {
		return "", false
	}
	switch v := value.(type) {
	case string:
		return v, true
	case []any:
		return joinParts(v, depth)
	case map[string]any:
		for _, key := range []string{"text", "insert", "value", "content"} {
			if s, ok := v[key].(string); ok {
				return s, !isWords(v) || wordKind(kindOf(v))
			}
			if inner, ok := v[key].(map[string]any); ok {
				return richText(inner, depth+1)
			}
		}
		for _, key := range innerKeys {
			if inner, ok := v[key].([]any); ok {
				return joinParts(inner, depth+1)
			}
		}
		if isWords(v) { // a picture, a line break
			if kind := kindOf(v); kind == "hardBreak" || kind == "br" {
				return "\n", true
			}
			return "", true
		}
	}
	return "", false
}

// maxTextDepth bounds how deep the parts of a text are opened.
const maxTextDepth = 30

func kindOf(part map[string]any) string {
	kind, _ := part["type"].(string)
	return kind
}

func isWords(part map[string]any) bool { return kindOf(part) != "" }

// wordKind tells whether a part of this type has words of a message, and not those a
// program thought or called.
func wordKind(kind string) bool {
	switch kind {
	case "thinking", "reasoning", "tool_use", "tool_result", "tool_call", "function_call", "image_url", "redacted_thinking":
		return false
	}
	return true
}

// joinParts puts parts behind one another: as they are where they are pieces of a line,
// and on lines of their own where each is a whole text.
func joinParts(list []any, depth int) (string, bool) {
	var texts []string
	pieces, blocks := false, false
	for _, part := range list {
		text, ok := richText(part, depth+1)
		object, isObject := part.(map[string]any)
		kind := kindOf(object)
		if !ok && (!isObject || kind == "" || wordKind(kind)) {
			return "", false
		}
		if !ok || text == "" {
			continue
		}
		texts = append(texts, text)
		blocks = blocks || blockKinds[kind]
		pieces = pieces || strings.TrimSpace(text) != text || isObject && kind != "" && kind != "text" && !blockKinds[kind] && !strings.HasSuffix(kind, "_text")
	}
	between := "\n"
	if pieces && !blocks {
		between = ""
	}
	return strings.TrimSpace(strings.Join(texts, between)), true
}

// textOfCell gives the text of a cell that holds it as JSON; the cell itself where it doesn't.
func textOfCell(cell string) string {
	trimmed := strings.TrimSpace(cell)
	var value any
	if trimmed == "" || trimmed[0] != '{' && trimmed[0] != '[' || json.Unmarshal([]byte(trimmed), &value) != nil {
		return cell
	}
	if text, ok := RichText(value); ok && strings.TrimSpace(text) != "" {
		return text
	}
	return cell
}

// richTexts tells whether the texts of a column are kept as JSON.
func richTexts(records [][]string, column int) bool {
	cells, rich := 0, 0
	for _, r := range records {
		if cell := cellAt(r, column); cell != "" {
			cells++
			if textOfCell(cell) != cell {
				rich++
			}
		}
	}
	return rich > 0 && rich*10 >= cells*8
}
