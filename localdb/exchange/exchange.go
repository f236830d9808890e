// Package exchange is what every reader and writer of other people's files shares:
// rows, options, what was found out about a file, and the count of what was left out
// with its reasons. The readers themselves are in the packages below it, one for each
// family of formats; package formats lists them all and picks the one for a file.
package exchange

import (
	"strings"
	"time"
	"unicode/utf8"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange/charset"
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
	Note          string    // what a person noted about the message
	Tags          string    // with commas between them
	Personal      bool      // the message holds personal details that are not masked
	Place         string    // the file inside a zip file, or the sheet, that Line counts in; "" for the file itself
}

// Rejected is a line that did not become a row.
type Rejected struct {
	Place  string // as in Row
	Line   int
	Reason error  // for people
	Text   string // how the line begins, at most 200 bytes
}

// Options say how a file is to be read. The zero value finds everything out.
type Options struct {
	Format    *Format             // nil: found out from the content
	Columns   map[string]Field    // what a column is used for, by its name; the others are guessed
	Labels    map[string][]string // names of labels that are kept as numbers, by their column, where a file beside this one brings them
	Encoding  charset.Encoding    // "": found out
	Delimiter rune                // 0: found out
	Header    Header
	Sheet     string         // of a spreadsheet; "": the first that has messages
	Inner     []string       // which files inside a zip file are read, by their paths there; nil: those of one format
	KeepRoles []string       // whose turns become rows: roles by name, KeepUsers for those of users; nil keeps all
	MaxRows   int            // a file with more ends in ErrTooManyRows; 0: no limit
	Rejected  func(Rejected) // told of each line that does not become a row because it can't be used; may be nil
}

// Header says whether a table starts with a line of column names.
type Header int

// Whether there is one is found out unless the caller knows.
const (
	HeaderDetected Header = iota
	HeaderPresent
	HeaderAbsent
)

// MaxRecord bounds one line of a text file, or one record of a table with all its
// fields, in bytes. A longer one is rejected and never held in memory.
const MaxRecord = 4 << 20

// Errors that several readers return.
var (
	ErrEmpty       = i18n.Error("the file is empty")
	ErrTooManyRows = i18n.Error("the file has too many rows")
	ErrTooLong     = i18n.Error("the line is longer than 4 MB")
)

// Beginning cuts a text to at most n bytes without splitting a character.
func Beginning(text string, n int) string {
	if len(text) <= n {
		return strings.ToValidUTF8(text, "\uFFFD")
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return strings.ToValidUTF8(text[:n], "\uFFFD")
}
