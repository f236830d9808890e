package sheet

import (
	"slices"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/columns"
)

// What of each sheet is looked at.
const (
	sampleRows  = 200
	sampleBytes = 4 << 20
)

// choice is a sheet with how its table begins.
type choice struct {
	sheet   *Sheet
	records [][]string // the first that aren't blank
	unseen  [][]string // what stands in hidden columns of the same rows
	start   int        // how many of them stand above the table
	score   float64
	read    *Sheet // the sheet, or with the headings between its rows as a column

	lines    []int          // of records
	headings map[int]string // of records that are headings

	others, hidden []*Sheet // what else the file has
}

// choose finds the sheet to read: the one that is asked for, or of those that aren't hidden
// the one that looks most like a table of messages, of several such the one with the most
// rows in its beginning, then the first.
func choose(sheets []*Sheet, o exchange.Options) (best choice, err error) {
	if o.Sheet != "" {
		return named(sheets, o.Sheet)
	}
	var filled, hidden []*Sheet
	var broken error
	for _, s := range sheets {
		if s.Hidden {
			hidden = append(hidden, s)
			continue
		}
		c, err := sample(s)
		if err != nil {
			filled = append(filled, s)
			if broken == nil {
				broken = err
			}
			continue
		}
		if len(c.records) == 0 {
			continue
		}
		filled = append(filled, s)
		if best.sheet == nil || c.score > best.score {
			best = c
		}
	}
	if best.sheet == nil {
		switch {
		case broken != nil:
			return best, broken
		case len(hidden) > 0:
			return best, i18n.Error("all sheets of the file are hidden; unhide one, or choose one by its name: {{.Sheets}}", i18n.Values{"Sheets": names(hidden)})
		}
		return best, exchange.ErrEmpty
	}
	best.hidden = hidden
	for _, s := range filled {
		if s != best.sheet {
			best.others = append(best.others, s)
		}
	}
	return best, nil
}

// named finds a sheet by its name, which people write as they like.
func named(sheets []*Sheet, name string) (choice, error) {
	for _, same := range []func(a, b string) bool{
		func(a, b string) bool { return a == b },
		func(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) },
	} {
		for _, s := range sheets {
			if !same(s.Name, name) {
				continue
			}
			c, err := sample(s)
			if err == nil && len(c.records) == 0 {
				err = i18n.Error(`sheet "{{.Sheet}}": {{.Cause}}`, i18n.Values{"Sheet": s.Name, "Cause": ErrEmpty})
			}
			return c, err
		}
	}
	return choice{}, i18n.Error(`{{.What}}: "{{.Sheet}}"; it has {{.Sheets}}`, i18n.Values{"What": ErrNoSheet, "Sheet": name, "Sheets": names(sheets)})
}

// ErrEmpty is returned for a sheet in which everything is hidden or blank.
var ErrEmpty = i18n.Error("it has nothing in it that isn't hidden")

func names(sheets []*Sheet) string {
	quoted := make([]string, len(sheets))
	for i, s := range sheets {
		quoted[i] = `"` + s.Name + `"`
	}
	return strings.Join(quoted, ", ")
}

// sample reads how a sheet begins.
func sample(s *Sheet) (choice, error) {
	c := choice{sheet: s, read: s, headings: map[int]string{}}
	size := 0
	var cells merged
	for row, err := range s.Rows() {
		if err != nil {
			return c, err
		}
		text := heading(s, row)
		if !cells.fill(&row) || row.Hidden || row.Heading {
			continue
		}
		fields := appendTexts(nil, s, row)
		if columns.Blank(fields) {
			continue
		}
		for _, f := range fields {
			size += len(f) + 16
		}
		if text != "" {
			c.headings[len(c.records)] = text
		}
		c.lines = append(c.lines, row.Line)
		c.unseen = append(c.unseen, unseen(s, row))
		if c.records = append(c.records, fields); len(c.records) == sampleRows || size > sampleBytes {
			break
		}
	}
	if s.section == 0 && c.sections() {
		whole := c.sectioned()
		c, err := sample(whole)
		c.sheet, c.read = s, whole
		return c, err
	}
	c.start = tableStart(c.records)
	c.score = Score(c.records[c.start:])
	if besides[exchange.Fold(s.Name)] {
		c.score -= besideData
	}
	return c, nil
}

