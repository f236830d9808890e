package formats

import (
	"regexp"
	"slices"
	"strings"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/columns"
)

// What tells kinds of text that one pattern doesn't tell.

var reference = regexp.MustCompile(`^(?:TY|AU|A1|TI|T1|JO|PY|Y1|ER|AB|KW|SN|VL|SP|EP|DO|UR|N2|PB|CY)  - ?|^%[0A-Z] \S`)

// references takes BibTeX by its entries, and RIS and EndNote by the tags of their lines.
func references(s sample) float64 {
	if bibtex.MatchString(s.text) || s.share(reference) >= 0.7 {
		return 0.9
	}
	return 0
}

var bibtex = regexp.MustCompile(`(?i)(?:^|\n)\s*@(?:article|book|inproceedings|incollection|misc|phdthesis|mastersthesis|techreport|string|comment|online|manual)\s*\{[^\n]*,\s*\n\s*\w+\s*=`)

var (
	target = regexp.MustCompile(`^[\w./%$(){}-]+(?: [\w./%$(){}-]+)*\s*::?=?(?:\s[^:]*)?$|^\.PHONY`)
	recipe = regexp.MustCompile(`^\t\S`)
)

// makefile takes targets with recipes, which begin with a tab, below them.
func makefile(s sample) float64 {
	targets, recipes := s.share(target), s.share(recipe)
	if len(s.lines) > 2 && targets > 0 && target.MatchString(s.lines[0]) && recipes >= 0.3 && targets+recipes >= 0.9 {
		return 0.7
	}
	return 0
}

var (
	verse  = regexp.MustCompile(`(?i)^\s*[\[(](?:verse|chorus|bridge|intro|outro|pre-?chorus|hook|refrain|strophe|couplet|estribillo)\b[^\])]*[\])]\s*$`)
	stamp  = regexp.MustCompile(`^\[?\d{4}[-/.]\d\d[-/.]\d\d[T ]\d\d:\d\d(?::\d\d)?\S* +\S`)
	closed = regexp.MustCompile(`</[a-zA-Z][\w:-]*>|/>|<[a-zA-Z]\w*(?:\s+[\w:-]+=["'][^"']*["'])+\s*>|<(?:br|hr|p|li|img)\b`)
	tagged = regexp.MustCompile(`</?[a-zA-Z][^<>]*>.*|^\s*</`)
)

func lyrics(s sample) float64 {
	if s.share(verse) > 0 && len(s.lines) > 4 {
		return 0.75
	}
	return 0
}

// stamped takes lines that all begin with a date and a time. It is less sure than the
// readers of conversations.
func stamped(s sample) float64 {
	if len(s.lines) > 1 && s.share(stamp) >= 0.9 {
		return 0.5
	}
	return 0
}

// fragments takes tags. Names in angle brackets alone may be speakers or labels.
func fragments(s sample) float64 {
	share := s.share(tagged)
	switch {
	case share < 0.3:
		return 0
	case !closed.MatchString(strings.ToLower(s.text)):
		return 0.4
	case !tagged.MatchString(s.lines[0]) && namesMessage(s.lines[0]):
		return 0.6 // cells of a table may hold tags
	}
	return 0.45 + 0.4*share
}

// namesMessage is true of a line of a table that names the column of the messages.
func namesMessage(line string) bool {
	cells := strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == ';' || r == '\t' })
	return len(cells) > 1 && slices.ContainsFunc(cells, func(cell string) bool { return columns.FieldOf(cell) == exchange.Message })
}

var (
	assigned  = regexp.MustCompile(`^\s*\[[\w .:/-]+\]\s*$|^\s*(?:export )?[\w.-]+\s*=(?:[^>=]|\s*$)`)
	commented = regexp.MustCompile(`^\s*[#;]`)
)

// settings takes names with values, and headings and comments among them. Names that come
// again may be labels.
func settings(s sample) float64 {
	values := s.share(assigned)
	all := values + s.share(commented)
	if values < 0.2 || all < 0.7 {
		return 0
	}
	names, lines := map[string]bool{}, 0
	for _, line := range s.lines {
		if name, _, ok := strings.Cut(line, "="); ok && assigned.MatchString(line) {
			names[strings.TrimSpace(name)] = true
			lines++
		}
	}
	if len(names)*10 < lines*8 {
		return 0.4
	}
	return 0.45 + 0.4*all
}

var (
	protoField = regexp.MustCompile(`^\s*\w+\s*:\s*(?:"[^"]*"|-?[\d.]+|true|false|[A-Z_]+)\s*$|^\s*\}\s*$`)
	protoBlock = regexp.MustCompile(`^\s*\w+:? \{\s*$`)
)

// protoText takes fields and blocks of fields in braces.
func protoText(s sample) float64 {
	if blocks := s.share(protoBlock); blocks > 0 && blocks+s.share(protoField) >= 0.9 {
		return 0.8
	}
	return 0
}
