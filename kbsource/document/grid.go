package document

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// grid is a table of a document. The text of a cell that spans several places is in each.
type grid struct {
	caption string
	rows    [][]string
	marked  int // how many rows are marked as headings
	// keyed says that the first cell of each row is marked as its heading.
	keyed bool
}

// Damaged files claim any number of columns, and cells that span any number of places.
const (
	maxSpan    = 50
	maxColumns = 200
)

// table adds a table row by row, each cell under the heading of its column.
func (o *outline) table(g grid) {
	o.endList()
	headings, rows := g.headings()
	var lines []string
	size := 0
	for _, row := range rows {
		line := rowText(headings, row, g.keyed)
		if size += len(line); line != "" && size <= MaxSize {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return
	}
	lead := shortened(oneLine(g.caption))
	if lead == "" {
		lead = o.takeLead()
	}
	o.add(block{lead: lead, lines: lines})
}

// headings splits a table into the headings of its columns and the rows below them.
func (g grid) headings() (headings []string, rows [][]string) {
	n := min(g.marked, 3, len(g.rows))
	if n == 0 && !g.keyed && g.hasHeadingRow() {
		n = 1
	}
	if n == len(g.rows) { // nothing but headings: they are what the table says
		n = 0
	}
	for _, row := range g.rows[:n] {
		for i, cell := range row {
			cell = shortened(oneLine(cell))
			switch {
			case i >= len(headings):
				headings = append(headings, cell)
			case cell != "" && headings[i] == "":
				headings[i] = cell
			case cell != "" && headings[i] != cell:
				headings[i] += ", " + cell
			}
		}
	}
	return headings, g.rows[n:]
}

// hasHeadingRow guesses whether the first row of a table without marks is one of
// headings: short words in each cell. A row of two cells, the second of which looks
// like a value, is a pair of its own.
func (g grid) hasHeadingRow() bool {
	if len(g.rows) < 2 || len(g.rows[0]) < 2 {
		return false
	}
	for _, cell := range g.rows[0] {
		cell = strings.TrimSpace(cell)
		if cell == "" && len(g.rows[0]) == 2 || utf8.RuneCountInString(cell) > 50 || strings.ContainsFunc(cell, unicode.IsDigit) || strings.HasSuffix(cell, ".") || strings.HasSuffix(cell, ":") {
			return false
		}
	}
	return true
}

// rowText is a row as "Grade: 5; Days: 30".
func rowText(headings, row []string, keyed bool) string {
	cells := make([]string, 0, len(row))
	last := ""
	for i, cell := range row {
		if cell = oneLine(cell); cell == "" || cell == last && i > 0 && (i >= len(headings) || headings[i] == headings[i-1]) {
			continue
		}
		last = cell
		if i < len(headings) && headings[i] != "" && headings[i] != cell {
			cell = strings.TrimRight(headings[i], " :") + ": " + cell
		}
		cells = append(cells, cell)
	}
	if len(headings) == 0 && len(cells) > 1 && (keyed || len(row) == 2) {
		return strings.TrimRight(cells[0], " :") + ": " + strings.Join(cells[1:], "; ")
	}
	return strings.Join(cells, "; ")
}

// spans lays the cells of a table's rows out in places, some of which are taken by
// cells that reach down from the rows above.
type spans struct {
	below map[int]reaching
	row   []string
}

type reaching struct {
	text string
	rows int // how many rows below it still covers
}

// cell adds the next cell of a row.
func (s *spans) cell(text string, columns, rows int) {
	s.fill()
	for i := range min(max(columns, 1), maxSpan) {
		if len(s.row) == maxColumns {
			s.row[maxColumns-1] += " " + text
			return
		}
		if rows > 1 {
			if s.below == nil {
				s.below = map[int]reaching{}
			}
			s.below[len(s.row)] = reaching{shortened(text), min(rows, maxSpan) - 1}
		}
		if s.row = append(s.row, text); i == 0 {
			text = shortened(text)
		}
	}
}

// fill adds the cells from above at the next places.
func (s *spans) fill() {
	for {
		at := len(s.row)
		from, ok := s.below[at]
		if !ok {
			return
		}
		if from.rows--; from.rows == 0 {
			delete(s.below, at)
		} else {
			s.below[at] = from
		}
		s.row = append(s.row, from.text)
	}
}

// endRow returns the row.
func (s *spans) endRow() []string {
	s.fill()
	row := s.row
	s.row = nil
	return row
}
