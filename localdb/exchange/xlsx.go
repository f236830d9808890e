package exchange

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"seedbed/assets/i18n"
)

// Limits on what an Excel file may unpack to, in bytes. A sheet or text table
// above the second is spooled to a temporary file.
const (
	maxUnpacked = 2 << 30
	maxInMemory = 16 << 20
)

// ReadXLSX reads a sheet of an Excel file: the one that is asked for, or the
// first whose first line names a message, or the first that is not empty.
func ReadXLSX(r io.Reader, o Options) (*Reading, error) {
	file, err := excelize.OpenReader(r, excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxInMemory})
	if err != nil {
		return nil, i18n.Error("could not read it as an Excel file (.xlsx); one with a password or of the old kind (.xls) has to be saved as .xlsx first: {{.Cause}}", i18n.Values{"Cause": err})
	}
	facts := Facts{Format: XLSX, Sheets: file.GetSheetList()}
	var records [][]string
	if facts.Sheet, records, err = chooseSheet(file, o.Sheet); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	var header []string
	if facts.Header = hasHeader(records, o); facts.Header {
		header, records = records[0], records[1:]
	}
	columns, err := chooseColumns(header, records, o.Columns)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	columns.noHeader = o.Header == HeaderAbsent
	columns.serial = true
	facts.Columns = columns.columnOf
	reading := newReading(o, facts, func(r *Reading, yield func(Row) bool) (err error) {
		rows, err := file.Rows(facts.Sheet)
		if err != nil {
			return unreadableSheet(facts.Sheet, err)
		}
		defer func() { err = errors.Join(err, rows.Close()) }()
		return r.table(columns, sheetRecords(rows), yield)
	})
	reading.close = file.Close
	return reading, nil
}

func sheetRecords(rows *excelize.Rows) func() (record, error) {
	line := 0
	return func() (record, error) {
		if !rows.Next() {
			if err := rows.Error(); err != nil {
				return record{}, err
			}
			return record{}, io.EOF
		}
		line++
		cells, err := rows.Columns()
		return record{line: line, fields: cells}, err
	}
}

func unreadableSheet(sheet string, err error) error {
	return i18n.Error(`could not read the sheet "{{.Sheet}}": {{.Cause}}`, i18n.Values{"Sheet": sheet, "Cause": err})
}

// chooseSheet gives the name of the sheet to read and its first records.
func chooseSheet(file *excelize.File, wanted string) (name string, first [][]string, err error) {
	for _, sheet := range file.GetSheetList() {
		if wanted != "" && sheet != wanted {
			continue
		}
		records, err := sheetSample(file, sheet)
		if err != nil {
			return "", nil, unreadableSheet(sheet, err)
		}
		if len(records) == 0 {
			continue
		}
		if name == "" {
			name, first = sheet, records
		}
		for _, cell := range records[0] {
			if fieldOf(cell) == Message {
				return sheet, records, nil
			}
		}
	}
	if name == "" {
		return "", nil, ErrEmpty
	}
	return name, first, nil
}

func sheetSample(file *excelize.File, sheet string) (records [][]string, err error) {
	rows, err := file.Rows(sheet)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	next := sheetRecords(rows)
	for len(records) < 200 {
		r, err := next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if !blank(r.fields) {
			records = append(records, r.fields)
		}
	}
	return records, nil
}

// What fits into an Excel file.
const (
	maxCell      = 32_767 // UTF-16 units
	maxSheetRows = 1_048_576
)

// ErrExcelLimit is returned for what an Excel file cannot hold.
var ErrExcelLimit = i18n.Error("an Excel file cannot hold this; export it as CSV")

// WriteXLSX writes an Excel file with one sheet: message, category, confidence.
// Texts are cells of text, so that none is ever a formula.
func WriteXLSX(w io.Writer, rows iter.Seq2[Row, error]) (err error) {
	file := excelize.NewFile()
	defer func() { err = errors.Join(err, file.Close()) }()
	const sheet = "Messages"
	if err := file.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	out, err := file.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	err = errors.Join(
		out.SetColWidth(1, 1, 80), out.SetColWidth(2, 2, 24), out.SetColWidth(3, 3, 12),
		out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}),
		out.SetRow("A1", []any{"message", "category", "confidence"}),
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
		if n := units(row.Message); n > maxCell {
			return i18n.Error("{{.What}}: message {{.Message}} has {{.N}} characters, a cell takes {{.Most}}", i18n.Values{"What": ErrExcelLimit, "Message": line - 1, "N": n, "Most": maxCell})
		}
		cells := []any{row.Message, nil, nil}
		if row.Category != "" {
			cells[1] = row.Category
		}
		if row.HasConfidence {
			cells[2] = row.Confidence
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
	if len(text) <= maxCell {
		return len(text)
	}
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}
