package sheet

import "strings"

// maxSpans is how many columns at once may hold a cell that covers several rows.
const maxSpans = 1000

// span is a merged cell that covers rows yet to come.
type span struct {
	cell Cell
	last int // the last line that it covers
}

// merged spreads merged cells over the rows that they cover.
type merged struct {
	spans map[int]span // by column
}

// fill gives the cells of a row that a merged cell covers their value: those of its first
// column, as the others only widen it. It is false for a row with nothing of its own, so
// that a cell over blank rows is read once.
func (m *merged) fill(row *Row) (own bool) {
	cells := row.Cells
	for column, s := range m.spans {
		if s.last < row.Line {
			delete(m.spans, column)
			continue
		}
		for i := column; i <= column+s.cell.Right && i < len(cells); i++ {
			cells[i] = Cell{}
		}
	}
	for i := range cells {
		c := &cells[i]
		own = own || strings.TrimSpace(c.Text) != "" || c.Value != "" || !c.Lost.IsZero()
		for j := i + 1; j <= i+c.Right && j < len(cells); j++ {
			cells[j] = Cell{}
		}
	}
	for column, s := range m.spans {
		for len(cells) <= column {
			cells = append(cells, Cell{})
		}
		cells[column] = s.cell
	}
	for i, c := range cells {
		if _, covered := m.spans[i]; c.Down > 0 && !covered && len(m.spans) < maxSpans {
			if m.spans == nil {
				m.spans = map[int]span{}
			}
			s := span{cell: c, last: row.Line + c.Down}
			s.cell.Down = 0
			m.spans[i] = s
		}
	}
	row.Cells = cells
	return own
}
