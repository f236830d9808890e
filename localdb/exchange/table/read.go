// Package table reads and writes tables of text: CSV and its kin, and lists of messages.
//
// It has a scanner of its own because files made by hand are read line for line: a stray
// quote spoils one line and not the rest of the file, quotes may be escaped by a backslash,
// and each line may be in an encoding of its own. encoding/csv does none of that; it is at
// least as fast (go test -bench 'Scanner|EncodingCSV'), so speed is not the reason.
package table

import (
	"errors"
	"io"
	"slices"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/charset"
	"seedbed/localdb/exchange/columns"
)

// The formats of this package.
var (
	CSV   = &exchange.Format{ID: "csv", Name: i18n.T("CSV"), Extension: ".csv"}
	Lines = &exchange.Format{ID: "lines", Name: i18n.T("one message a line"), Extension: ".txt"}
)

// Readers and Writers list the formats of this family.
var (
	Readers = []exchange.Reader{
		{
			Format: CSV, Recognise: recogniseCSV, Read: ReadCSV,
			About: "Comma, semicolon, tab or | between the columns, with or without a header; titles above it are skipped. Cells may stand in single quotes; quotes inside quotes are doubled or have a backslash. Rows that are quoted as a whole, because the table was encoded twice, are taken apart. Rows of totals at the end, and headers that come again, are left out. A line that lacks columns at its end is a row without them; one with more than the header is rejected, unless its confidence reads as one. NaN, NULL and None are no category; a list of one label is that label, and one of several is none. Columns of 1 and 0, true and false, or x that exclude one another are categories, and so are the names of columns that are lists of messages. Who wrote is also read from yes and no (inbound, is_agent) and directions, and conversations from what a message answers.",
		},
		{
			Format: Lines, Recognise: recogniseLines, Read: readLines,
			About: "A list of messages in plain text. Text that looks like something else, such as YAML, a log or a page of prose, is refused.",
		},
	}
	Writers = []exchange.Writer{{
		Format: CSV, Write: WriteCSV, Notes: true,
		About: "message,category,confidence after RFC 4180, or in a form that is safe to open in Excel; with note,tags where asked for.",
	}}
)

type dialectKey struct{}

// dialectOf finds out the dialect of a file whose options leave all to find out.
func dialectOf(f *exchange.File) dialect {
	return exchange.Once(f, dialectKey{}, func() dialect { return sampleDialect(f, exchange.Options{}) })
}

func sampleDialect(f *exchange.File, o exchange.Options) dialect {
	sample := f.Sample()
	whole := len(sample) < sampleSize
	return detectDialect(sample[:min(len(sample), sampleSize)], whole, o)
}

func recogniseCSV(f *exchange.File) exchange.Evidence {
	d := dialectOf(f)
	if d.score == 0 || d.comma == d.newline {
		return exchange.Evidence{}
	}
	if d.score >= 10 {
		return exchange.Evidence{Sureness: 0.7, Why: i18n.T("its header names columns that are known")}
	}
	return exchange.Evidence{Sureness: 0.5, Why: i18n.T("its lines fall into the same number of columns")}
}

// ReadCSV reads a table of text. It reads as it goes and holds at most one line of
// exchange.MaxRecord bytes and a sample of 64 KB.
func ReadCSV(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	d := sampleDialect(f, o)
	return readTable(f, o, d)
}

// Records gives the first records of a text as a table, whatever its columns are for.
func Records(f *exchange.File, most int) ([][]string, error) {
	next := dialectOf(f).records(f.Text(), 0)
	var records [][]string
	for len(records) < most {
		r, err := next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if r.Problem == nil && !columns.Blank(r.Fields) {
			records = append(records, slices.Clone(r.Fields))
		}
	}
	return records, nil
}

func readLines(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	d := dialectOf(f)
	d.comma, d.separator, d.backslash, d.quote, d.around = d.newline, false, false, '"', nil
	d.sample = d.read([]byte(f.Sample()), d.comma, true)
	return readTable(f, o, d)
}

func readTable(f *exchange.File, o exchange.Options, d dialect) (*exchange.Reading, error) {
	head, err := f.Head()
	if err != nil {
		return nil, err
	}
	if len(d.sample) == 0 && len(f.Sample()) < sampleSize {
		return nil, exchange.ErrEmpty
	}
	records := d.sample
	above := 0
	if o.Header != exchange.HeaderAbsent {
		above = columns.Start(records)
		records = records[above:]
	}
	var header []string
	if columns.HasHeader(records, o) {
		header, records = records[0], records[1:]
	}
	c, err := columns.Choose(header, columns.WithoutHeaders(records), o.Columns)
	if err != nil {
		return nil, err
	}
	c.Above = above
	c.Labels = columns.LabelsOf(o.Labels, c.NameOf(exchange.Category))
	c.NoHeader = o.Header == exchange.HeaderAbsent
	// Only a file that a spreadsheet may have touched: exact files are never altered.
	guess := f.Guess()
	marked := strings.HasPrefix(string(head), charset.ByteOrderMark) || guess.Encoding == charset.UTF16LE || guess.Encoding == charset.UTF16BE
	c.Unguard = marked || d.crlf || d.comma == ';'

	facts := exchange.Facts{
		Format: CSV, Encoding: guess, Delimiter: rune(d.comma), Header: header != nil,
		Guarded: c.Unguard, Columns: c.List,
	}
	if d.comma == d.newline {
		facts.Format, facts.Delimiter = Lines, 0
	}
	facts.About = describe(facts.Delimiter, guess.Encoding)
	begin := func() func() (columns.Record, error) { return d.records(f.Text(), len(c.List)) }
	return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		if c.Threaded() {
			if err := c.Link(begin()); err != nil {
				return r.BrokenOff(err)
			}
		}
		next := begin()
		if len(c.List) > 1 {
			next = untilTotals(next, c, r, above+1)
		}
		return c.Read(r, header != nil, next)
	}), nil
}

// records gives the records of a table one after another.
func (d dialect) records(text io.Reader, width int) func() (columns.Record, error) {
	if d.around != nil {
		return d.unwrapped(d.around.records(text, 0))
	}
	s := d.scanner(text, d.comma)
	s.columns = width
	if d.separator {
		_, _ = s.next()
	}
	return s.next
}

func describe(delimiter rune, e charset.Encoding) i18n.Text {
	encoding := i18n.Values{"Encoding": e}
	switch delimiter {
	case 0:
		return i18n.T("{{.Encoding}}, one message a line", encoding)
	case ',':
		return i18n.T("{{.Encoding}}, comma-separated", encoding)
	case ';':
		return i18n.T("{{.Encoding}}, semicolon-separated", encoding)
	case '\t':
		return i18n.T("{{.Encoding}}, tab-separated", encoding)
	default:
		return i18n.T("{{.Encoding}}, separated by {{.Delimiter}}", encoding, i18n.Values{"Delimiter": string(delimiter)})
	}
}
