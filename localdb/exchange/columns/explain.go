package columns

import (
	"slices"
	"strconv"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// typeWords are what a row below the header says of the columns: their types, and whether
// they have to be filled.
var typeWords = wordSet(`text string str varchar char number numeric int integer float double decimal boolean bool date datetime time timestamp category enum label
	freetext openendedresponse response required optional mandatory yes no zeichenkette zahl ganzzahl datum zeit uhrzeit freitext pflicht pflichtfeld optional kategorie auswahl dropdown texto número
	fecha obligatorio opcional texte nombre obligatoire facultatif testo numero obbligatorio facoltativo tekst liczba текст число дата обязательно`)

var explainsColumns = i18n.T("explains the columns")

const leastBelow = 3 // rows by which a row that explains the columns is told from a message

// explaining counts the records below a header that say what stands in the columns.
func (c *Columns) explaining(records [][]string) int {
	switch {
	case c.header == nil:
		return 0
	case len(records) > 2 && isImportIDs(records[1]): // Qualtrics: the questions, and their ids
		return 2
	case c.explains(records):
		return 1
	}
	return 0
}

// isImportIDs is true of the record in which Qualtrics gives the id of each column.
func isImportIDs(record []string) bool {
	return len(record) > 0 && !slices.ContainsFunc(record, func(cell string) bool {
		return cell != "" && !strings.HasPrefix(cell, `{"ImportId":`)
	}) && !Blank(record)
}

// explains tells whether the first record below a header says what stands in the columns:
// in brackets, by their types, in another language, or where others have a number or one of
// a few labels.
func (c *Columns) explains(records [][]string) bool {
	if len(records) <= leastBelow {
		return false
	}
	return inBrackets(records) || byTypes(records) || c.namesAgain(records[0]) || c.unlikeOthers(records)
}

func inBrackets(records [][]string) bool {
	bracketed := func(r []string) bool {
		n := 0
		for _, cell := range r {
			if cell = strings.TrimSpace(cell); cell == "" {
				continue
			}
			first, last := strings.IndexByte("([<{", cell[0]), strings.IndexByte(")]>}", cell[len(cell)-1])
			if first < 0 || first != last {
				return false
			}
			n++
		}
		return n > 1
	}
	return bracketed(records[0]) && !slices.ContainsFunc(records[1:], bracketed)
}

func byTypes(records [][]string) bool {
	types := func(r []string) bool {
		n := 0
		for _, cell := range r {
			if strings.TrimSpace(cell) == "" {
				continue
			}
			if !typeWords[exchange.Fold(cell)] {
				return false
			}
			n++
		}
		return n > 1
	}
	return types(records[0]) && !slices.ContainsFunc(records[1:], types)
}

// namesAgain tells whether a record names the columns once more, as in another language.
func (c *Columns) namesAgain(record []string) bool {
	known := 0
	for i, cell := range record {
		if strings.TrimSpace(cell) == "" || i >= len(c.header) {
			continue
		}
		f := FieldOf(c.header[i])
		if f != exchange.Ignore && FieldOf(cell) != f {
			return false
		}
		if f != exchange.Ignore {
			known++
		}
	}
	return known > 1
}

// unlikeOthers tells whether the first record has words where all others have a number, or
// a sentence where they have one of a few labels; and nothing that contradicts it.
func (c *Columns) unlikeOthers(records [][]string) bool {
	worded, numbered := false, false
	for i, name := range c.header {
		field := FieldOf(name)
		own := cellAt(records[0], i)
		if field == exchange.Message || NoLabel(own) {
			continue
		}
		var others []string
		for _, r := range records[1:] {
			if cell := cellAt(r, i); !NoLabel(cell) {
				others = append(others, cell)
			}
		}
		switch {
		case len(others) < leastBelow:
		case slices.Contains(others, own):
			return false
		case field == exchange.Category:
			if worded = tellsLabels(own, others); !worded {
				return false
			}
		case !isNumber(own) && !slices.ContainsFunc(others, func(cell string) bool { return !isNumber(cell) }):
			numbered = true
		}
	}
	return worded || numbered && slices.ContainsFunc(c.header, func(name string) bool { return FieldOf(name) == exchange.Confidence })
}

// tellsLabels tells whether a cell says which labels there are, or what they are, where the
// others are labels that come again.
func tellsLabels(cell string, labels []string) bool {
	different := slices.Compact(slices.Sorted(slices.Values(labels)))
	if len(different)*3 > len(labels)*2 {
		return false
	}
	longest, named := 0, 0
	for _, label := range different {
		longest = max(longest, len(strings.Fields(label)))
		if strings.Contains(strings.ToLower(cell), strings.ToLower(label)) {
			named++
		}
	}
	words := len(strings.Fields(cell))
	return words > 1 && named > 1 || words >= 3 && words > longest
}

func cellAt(record []string, i int) string {
	if i < 0 || i >= len(record) {
		return ""
	}
	return strings.TrimSpace(record[i])
}

func isNumber(cell string) bool {
	if _, ok := parseConfidence(cell); ok {
		return true
	}
	_, err := strconv.ParseFloat(strings.Replace(cell, ",", ".", 1), 64)
	return err == nil
}

// WithoutHeaders leaves out the headers of files that were joined to this one, but for one
// that may explain the header above it.
func WithoutHeaders(records [][]string) [][]string {
	if len(records) <= leastBelow {
		return slices.DeleteFunc(records, AllNamed)
	}
	return append(records[:1:1], slices.DeleteFunc(records[1:], AllNamed)...)
}
