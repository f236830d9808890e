package spreadsheet

import (
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"regexp"
	"strconv"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/sheet"
)

// ofXML2003 is the outermost element of such a file.
var ofXML2003 = regexp.MustCompile(`<(?:\w+:)?Workbook\s[^>]*"urn:schemas-microsoft-com:office:spreadsheet"`)

func recogniseXML2003(f *exchange.File) exchange.Evidence {
	head, _ := f.Head()
	if ofXML2003.Match(head[:min(len(head), 1<<12)]) {
		return exchange.Evidence{Sureness: exchange.Certain, Why: i18n.T("it holds a workbook of Excel")}
	}
	return exchange.Evidence{}
}

// textFrom gives the tokens of a text file from a place of its text on, whatever encoding
// the file declares.
func textFrom(f *exchange.File, at int64) (*scanner, error) {
	text := f.Text()
	if _, err := io.CopyN(io.Discard, text, at); err != nil {
		return nil, exchange.Unreadable(err)
	}
	s := newScanner(text)
	s.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	return s, nil
}

func readXML2003(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	sheets, err := openXML2003(f)
	if err != nil {
		return nil, err
	}
	return sheet.Read(o, exchange.Facts{Format: XML2003, Encoding: f.Guess()}, sheets, func(name string) i18n.Text {
		return i18n.T(`Excel, sheet "{{.Sheet}}"`, i18n.Values{"Sheet": name})
	})
}

func openXML2003(f *exchange.File) ([]*sheet.Sheet, error) {
	sheets, err := xml2003Sheets(f)
	if err != nil {
		return nil, i18n.Error("could not read it as an Excel file (.xml): {{.Cause}}", i18n.Values{"Cause": err})
	}
	return sheets, nil
}

// xml2003Sheets lists the sheets. It reads the whole file once.
func xml2003Sheets(f *exchange.File) (sheets []*sheet.Sheet, err error) {
	s, err := textFrom(f, 0)
	if err != nil {
		return nil, err
	}
	for {
		s.begin()
		at := s.InputOffset()
		token, err := s.next()
		if errors.Is(err, io.EOF) && s.depth == 0 {
			return sheets, nil
		}
		if err != nil {
			return nil, cutOff(err)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "Workbook", "WorksheetOptions":
		case "Worksheet":
			name := attribute(e, "Name")
			sheets = append(sheets, &sheet.Sheet{Name: name, Rows: xml2003RowsFrom(f, at, name)})
		case "Visible":
			visible, err := s.text()
			if err != nil {
				return nil, err
			}
			if len(sheets) > 0 {
				sheets[len(sheets)-1].Hidden = strings.TrimSpace(visible) != "SheetVisible"
			}
		default:
			if err := s.passItems(); err != nil {
				return nil, err
			}
		}
	}
}

func xml2003RowsFrom(f *exchange.File, at int64, name string) func() iter.Seq2[sheet.Row, error] {
	return func() iter.Seq2[sheet.Row, error] {
		return func(yield func(sheet.Row, error) bool) {
			s, err := textFrom(f, at)
			if err == nil {
				r := &xml2003Rows{scanner: s, yield: func(row sheet.Row) bool { return yield(row, nil) }}
				if _, err = s.next(); err == nil {
					err = s.inside(r.part)
				}
			}
			if err != nil && !errors.Is(err, errStopped) {
				yield(sheet.Row{}, sheet.Unreadable(name, err))
			}
		}
	}
}

// xml2003Rows reads the rows of one sheet.
type xml2003Rows struct {
	*scanner
	yield  func(sheet.Row) bool
	line   int
	hidden []bool
	column int
}

// part reads what a sheet consists of.
func (r *xml2003Rows) part(token xml.Token) (bool, error) {
	e, ok := token.(xml.StartElement)
	if !ok {
		return true, nil
	}
	r.begin()
	switch e.Name.Local {
	case "Table":
		return true, nil
	case "Column":
		first := index(e, r.column)
		last := min(first+number(e, "Span"), sheet.MaxColumns-1)
		if isTrue(attribute(e, "Hidden")) || zero(attribute(e, "Width")) {
			for len(r.hidden) <= last {
				r.hidden = append(r.hidden, len(r.hidden) >= first)
			}
		}
		r.column = last + 1
	case "Row":
		r.line = index(e, r.line) + 1
		if r.line > sheet.MaxRows {
			return false, sheet.ErrTooMuch
		}
		row := sheet.Row{Line: r.line, HiddenColumns: r.hidden, Hidden: isTrue(attribute(e, "Hidden")) || zero(attribute(e, "Height"))}
		r.line += number(e, "Span")
		err := r.inside(func(token xml.Token) (bool, error) {
			e, ok := token.(xml.StartElement)
			if !ok || e.Name.Local != "Cell" {
				return false, nil
			}
			r.begin()
			return true, r.cell(e, &row)
		})
		if err == nil && !r.yield(row) {
			err = errStopped
		}
		return true, err
	}
	return false, nil
}

// index is the place of an element, from 0: the next one unless it says another further on.
func index(e xml.StartElement, next int) int { return max(next, number(e, "Index")-1) }

// number reads a number of an attribute; 0 for none.
func number(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(attribute(e, name))
	if err != nil {
		return 0
	}
	return max(0, min(n, sheet.MaxRows+1))
}

// cell reads the cell that has just begun into its place in the row.
func (r *xml2003Rows) cell(e xml.StartElement, row *sheet.Row) error {
	column := index(e, len(row.Cells))
	c := sheet.Cell{Down: number(e, "MergeDown"), Right: number(e, "MergeAcross")}
	if column+c.Right >= sheet.MaxColumns {
		return sheet.ErrTooMuch
	}
	formula := attribute(e, "Formula")
	c.Sum = adds.MatchString(strings.TrimPrefix(formula, "="))
	var text strings.Builder
	kind, inData := "", 0
	err := r.inside(func(token xml.Token) (bool, error) {
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local == "Data" {
				kind, inData = attribute(e, "Type"), r.depth
				return true, nil
			}
			return inData > 0 && r.depth > inData, nil // the marks of rich text, but no comment
		case xml.CharData:
			if inData > 0 && r.depth >= inData {
				text.Write(e)
			}
		}
		return true, nil
	})
	if err != nil {
		return err
	}
	c.Text = text.String()
	switch kind {
	case "Number":
		c.Value, c.Text = c.Text, plainNumber(c.Text)
	case "DateTime":
		c.Value = c.Text
	case "Boolean":
		c.Text = strings.ToUpper(strconv.FormatBool(isTrue(c.Text)))
	case "Error":
		c.Text, c.Lost = "", sheet.ErrorCell(c.Text)
	}
	for len(row.Cells) < column {
		row.Cells = append(row.Cells, sheet.Cell{})
	}
	row.Cells = append(row.Cells, c)
	for range c.Right { // the cells that it covers are not written
		row.Cells = append(row.Cells, sheet.Cell{})
	}
	return nil
}
