// Package spreadsheet reads and writes files of spreadsheets.
package spreadsheet

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// Limits on what an Excel file may unpack to, in bytes. A sheet or text table
// above the second is spooled to a temporary file.
const (
	maxUnpacked = 2 << 30
	maxInMemory = 16 << 20
)

// XLSX is an Excel file.
var XLSX = &exchange.Format{ID: "xlsx", Name: i18n.T("Excel"), Extension: ".xlsx"}

// Readers and Writers list the formats of this family.
var (
	Readers = []exchange.Reader{{
		Format: XLSX, Recognise: recogniseXLSX, Read: readXLSX,
		About: "One sheet: the one that is asked for, or the first whose first line names a message, or the first that is not empty.",
	}}
	Writers = []exchange.Writer{{
		Format: XLSX, Write: WriteXLSX,
		About: "One sheet: message, category, confidence. Texts are cells of text, so that none is ever a formula.",
	}}
)

func recogniseXLSX(f *exchange.File) exchange.Evidence {
	entries, _ := f.Entries()
	if !slices.ContainsFunc(entries, func(e *exchange.Entry) bool { return strings.HasPrefix(e.Name, "xl/") }) {
		return exchange.Evidence{}
	}
	return exchange.Evidence{Sureness: exchange.Certain, Why: i18n.T("it holds a workbook of Excel")}
}

func readXLSX(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	file, err := excelize.OpenReader(f.Read(), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxInMemory})
	if err != nil {
		return nil, i18n.Error("could not read it as an Excel file (.xlsx); one with a password or of the old kind (.xls) has to be saved as .xlsx first: {{.Cause}}", i18n.Values{"Cause": err})
	}
	facts := exchange.Facts{Format: XLSX, Sheets: file.GetSheetList()}
	var records [][]string
	if facts.Sheet, records, err = chooseSheet(file, o.Sheet); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	facts.About = i18n.T(`Excel, sheet "{{.Sheet}}"`, i18n.Values{"Sheet": facts.Sheet})
	var header []string
	if facts.Header = exchange.HasHeader(records, o); facts.Header {
		header, records = records[0], records[1:]
	}
	columns, err := exchange.ChooseColumns(header, records, o.Columns)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	columns.NoHeader = o.Header == exchange.HeaderAbsent
	columns.Serial = true
	facts.Columns = columns.List
	reading := exchange.NewReading(o, facts, func(r *exchange.Reading) (err error) {
		rows, err := file.Rows(facts.Sheet)
		if err != nil {
			return unreadableSheet(facts.Sheet, err)
		}
		defer func() { err = errors.Join(err, rows.Close()) }()
		return r.Table(columns, facts.Header, sheetRecords(rows))
	})
	reading.OnClose(file.Close)
	return reading, nil
}

func sheetRecords(rows *excelize.Rows) func() (exchange.Record, error) {
	line := 0
	return func() (exchange.Record, error) {
		if !rows.Next() {
			if err := rows.Error(); err != nil {
				return exchange.Record{}, err
			}
			return exchange.Record{}, io.EOF
		}
		line++
		cells, err := rows.Columns()
		return exchange.Record{Line: line, Fields: cells}, err
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
			if exchange.FieldOf(cell) == exchange.Message {
				return sheet, records, nil
			}
		}
	}
	if name == "" {
		return "", nil, exchange.ErrEmpty
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
		if !exchange.Blank(r.Fields) {
			records = append(records, r.Fields)
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
func WriteXLSX(w io.Writer, rows iter.Seq2[exchange.Row, error], _ exchange.WriteOptions) (err error) {
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
