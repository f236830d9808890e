package spreadsheet

import (
	"encoding/xml"
	"errors"
	"regexp"
	"strconv"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/sheet"
)

// odsRows reads the rows of one table of an OpenDocument file.
type odsRows struct {
	*scanner
	yield  func(sheet.Row) bool
	line   int // of the last row
	hidden []bool
	column int // of the next table-column

	unseen   int // depth of the outermost group of rows that is folded; 0 for none
	repeated int // cells that repeating a row or cell has made
}

// maxRepeated bounds what repeating makes of a sheet: people fill at most some columns down.
const maxRepeated = 50_000_000

var errStopped = errors.New("no more rows are wanted")

func (r *odsRows) read() error {
	if _, err := r.next(); err != nil {
		return cutOff(err)
	}
	err := r.inside(r.part)
	if errors.Is(err, errStopped) {
		return nil
	}
	return err
}

// part reads what a table, or a group of its rows or columns, consists of.
func (r *odsRows) part(token xml.Token) (bool, error) {
	e, ok := token.(xml.StartElement)
	if !ok {
		return true, nil
	}
	r.begin()
	switch e.Name.Local {
	case "table-row-group", "table-rows", "table-header-rows", "table-column-group", "table-columns", "table-header-columns":
		if r.unseen > 0 && r.depth <= r.unseen {
			r.unseen = 0
		}
		if r.unseen == 0 && attribute(e, "display") == "false" && e.Name.Local == "table-row-group" {
			r.unseen = r.depth
		}
		return true, nil
	case "table-column":
		n := repeat(e, "number-columns-repeated", sheet.MaxColumns-r.column)
		if visibility := attribute(e, "visibility"); visibility == "collapse" || visibility == "filter" {
			for len(r.hidden) < r.column+n {
				r.hidden = append(r.hidden, len(r.hidden) >= r.column)
			}
		}
		r.column += n
	case "table-row":
		if r.unseen > 0 && r.depth <= r.unseen {
			r.unseen = 0
		}
		return true, r.row(e)
	}
	return false, nil
}

// repeat reads how often something is repeated: at least once, and no more than most.
func repeat(e xml.StartElement, name string, most int) int {
	n, err := strconv.Atoi(attribute(e, name))
	if err != nil && n <= 0 {
		return 1
	}
	return max(1, min(n, most))
}

// row reads the row that has just begun, and gives it as often as it is repeated. One that
// is blank is only counted.
func (r *odsRows) row(e xml.StartElement) error {
	visibility := attribute(e, "visibility")
	times := repeat(e, "number-rows-repeated", 1<<30)
	made := sheet.Row{Hidden: r.unseen > 0 || visibility == "collapse" || visibility == "filter", HiddenColumns: r.hidden}
	blank := 0 // cells before the next that isn't, which may be the rest of the row
	err := r.inside(func(token xml.Token) (bool, error) {
		e, ok := token.(xml.StartElement)
		if !ok || e.Name.Local != "table-cell" && e.Name.Local != "covered-table-cell" {
			return false, nil
		}
		r.begin()
		n := repeat(e, "number-columns-repeated", sheet.MaxColumns+1)
		c, err := r.cell(e)
		if err != nil {
			return true, err
		}
		if e.Name.Local == "covered-table-cell" || c.Text == "" && c.Value == "" && c.Lost.IsZero() {
			blank += n
			return true, nil
		}
		if len(made.Cells)+blank+n > sheet.MaxColumns {
			return true, sheet.ErrTooMuch
		}
		made.Cells = append(made.Cells, make([]sheet.Cell, blank)...)
		blank = 0
		for range n {
			made.Cells = append(made.Cells, c)
		}
		return true, nil
	})
	if err != nil {
		return err
	}
	if len(made.Cells) == 0 {
		r.line += times
		return nil
	}
	if r.repeated += (times - 1) * len(made.Cells); r.repeated > maxRepeated || r.line+times > sheet.MaxRows {
		return sheet.ErrTooMuch
	}
	for range times {
		r.line++
		once := made
		once.Line = r.line
		once.Cells = append([]sheet.Cell(nil), made.Cells...) // as merged cells are filled in place
		if !r.yield(once) {
			return errStopped
		}
	}
	return nil
}

