package markup

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/sheet"
)

// Textile, as Redmine, Basecamp and PmWiki's kin write it, and the notation of Jira and
// Confluence, whose header cells stand between two bars.

// textileHeader is a row of header cells.
var textileHeader = exchange.Pattern(`(?m)^(?:[({][^|\n]*[)}]\. ?)?\|(?:_[^\s.|]{0,40}\. ?[^|\n]*\||\|[^|\n]+\|\|[^\n]*\|\|[ \t]*\r?$)`)

func recogniseTextile(f *exchange.File) exchange.Evidence {
	sample := f.Sample()
	if !textileHeader().MatchString(sample) {
		return exchange.Evidence{}
	}
	return evidenceOf(textileTables([]byte(sample)), sample, i18n.T("the Textile document is little more than tables"))
}

var (
	textileHeading = exchange.Pattern(`^h[1-6][^\s.]{0,40}\. +(\S.*)$`)
	textileRow     = exchange.Pattern(`^(?:[({][^|]*[)}]\. ?)?(\|.*)$`)
	textileCell    = exchange.Pattern(`^((?:[_<>=^~-]|[/\\]\d+|\([^()]*\)|\{[^{}]*\}|\[[\w-]+\])+)\. ?`)
	textileSpan    = exchange.Pattern(`([/\\])(\d{1,4})`)
)

// textileTables finds the tables of a document. They are called as the headings above them.
func textileTables(source []byte) (tables []textTable) {
	heading, used := "", map[string]bool{}
	open := false // the line before was of a table
	spans := columnSpans{}
	number := 0
	lines := strings.Split(strings.ReplaceAll(string(source), "\r\n", "\n"), "\n")
	for number < len(lines) {
		line := strings.TrimSpace(lines[number])
		number++
		if m := textileHeading().FindStringSubmatch(line); m != nil {
			heading = exchange.Beginning(inTextile(m[1]), 60)
		}
		m := textileRow().FindStringSubmatch(line)
		if m == nil {
			open = false
			continue
		}
		if !open {
			t := textTable{name: heading}
			if heading == "" || used[heading] {
				t.name = tableName(len(tables) + 1)
			}
			used[heading] = true
			tables, spans = append(tables, t), columnSpans{}
		}
		open = true
		row := sheet.Row{Line: number}
		text, size := []string{m[1]}, len(m[1])
		for !strings.HasSuffix(text[len(text)-1], "|") && number < len(lines) && size < exchange.MaxRecord { // a cell of several lines
			next := strings.TrimSpace(lines[number])
			if next == "" || next[0] == '|' {
				break
			}
			text, size = append(text, next), size+len(next)
			number++
		}
		row.Cells = spans.beside(textileCells(strings.Join(text, "\n")))
		t := &tables[len(tables)-1]
		t.rows = append(t.rows, row)
	}
	return tables
}

var jiraLink = exchange.Pattern(`\[[^\[\]|]*\|[^\[\]|]*\]`)

// maxSpan is how many columns a cell may cover beside its own.
const maxSpan = 50

// textileCells parts a row into its cells.
func textileCells(row string) (cells []sheet.Cell) {
	separator := "|"
	if strings.HasPrefix(row, "||") {
		separator = "||"
	}
	row = jiraLink().ReplaceAllStringFunc(row, func(link string) string { return strings.ReplaceAll(link, "|", "\x00") })
	row = strings.TrimSuffix(strings.TrimPrefix(row, separator), separator)
	for _, text := range strings.Split(row, separator) {
		c := sheet.Cell{}
		text = strings.ReplaceAll(text, "\x00", "|")
		if m := textileCell().FindStringSubmatch(text); m != nil {
			for _, span := range textileSpan().FindAllStringSubmatch(m[1], -1) {
				n, _ := strconv.Atoi(span[2])
				if span[1] == "/" {
					c.Down = max(n-1, 0)
				} else {
					c.Right = min(max(n-1, 0), maxSpan)
				}
			}
			text = text[len(m[0]):]
		}
		c.Text = inTextile(text)
		cells = append(cells, c)
		for range c.Right {
			cells = append(cells, sheet.Cell{})
		}
	}
	return cells
}

// columnSpans are the columns that cells of rows above cover, with how many more rows they do.
type columnSpans map[int]int

