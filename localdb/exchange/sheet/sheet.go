// Package sheet turns the sheets of spreadsheets, and the tables of documents, into rows.
// It applies what people mean by them: hidden rows are not read, a merged cell counts for
// every row it covers, titles above a table and totals below it are left out, and of several
// sheets the one with messages is chosen. The packages for the formats supply the cells.
package sheet

import (
	"errors"
	"io"
	"iter"
	"regexp"
	"slices"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/columns"
)

// Limits of a sheet, which are those of Excel, and of what is repeated in it.
const (
	MaxRows    = 1_048_576
	MaxColumns = 16_384
)

// Cell is one cell of a sheet.
type Cell struct {
	Text  string    // as it is shown; "" for a number that Sheet.Show has to write
	Value string    // the number, or the time after ISO 8601, behind what is shown; "" for none
	Style int       // how the number is shown, for Sheet.Show
	Sum   bool      // a formula that adds up or counts other cells
	Lost  i18n.Text // why nothing of it is read, such as an error; zero where it can be

	Down, Right int // how many more rows and columns it covers
}

// Row is one row of a sheet. Its cells are valid until the next row is read.
type Row struct {
	Line          int // from 1
	Cells         []Cell
	Hidden        bool
	HiddenColumns []bool // by column; the same in all rows
	Heading       bool   // it names the category of the rows below it
}

// Sheet is one sheet of a spreadsheet, or one table of a document.
type Sheet struct {
	Name   string
	Hidden bool
	// Rows gives the rows in their order, each time it is called from the first on. Blank
	// rows may be left out.
	Rows func() iter.Seq2[Row, error]
	// Show writes a number as the sheet shows it. It may be nil.
	Show     func(Cell) string
	Date1904 bool // times are days since 1904 instead of 1900
	section  int  // the column with the heading above each row; 0 for none
}

// shown is what a person sees in a cell.
func (s *Sheet) shown(c Cell) string {
	if c.Text == "" && c.Value != "" && s.Show != nil {
		return s.Show(c)
	}
	return c.Text
}

// ErrNoSheet is returned where a sheet was chosen that the file does not have.
var ErrNoSheet = i18n.Error("the file has no such sheet")

// Read reads the sheet that is asked for, or the one that has messages. The facts say what
// is known of the file; about makes the text that says which sheet is read.
func Read(o exchange.Options, facts exchange.Facts, sheets []*Sheet, about func(sheet string) i18n.Text) (*exchange.Reading, error) {
	for _, s := range sheets {
		facts.Sheets = append(facts.Sheets, s.Name)
	}
	chosen, err := choose(sheets, o)
	if err != nil {
		return nil, err
	}
	facts.Sheet, facts.About = chosen.sheet.Name, about(chosen.sheet.Name)
	records := chosen.records
	above := 0
	if o.Header != exchange.HeaderAbsent {
		above = chosen.start
		records = records[above:]
	}
	var header []string
	if facts.Header = columns.HasHeader(records, o); facts.Header {
		header, records = records[0], records[1:]
	}
	if name := chosen.hiddenMessages(header); name != "" && len(o.Columns) == 0 {
		return nil, i18n.Error(`sheet "{{.Sheet}}": the column "{{.Column}}" is hidden; show it and save the file, or choose another column for the message`, i18n.Values{"Sheet": chosen.sheet.Name, "Column": name})
	}
	c, err := columns.Choose(header, records, o.Columns)
	if err != nil {
		return nil, i18n.Error(`sheet "{{.Sheet}}": {{.Cause}}`, i18n.Values{"Sheet": chosen.sheet.Name, "Cause": err})
	}
	c.Above = above
	c.NoHeader = o.Header == exchange.HeaderAbsent
	c.Serial = true
	facts.Columns = c.List
	return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		for _, other := range chosen.others {
			r.SkipPlace(other.Name, i18n.T("sheet “{{.Sheet}}” was not read", i18n.Values{"Sheet": other.Name}))
		}
		for _, hidden := range chosen.hidden {
			r.SkipPlace(hidden.Name, i18n.T("sheet “{{.Sheet}}” is hidden and was not read", i18n.Values{"Sheet": hidden.Name}))
		}
		t := &table{sheet: chosen.read, columns: c, reading: r, ahead: above}
		if facts.Header {
			t.ahead++
		}
		if c.Threaded() {
			first := *t
			first.reading = exchange.NewReading(o, facts, nil) // what it leaves out is counted by the second
			if err := first.each(c.Link); err != nil {
				return r.BrokenOff(err)
			}
		}
		return t.each(func(next func() (columns.Record, error)) error { return c.Read(r, facts.Header, next) })
	}), nil
}

