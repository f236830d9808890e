package exchange

import (
	"io"
	"iter"

	"seedbed/assets/i18n"
)

// Format is a kind of file. Each is one variable of the package that reads or writes it,
// and is compared by its address.
type Format struct {
	ID        string    // what the terminal calls it: "csv"
	Name      i18n.Text // what people call it: "Excel"
	Extension string    // how the names of such files end, with the dot
}

// String is the name in English.
func (f *Format) String() string { return f.Name.String() }

// How sure a reader is that it is the right one for a file. Reader.Recognise may return
// any number between.
const (
	No       = 0.0
	Possible = 0.3 // it can be read like that, as many files can
	Likely   = 0.6 // its form fits
	Sure     = 0.9 // it has what only files of this format have
	Certain  = 1.0 // a magic number, or several of those
)

// Evidence is how sure a reader is of a file, and by what.
type Evidence struct {
	Sureness float64   // 0 to 1
	Why      i18n.Text // half a sentence: "it starts with …"
}

// Reader reads one format.
type Reader struct {
	Format *Format
	// Recognise looks at the beginning of a file, never at its name alone. It must not
	// read all of it.
	Recognise func(*File) Evidence
	// Read begins to read a file that Recognise is sure of, or a person chose it for.
	Read func(*File, Options) (*Reading, error)
	// About says in a sentence what is read of it, for the documentation.
	About string
}

// Form is what a written table is for.
type Form int

const (
	// ForTraining is exact: message,category,confidence after RFC 4180, UTF-8
	// without a mark, LF at each line's end, no text altered.
	ForTraining Form = iota
	// ForExcel opens in a spreadsheet without being taken for formulas: UTF-8
	// with a mark, CRLF, and an apostrophe before a text that starts with
	// = + - @, a tab or a carriage return. Reading takes it away again.
	ForExcel
)

// WriteOptions say how a file is to be written. Most formats need none of them.
type WriteOptions struct {
	Form     Form            // of CSV
	Notes    bool            // also the columns note and tags, where Writer.Notes
	Language string          // of the messages, as in "en"; "" is English
	Told     func(i18n.Text) // told what a person should know of the file, such as a name that was changed; may be nil
}

// Tell tells a person something about the file.
func (o WriteOptions) Tell(said i18n.Text) {
	if o.Told != nil {
		o.Told(said)
	}
}

// Writer writes one format.
type Writer struct {
	Format *Format
	// Write writes rows. An error among them ends the writing and is returned.
	Write func(io.Writer, iter.Seq2[Row, error], WriteOptions) error
	Notes bool   // it can write the columns note and tags
	About string // what is written, for the documentation
}
