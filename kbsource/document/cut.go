package document

import "strings"

// MaxPassage is the most characters of a passage: about what a person reads at once and
// a small model still handles well.
const MaxPassage = 1200

// Clean removes what can't be part of a text: NUL, invalid UTF-8 and the white space
// around it.
func Clean(text string) string {
	return strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), ""))
}

// CutPassage splits a clean text into a passage of at most MaxPassage characters, which
// ends with a sentence or a word where possible, and the rest. The passage is empty
// only if the text is.
func CutPassage(text string) (passage, rest string) { return cutText(text, MaxPassage) }

// cutText splits a clean text as CutPassage does, after at most size characters.
func cutText(text string, size int) (first, rest string) {
	end, characters := len(text), 0
	for i := range text {
		if characters == size {
			end = i
			break
		}
		characters++
	}
	if end == len(text) {
		return text, ""
	}
	for _, separator := range []string{". ", "\n", " "} {
		if at := strings.LastIndex(text[:end], separator); at > end/2 {
			end = at + 1
			break
		}
	}
	return strings.TrimRight(text[:end], " \n"), strings.TrimSpace(text[end:])
}
