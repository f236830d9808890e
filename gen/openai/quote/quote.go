// Package quote puts what others wrote into a prompt as data: whatever it says, it can end
// neither its quotation nor its line, and nothing in it is hidden from a reader.
package quote

import (
	"encoding/json"
	"strings"
	"text/template"

	"seedbed/assets/visible"
)

// Functions are those that templates of prompts quote with.
var Functions = template.FuncMap{"line": Line, "json": JSON}

// angles are what tags are made of. No quoted text has one, in any width or spelling that a
// model could take for one.
var angles = strings.NewReplacer("<", "‹", ">", "›", "＜", "‹", "＞", "›", "﹤", "‹", "﹥", "›", "&lt;", "‹", "&gt;", "›", "&#60;", "‹", "&#62;", "›", "&#x3c;", "‹", "&#x3e;", "›")

// Block is a text of several lines, to stand between tags.
func Block(text string) string {
	return angles.Replace(strings.TrimSpace(visible.Clean(text)))
}

// Line is a text in one line, to stand after a label.
func Line(text string) string { return strings.Join(strings.Fields(Block(text)), " ") }

// JSON is a text as a JSON string.
func JSON(text string) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)    // or & would become \u0026, which models repeat
	_ = encoder.Encode(Block(text)) // a string can always be encoded
	return strings.TrimSpace(b.String())
}
