package list

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/columns"
)

// labelling is what one way to carry labels makes of the lines.
type labelling struct {
	way
	lines  int
	order  []string       // the labels in the order of the lines
	labels map[string]int // how often each comes
	texts  []string
}

func (l *labelling) count(line string) {
	l.lines++
	label, text, ok := l.cut(line)
	if !ok {
		return
	}
	if l.labels == nil {
		l.labels = map[string]int{}
	}
	l.labels[label]++
	l.order = append(l.order, label)
	l.texts = append(l.texts, text)
}

// strength is how much speaks for it; 0 for nothing, from 1 on enough.
func (l *labelling) strength() float64 {
	n := len(l.order)
	if n < 3 || n*10 < l.lines*9 || n < l.lines && l.lines < 6 {
		return 0
	}
	if l.textsRecur() || l.labelsOutweigh() || l.numbered() || l.namesFields() {
		return 0
	}
	m := l.measure()
	covered := float64(n) / float64(l.lines)
	score := covered + m.repeated + 0.2*m.formal + 0.2*m.known + 0.1*m.simple - 0.1*float64(l.weight)
	if l.enough(m) {
		return score
	}
	if l.weight == common || m.repeated == 0 && (l.weight == usual && m.simple < 1 || m.textWords < 2) {
		return 0
	}
	return min(score/4, 0.9)
}

// textsRecur tells whether the texts come again and again, as labels do.
func (l *labelling) textsRecur() bool {
	n, different, labels := len(l.order), distinct(l.texts), len(l.labels)
	return different*10 < n*6 && different < 2*labels || different <= labels && labels > 1 && n > labels
}

// labelsOutweigh tells whether the labels are much longer than the texts.
func (l *labelling) labelsOutweigh() bool {
	textSize, labelSize := 0, 0
	for i, text := range l.texts {
		textSize += utf8.RuneCountInString(text)
		labelSize += utf8.RuneCountInString(l.order[i])
	}
	return textSize*10 < labelSize*7
}

// namesFields tells whether the labels are the names of fields, one a line: "text: …", "label: …".
func (l *labelling) namesFields() bool {
	if l.share(func(label string) bool { return fieldWords[exchange.Fold(label)] }) >= 0.5 {
		return true
	}
	return l.share(names(exchange.Message)) > 0 && l.share(names(exchange.Category)) > 0 && len(l.labels) < 6
}

// measures are what speaks for labels, as shares of the lines, but for textWords.
type measures struct {
	repeated  float64 // with a label that came before
	formal    float64 // with a label as programs have them
	known     float64 // with a label that is the name of a usual category
	simple    float64 // with a label without spaces
	plain     float64 // with a label without capitals
	looks     float64 // with a label that looks like the name of a category
	textWords float64 // mean number of words of a text
}

func (l *labelling) measure() measures {
	n := float64(len(l.order))
	m := measures{
		repeated: 1 - float64(len(l.labels))/n,
		formal:   l.share(formal),
		known:    l.share(isCategory),
		simple:   l.share(func(label string) bool { return !strings.ContainsAny(label, " \t") }),
		plain:    l.share(func(label string) bool { return strings.ToLower(label) == label }),
	}
	if l.weight == common {
		m.known -= l.share(func(label string) bool { return interjections[exchange.Fold(label)] })
	}
	m.looks = max(m.formal, m.known)
	if m.repeated == 0 && m.known < 0.5 && l.share(acronym) >= 0.5 {
		m.looks = 0 // as in a glossary
	}
	textWords := 0
	for _, text := range l.texts {
		textWords += words(text)
	}
	m.textWords = float64(textWords) / n
	return m
}