// besides are names of sheets that stand beside the data: what it means, how to label it,
// how much there is of it; folded.
var besides = func() map[string]bool {
	names := map[string]bool{}
	for name := range strings.FieldsSeq(`readme liesmich lisezmoi leeme legend legende légende leyenda legenda instructions instruction anleitung anweisungen hinweise hinweis instrucciones
		info information informationen about über glossary glossar glossaire guidelines guideline guide richtlinien changelog history versionen definitions definitionen codebook
		lookup lookups lists listen dropdown dropdowns validation categories kategorien labels labelset taxonomy config settings einstellungen help hilfe aide ayuda cover
		deckblatt titelblatt index contents inhalt inhaltsverzeichnis summary zusammenfassung overview übersicht pivot statistics statistik stats template vorlage metadata metadaten
		schema datadictionary dictionary inhaltsangabe istruzioni istruzione readmefirst howto faq changes`) {
		names[name] = true
	}
	return names
}()

// besideData is what such a sheet's score is less by, and legend that of a table in which
// each category comes once.
const (
	besideData = 15
	legend     = 12
)

// tableStart is columns.Start, and the last row of a header whose names are merged
// cells of several rows.
func tableStart(records [][]string) int {
	start := columns.Start(records)
	for start+1 < len(records) && slices.ContainsFunc(records[start], func(name string) bool {
		return columns.FieldOf(name) == exchange.Message && slices.Index(records[start], name) == slices.Index(records[start+1], name)
	}) && !slices.Equal(records[start], records[start+1]) {
		start++
	}
	return start
}

// unseen gives what stands in the hidden columns of a row; nil for nothing.
func unseen(s *Sheet, row Row) (texts []string) {
	for i, cell := range row.Cells {
		if text := strings.TrimSpace(s.shown(cell)); text != "" && hidden(row, i) {
			texts = append(texts, text)
		}
	}
	return texts
}

// hiddenMessages is the name of a hidden column where that names the message and no column
// that is shown does; "" otherwise.
func (c *choice) hiddenMessages(header []string) string {
	message := func(name string) bool { return columns.FieldOf(name) == exchange.Message }
	if c.start >= len(c.unseen) || slices.ContainsFunc(header, message) {
		return ""
	}
	for _, name := range c.unseen[c.start] {
		if message(name) {
			return name
		}
	}
	return ""
}

// Score says how much records look like a table of messages: 20 for a header that names the
// message, 10 for one that names the category, less where each category comes once, and up to 2 for the share of rows with
// several words in a cell and for the number of rows.
func Score(records [][]string) float64 {
	if len(records) == 0 {
		return 0
	}
	score := 0.0
	seen := map[exchange.Field]bool{}
	if columns.HasHeader(records, exchange.Options{}) {
		for _, name := range records[0] {
			seen[columns.FieldOf(name)] = true
		}
		if seen[exchange.Message] {
			score += 20
		}
		if seen[exchange.Category] {
			score += 10
		}
		if seen[exchange.Category] && eachOnce(records) {
			score -= legend
		}
	}
	worded := 0
	for _, record := range records {
		for _, field := range record {
			if len(strings.Fields(field)) > 1 {
				worded++
				break
			}
		}
	}
	return score + float64(worded)/float64(len(records)) + float64(len(records))/sampleRows
}

// eachOnce tells whether no category of several comes again, as in a list of the categories.
func eachOnce(records [][]string) bool {
	column := slices.IndexFunc(records[0], func(name string) bool { return columns.FieldOf(name) == exchange.Category })
	seen := map[string]bool{}
	for _, record := range records[1:] {
		if column >= len(record) || strings.TrimSpace(record[column]) == "" {
			continue
		}
		if seen[record[column]] {
			return false
		}
		seen[record[column]] = true
	}
	return len(seen) > 1
}
