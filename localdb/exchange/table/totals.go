package table

import (
	"errors"
	"io"
	"strings"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/columns"
)

// maxTotals is how many rows of totals may stand below a table.
const maxTotals = 20

// untilTotals passes records on, but for rows of totals with which the table ends: it keeps
// them back until it is known whether more follows. The first records, which are
// above the table, its header or its first row, pass as they are.
func untilTotals(next func() (columns.Record, error), c *columns.Columns, r *exchange.Reading, ahead int) func() (columns.Record, error) {
	if c.NumbersAreLabels() {
		return next
	}
	var held, queue []columns.Record
	var behind columns.Record // what came after those held
	var err error
	return func() (columns.Record, error) {
		if len(queue) > 0 {
			first := queue[0]
			queue = queue[1:]
			return first, nil
		}
		if held != nil {
			held = nil
			return behind, err
		}
		record, failed := next()
		for failed == nil && record.Problem == nil && ahead <= 0 && len(held) < maxTotals && (isTotal(record.Fields, c) || held != nil && columns.Blank(record.Fields)) {
			record.Fields = append([]string(nil), record.Fields...)
			held = append(held, record)
			record, failed = next()
		}
		ahead--
		if held == nil {
			return record, failed
		}
		if errors.Is(failed, io.EOF) {
			for _, total := range held {
				if !columns.Blank(total.Fields) {
					r.Skip(total.Line, columns.TotalRow, strings.Join(total.Fields, ", "))
				}
			}
			held = nil
			return record, failed
		}
		behind, err, queue = record, failed, held
		first := queue[0]
		queue = queue[1:]
		return first, nil
	}
}

// isTotal tells whether a record is one of totals, such as "Total,120": nothing but words
// for that and numbers. Nearly all records are told from them by a look at two cells.
func isTotal(fields []string, c *columns.Columns) bool { //nolint:cyclop // one list of signs, which are weighed together
	message, category := cell(fields, c.At(exchange.Message)), cell(fields, c.At(exchange.Category))
	if len(message) > 60 || !counts(message) && !counts(category) {
		return false
	}
	named, begins, numbers := false, false, 0
	for _, field := range fields {
		text := strings.TrimSpace(field)
		first, rest, several := strings.Cut(text, " ")
		switch {
		case text == "":
		case len(text) > 60:
			return false
		case counts(text) && columns.IsAmount(text):
			numbers++
		case len(text) <= longestTotal && columns.IsTotal(text):
			named = true
		case text[len(text)-1] <= '9' && columns.IsCountedTotal(text):
			return true
		case several && !strings.Contains(rest, " ") && len(first) <= longestTotal && columns.IsTotal(first): // Total messages
			begins = true
		default:
			return false
		}
	}
	return named && (numbers > 0 || len(fields) > 1) || begins && numbers > 0
}

// longestTotal is how long words for a total are at most, in bytes.
const longestTotal = 40

func cell(fields []string, column int) string {
	if column < 0 || column >= len(fields) {
		return ""
	}
	return fields[column]
}

// counts is true of a cell that is blank or may be a number.
func counts(cell string) bool {
	cell = strings.TrimLeft(cell, " +-")
	return cell == "" || cell[0] >= '0' && cell[0] <= '9'
}
