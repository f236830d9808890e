// Package exchange reads and writes other people's files: tables (CSV, TSV,
// Excel, JSON, JSON lines, Parquet), exported conversations (ChatGPT, Slack,
// WhatsApp, Intercom, Zendesk, nested dialogue JSON), and the dataset card.
//
// Every reader gives the same: a Reading with the facts it found out about the
// file, its rows one at a time, and each line that it could not use with the
// reason. The package also finds and masks personal details (Mask) and holds
// the one helper through which every file is written (WriteFile).
package exchange

import (
	"errors"
	"iter"
	"strings"
	"time"
	"unicode/utf8"

	"seedbed/assets/i18n"
)

// Row is one message as it stands in a file.
type Row struct {
	Line          int // the line of the file it starts on, from 1; the row or item number where a format has no lines
	Message       string
	Category      string  // "" without a label
	Confidence    float64 // 0 to 1; meaningless unless HasConfidence
	HasConfidence bool
	Source        string    // what the file says, in its own words; "" when it says nothing
	Status        string    // likewise
	Role          string    // who speaks: "user", "assistant", a name
	Conversation  string    // which conversation it belongs to
	Time          time.Time // when it was said; zero when the file does not say
	Personal      bool      // the message holds personal details that are not masked
}

// Rejected is a line that did not become a row.
type Rejected struct {
	Line   int
	Reason error  // for people
	Text   string // how the line begins, at most 200 bytes
}

// Options say how a file is to be read. The zero value finds everything out.
type Options struct {
	Format    Format           // Unknown: found out from the content; only Open asks
	Columns   map[string]Field // what a column is used for, by its name; the others are guessed
	Encoding  Encoding         // "": found out
	Delimiter rune             // 0: found out
	Header    Header
	Sheet     string         // of an Excel file; "": the first that has messages
	MaxRows   int            // a file with more ends in ErrTooManyRows; 0: no limit
	Rejected  func(Rejected) // told of each line that does not become a row; may be nil
}

// ErrTooManyRows ends the reading of a file with more rows than Options.MaxRows.
var ErrTooManyRows = i18n.Error("the file has too many rows")

// Tally counts what became of the file so far.
type Tally struct {
	Rows     int
	Rejected int
	Blank    int // lines with nothing but white space and separators
	Skipped  int // turns that are no text of a person: hidden ones, system notices, pictures
}

// Reading is a file that is being read.
type Reading struct {
	Facts Facts
	Tally Tally

	rows     iter.Seq2[Row, error]
	rejected func(Rejected)
	close    func() error // nil when there is nothing to close
}

// newReading makes a reading of walk, which gives its rows to yield until that
// returns false.
func newReading(o Options, f Facts, walk func(r *Reading, yield func(Row) bool) error) *Reading {
	r := &Reading{Facts: f, rejected: o.Rejected}
	r.rows = func(yield func(Row, error) bool) {
		var failed error
		err := walk(r, func(row Row) bool {
			if o.MaxRows > 0 && r.Tally.Rows == o.MaxRows {
				failed = i18n.Error("{{.What}}: more than {{.N}}; those before were read", i18n.Values{"What": ErrTooManyRows, "N": o.MaxRows})
				return false
			}
			r.Tally.Rows++
			return yield(row, nil)
		})
		if err = errors.Join(err, failed); err != nil {
			yield(Row{}, err)
		}
	}
	return r
}

// Rows gives the rows one after another, once. A line that cannot be used goes
// to Options.Rejected and the reading goes on; an error ends it.
func (r *Reading) Rows() iter.Seq2[Row, error] { return r.rows }

// Close lets go of the file.
func (r *Reading) Close() error {
	if r.close == nil {
		return nil
	}
	return r.close()
}

func (r *Reading) reject(line int, reason error, text string) {
	r.Tally.Rejected++
	if r.rejected != nil {
		r.rejected(Rejected{Line: line, Reason: reason, Text: beginning(text, 200)})
	}
}

// beginning cuts a text to at most n bytes without splitting a character.
func beginning(text string, n int) string {
	if len(text) <= n {
		return strings.ToValidUTF8(text, "\uFFFD")
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return strings.ToValidUTF8(text[:n], "\uFFFD")
}
