package exchange

import (
	"slices"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange/charset"
)

// Facts are what was found out about a file.
type Facts struct {
	Format    *Format
	Why       i18n.Text     // by what the format was recognised; zero where a person chose it
	Encoding  charset.Guess // zero where the format leaves no choice
	Delimiter rune          // between the columns of a text table; 0 for one column
	Header    bool
	Guarded   bool   // texts carry the apostrophes of ForExcel, which are taken away
	Sheet     string // the sheet of a spreadsheet that is read
	Sheets    []string
	Columns   []Column  // nil where the format says what is what
	Files     []string  // those that are read inside a zip file
	Inner     []string  // those inside a zip file that can be read, from which Options.Inner chooses
	Others    []*Format // what else the file may be, the likeliest first
	Doubt     i18n.Text // what may be meant otherwise, and what to choose then; zero for nothing
	About     i18n.Text // what sets it apart from others of its format, such as the separator; zero for nothing
}

// Column is one column of a table, or one field of a JSON file's items, and what
// it is used for.
type Column struct {
	Name    string    // "column 2" where it has none
	Label   i18n.Text // the name for people
	Example string    // the first value in it, at most 80 bytes
	Use     Field
}

// String is Describe in English.
func (f Facts) String() string { return f.Describe().String() }

// Describe puts the facts into words: "UTF-8, comma-separated".
func (f Facts) Describe() i18n.Text {
	if f.About.IsZero() {
		return f.Format.Name
	}
	return f.About
}

// Labelled tells whether messages have categories: in a column, as marks, or as headers.
func (f Facts) Labelled() bool {
	return slices.ContainsFunc(f.Columns, func(c Column) bool { return c.Use == Category || c.Use == Marked || c.Use == Listed })
}
