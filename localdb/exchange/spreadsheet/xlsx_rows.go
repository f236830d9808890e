package spreadsheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/sheet"
)

// rowsOf gives the rows of the sheet in a part.
func (b *workbook) rowsOf(name, partName string) func() iter.Seq2[sheet.Row, error] {
	return func() iter.Seq2[sheet.Row, error] {
		return func(yield func(sheet.Row, error) bool) {
			part, err := b.sheetPart(partName)
			if err == nil {
				var areas map[position]area
				if areas, err = mergedAreas(part); err == nil {
					r := &xlsxRows{scanner: newScanner(part.Read()), texts: b.texts, areas: areas}
					err = r.each(func(row sheet.Row) bool { return yield(row, nil) })
				}
			}
			if err != nil {
				yield(sheet.Row{}, sheet.Unreadable(name, err))
			}
		}
	}
}

// xlsxRows reads the rows of a sheet.
type xlsxRows struct {
	*scanner
	texts  *texts
	areas  map[position]area
	hidden []bool // columns
	row    sheet.Row
}

// each calls do for each row until it is false.
func (r *xlsxRows) each(do func(sheet.Row) bool) error {
	ended := false
	for {
		r.begin()
		token, err := r.next()
		switch {
		case errors.Is(err, io.EOF) && ended:
			return nil
		case err != nil:
			return cutOff(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "worksheet", "cols", "sheetData":
			case "col":
				r.column(e)
			case "row":
				if err := r.readRow(e); err != nil {
					return err
				}
				if !do(r.row) {
					return nil
				}
			default:
				if err := r.pass(); err != nil {
					return err
				}
			}
		case xml.EndElement:
			if e.Name.Local == "sheetData" {
				return nil
			}
			ended = r.depth == 0
		}
	}
}

// column reads which columns are hidden.
func (r *xlsxRows) column(e xml.StartElement) {
	first, _ := strconv.Atoi(attribute(e, "min"))
	last, _ := strconv.Atoi(attribute(e, "max"))
	if !isTrue(attribute(e, "hidden")) && !zero(attribute(e, "width")) || first < 1 || last > sheet.MaxColumns {
		return
	}
	for len(r.hidden) < last {
		r.hidden = append(r.hidden, false)
	}
	for i := first; i <= last; i++ {
		r.hidden[i-1] = true
	}
}

func isTrue(value string) bool { return value == "1" || value == "true" }

// zero is true of a width or height of nothing.
func zero(value string) bool {
	n, err := strconv.ParseFloat(value, 64)
	return err == nil && n == 0
}

// readRow reads the row that has just begun.
func (r *xlsxRows) readRow(e xml.StartElement) error {
	line := r.row.Line + 1
	if number := attribute(e, "r"); number != "" {
		n, err := strconv.Atoi(number)
		if err != nil || n < line {
			return i18n.Error("row {{.Row}} comes after row {{.Before}}", i18n.Values{"Row": exchange.Beginning(number, 20), "Before": r.row.Line})
		}
		line = n
	}
	if line > sheet.MaxRows {
		return sheet.ErrTooMuch
	}
	r.row = sheet.Row{Line: line, Cells: r.row.Cells[:0], HiddenColumns: r.hidden, Hidden: isTrue(attribute(e, "hidden")) || zero(attribute(e, "ht"))}
	return r.inside(func(token xml.Token) (bool, error) {
		e, ok := token.(xml.StartElement)
		if !ok || e.Name.Local != "c" {
			return false, nil
		}
		r.begin()
		return true, r.readCell(e)
	})
}

// readCell reads the cell that has just begun, to its end.
func (r *xlsxRows) readCell(e xml.StartElement) error {
	column := len(r.row.Cells)
	if ref := attribute(e, "r"); ref != "" {
		named, _, err := excelize.CellNameToCoordinates(ref)
		if err != nil || named <= column {
			return i18n.Error("cell {{.Cell}} is out of order", i18n.Values{"Cell": exchange.Beginning(ref, 20)})
		}
		column = named - 1
	}
	if column >= sheet.MaxColumns {
		return sheet.ErrTooMuch
	}
	var value, formula, inline string
	isFormula := false
	err := r.inside(func(token xml.Token) (_ bool, err error) {
		e, ok := token.(xml.StartElement)
		if !ok {
			return true, nil
		}
		switch e.Name.Local {
		case "v":
			value, err = r.text()
		case "f":
			isFormula = true
			formula, err = r.text()
		case "is":
			inline, err = richText(r.scanner)
		default:
			return false, nil
		}
		return true, err
	})
	if err != nil {
		return err
	}
	style, _ := strconv.Atoi(attribute(e, "s"))
	c := sheet.Cell{Style: style, Sum: adds.MatchString(formula)}
	if a, ok := r.areas[position{r.row.Line, column}]; ok {
		c.Down, c.Right = a.down, a.right
	}
	if err := r.setContent(&c, attribute(e, "t"), value, inline, isFormula); err != nil {
		return err
	}
	for len(r.row.Cells) < column {
		r.row.Cells = append(r.row.Cells, sheet.Cell{})
	}
	r.row.Cells = append(r.row.Cells, c)
	return nil
}