// beside puts the cells of the next row into the columns that no cell above covers.
func (s columnSpans) beside(cells []sheet.Cell) []sheet.Cell {
	covered := maps.Clone(s)
	for column := range s {
		if s[column]--; s[column] == 0 {
			delete(s, column)
		}
	}
	for column := 0; column < len(cells); column++ {
		if covered[column] > 0 {
			cells = slices.Insert(cells, column, sheet.Cell{})
			continue
		}
		if c := cells[column]; c.Down > 0 {
			for i := column; i <= column+c.Right; i++ {
				s[i] = c.Down
			}
		}
	}
	return cells
}

// textileMarks are marks of Textile and Jira with what a person sees of them.
var textileMarks = []struct {
	pattern func() *regexp.Regexp
	shown   string
}{
	{exchange.Pattern(`\{color(?::[^{}]*)?\}|\{/?(?:quote|noformat|code)(?::[^{}]*)?\}`), ""},
	{exchange.Pattern(`\{\{([^{}]+)\}\}`), "$1"},
	{exchange.Pattern(`\[([^\[\]|]+)\|[^\[\]|]+\]`), "$1"},
	{exchange.Pattern(`"([^"\n]+)":(?:https?://|mailto:|/)[^\s|]*[^\s|.,;:!?)]`), "$1"},
	{exchange.Pattern(`(^|[\s(])\*{1,2}([^\s*](?:[^*\n]*[^\s*])?)\*{1,2}($|[\s.,;:!?)])`), "$1$2$3"},
	{exchange.Pattern(`(^|[\s(])_{1,2}([^\s_](?:[^_\n]*[^\s_])?)_{1,2}($|[\s.,;:!?)])`), "$1$2$3"},
	{exchange.Pattern(`(^|[\s(])@([^\s@](?:[^@\n]*[^\s@])?)@($|[\s.,;:!?)])`), "$1$2$3"},
	{exchange.Pattern(`==(.+?)==`), "$1"},
	{exchange.Pattern(` ?\\\\ ?`), "\n"},
}

// inTextile gives what a person sees of a text with marks.
func inTextile(text string) string {
	for _, m := range textileMarks {
		text = m.pattern().ReplaceAllString(text, m.shown)
	}
	return strings.TrimSpace(text)
}

// gridRule is a line of a grid table of reStructuredText or Pandoc.
var (
	gridRule   = exchange.Pattern(`^\+(?:[-=:]{2,}\+)+$`)
	gridHeader = exchange.Pattern(`(?m)^[ \t]*\+(?::?=+:?\+)+[ \t]*\r?$`)
)

func recogniseGrid(f *exchange.File) exchange.Evidence {
	sample := f.Sample()
	if !gridHeader().MatchString(sample) {
		return exchange.Evidence{}
	}
	evidence := evidenceOf(gridTables([]byte(sample)), sample, i18n.T("the document is little more than grid tables"))
	if evidence.Sureness > 0 {
		evidence.Sureness = exchange.Sure // no database shell writes a rule of =
	}
	return evidence
}

// gridTables finds the tables of a document whose cells stand between rules. A table with a
// cell over several rows, which breaks a rule, is none.
func gridTables(source []byte) (tables []textTable) {
	var t *textTable
	var row *sheet.Row
	columns := 0
	number := 0
	for line := range bytes.Lines(source) {
		number++
		text := strings.TrimSpace(string(line))
		switch {
		case gridRule().MatchString(text):
			if width := strings.Count(text, "+") - 1; t == nil || width != columns {
				tables = append(tables, textTable{name: tableName(len(tables) + 1)})
				t, columns = &tables[len(tables)-1], width
			}
			row = nil
		case t == nil || !strings.HasPrefix(text, "|"):
			t, row = nil, nil
		default:
			cells := strings.Split(strings.TrimSuffix(text[1:], "|"), "|")
			if row == nil {
				t.rows = append(t.rows, sheet.Row{Line: number, Cells: make([]sheet.Cell, columns)})
				row = &t.rows[len(t.rows)-1]
			}
			for i := range row.Cells {
				if len(cells) != columns {
					row.Cells[i].Lost = extraColumns
					continue
				}
				row.Cells[i].Text = strings.TrimSpace(row.Cells[i].Text + " " + strings.TrimSpace(cells[i]))
			}
		}
	}
	return tables
}