// enough tells whether labels are proved: the more usual the sign is in texts, the more
// they have to come again, or to look like names of categories.
func (l *labelling) enough(m measures) bool {
	n := len(l.order)
	if len(l.labels) == 1 { // the same before or behind each line
		return n == l.lines && m.simple == 1 && n >= 3 && (l.weight == rare || l.example == "label: text")
	}
	switch l.weight {
	case rare:
		return m.enoughForRare()
	case usual:
		return m.enoughForUsual(n)
	default:
		return m.enoughForCommon(n, strings.Contains(l.example, ", "))
	}
}

func (m measures) enoughForRare() bool {
	if m.repeated >= 0.3 || m.repeated > 0 && m.simple == 1 {
		return true
	}
	return m.simple == 1 && m.textWords >= 2 && (m.looks >= 0.5 || m.plain == 1)
}

func (m measures) enoughForUsual(lines int) bool {
	if m.repeated >= 0.5 && lines >= 4 || m.looks >= 0.9 && m.textWords >= 1.5 {
		return true
	}
	return m.repeated > 0 && m.looks >= 0.5 || m.repeated >= 0.25 && m.simple == 1 && m.plain == 1 && lines >= 6
}

func (m measures) enoughForCommon(lines int, comma bool) bool {
	if m.repeated >= 0.3 && m.looks >= 0.6 || m.looks >= 0.95 && lines >= 5 {
		return true
	}
	return m.repeated >= 0.7 && m.simple == 1 && m.textWords >= 2 && lines >= 10 && !comma
}

// share is the share of the lines whose label is of a kind.
func (l *labelling) share(kind func(string) bool) float64 {
	n := 0
	for label, count := range l.labels {
		if kind(label) {
			n += count
		}
	}
	return float64(n) / float64(max(len(l.order), 1))
}

// numbered tells whether labels are but the numbers of the lines, or times.
func (l *labelling) numbered() bool {
	grow, numbers, before := 0, 0, -1
	for _, label := range l.order {
		if strings.Trim(label, "0123456789") != "" {
			continue
		}
		numbers++
		if n := digits(label); n > before {
			grow++
		}
		before = digits(label)
	}
	return numbers*2 > len(l.order) && (grow*10 >= numbers*8 || len(l.labels)*2 > len(l.order))
}

func (l *labelling) evidence(strength float64) exchange.Evidence {
	why := i18n.T("each line has a label, {{.Labels}} in all, as in “{{.Example}}”", i18n.Values{"Labels": len(l.labels), "Example": l.example})
	switch {
	case strength < 1:
		return exchange.Evidence{Sureness: hint, Why: i18n.T("its lines may have labels, such as “{{.Label}}”; too little speaks for that", i18n.Values{"Label": l.order[0]})}
	case tableLike[l.example]:
		return exchange.Evidence{Sureness: 0.48, Why: why} // below that of CSV
	}
	return exchange.Evidence{Sureness: 0.65, Why: why}
}

// tableLike are the ways that are a CSV file as well.
var tableLike = map[string]bool{
	"label, a tab, text": true, "text, a tab, label": true, "label | text": true, "text | label": true,
	"label; text": true, "text; label": true, "label, text": true, "text, label": true,
}

// names is true of labels that name a field.
func names(field exchange.Field) func(string) bool {
	return func(label string) bool { return columns.FieldOf(label) == field }
}

func acronym(label string) bool { return strings.ToUpper(label) == label }

func distinct(texts []string) int {
	seen := map[string]bool{}
	for _, text := range texts {
		seen[text] = true
	}
	return len(seen)
}

// formal is true of labels as programs have them: with underscores, of capitals alone, or
// with capitals inside.
func formal(label string) bool {
	if strings.ContainsAny(label, " \t") {
		return false
	}
	lower, upper, inside := 0, 0, false
	for i, r := range label {
		switch {
		case r == '_' || (r == '/' || r == '.' || r == ':' || r == '-') && i > 0:
			inside = true
		case unicode.IsUpper(r):
			upper++
			inside = inside || i > 0 && lower > 0
		case unicode.IsLower(r):
			lower++
		}
	}
	return inside && lower+upper > 0 || upper >= 2 && lower == 0
}