// setContent sets a cell to the value that its kind gives a meaning to.
func (r *xlsxRows) setContent(c *sheet.Cell, kind, value, inline string, isFormula bool) (err error) {
	switch {
	case kind == "inlineStr":
		c.Text = inline
		if inline == "" {
			c.Text = unescape(value)
		}
	case value == "" && isFormula && kind != "str":
		c.Lost = i18n.T("the cell has a formula without a result; open the file in a spreadsheet program and save it again")
	case value == "":
	case kind == "s":
		c.Text, err = r.texts.at(value)
	case kind == "str":
		c.Text = unescape(value)
	case kind == "b":
		c.Text = "FALSE"
		if isTrue(strings.TrimSpace(value)) {
			c.Text = "TRUE"
		}
	case kind == "e":
		c.Lost = sheet.ErrorCell(value)
	case kind == "d":
		c.Text, c.Value = value, value
	default:
		c.Value = strings.TrimSpace(value)
	}
	return err
}

// adds is a formula that adds up or counts.
var adds = regexp.MustCompile(`(?i)^\s*(?:SUM|SUBTOTAL|COUNTA?|COUNTIFS?|SUMIFS?|AVERAGE|AGGREGATE)\s*\(`)

// text reads the text of the element that has just begun.
func (s *scanner) text() (string, error) {
	var text strings.Builder
	err := s.inside(func(token xml.Token) (bool, error) {
		if chars, ok := token.(xml.CharData); ok {
			text.Write(chars)
		}
		return false, nil
	})
	return text.String(), err
}

// position is where a cell is: its line from 1, its column from 0.
type position struct{ line, column int }

// area is how many more rows and columns a merged cell covers.
type area struct{ down, right int }

const maxAreas = 1_000_000

// mergedAreas reads the list of merged cells, which stands behind the rows.
func mergedAreas(part *exchange.File) (map[position]area, error) {
	behind, err := behindRows(part)
	if err != nil || behind < 0 {
		return nil, err
	}
	s := newScanner(io.NewSectionReader(part.Read(), behind, part.Size()-behind))
	s.depth = 2 // of the sheet and its rows, whose end follows
	areas := map[position]area{}
	for {
		s.begin()
		token, err := s.next()
		if errors.Is(err, io.EOF) && s.depth == 0 {
			return areas, nil
		}
		if err != nil {
			return nil, cutOff(err)
		}
		e, ok := token.(xml.StartElement)
		if !ok || e.Name.Local == "mergeCells" {
			continue
		}
		if e.Name.Local == "mergeCell" {
			first, last, ok := strings.Cut(attribute(e, "ref"), ":")
			left, top, err := excelize.CellNameToCoordinates(first)
			right, bottom, err2 := excelize.CellNameToCoordinates(last)
			if ok && err == nil && err2 == nil && right >= left && bottom >= top {
				areas[position{top, left - 1}] = area{down: bottom - top, right: right - left}
			}
			if len(areas) > maxAreas {
				return nil, sheet.ErrTooMuch
			}
		}
		if err := s.pass(); err != nil {
			return nil, err
		}
	}
}

// behindRows finds where the rows of a sheet end, from the end of the file on; -1 where
// there are none.
func behindRows(part *exchange.File) (int64, error) {
	const size, overlap = 1 << 16, 64
	buffer := make([]byte, size+overlap)
	for end := part.Size(); end > 0; end -= size {
		from := max(end-size, 0)
		n, err := part.Read().ReadAt(buffer[:min(end-from+overlap, part.Size()-from)], from)
		if err != nil && !errors.Is(err, io.EOF) {
			return -1, exchange.Unreadable(err)
		}
		piece := buffer[:n]
		if at := bytes.LastIndex(piece, []byte("sheetData>")); at > 0 {
			if start := bytes.LastIndex(piece[:at], []byte("</")); start >= 0 {
				return from + int64(start), nil
			}
		}
	}
	return -1, nil
}
