package exchange

import "seedbed/assets/i18n"

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

// Label is the column's name for people.
func (c Column) Label() i18n.Text {
	for _, made := range []i18n.Text{namelessColumn, repeatedColumn} {
		if label, ok := made.Read(c.Name); ok {
			return label
		}
	}
	return i18n.T("{{.Name}}", i18n.Values{"Name": c.Name})
}

// String is Describe in English.
func (f Facts) String() string { return f.Describe().String() }

// Describe puts the facts into words: "UTF-8, comma-separated".
func (f Facts) Describe() i18n.Text {
	encoding := i18n.Values{"Encoding": f.Encoding}
	switch {
	case f.Format == XLSX:
		return i18n.T(`Excel, sheet "{{.Sheet}}"`, i18n.Values{"Sheet": f.Sheet})
	case f.Format != CSV:
		return f.Format.Name()
	}
	switch f.Delimiter {
	case 0:
		return i18n.T("{{.Encoding}}, one message a line", encoding)
	case ',':
		return i18n.T("{{.Encoding}}, comma-separated", encoding)
	case ';':
		return i18n.T("{{.Encoding}}, semicolon-separated", encoding)
	case '\t':
		return i18n.T("{{.Encoding}}, tab-separated", encoding)
	default:
		return i18n.T("{{.Encoding}}, separated by {{.Delimiter}}", encoding, i18n.Values{"Delimiter": string(f.Delimiter)})
	}
}