// table gives the records of a sheet one after another, and accounts for what of the sheet
// is none.
type table struct {
	sheet   *Sheet
	next    func() (Row, error, bool)
	columns *columns.Columns
	reading *exchange.Reading

	cells             merged
	line              int              // of the last row with something in it
	ahead             int              // records up to the first of the table itself
	held              []columns.Record // those that look like totals, until it is known whether the table ends behind them
	queue             []columns.Record
	fields            []string
	seenHiddenColumns bool
}

// each passes the records of the sheet from the first on.
func (t *table) each(do func(next func() (columns.Record, error)) error) error {
	next, stop := iter.Pull2(t.sheet.Rows())
	defer stop()
	t.next = next
	return do(t.record)
}

// maxHeld is how many rows of totals may stand below a table.
const maxHeld = 20

// record is the next record; io.EOF after the last.
func (t *table) record() (columns.Record, error) {
	for {
		if len(t.queue) > 0 {
			first := t.queue[0]
			t.queue = t.queue[1:]
			return first, nil
		}
		row, err, ok := t.next()
		if err != nil {
			return columns.Record{}, err
		}
		if !ok {
			for _, total := range t.held {
				t.reading.Skip(total.Line, columns.TotalRow, join(total.Fields))
			}
			t.held = nil
			return columns.Record{}, io.EOF
		}
		if !t.cells.fill(&row) {
			continue
		}
		for ; t.line+1 < row.Line; t.line++ {
			t.reading.Blank()
		}
		t.line = row.Line
		if row.Heading {
			continue
		}
		if row.Hidden {
			t.reading.Skip(row.Line, hiddenRow, join(t.texts(row)))
			continue
		}
		t.countHiddenColumns(row)
		total := t.ahead <= 0 && t.isTotal(row)
		record := t.made(row)
		if total && t.isSubtotal(row) {
			t.reading.Skip(row.Line, columns.TotalRow, join(record.Fields))
			continue
		}
		if total && len(t.held) < maxHeld {
			record.Fields = append([]string(nil), record.Fields...)
			t.held = append(t.held, record)
			continue
		}
		if !columns.Blank(record.Fields) {
			t.ahead--
		}
		if len(t.held) == 0 {
			return record, nil
		}
		record.Fields = append([]string(nil), record.Fields...)
		t.queue, t.held = t.held, nil
		t.queue = append(t.queue, record)
	}
}

var (
	hiddenRow    = i18n.T("is in a row that is hidden or filtered out")
	hiddenColumn = i18n.T("column {{.Column}} is hidden and was not read")
)

