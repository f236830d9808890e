package sheet

import (
	"strconv"
	"strings"
	"time"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/columns"
)

// isTotal tells whether a row is one of totals, such as "Total | 120": nothing but words
// for that, numbers, and formulas that add up.
func (t *table) isTotal(row Row) bool {
	named, summed, numbers, counts := false, false, 0, false
	begins := false // with such a word: "Total messages"
	for i, cell := range row.Cells {
		text := strings.TrimSpace(t.sheet.shown(cell))
		if t.isIrrelevant(row, i, text) {
			continue
		}
		first, rest, several := strings.Cut(text, " ")
		switch {
		case cell.Sum:
			summed = true
		case columns.IsTotal(text):
			named = true
		case columns.IsCountedTotal(text):
			return !t.columns.NumbersAreLabels()
		case cell.Value != "" || columns.IsAmount(text):
			numbers++
			counts = counts || i == t.columns.At(exchange.Category)
		case several && columns.IsTotal(first) && !strings.Contains(rest, " "):
			begins = true
		default:
			return false
		}
	}
	switch {
	case summed:
		return true
	case t.columns.NumbersAreLabels():
		return false
	}
	return named && (numbers > 0 || len(t.columns.List) > 1) || begins && counts
}

// isSubtotal tells whether a row of totals is one even where messages follow: it adds up,
// or beside a word for that it has numbers and no category.
func (t *table) isSubtotal(row Row) bool {
	named, numbers := false, false
	for i, cell := range row.Cells {
		text := strings.TrimSpace(t.sheet.shown(cell))
		switch {
		case t.isIrrelevant(row, i, text):
		case cell.Sum:
			return true
		case i == t.columns.At(exchange.Category):
			return false
		case columns.IsTotal(text):
			named = true
		case i != t.columns.At(exchange.Message):
			numbers = numbers || cell.Value != "" || columns.IsAmount(text)
		}
	}
	return named && numbers
}

// isIrrelevant tells whether a cell says nothing about totals: it is hidden, empty, or names
// a section.
func (t *table) isIrrelevant(row Row, i int, text string) bool {
	return hidden(row, i) || text == "" || t.sheet.section > 0 && i == t.sheet.section
}

// from1904 is how many days lie between the first days of the two calendars of Excel.
const from1904 = 1462

// timeOf gives the value of a cell that holds a time, as columns.Columns reads it.
func timeOf(value string, date1904 bool) string {
	days, err := strconv.ParseFloat(value, 64)
	if err != nil || !date1904 || days > 100_000 {
		return value
	}
	return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Add(time.Duration((days + from1904) * float64(24*time.Hour))).Round(time.Millisecond).Format(time.RFC3339Nano)
}
