package exchange

import (
	"errors"
	"io"
	"strings"

	"seedbed/assets/i18n"
)

// table reads the records that next gives as rows, and accounts for each that
// is none. next ends with io.EOF.
func (r *Reading) table(c *columns, next func() (record, error), yield func(Row) bool) error {
	header := c.header != nil && r.Facts.Header
	for {
		record, err := next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return r.brokenOff(err)
		}
		switch {
		case record.problem != nil:
			r.reject(record.line, record.problem, record.text)
			continue
		case blank(record.fields):
			r.Tally.Blank++
			continue
		case header:
			header = false
			continue
		case c.repeats(record.fields):
			r.reject(record.line, i18n.Error("it is the header again"), strings.Join(record.fields, ", "))
			continue
		}
		row, problem := c.row(record.line, record.fields)
		if problem != nil {
			r.reject(record.line, problem, strings.Join(record.fields, ", "))
			continue
		}
		if !yield(row) {
			return nil
		}
	}
}
