package columns

import (
	"slices"
	"strings"

	"seedbed/localdb/exchange"
)

// maxAbove is how many records may stand above a table: its title, a date, a note.
const maxAbove = 30

// Width is how many fields a record has up to its last that isn't blank.
func Width(record []string) int {
	for n := len(record); n > 0; n-- {
		if strings.TrimSpace(record[n-1]) != "" {
			return n
		}
	}
	return 0
}

// UsualWidth is the width that the most records have, the greater of two.
func UsualWidth(records [][]string) int {
	count := map[int]int{}
	usual := 0
	for _, r := range records {
		w := Width(r)
		count[w]++
		if count[w] > count[usual] || count[w] == count[usual] && w > usual {
			usual = w
		}
	}
	return usual
}

// Start says how many of the first records stand above the header of a table, such
// as its title and the date of the export. It is 0 where no header is found below them.
// Blank records should be left out before.
func Start(records [][]string) int {
	usual := UsualWidth(records)
	for i, r := range records[:min(len(records), maxAbove)] {
		if AllNamed(r) || namesColumns(r) {
			if slices.ContainsFunc(records[:i], func(above []string) bool { return Width(above) == usual && alike(above, records[i+1:]) }) {
				return 0 // the header of a file joined to one without a header
			}
			return i
		}
	}
	for i, r := range records[:min(len(records), maxAbove)] {
		if w := Width(r); w >= 2 && w == usual {
			if i > 0 && !HasHeader(records[i:], exchange.Options{}) {
				return 0
			}
			return i
		}
	}
	return 0
}

// alike tells whether a record has a value that one of the others has in the same column.
func alike(record []string, others [][]string) bool {
	return slices.ContainsFunc(others, func(other []string) bool {
		for i, cell := range record[:min(len(record), len(other))] {
			if cell == other[i] && strings.TrimSpace(cell) != "" {
				return true
			}
		}
		return false
	})
}

// namesColumns is true of a record that names a message or category beside other columns, none
// of them a sentence or left empty at its start.
func namesColumns(record []string) bool {
	if Width(record) < 2 {
		return false
	}
	known := false
	for _, cell := range record[:Width(record)] {
		f := FieldOf(cell)
		known = known || f == exchange.Message || f == exchange.Category
		if _, number := parseConfidence(cell); number || len(cell) > 60 {
			return false
		}
	}
	return known && HasHeader([][]string{record}, exchange.Options{})
}
