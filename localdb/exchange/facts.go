package exchange

import "seedbed/assets/sentence"

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
func (c Column) Label() sentence.Sentence {
	for _, made := range []sentence.Sentence{namelessColumn, repeatedColumn} {
		if label, ok := made.Read(c.Name); ok {
			return label
		}
	}
	return sentence.Of("{{.Name}}", sentence.Values{"Name": c.Name})
}

// String is Describe in English.
func (f Facts) String() string { return f.Describe().String() }

// Describe puts the facts into words: "UTF-8, comma-separated".
func (f Facts) Describe() sentence.Sentence {
	encoding := sentence.Values{"Encoding": f.Encoding}
	switch {
	case f.Format == XLSX:
		return sentence.Of(`Excel, sheet "{{.Sheet}}"`, sentence.Values{"Sheet": f.Sheet})
	case f.Format != CSV:
		return f.Format.Name()
	}
	switch f.Delimiter {
	case 0:
		return sentence.Of("{{.Encoding}}, one message a line", encoding)
	case ',':
		return sentence.Of("{{.Encoding}}, comma-separated", encoding)
	case ';':
		return sentence.Of("{{.Encoding}}, semicolon-separated", encoding)
	case '\t':
		return sentence.Of("{{.Encoding}}, tab-separated", encoding)
	default:
		return sentence.Of("{{.Encoding}}, separated by {{.Delimiter}}", encoding, sentence.Values{"Delimiter": string(f.Delimiter)})
	}
}
