package exchange

import (
	"errors"
	"fmt"
	"io"
	"strings"
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
			return fmt.Errorf("the file could be read no further; the %d messages before were read: %w", r.Tally.Rows, err)
		}
		switch {
		case record.problem != "":
			r.reject(record.line, record.problem, record.text)
			continue
		case blank(record.fields):
			r.Tally.Blank++
			continue
		case header:
			header = false
			continue
		case c.repeats(record.fields):
			r.reject(record.line, "it is the header again", strings.Join(record.fields, ", "))
			continue
		}
		row, problem := c.row(record.line, record.fields)
		if problem != "" {
			r.reject(record.line, problem, strings.Join(record.fields, ", "))
			continue
		}
		if !yield(row) {
			return nil
		}
	}
}
