package exchange

import (
	"io"
	"slices"
	"strings"

	"seedbed/assets/i18n"
)

// ErrEmpty is returned for a file without any text.
var ErrEmpty = i18n.Error("the file is empty")

// ReadCSV reads a table of text: comma, semicolon, tab or | between the columns,
// with or without a header, in UTF-8, UTF-16 or Windows-1252. It reads as it
// goes and holds at most one line of MaxRecord bytes and a sample of 64 KB.
//
// A record that lacks columns at its end is a row without them. One with more
// than the header is a row when its confidence reads as one, and is rejected
// otherwise, since then a comma in the message is the likelier reason.
func ReadCSV(r io.Reader, o Options) (*Reading, error) {
	head, whole, err := sample(r, sampleSize)
	if err != nil {
		return nil, unreadable(err)
	}
	encoding := o.Encoding
	if encoding == "" {
		encoding = detectEncoding(head)
	}
	marked := strings.HasPrefix(string(head), utf8Mark)
	if encoding == UTF16LE || encoding == UTF16BE {
		if head, whole, err = sample(decoded(whole, encoding), sampleSize); err != nil {
			return nil, unreadableAs(encoding, err)
		}
		marked = true
	}
	d := detectDialect(head, o)
	if len(d.records) == 0 && len(head) < sampleSize {
		return nil, ErrEmpty
	}
	records := d.records
	var header []string
	if hasHeader(records, o) {
		header, records = records[0], records[1:]
	}
	records = slices.DeleteFunc(records, allNamed) // headers of files joined to this one
	columns, err := chooseColumns(header, records, o.Columns)
	if err != nil {
		return nil, err
	}
	columns.noHeader = o.Header == HeaderAbsent
	// Only a file that a spreadsheet may have touched: exact files are never altered.
	columns.unguard = marked || d.crlf || d.comma == ';'

	facts := Facts{
		Format: CSV, Encoding: encoding, Delimiter: rune(d.comma), Header: header != nil,
		Guarded: columns.unguard, Columns: columns.columnOf,
	}
	if d.comma == d.newline {
		facts.Delimiter = 0
	}
	return newReading(o, facts, func(r *Reading, yield func(Row) bool) error {
		s := newScanner(whole, d.comma, d.newline)
		s.ansi = o.Encoding == Windows1252
		s.columns = len(columns.columnOf)
		if d.separator {
			_, _ = s.next()
		}
		return r.table(columns, s.next, yield)
	}), nil
}
