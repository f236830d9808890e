package phrases

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tidy makes a message one line without space around it.
func tidy(text string) string { return strings.Join(strings.Fields(text), " ") }

func capital(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(r)) + text[size:]
}

var sentenceStart = regexp.MustCompile(`[.!?]\s+\p{Ll}`)

// sentenceCase begins each sentence with a capital letter.
func sentenceCase(text string) string {
	return sentenceStart.ReplaceAllStringFunc(capital(text), strings.ToUpper)
}

// lowerFirst writes the first letter small, unless the first word has capitals
// further on.
func lowerFirst(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	word, _, _ := strings.Cut(text, " ")
	if size == 0 || strings.ContainsFunc(word[min(size, len(word)):], unicode.IsUpper) {
		return text
	}
	return string(unicode.ToLower(r)) + text[size:]
}
