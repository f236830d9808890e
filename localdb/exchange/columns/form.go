package columns

import (
	"strings"

	"seedbed/localdb/exchange"
)

// form is what a cell that isn't made of words is.
type form int

const (
	worded form = iota // or blank
	number
	moment  // a date or a time
	address // of the web or of e-mail, or a telephone number
)

var (
	isMoment  = exchange.Pattern(`^(?:\d{1,2}|\d{4})[-./]\d{1,2}[-./](?:\d{4}|\d{1,2})(?:[T ,].{0,30})?$|^\d{1,2}:\d\d(?::\d\d)?(?: ?[APap]\.?[Mm]\.?)?$`)
	isPhone   = exchange.Pattern(`^\+\d[\d ()/.-]{5,20}$`)
	isAddress = exchange.Pattern(`^(?:https?://|www\.)\S+$|^[^\s@]+@[^\s@]+\.\w+$`)
)

func formOf(cell string) form {
	cell = strings.TrimSpace(cell)
	switch {
	case cell == "" || len(cell) > 200:
		return worded
	case cell[0] == '+' && isPhone().MatchString(cell):
		return address
	case isNumber(cell):
		return number
	case cell[0] >= '0' && cell[0] <= '9' && isMoment().MatchString(cell):
		return moment
	case isAddress().MatchString(cell):
		return address
	}
	return worded
}

// formBelow is the form that the cells of a column share from a record on, leaving out those
// that are blank; worded where there are fewer than two.
func formBelow(records [][]string, column int) form {
	shared, cells := worded, 0
	for _, r := range records {
		cell := cellAt(r, column)
		if cell == "" {
			continue
		}
		f := formOf(cell)
		if f == worded || cells > 0 && f != shared {
			return worded
		}
		shared = f
		cells++
	}
	if cells < 2 {
		return worded
	}
	return shared
}

// standsAbove tells whether the first record has words in all columns, and below one of them
// nothing but numbers, times or addresses: it names the columns then, whatever the names are.
func standsAbove(records [][]string) bool {
	if len(records) < 3 || Width(records[0]) < 2 {
		return false
	}
	found := false
	for i, cell := range records[0] {
		if strings.TrimSpace(cell) == "" {
			continue
		}
		if formOf(cell) != worded || recurs(records, i) {
			return false
		}
		found = found || formBelow(records[1:], i) != worded
	}
	return found
}
