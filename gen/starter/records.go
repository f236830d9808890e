package starter

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"seedbed/assets/i18n"
)

// headingForm is a heading of Markdown, or of a section as settings files have them.
var headingForm = regexp.MustCompile(`^(#{1,6})\s+(.+?)\s*#*$|^(\[)([^\[\]]{2,})\]$`)

// underHeadings reads a list in which each category is a heading, with what it is and its
// examples below; nil where it is no such list. Headings of other levels than most are titles.
func underHeadings(text string) []entry {
	levels := map[string]int{}
	for line := range strings.Lines(text) {
		if m := headingForm.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			levels[m[1]+m[3]]++
		}
	}
	level := ""
	for l, n := range levels {
		if n > levels[level] || n == levels[level] && len(l) > len(level) {
			level = l
		}
	}
	if levels[level] < 2 {
		return nil
	}
	var entries []entry
	below := 0
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if m := headingForm.FindStringSubmatch(line); m != nil {
			if m[1]+m[3] == level {
				entries = append(entries, lineEntry(m[2]+m[4]))
			}
			continue
		}
		if strings.Trim(line, "-=_*~ ") == "" || len(entries) == 0 {
			continue // a title or an introduction may stand above
		}
		below++
		entries[len(entries)-1].addBelow(line, level == "[")
	}
	sentences, examples := 0, 0
	for _, e := range entries {
		for _, text := range e.examples {
			examples++
			if isSentence(text) {
				sentences++
			}
		}
	}
	if below == 0 || level != "[" && sentences*2 < examples {
		return nil // names below headings are categories, too
	}
	return entries
}

// addBelow adds a line below a category's heading: a field by its name, an example, or
// else what the category is.
func (e *entry) addBelow(line string, plain bool) {
	text := withoutBullet(line)
	key, value, found := strings.Cut(text, ":")
	switch f := fieldOf(key); {
	case found && f != unknownField && f != nameField && f != textField:
		e.set(f, value)
	case text != line || plain || len(e.examples) > 0 || e.is != "":
		e.examples = append(e.examples, unquoted(text))
	default:
		e.is = text
	}
}

// isSentence tells what may be a message from what may be a name.
func isSentence(text string) bool {
	const words = 4
	return len(strings.Fields(text)) >= words || strings.HasSuffix(text, "?")
}

// readRecords reads a list whose categories are records of named fields, a line each, as in
// YAML or a form that was filled in; errNoList where it is none.
func readRecords(text string) (Found, error) {
	var entries []entry
	var last field
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.Trim(line, "-=_*~# ") == "" || strings.HasPrefix(line, "#") {
			continue
		}
		item := withoutBullet(line)
		key, value, found := strings.Cut(item, ":")
		value = unquoted(strings.TrimSpace(value))
		f := fieldOf(key)
		switch {
		case found && f == nameField && value != "":
			entries = append(entries, entry{name: value})
		case strings.EqualFold(item, "categories:") && len(entries) == 0:
		case len(entries) == 0 || value == "|" || value == ">" || f == textField: // Rasa's lists of messages have such blocks
			return Found{}, errNoList
		case found && f != unknownField:
			entries[len(entries)-1].set(f, strings.Trim(value, "[]"))
		case last == examplesField:
			e := &entries[len(entries)-1]
			e.examples = append(e.examples, unquoted(item))
			continue
		default:
			return Found{}, errNoList
		}
		last = f
	}
	long := slices.ContainsFunc(entries, func(e entry) bool { return utf8.RuneCountInString(e.name) > longestName })
	if len(entries) < 2 || long || repeats(entries) {
		return Found{}, errNoList
	}
	categories, notes, err := tidy(entries)
	return Found{Starter: Starter{Categories: categories}, Form: i18n.T("a list of categories with their fields"), Notes: notes}, err
}
