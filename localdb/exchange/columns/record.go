package columns

import (
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"seedbed/localdb/exchange"

	"seedbed/assets/i18n"
)

// Record is one line of a table, or several when quotes span them. Its fields are valid
// until the next record is read.
type Record struct {
	Line    int
	Fields  []string
	Problem error  // why the line cannot be read; nil when it can
	Text    string // the line itself where there is a problem
}

// Read adds to r the records that next gives as rows, and accounts for each that is none.
// next ends with io.EOF. With header, the first record names the columns.
func (c *Columns) Read(r *exchange.Reading, header bool, next func() (Record, error)) error {
	above, explained := c.Above, c.explained
	for {
		record, err := next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return r.BrokenOff(err)
		}
		switch {
		case record.Problem != nil:
			r.Reject(record.Line, record.Problem, record.Text)
			continue
		case Blank(record.Fields):
			r.Blank()
			continue
		case above > 0:
			above--
			r.Skip(record.Line, aboveTable, strings.Join(record.Fields, ", "))
			continue
		case header:
			header = false
			continue
		case c.repeats(record.Fields):
			explained = 0
			r.Reject(record.Line, i18n.Error("it is the header again"), strings.Join(record.Fields, ", "))
			continue
		case explained > 0:
			explained--
			r.Skip(record.Line, explainsColumns, strings.Join(record.Fields, ", "))
			continue
		}
		if c.responses != nil && c.responses.discarded(record.Fields) {
			r.Skip(record.Line, wasDiscarded, c.text(record.Fields, exchange.Message))
			continue
		}
		if len(c.listed) > 0 {
			for _, row := range c.listedRows(record.Line, record.Fields) {
				if !r.Add(row) {
					return nil
				}
			}
			continue
		}
		row, note, problem := c.row(record.Line, record.Fields)
		if problem != nil {
			r.Reject(record.Line, problem, strings.Join(record.Fields, ", "))
			continue
		}
		if !note.IsZero() {
			r.Note(record.Line, note, strings.Join(record.Fields, ", "))
		}
		if !r.Add(row) {
			return nil
		}
	}
}

var aboveTable = i18n.T("stands above the table")

// Blank tells whether nothing stands in any of the fields.
func Blank(fields []string) bool {
	for _, f := range fields {
		if strings.TrimSpace(f) != "" {
			return false
		}
	}
	return true
}

// HasHeader says whether the first record names columns: it names a message or
// a category, or it is all words; a name never stands in its column again.
func HasHeader(records [][]string, o exchange.Options) bool {
	switch {
	case o.Header == exchange.HeaderAbsent || len(records) == 0:
		return false
	case o.Header == exchange.HeaderPresent:
		return true
	}
	return AllNamed(records[0]) || numberedNames(records[0]) || looksLikeHeader(records, o.Columns)
}

// looksLikeHeader tells from the cells of the first record, and from how those below
// differ, whether they name columns; chosen are the names that the user gave a use.
func looksLikeHeader(records [][]string, chosen map[string]exchange.Field) bool {
	named, words := false, len(records) > 2 && len(records[0]) > 1
	for i, cell := range records[0] {
		if _, ok := chosen[strings.TrimSpace(cell)]; ok {
			return true
		}
		if _, number := parseConfidence(cell); number || len(cell) > 80 {
			return false
		}
		if f := FieldOf(cell); (f == exchange.Message || f == exchange.Category) && !recurs(records, i) {
			named = true
		}
		words = words && looksLikeName(cell) && !recurs(records, i)
	}
	return named || words || standsAbove(records) || titled(records) || len(records) > 1 && listsOfMessages(records[0], records[1:])
}

var numberedName = regexp.MustCompile(`(?i)^(?:v|x|c|col|column|field|var|feature|unnamed:?)[ _]?\d{1,3}$`)

// numberedNames is true of the names that programs make up for columns: V1, V2.
func numberedNames(record []string) bool {
	for _, cell := range record[:Width(record)] {
		if cell = strings.TrimSpace(cell); cell != "" && !numberedName.MatchString(cell) {
			return false
		}
	}
	return Width(record) > 1
}

// recurs says whether the first value of a column comes again in another record
// than a copy of the first.
func recurs(records [][]string, column int) bool {
	for _, r := range records[1:] {
		if column < len(r) && r[column] == records[0][column] && !slices.Equal(r, records[0]) {
			return true
		}
	}
	return false
}

// looksLikeName is true of what programs call a column: one short word.
func looksLikeName(s string) bool {
	if s == "" || len(s) > 40 {
		return false
	}
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '-' && r != '.' {
			return false
		}
	}
	return true
}
