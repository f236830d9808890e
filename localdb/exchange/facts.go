package exchange

import "fmt"

// Facts are what was found out about a file.
type Facts struct {
	Format    Format
	Encoding  Encoding // "" where the format leaves no choice
	Delimiter rune     // between the columns of a CSV file; 0 for one column
	Header    bool
	Guarded   bool   // texts carry the apostrophes of ForExcel, which are taken away
	Sheet     string // the sheet of an Excel file that is read
	Sheets    []string
	Columns   []Column // nil where the format says what is what
}

// Column is one column of a table, or one field of a JSON file's items, and what
// it is used for.
type Column struct {
	Name    string // "column 2" where it has none
	Example string // the first value in it, at most 80 bytes
	Use     Field
}

// String puts the facts into words: "UTF-8, comma-separated".
func (f Facts) String() string {
	switch {
	case f.Format == XLSX:
		return fmt.Sprintf("Excel, sheet %q", f.Sheet)
	case f.Format != CSV:
		return f.Format.String()
	}
	switch f.Delimiter {
	case 0:
		return fmt.Sprintf("%s, one message a line", f.Encoding)
	case ',':
		return fmt.Sprintf("%s, comma-separated", f.Encoding)
	case ';':
		return fmt.Sprintf("%s, semicolon-separated", f.Encoding)
	case '\t':
		return fmt.Sprintf("%s, tab-separated", f.Encoding)
	default:
		return fmt.Sprintf("%s, separated by %c", f.Encoding, f.Delimiter)
	}
}