// made makes a record of a row: what is shown, but for times and confidences, of which the
// number is taken.
func (t *table) made(row Row) columns.Record {
	record := columns.Record{Line: row.Line, Fields: t.texts(row)}
	if message := t.columns.At(exchange.Message); message >= 0 && message < len(row.Cells) && !row.Cells[message].Lost.IsZero() && !hidden(row, message) {
		record.Problem = i18n.Error("the message can't be read: {{.Why}}", i18n.Values{"Why": row.Cells[message].Lost})
		record.Text = join(record.Fields)
		return record
	}
	for i, cell := range row.Cells {
		if hidden(row, i) || i >= len(t.columns.List) {
			continue
		}
		use := t.columns.List[i].Use
		switch {
		case !cell.Lost.IsZero() && use != exchange.Ignore && t.ahead <= 0:
			t.reading.Note(row.Line, i18n.T("column “{{.Column}}” is taken as empty: {{.Why}}", i18n.Values{"Column": t.columns.List[i].Label, "Why": cell.Lost}), join(record.Fields))
		case t.ahead > 0 || cell.Value == "":
		case use == exchange.Confidence:
			record.Fields[i] = cell.Value
		case use == exchange.Time:
			record.Fields[i] = timeOf(cell.Value, t.sheet.Date1904)
		}
	}
	return record
}

// texts gives what is shown in the cells of a row that aren't hidden.
func (t *table) texts(row Row) []string {
	t.fields = appendTexts(t.fields[:0], t.sheet, row)
	return t.fields
}

func appendTexts(fields []string, s *Sheet, row Row) []string {
	for i, cell := range row.Cells {
		if hidden(row, i) || !cell.Lost.IsZero() {
			fields = append(fields, "")
			continue
		}
		fields = append(fields, s.shown(cell))
	}
	return fields
}

// Records gives what is shown of the first rows of the first sheet that isn't hidden, as far
// as it can be read.
func Records(sheets []*Sheet, most int) (records [][]string, err error) {
	at := slices.IndexFunc(sheets, func(s *Sheet) bool { return !s.Hidden })
	if at < 0 {
		return nil, nil
	}
	for row, err := range sheets[at].Rows() {
		if err != nil {
			return nil, err
		}
		if len(records) == most {
			break
		}
		if !row.Hidden {
			records = append(records, appendTexts(nil, sheets[at], row))
		}
	}
	return records, nil
}

func hidden(row Row, column int) bool {
	return column < len(row.HiddenColumns) && row.HiddenColumns[column]
}

// countHiddenColumns counts each hidden column once, as far as the first row reaches.
func (t *table) countHiddenColumns(row Row) {
	if t.ahead > 1 || t.seenHiddenColumns {
		return
	}
	t.seenHiddenColumns = true
	for i, cell := range row.Cells {
		if !hidden(row, i) {
			continue
		}
		if name := strings.TrimSpace(t.sheet.shown(cell)); name != "" {
			t.reading.SkipPlace(t.sheet.Name, hiddenColumn.With(i18n.Values{"Column": ColumnName(i) + " (" + exchange.Beginning(name, 40) + ")"}))
		}
	}
}

// ColumnName is what spreadsheets call a column, from 0: A to Z, AA and so on.
func ColumnName(column int) string {
	name := ""
	for column++; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name
}

func join(fields []string) string { return strings.Trim(strings.Join(fields, ", "), ", ") }

// Unreadable is the error for a sheet that is broken.
func Unreadable(sheet string, err error) error {
	if err == nil || errors.Is(err, ErrTooMuch) {
		return err
	}
	return i18n.Error(`could not read the sheet "{{.Sheet}}": {{.Cause}}`, i18n.Values{"Sheet": sheet, "Cause": err})
}

// ErrTooMuch is returned for a sheet that is made to fill the memory.
var ErrTooMuch = i18n.Error("the sheet is larger than a spreadsheet can be: more than 1,048,576 rows, 16,384 columns, or 64 MB in a cell")

var errorText = regexp.MustCompile(`^(?:#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|ERROR!)|Err:\d{3})$`)

// IsError tells whether a text is what spreadsheets show for an error.
func IsError(text string) bool {
	return text != "" && (text[0] == '#' || text[0] == 'E') && errorText.MatchString(text)
}

// ErrorCell is why a cell with an error is Lost.
func ErrorCell(shown string) i18n.Text {
	return i18n.T("the cell shows the error {{.Error}}", i18n.Values{"Error": exchange.Beginning(shown, 20)})
}
