package list

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/columns"
)

// cut parts a line into its label and its text.
type cut func(line string) (label, text string, ok bool)

// way is how lines may carry their labels.
type way struct {
	example string // how it looks
	weight  weight
	cut     cut
}

// weight says how much a sign between label and text proves.
type weight int

const (
	rare   weight = iota // hardly in a text: =>, [label], a tab
	usual                // in texts as well: a colon, a dash between spaces
	common               // in many texts: a comma, a slash
)

// ways lists the ways to carry a label. Of equally good ones the first counts.
var ways = []way{
	{"COARSE:fine text", rare, coarseFine},
	{"LABEL text", usual, pattern(`^([A-Z][A-Z_]{1,20})\s+(\S.*[a-z].*)$`)},
	{"[label] text", rare, pattern(`^\[([^\[\]]+)\]\s*[:：-]?\s*(\S.*)$`)},
	{"【label】text", rare, pattern(`^【([^【】]+)】\s*(\S.*)$`)},
	{"{label} text", rare, pattern(`^\{([^{}]+)\}\s*[:：]?\s*(\S.*)$`)},
	{"<label> text", rare, pattern(`^<([^<>/]+)>\s*[:：]?\s*([^<]*[^<>\s])$`)},
	{"text [label]", rare, behind(`^(.*\S)\s*\[([^\[\]]+)\]$`)},
	{"text {label}", rare, behind(`^(.*\S)\s*\{([^{}]+)\}$`)},
	{"text <label>", rare, behind(`^(.*\S)\s*<([^<>/]+)>$`)},
	{"label ||| text", rare, first("|||")},
	{"text ||| label", rare, last("|||")},
	{"label ### text", rare, first("###")},
	{"text ### label", rare, last("###")},
	{"label @@@ text", rare, first("@@@")},
	{"text @@@ label", rare, last("@@@")},
	{"label => text", rare, first("=>")},
	{"text => label", rare, last("=>")},
	{"label --> text", rare, first("-->")},
	{"text --> label", rare, last("-->")},
	{"label -> text", rare, first("->")},
	{"text -> label", rare, last("->")},
	{"label → text", rare, first("→")},
	{"text → label", rare, last("→")},
	{"label ⇒ text", rare, first("⇒")},
	{"text ⇒ label", rare, last("⇒")},
	{"label >> text", rare, first(">>")},
	{"text >> label", rare, last(">>")},
	{"label :: text", rare, first("::")},
	{"text :: label", rare, last("::")},
	{"label == text", rare, first("==")},
	{"text == label", rare, last("==")},
	{"label || text", rare, first("||")},
	{"text || label", rare, last("||")},
	{"label, a tab, text", rare, first("\t")},
	{"text, a tab, label", rare, last("\t")},
	{"label | text", rare, first("|")},
	{"text | label", rare, last("|")},
	{"label = text", usual, first(" = ")},
	{"text = label", usual, last(" = ")},
	{"label: text", usual, colon},
	{"text: label", common, last(": ")},
	{"label - text", usual, dash(first)},
	{"text - label", usual, dash(last)},
	{"text # label", usual, behind(`^(.*\S)\s+#\s*([^\s#]+)$`)},
	{"#label text", usual, pattern(`^#([^\s#]+)\s+(\S.*)$`)},
	{"text (label)", usual, behind(`^(.*\S)\s*\(([^()]+)\)$`)},
	{"(label) text", usual, pattern(`^\(([^()]+)\)\s*[:：]?\s*(\S.*)$`)},
	{"label#text", common, pattern(`^([^\s#]+)#([^\s#].*)$`)},
	{"text#label", common, behind(`^(.*[^\s#])#([^\s#]+)$`)},
	{"label; text", common, first(";")},
	{"text; label", common, last(";")},
	{"label, text", common, first(",")},
	{"text, label", common, last(",")},
	{"label / text", common, first(" / ")},
	{"text / label", common, last(" / ")},
	{"label ~ text", common, first("~")},
	{"text ~ label", common, last("~")},
}

// first cuts behind a label, last before one.
func first(separator string) cut {
	return func(line string) (string, string, bool) {
		label, text, ok := strings.Cut(line, separator)
		return parts(label, text, ok)
	}
}

func last(separator string) cut {
	return func(line string) (string, string, bool) {
		i := strings.LastIndex(line, separator)
		if i < 0 {
			return "", "", false
		}
		return parts(line[i+len(separator):], line[:i], true)
	}
}

// parts takes space and quotes off a label, and refuses what can't be one.
func parts(label, text string, ok bool) (string, string, bool) {
	label, text = unquote(strings.TrimSpace(label)), strings.TrimSpace(text)
	if !ok || text == "" || strings.ContainsRune("|=>", rune(text[0])) || strings.ContainsRune("|=<", rune(text[len(text)-1])) || !labelLike(label) {
		return "", "", false
	}
	return label, text, true
}

func pattern(expression string) cut {
	compiled := exchange.Pattern(expression)
	return func(line string) (string, string, bool) { return found(compiled(), line, 1, 2) }
}

