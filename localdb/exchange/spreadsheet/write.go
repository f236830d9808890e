package spreadsheet

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// What fits into an Excel file.
const (
	maxCellUnits = 32_767 // UTF-16 units
	maxSheetRows = 1_048_576
)

// ErrExcelLimit is returned for what an Excel file cannot hold.
var ErrExcelLimit = i18n.Error("an Excel file cannot hold this; export it as CSV")

// WriteXLSX writes an Excel file with one sheet: message, category, confidence.
// Texts are cells of text, so that none is ever a formula.
func WriteXLSX(w io.Writer, rows iter.Seq2[exchange.Row, error], o exchange.WriteOptions) (err error) {
	file := excelize.NewFile()
	defer func() { err = errors.Join(err, file.Close()) }()
	const sheet = "Messages"
	if err := file.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	titles := []any{"message", "category", "confidence"}
	if o.Notes {
		titles = append(titles, "note", "tags")
	}
	out, err := file.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	err = errors.Join(
		out.SetColWidth(1, 1, 80), out.SetColWidth(2, 2, 24), out.SetColWidth(3, 3, 12),
		out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}),
		out.SetRow("A1", titles),
	)
	if err != nil {
		return err
	}
	line := 1
	for row, err := range rows {
		if err != nil {
			return err
		}
		if line++; line > maxSheetRows {
			return i18n.Error("{{.What}}: more than {{.N}} messages", i18n.Values{"What": ErrExcelLimit, "N": maxSheetRows - 1})
		}
		if n := max(units(row.Message), units(row.Note), units(row.Tags)); n > maxCellUnits {
			return i18n.Error("{{.What}}: message {{.Message}} has {{.N}} characters, a cell takes {{.Most}}", i18n.Values{"What": ErrExcelLimit, "Message": line - 1, "N": n, "Most": maxCellUnits})
		}
		cells := []any{row.Message, nil, nil}
		if row.Category != "" {
			cells[1] = row.Category
		}
		if row.HasConfidence {
			cells[2] = row.Confidence
		}
		if o.Notes {
			cells = append(cells, row.Note, row.Tags)
		}
		if err := out.SetRow(fmt.Sprintf("A%d", line), cells); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return file.Write(w)
}

// units counts as Excel does.
func units(text string) (n int) {
	if len(text) <= maxCellUnits {
		return len(text)
	}
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}