// cell reads the cell that has just begun, to its end.
func (r *odsRows) cell(e xml.StartElement) (c sheet.Cell, err error) {
	c.Down = repeat(e, "number-rows-spanned", sheet.MaxRows) - 1
	c.Right = repeat(e, "number-columns-spanned", sheet.MaxColumns) - 1
	formula := attribute(e, "formula")
	c.Sum = odsAdds.MatchString(formula)
	if c.Text, err = r.paragraphs(); err != nil {
		return c, err
	}
	kind, isError := "", false
	for _, a := range e.Attr {
		if a.Name.Local == "value-type" {
			isError = isError || a.Value == "error"
			if !isError {
				kind = a.Value
			}
		}
	}
	switch kind {
	case "float", "percentage", "currency":
		c.Value = attribute(e, "value")
	case "date":
		c.Value = attribute(e, "date-value")
	case "time":
		c.Value = attribute(e, "time-value")
	case "boolean":
		if c.Text == "" {
			c.Text = strings.ToUpper(attribute(e, "boolean-value"))
		}
	case "string":
		if c.Text == "" {
			c.Text = attribute(e, "string-value")
		}
	}
	if c.Text == "" {
		c.Text = plainNumber(c.Value)
	}
	switch {
	case isError, sheet.IsError(c.Text):
		c.Text, c.Value, c.Lost = "", "", sheet.ErrorCell(c.Text)
	case formula != "" && c.Text == "" && kind != "string":
		c.Lost = i18n.T("the cell has a formula without a result; open the file in a spreadsheet program and save it again")
	}
	return c, nil
}

// plainNumber writes a number as a cell without a format shows it: 2 and not 2.0.
func plainNumber(value string) string {
	if n, err := strconv.ParseFloat(value, 64); err == nil {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	return value
}

var odsAdds = regexp.MustCompile(`(?i)^\w+:=\s*(?:SUM|SUBTOTAL|COUNTA?|COUNTIFS?|SUMIFS?|AVERAGE|AGGREGATE)\s*\(`)

// paragraphs reads the text of the cell that has just begun, as it is shown: without notes
// and drawings, and without the signs for how to say it.
func (r *odsRows) paragraphs() (string, error) {
	var text strings.Builder
	started := false
	inText := 0 // depth of the paragraph; 0 outside
	err := r.inside(func(token xml.Token) (bool, error) {
		e, ok := token.(xml.StartElement)
		if !ok {
			if chars, ok := token.(xml.CharData); ok && inText > 0 && r.depth >= inText {
				appendCollapsed(&text, chars)
			}
			return true, nil
		}
		switch e.Name.Local {
		case "p", "h":
			if started {
				text.WriteByte('\n')
			}
			started, inText = true, r.depth
			return true, nil
		case "s":
			for range repeat(e, "c", 10_000) {
				text.WriteByte(' ')
			}
		case "tab":
			text.WriteByte('\t')
		case "line-break":
			text.WriteByte('\n')
		case "span", "a", "ruby", "ruby-base", "title", "date", "time", "sheet-name", "file-name":
			return true, nil
		}
		if text.Len() > maxCell {
			return false, sheet.ErrTooMuch
		}
		return false, nil
	})
	return exchange.Beginning(text.String(), maxCell), err
}

// appendCollapsed adds text in which white space of any length is one space, as OpenDocument
// has it; what is meant to be more is written as elements.
func appendCollapsed(text *strings.Builder, chars []byte) {
	for _, b := range chars {
		if b == ' ' || b == '\t' || b == '\n' || b == '\r' {
			if seen := text.String(); seen == "" || seen[len(seen)-1] == ' ' || seen[len(seen)-1] == '\n' {
				continue
			}
			b = ' '
		}
		text.WriteByte(b)
	}
}
