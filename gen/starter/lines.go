package starter

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// bullet is what stands before an item of a list: a sign, a number, a letter or a box.
var bullet = regexp.MustCompile(`^(?:[-*+•‣◦▪▫●○·–—➢✓✔☐☑]+\s+|[•‣◦▪▫●○➢☐☑]\s*|\(?\d{1,3}[.)]\s+|\d{1,3}\s*[:–-]\s+|\(?(?:[a-zA-Z]|[ivx]{1,4}|[IVX]{1,4})[.)]\s+|#{1,6}\s+|\[[ xX]?\]\s+|>\s+)`)

var loneNumber = regexp.MustCompile(`^\(?\d{1,3}[.)]$`)

// withoutBullet takes what stands before an item of a list away.
func withoutBullet(line string) string {
	for range 3 { // "- [ ] 1. name"
		rest := bullet.ReplaceAllString(line, "")
		if rest == line {
			break
		}
		line = strings.TrimSpace(rest)
	}
	if loneNumber.MatchString(line) {
		return ""
	}
	return line
}

// separator stands between a name and what the category is.
var separator = regexp.MustCompile(`\s*:\s+|：\s*|\t+|\s+[-–—=]+>?\s+|\s*—\s*|:$`)

// readLines reads a list in plain text: one category a line, its name first.
func readLines(f *exchange.File) (Found, error) {
	if strings.HasPrefix(strings.TrimSpace(f.Sample()), "<") { // a document in HTML or XML
		return Found{}, errNoList
	}
	entries := underHeadings(f.Sample())
	if entries == nil {
		entries = withExamples(f.Sample())
	}
	if entries == nil {
		for line := range strings.Lines(f.Sample()) {
			if e := lineEntry(line); e.name != "" {
				entries = append(entries, e)
			}
		}
	}
	long := 0
	for _, e := range entries {
		if utf8.RuneCountInString(e.name) > longestName {
			long++
		}
	}
	if len(entries) == 1 {
		entries = onOneLine(entries)
	}
	switch {
	case len(entries) == 0 || repeats(entries):
		return Found{}, errNoList
	case long*5 > len(entries): // sentences, which are messages rather than names
		return Found{}, errNoList
	}
	categories, notes, err := tidy(entries)
	return Found{Starter: Starter{Categories: categories}, Form: i18n.T("a list with one category a line"), Notes: notes}, err
}

// withExamples reads a list in which the examples of a category stand below its line, indented
// or with bullets where the categories have none; nil where it is no such list. What stands
// below a heading may be categories, too: examples are sentences.
func withExamples(text string) (entries []entry) {
	const leastCategories = 2
	examples, sentences := 0, 0
	first := "" // what stands before the first category: nothing, or a bullet
	for line := range strings.Lines(text) {
		stripped := strings.TrimSpace(line)
		if strings.Trim(stripped, "-=_*~# ") == "" {
			continue
		}
		example, before := withoutBullet(stripped), bulletOf(line)
		if len(entries) == 0 {
			first = before
		}
		if before == first {
			entries = append(entries, lineEntry(line))
			continue
		}
		if example == "" {
			return nil
		}
		examples++
		if isSentence(example) {
			sentences++
		}
		last := &entries[len(entries)-1]
		last.examples = append(last.examples, unquoted(example))
	}
	if len(entries) < leastCategories || examples == 0 || sentences*2 <= examples {
		return nil
	}
	return entries
}

// bulletOf is how a line begins: how far it is indented, and with what kind of bullet.
func bulletOf(line string) string {
	line = strings.TrimRight(line, " \t\r\n")
	text := strings.TrimLeft(line, " \t")
	kind := strings.TrimSpace(strings.TrimSuffix(text, withoutBullet(text)))
	switch r, _ := utf8.DecodeRuneInString(strings.TrimPrefix(kind, "(")); {
	case kind == "" || kind == strings.TrimSpace(text):
		kind = ""
	case unicode.IsDigit(r):
		kind = "1"
	case unicode.IsLetter(r):
		kind = "a"
	}
	return line[:len(line)-len(text)] + kind
}

// count is how many messages are wanted, where a list has it in the place of what a
// category is, or after its name.
var (
	count      = regexp.MustCompile(`(?i)^[x×*]?\s*(\d[\d.,'’ ]*?)\s*(?:x|×|messages|examples|samples|utterances|nachrichten|beispiele)?$`)
	countAfter = regexp.MustCompile(`\s+[x×]\s*(\d+)$`)
)

// lineEntry reads a line; without a name where nothing stands on it.
func lineEntry(line string) (e entry) {
	line = withoutBullet(strings.TrimSpace(line))
	if strings.Trim(line, "-=_*~# ") == "" {
		return e
	}
	if at := separator.FindStringIndex(line); at != nil && at[0] > 0 {
		e.name, e.is = strings.TrimSpace(line[:at[0]]), strings.TrimSpace(line[at[1]:])
		e.takeCount()
		return e
	}
	if open := strings.Index(line, " ("); open > 0 && strings.HasSuffix(line, ")") {
		e.name, e.is = line[:open], strings.TrimSuffix(line[open+2:], ")")
		e.takeCount()
		return e
	}
	e.name = line
	if m := countAfter.FindStringSubmatchIndex(line); m != nil {
		e.name, e.count = line[:m[0]], line[m[2]:m[3]]
	}
	return e
}

// takeCount moves a number from what the category is to where it belongs.
func (e *entry) takeCount() {
	if m := count.FindStringSubmatch(e.is); m != nil {
		e.is, e.count = "", strings.TrimSpace(m[1])
	}
}

// onOneLine takes a single line with several names between commas apart.
func onOneLine(entries []entry) []entry {
	one := entries[0]
	for _, comma := range []string{",", ";", "、", "，", "|"} {
		if names := strings.Split(one.name, comma); one.is == "" && len(names) > 2 {
			entries = nil
			for _, name := range names {
				entries = append(entries, entry{name: strings.TrimSpace(name)})
			}
			return entries
		}
	}
	return entries
}
