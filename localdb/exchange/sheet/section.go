package sheet

import (
	"iter"
	"strings"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/columns"
)

// What makes a row a heading with the category of the rows below it.
const (
	longestHeading = 60 // bytes
	leastHeadings  = 2
)

// heading gives the text of a row that has nothing but one merged cell over several
// columns; "" for any other row.
func heading(s *Sheet, row Row) string {
	text := ""
	for i, cell := range row.Cells {
		shown := strings.TrimSpace(s.shown(cell))
		if shown == "" {
			continue
		}
		if text != "" || cell.Right == 0 || cell.Down > 0 || hidden(row, i) || len(shown) > longestHeading || strings.ContainsAny(shown[len(shown)-1:], ".?!:") {
			return ""
		}
		text = shown
	}
	return text
}

// sections tells whether the headings in the beginning of a sheet are the categories of
// the rows below them: there are several, each with rows below it, and no column has categories.
func (c *choice) sections() bool {
	if len(c.headings) < leastHeadings {
		return false
	}
	body := make([][]string, 0, len(c.records))
	for i, record := range c.records {
		if c.headings[i] == "" {
			body = append(body, record)
			continue
		}
		if c.headings[i+1] != "" || i+1 == len(c.records) && len(c.records) < sampleRows {
			return false // nothing stands below it
		}
	}
	if len(body) == 0 {
		return false
	}
	start := tableStart(body)
	if start < len(body) && columns.HasHeader(body[start:], exchange.Options{}) {
		for _, name := range body[start] {
			if columns.FieldOf(name) == exchange.Category {
				return false
			}
		}
	}
	return true
}

// sectioned is the sheet with one more column, which has the heading above each row. What
// stands above the first heading has none; the last row there is the header.
func (c *choice) sectioned() *Sheet {
	width, header, below := 0, 0, false
	for i, record := range c.records {
		width = max(width, len(record))
		if !below && c.headings[i] == "" {
			header = c.lines[i]
		}
		below = below || c.headings[i] != ""
	}
	whole := *c.sheet
	whole.section = width
	whole.Rows = func() iter.Seq2[Row, error] {
		return func(yield func(Row, error) bool) {
			current := ""
			for row, err := range c.sheet.Rows() {
				label := current
				if text := heading(c.sheet, row); err == nil && text != "" {
					current, row.Heading = text, true
				} else if row.Line == header {
					label = "category"
				}
				for len(row.Cells) < width {
					row.Cells = append(row.Cells, Cell{})
				}
				if len(row.Cells) == width {
					row.Cells = append(row.Cells, Cell{Text: label})
				}
				if !yield(row, err) {
					return
				}
			}
		}
	}
	return &whole
}
