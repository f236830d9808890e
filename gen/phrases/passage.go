package phrases

import (
	"regexp"
	"strings"
	"unicode"
)

// A passage may still have the marks of the document that it was cut from.
var (
	frontMatter = regexp.MustCompile(`(?s)\A---\n.*?\n---\n`)
	codeBlock   = regexp.MustCompile("(?s)```.*?(```|\\z)")
	comment     = regexp.MustCompile(`(?s)<!--.*?-->|\{/\*.*?\*/\}`)
	picture     = regexp.MustCompile(`!\[[^\]]*\]\([^)]*\)`)
	link        = regexp.MustCompile(`\[([^\]]+)\]\([^)]*\)`)
	tag         = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)
	address     = regexp.MustCompile(`(https?://|www\.)\S+`)
	emphasis    = regexp.MustCompile("(^|[\\s(\"'“‘])[*_]{1,3}([^*_\\n]+?)[*_]{1,3}([\\s).,;:!?\"'”’]|$)")
	lineMark    = regexp.MustCompile(`^\s*(#{1,6}\s+|[-*+•]\s+(\[[ xX]\]\s+)?|>\s*|\d{1,3}[.)]\s+|:::\w*)`)
	codeLine    = regexp.MustCompile(`^\s*(import .* from |export |const |let |var |def |class |return |#include|\||<)|[{};]\s*$|=>|[=!]=`)
	sentenceEnd = regexp.MustCompile(`([.!?])["”’)]?\s+`)
)

// plainLines are the lines of a text without the marks of Markdown and HTML and
// without code, tables and addresses.
func plainLines(text string) []string {
	text = strings.Map(func(r rune) rune {
		if r == '\r' || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.So, r) || r == '\uFE0F' {
			return -1
		}
		return r
	}, text)
	for _, marks := range []*regexp.Regexp{frontMatter, codeBlock, comment, picture} {
		text = marks.ReplaceAllString(text, "")
	}
	text = link.ReplaceAllString(text, "$1")
	text = tag.ReplaceAllString(text, " ")
	text = address.ReplaceAllString(text, "")
	var lines []string
	for line := range strings.Lines(text) {
		if codeLine.MatchString(line) {
			continue
		}
		for lineMark.MatchString(line) {
			line = lineMark.ReplaceAllString(line, "")
		}
		line = emphasis.ReplaceAllString(emphasis.ReplaceAllString(line, "$1$2$3"), "$1$2$3")
		line = strings.NewReplacer("`", "", "**", "", "__", "", "’", "'", "“", `"`, "”", `"`).Replace(line)
		if line = tidy(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// plainTitle is a heading without its marks and its number.
func plainTitle(title string) string {
	lines := plainLines(title)
	if len(lines) == 0 {
		return ""
	}
	return strings.TrimRight(lines[0], " .:;,!-–—")
}

// sentencesOf cuts a line after full stops, question and exclamation marks.
func sentencesOf(line string) []string {
	var sentences []string
	from := 0
	for _, end := range sentenceEnd.FindAllStringSubmatchIndex(line, -1) {
		before := line[from:end[3]]
		if abbreviatedEnd(before) {
			continue
		}
		sentences = append(sentences, before)
		from = end[1]
	}
	return append(sentences, line[from:])
}

// abbreviatedEnd reports whether a full stop belongs to a word such as "e.g.".
func abbreviatedEnd(text string) bool {
	word := strings.ToLower(text[strings.LastIndexAny(text, " (")+1:])
	switch word {
	case "e.g.", "i.e.", "etc.", "vs.", "dr.", "mr.", "ms.", "mrs.", "no.", "approx.":
		return true
	}
	return false
}
