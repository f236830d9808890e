package list

import (
	"strings"
	"unicode"

	"seedbed/localdb/exchange"
)

// What lists of messages don't have, but documents, programs and settings do.

var (
	documentMark = exchange.Pattern("^\\s*(?:```|~~~|!\\[|<[a-z/!]|\\|.*\\|\\s*$|\\.\\. [\\w-]+::|>\\s)|\\[[^\\[\\]]+\\]\\([^()\\s]+\\)|`[^`]+`")
	// documentHeading is a heading of Markdown.
	documentHeading = exchange.Pattern(`^#{1,6}\s`)
	setting         = exchange.Pattern(`^["']?[\w./-]+["']?\s*(?:=|:=|\+=)\s*\S*|^[\w.-]+:\s*(?:\d+|true|false|null|"[^"]*"|'[^']*'|\S*[/\\]\S*)?$|[{};]$`)
)

// markup tells whether lines are those of a document: fences, pictures, links, code, tables.
func markup(lines []entry) bool {
	n := 0
	for _, line := range lines {
		if documentMark().MatchString(line.whole) {
			n++
		}
	}
	return n*10 > len(lines) || n > 0 && len(lines) < 10
}

// settings tells whether texts are those of a file of settings or a program.
func settings(texts []string) bool {
	n := 0
	for _, text := range texts {
		if setting().MatchString(text) {
			n++
		}
	}
	return n*3 > len(texts)
}

// tag is a word with its tag, as CoNLL and BIO have one a line.
var tag = exchange.Pattern(`^\S+(?:[ \t]+\S+){0,2}[ \t]+(?:O|[BIESU]-[\w-]+)$`)

// tagged tells whether most texts are words with tags.
func tagged(texts []string) bool {
	n := 0
	for _, text := range texts {
		if tag().MatchString(text) {
			n++
		}
	}
	return n*2 > len(texts)
}

// wordless tells whether most texts hold no letters.
func wordless(texts []string) bool {
	n := 0
	for _, text := range texts {
		if strings.ContainsFunc(text, unicode.IsLetter) {
			n++
		}
	}
	return n*2 < len(texts)
}

func isDigit(r rune) bool { return unicode.Is(unicode.Nd, r) }

// words counts the words of a text; in scripts without spaces, two characters are one.
func words(text string) int {
	n, wide := 0, 0
	for _, word := range strings.Fields(text) {
		n++
		for _, r := range word {
			if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
				wide++
			}
		}
	}
	return n + wide/2
}

// wordy tells whether texts are such as people write in a message: hardly any is a
// paragraph.
func wordy(texts []string) bool {
	long := 0
	for _, text := range texts {
		if words(text) > 60 || len(text) > longestItem {
			long++
		}
	}
	return long*10 <= len(texts)
}
