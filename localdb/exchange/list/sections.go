package list

import (
	"strings"
	"unicode/utf8"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/columns"
)

// heading tells whether a line begins a section, and how the section is called.
type heading func(entry) (name string, ok bool)

// style is how headings are marked.
type style struct {
	example  string
	sureness float64
	single   bool // one section is proof enough
	heading  heading
}

var styles = []style{
	{"intent: label", 0.86, true, namedHeading},
	{"[label]", 0.7, false, lineHeading(`^\[\s*([^\[\]=]+?)\s*\]\s*:?$`)},
	{"== label ==", 0.7, false, lineHeading(`^={2,6}\s*([^=]+?)\s*={2,6}$`)},
	{"--- label ---", 0.7, false, lineHeading(`^-{2,6}\s*([^-\s][^-]*?)\s*-{2,6}$`)},
	{"*** label ***", 0.7, false, lineHeading(`^\*{3,6}\s*([^*]+?)\s*\*{3,6}$`)},
	{"**label**", 0.66, false, lineHeading(`^(?:\d+[.)]\s*)?(?:\*\*|__)\s*([^*]+?)\s*:?\s*(?:\*\*|__)\s*:?$`)},
	{"<label>", 0.66, false, lineHeading(`^<([^<>/]+)>$`)},
	{"# label", 0.66, false, lineHeading(`^#{1,6}\s*([^#\s][^#]*?)\s*#*$`)},
	{"label:", 0.66, false, colonHeading},
	{"LABEL", 0.6, false, capitalHeading},
	{"1. label", 0.66, false, numberedHeading},
	{"a list in a list", 0.66, false, outlineHeading},
}

var counted = exchange.Pattern(`\s*(?:[(\[]\d+[^()\[\]]{0,20}[)\]])$`)

// lineHeading makes the headings of a pattern. How many messages follow is no part of a name.
func lineHeading(expression string) heading {
	compiled := exchange.Pattern(expression)
	return func(line entry) (string, bool) {
		m := compiled().FindStringSubmatch(line.whole)
		if m == nil {
			return "", false
		}
		return sectionName(m[1])
	}
}

func sectionName(name string) (string, bool) {
	name = unquote(strings.Trim(counted().ReplaceAllString(strings.TrimSpace(name), ""), "*_: "))
	if label, ok := namedHeading(entry{whole: name}); ok { // ## Intent: greet
		return label, true
	}
	if i := strings.LastIndexAny(name, ".)"); i > 0 && i < 4 && strings.Trim(name[:i], "0123456789") == "" {
		name = strings.TrimSpace(name[i+1:]) // 1. Greeting
	}
	ok := name != "" && utf8.RuneCountInString(name) <= 60 && words(name) <= 7 && !strings.ContainsAny(name[len(name)-1:], ".!?,;")
	return name, ok
}

// namedHeading is a line that names a label as one: "intent: greet".
func namedHeading(line entry) (string, bool) {
	text := strings.TrimLeft(line.whole, "-#*>= ")
	key, label, ok := strings.Cut(strings.Replace(text, "：", ":", 1), ":")
	if !ok || columns.FieldOf(strings.Trim(key, "*_ ")) != exchange.Category {
		return "", false
	}
	label = unquote(strings.Trim(label, "*_= "))
	return label, labelLike(label) && columns.FieldOf(label) != exchange.Message
}

// colonHeading is a line of a label and a colon.
func colonHeading(line entry) (string, bool) {
	name, ok := strings.CutSuffix(strings.Replace(line.whole, "：", ":", 1), ":")
	if !ok || line.mark.kind != "" && line.mark.kind != "1" || !labelLike(unquote(strings.TrimSpace(name))) {
		return "", false
	}
	return sectionName(name)
}

// capitalHeading is a line of capitals with a blank line before it.
func capitalHeading(line entry) (string, bool) {
	if line.mark.kind != "" || !line.gap && line.number > 1 || strings.ToLower(line.whole) == line.whole || strings.ToUpper(line.whole) != line.whole || !labelLike(line.whole) {
		return "", false
	}
	return sectionName(line.whole)
}

// outlineHeading is an item at the left edge of a list with items that are further in.
func outlineHeading(line entry) (string, bool) {
	if line.indent > 0 || line.mark.kind == "" {
		return "", false
	}
	return sectionName(strings.TrimSuffix(line.text, ":"))
}

// numberedHeading is a numbered line of a list with bullets.
func numberedHeading(line entry) (string, bool) {
	if line.mark.kind != "1" {
		return "", false
	}
	return sectionName(line.text)
}

