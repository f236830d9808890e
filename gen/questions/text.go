package questions

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
)

// A passage may still have the marks of the document that it was cut from.
var (
	frontMatter = pattern(`(?s)\A---\n.*?\n---\n`)
	codeBlock   = pattern("(?s)```.*?(```|\\z)")
	comment     = pattern(`(?s)<!--.*?-->|\{/\*.*?\*/\}`)
	placed      = pattern(`\{[{%][^\n]*?[%}]\}`) // of Liquid and Jinja
	picture     = pattern(`!\[[^\]]*\]\([^)]*\)`)
	link        = pattern(`\[([^\]]+)\](\([^)\n]*\)|\[[^\]\n]*\])`)
	tagMark     = pattern(`</?[a-zA-Z][^<>]*>`)
	address     = pattern(`\(?(https?://|www\.)\S+`)
	runOn       = pattern(`([\pL)])([.!?])([A-Z][a-z]+[ ,])`) // a space is missing between sentences
	emphasis    = pattern("(^|[\\s(\"'“‘])[*_]{1,3}([^*_\\n]+?)[*_]{1,3}([\\s).,;:!?\"'”’]|$)")
	heading     = pattern(`^\s*#{1,6}\s+`)
	lineMark    = pattern(`^\s*(#{1,6}\s+|[-*+•]\s+(\[[ xX]\]\s+)?|>\s*|\d{1,3}[.)]\s+|\d{1,2}(\.\d{1,2})+[.)]?\s+|:::\w*)`)
	codeLine    = pattern(`^\s*(import .* from |export |const |let |var |def |class |return |#include|\||<|\$ )|[{};]\s*$|=>|[=!]=`)
	sentenceEnd = pattern(`([.!?])["”’)]?\s+`)
)

// line is a line of a passage: a paragraph, an item of a list, a heading.
type line struct {
	text    string
	heading bool
}

var straight = strings.NewReplacer("`", "", "**", "", "__", "", "’", "'", "‘", "'", "“", `"`, "”", `"`, " ", " ")

// linesOf are the lines of a text without the marks of Markdown and HTML and without
// code, tables and addresses.
func linesOf(text string) []line {
	text = strings.Map(func(r rune) rune {
		if r == '\r' || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.So, r) || r == '\uFE0F' {
			return -1
		}
		return r
	}, text)
	for _, marks := range []*regexp.Regexp{frontMatter(), codeBlock(), comment(), picture()} {
		text = marks.ReplaceAllString(text, "")
	}
	text = link().ReplaceAllString(text, "$1")
	text = placed().ReplaceAllString(text, "")
	text = tagMark().ReplaceAllString(text, " ")
	text = address().ReplaceAllString(text, "")
	text = runOn().ReplaceAllString(text, "$1$2 $3")
	var lines []line
	for raw := range strings.Lines(text) {
		if codeLine().MatchString(raw) {
			continue
		}
		isHeading := heading().MatchString(raw)
		for lineMark().MatchString(raw) {
			raw = lineMark().ReplaceAllString(raw, "")
		}
		raw = emphasis().ReplaceAllString(emphasis().ReplaceAllString(raw, "$1$2$3"), "$1$2$3")
		if raw = tidy(straight.Replace(raw)); raw != "" {
			lines = append(lines, line{raw, isHeading})
		}
	}
	return lines
}

// tidy makes a text one line without space around it.
func tidy(text string) string { return strings.Join(strings.Fields(text), " ") }

// sentencesOf cuts a line after full stops, question and exclamation marks.
func sentencesOf(line string) []string {
	var sentences []string
	from := 0
	for _, end := range sentenceEnd().FindAllStringSubmatchIndex(line, -1) {
		if before := line[from:end[3]]; !abbreviatedEnd(before) {
			sentences = append(sentences, before)
			from = end[1]
		}
	}
	return append(sentences, line[from:])
}

var abbreviations = setOf("e.g. i.e. etc. vs. dr. mr. ms. mrs. no. approx. dept. st. jr. sr. inc. u.s. p.m. a.m. z.b. bzw. ca. nr. usw. sog. d.h.")

// abbreviatedEnd reports whether a full stop belongs to a word such as "e.g.".
func abbreviatedEnd(text string) bool {
	return abbreviations[strings.ToLower(text[strings.LastIndexAny(text, " (")+1:])]
}

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// pattern compiles a regular expression when it is first used; most starts of the program
// need none.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
