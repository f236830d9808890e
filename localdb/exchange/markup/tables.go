package markup

import (
	"bytes"
	"io"
	"iter"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/sheet"
)

// maxDocument is how large a document of text may be, in bytes: all of it is in memory.
const maxDocument = 64 << 20

// textTable is a table of a document, its header among the rows.
type textTable struct {
	name string
	rows []sheet.Row
}

func (t textTable) each(yield func(sheet.Row, error) bool) {
	for _, row := range t.rows {
		row.Cells = append([]sheet.Cell(nil), row.Cells...)
		if !yield(row, nil) {
			return
		}
	}
}

// evidenceOf accepts a document with a table whose header names a message, and one that is
// mostly tables.
func evidenceOf(tables []textTable, sample string, mostly i18n.Text) exchange.Evidence {
	inTables := 0
	for _, t := range tables {
		var records [][]string
		for _, row := range t.rows {
			records = append(records, texts(row))
			for _, cell := range row.Cells {
				inTables += strings.Count(cell.Text, "\n")
			}
		}
		inTables += len(t.rows) + 1
		if len(records) > 1 && sheet.Score(records) >= 20 {
			return exchange.Evidence{Sureness: exchange.Sure, Why: i18n.T("it has a table whose header names a message")}
		}
	}
	filled := 0
	for line := range strings.Lines(sample) {
		if strings.TrimSpace(line) != "" {
			filled++
		}
	}
	if inTables > 0 && inTables*2 >= filled {
		return exchange.Evidence{Sureness: 0.8, Why: mostly}
	}
	return exchange.Evidence{}
}

// readTables reads a table of a document of text; find finds all that it has.
func readTables(format *exchange.Format, find func([]byte) []textTable) func(*exchange.File, exchange.Options) (*exchange.Reading, error) {
	return func(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
		if f.Size() > maxDocument {
			return nil, i18n.Error("the document is larger than 64 MB; save its table as CSV")
		}
		source, err := io.ReadAll(io.LimitReader(f.Text(), 2*maxDocument))
		if err != nil {
			return nil, exchange.Unreadable(err)
		}
		var sheets []*sheet.Sheet
		for _, t := range find(bytes.ToValidUTF8(source, []byte("\uFFFD"))) {
			sheets = append(sheets, &sheet.Sheet{Name: t.name, Rows: func() iter.Seq2[sheet.Row, error] { return t.each }})
		}
		if len(sheets) == 0 {
			return nil, i18n.Error("there is no table in the document; put the messages into one, or into a text file, one a line")
		}
		guess := f.Guess()
		return sheet.Read(o, exchange.Facts{Format: format, Encoding: guess}, sheets, func(name string) i18n.Text {
			return i18n.T(`{{.Format}} "{{.Sheet}}", {{.Encoding}}`, i18n.Values{"Format": format.Name, "Sheet": name, "Encoding": guess.Encoding})
		})
	}
}

func tableName(n int) string { return i18n.T("table {{.N}}", i18n.Values{"N": n}).String() }