// findSections finds the style of headings that parts the most lines into sections.
func findSections(sample string, lines, list []entry, marked bool) (best evidence) {
	most := 0
	for _, s := range styles {
		if (s.example == "a list in a list" || s.example == "1. label") && !marked {
			continue
		}
		if marked {
			list = entriesOf(sample, marked, s.heading) // a heading doesn't go on with the item above it
		}
		p := partition{style: s}
		for _, e := range list {
			p.count(e, marked)
		}
		if !p.plausible(lines) || len(p.names) <= most {
			continue
		}
		most = len(p.names)
		sureness := s.sureness
		if s.example == "label:" && p.items == len(p.texts) {
			sureness = 0.82 // above that of YAML: keys with a list of texts each
		}
		best = evidence{
			Evidence: exchange.Evidence{Sureness: sureness, Why: i18n.T("its lines are in {{.Sections}} sections with headings as in “{{.Example}}”", i18n.Values{"Sections": len(p.names), "Example": s.example})},
			marked:   marked, heading: s.heading, quoted: allQuoted(p.texts),
		}
	}
	return best
}

// partition is what one style of headings makes of the lines.
type partition struct {
	style
	names  []string
	empty  int // sections without a text
	filled bool
	above  int // lines above the first heading
	texts  []string
	items  int // texts with a mark before them
}

func (p *partition) count(e entry, marked bool) {
	name, ok := p.heading(e)
	switch {
	case ok:
		if len(p.names) > 0 && !p.filled {
			p.empty++
		}
		p.names, p.filled = append(p.names, name), false
	case len(p.names) == 0:
		p.above++
	default:
		p.filled = true
		p.texts = append(p.texts, e.text)
		if marked && e.mark.kind != "" {
			p.items++
		}
	}
}

// plausible tells whether the sections are those of a list of messages, and not of a
// document, a program or settings.
func (p *partition) plausible(lines []entry) bool { //nolint:cyclop // one list of signs, which are weighed together
	n := len(p.names)
	if n == 0 || n == 1 && (!p.single || len(p.texts) < 2) || p.above > 3 || p.above > n && n > 1 || len(p.texts) < n-p.empty || p.empty*3 > n {
		return false
	}
	if p.items > 0 && p.items*10 < len(p.texts)*8 || !wordy(p.texts) || wordless(p.texts) || settings(p.texts) || tagged(p.texts) {
		return false
	}
	if p.single {
		return true
	}
	known := 0
	roles := 0
	for _, name := range p.names {
		if documentWords[exchange.Fold(name)] || dated().MatchString(name) {
			return false
		}
		if isCategory(name) || formal(name) {
			known++
		}
		if exchange.RoleSide(name) != exchange.NoSide || conversationWords[exchange.Fold(name)] {
			roles++
		}
	}
	if roles*10 >= n*9 || n > 0 && distinct(p.texts)*2 < len(p.texts) || markup(lines) || code(p.texts) {
		return false
	}
	total := 0
	for _, text := range p.texts {
		total += words(text)
	}
	switch {
	case strings.HasPrefix(p.example, "#"), p.example == "label:", p.example == "LABEL", p.example == "1. label", p.example == "a list in a list":
		// Documents have such headings, too: messages are short, and several of a kind.
		return total >= len(p.texts)*3/2 && total <= len(p.texts)*25 && (known*2 >= n || len(p.texts) >= 2*(n-p.empty))
	}
	return true
}

// dated is true of headings of logs of changes and diaries.
var dated = exchange.Pattern(`^\[?v?\d+\.\d+|\d{4}-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}`)

// code tells whether texts are those of a program.
func code(texts []string) bool {
	n := 0
	for _, text := range texts {
		if strings.ContainsAny(text[len(text)-1:], "{};,(") || strings.HasPrefix(text, "$ ") || strings.HasPrefix(text, "//") {
			n++
		}
	}
	return n*4 > len(texts)
}

func readSections(found evidence, list *entries, r *exchange.Reading) error {
	begun, category := false, ""
	return list.each(r, (*entries).next, func(e entry) bool {
		if name, ok := found.heading(e); ok {
			begun, category = true, name
			return true
		}
		if !begun {
			r.Skip(e.number, aboveList, e.whole)
			return true
		}
		if e.text == "" || rule().MatchString(e.text) {
			r.Skip(e.number, noItem, e.whole)
			return true
		}
		return found.add(r, e, e.text, category)
	})
}

// rule is a line that parts what stands above it from what stands below.
var rule = exchange.Pattern(`^(?:[-=_*~#+─━═]\s*){3,}$`)