// behind is pattern for ways in which the label stands behind the text.
func behind(expression string) cut {
	compiled := exchange.Pattern(expression)
	return func(line string) (string, string, bool) { return found(compiled(), line, 2, 1) }
}

func found(compiled *regexp.Regexp, line string, label, text int) (string, string, bool) {
	m := compiled.FindStringSubmatch(line)
	if m == nil {
		return "", "", false
	}
	return parts(m[label], m[text], true)
}

var trec = exchange.Pattern(`^([A-Z]{2,8}:[a-z]{2,12})\s+(\S.*)$`)

// coarseFine cuts the questions of TREC: "DESC:manner How did serfdom develop ?".
func coarseFine(line string) (string, string, bool) {
	m := trec().FindStringSubmatch(line)
	if m == nil {
		return "", "", false
	}
	return m[1], m[2], true
}

// colon cuts at the first colon. One without a space behind it belongs to a time or an
// address, or follows a label of one word.
func colon(line string) (string, string, bool) {
	line = strings.Replace(line, "：", ": ", 1)
	label, text, ok := strings.Cut(line, ":")
	if ok && text != "" && text[0] != ' ' && text[0] != '\t' && (text[0] == '/' || text[0] == ':' || isDigit(rune(text[0])) || strings.Contains(label, " ")) {
		return "", "", false
	}
	return parts(strings.Trim(label, "*_"), strings.TrimLeft(text, "* "), ok)
}

// dash cuts at a dash of any length between spaces.
func dash(side func(string) cut) cut {
	at := side(" - ")
	return func(line string) (string, string, bool) {
		return at(strings.NewReplacer(" – ", " - ", " — ", " - ").Replace(line))
	}
}

const (
	longestLabel = 40 // in characters
	mostWords    = 4  // of a label
)

// labelLike tells whether a text could be a label: a few words without the marks of a
// sentence.
func labelLike(label string) bool {
	if label == "" || utf8.RuneCountInString(label) > longestLabel || len(strings.Fields(label)) > mostWords || words(label) > mostWords+2 {
		return false
	}
	spaced := strings.ContainsAny(label, " \t")
	letters, figures := 0, 0
	for i, r := range label {
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r):
			letters++
		case isDigit(r):
			figures++
		case strings.ContainsRune("_-/&+'’ ()@#|", r):
		case !spaced && joins(label, i):
		default:
			return false
		}
	}
	return letters > 0 || figures > 0 && figures <= 3 && figures == len(label)
}

// joins tells whether a dot or a colon stands inside a label, as in "billing.refund".
func joins(label string, at int) bool {
	if at == len(label)-1 {
		return false
	}
	return label[at] == ':' || label[at] == '.' && at > 0
}

// findLabels finds the way in which the lines carry their labels.
func findLabels(list []entry, marked bool) (best evidence) {
	var texts []string
	for _, e := range list {
		if !marked || e.mark.kind != "" {
			texts = append(texts, e.text)
		}
	}
	if len(texts) < 3 || len(texts)*2 < len(list) || wordless(texts) {
		return best
	}
	values := settings(texts)
	from := 0
	for _, w := range ways {
		if label, text, ok := w.cut(texts[0]); ok && namesParts(label, text) {
			from = 1
		}
	}
	strength := 0.0
	for _, w := range ways {
		if values && w.example != "label = text" {
			continue
		}
		l := labelling{way: w}
		for _, text := range texts[from:] {
			if l.count(text); (l.lines-len(l.order))*10 > len(texts) {
				break // too many lines without a label
			}
		}
		if s := l.strength(); s > strength {
			strength = s
			best = evidence{cut: w.cut, marked: marked, quoted: allQuoted(l.texts)}
			best.Evidence = l.evidence(s)
		}
	}
	return best
}

// namesParts is true of a line that says what the parts of the others are.
func namesParts(label, text string) bool {
	return columns.FieldOf(label) == exchange.Category && columns.FieldOf(text) == exchange.Message
}

var (
	noLabel    = i18n.T("has no label as the other lines do")
	namesLines = i18n.T("says what the parts of the lines are")
)

func readLabelled(found evidence, list *entries, r *exchange.Reading) error {
	begun := false
	return list.each(r, (*entries).next, func(item entry) bool {
		label, text, ok := found.cut(item.text)
		switch {
		case found.marked && item.mark.kind == "" && !begun:
			r.Skip(item.number, aboveList, item.whole)
			return true
		case found.marked && item.mark.kind == "":
			r.Skip(item.number, noItem, item.whole)
			return true
		case ok && !begun && namesParts(label, text):
			r.Skip(item.number, namesLines, item.whole)
			return true
		}
		begun = true
		switch {
		case !ok:
			r.Note(item.number, noLabel, item.whole)
			return found.add(r, item, item.text, "")
		case columns.NoLabel(label), columns.FieldOf(label) == exchange.Message, strings.EqualFold(label, "q"), strings.EqualFold(label, "a"):
			label = ""
		}
		return found.add(r, item, text, label)
	})
}
