package markup

import (
	"errors"
	"io"
	"iter"
	"regexp"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/charset"
	"seedbed/localdb/exchange/columns"
	"seedbed/localdb/exchange/sheet"
)

var (
	startOfTable = regexp.MustCompile(`(?i)<table[\s>]`)
	ofExcel      = regexp.MustCompile(`(?i)urn:schemas-microsoft-com:office:excel|content=["']?Excel\.Sheet|<x:ExcelWorkbook>`)
)

// recogniseHTML accepts a page with a table whose header names a message, a page that is
// little more than a table, and what spreadsheet programs save as a web page.
func recogniseHTML(f *exchange.File) exchange.Evidence {
	text := f.Sample()
	if !startOfTable.MatchString(text) {
		return exchange.Evidence{}
	}
	tables, visible, _ := listTables(strings.NewReader(text))
	best, worded := 0.0, 0.0
	for i, t := range tables {
		var records [][]string
		for row, err := range tableRows(strings.NewReader(text), i) {
			if err != nil { // the sample ends within the table
				break
			}
			if record := texts(row); !columns.Blank(record) && len(records) < 200 {
				records = append(records, record)
			}
		}
		if len(records) < 2 {
			continue
		}
		records = records[columns.Start(records):]
		best = max(best, sheet.Score(records))
		if len(records) >= 3 && columns.UsualWidth(records) >= 2 {
			worded = max(worded, float64(t.size)/float64(max(visible, 1)))
		}
		if i == 20 {
			break
		}
	}
	switch {
	case best >= 20:
		return exchange.Evidence{Sureness: 0.95, Why: i18n.T("it has a table whose header names a message")}
	case best > 0 && ofExcel.MatchString(text):
		return exchange.Evidence{Sureness: 0.95, Why: i18n.T("it is a web page that a spreadsheet was saved as")}
	case worded > 0.6:
		return exchange.Evidence{Sureness: exchange.Sure, Why: i18n.T("the page is little more than a table")}
	}
	return exchange.Evidence{}
}

func texts(row sheet.Row) []string {
	fields := make([]string, len(row.Cells))
	for i, c := range row.Cells {
		fields[i] = c.Text
	}
	return fields
}

func readHTML(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	guess := encodingOf(f)
	text := func() io.Reader { return guess.Encoding.Reader(f.Read()) }
	tables, _, err := listTables(text())
	if err != nil {
		return nil, err
	}
	sheets := make([]*sheet.Sheet, 0, len(tables))
	for i, t := range tables {
		if t.rows == 0 {
			continue
		}
		sheets = append(sheets, &sheet.Sheet{Name: t.name, Rows: func() iter.Seq2[sheet.Row, error] { return tableRows(text(), i) }})
	}
	if len(sheets) == 0 {
		return nil, i18n.Error("there is no table in the page; export the messages as CSV or JSON instead")
	}
	return sheet.Read(o, exchange.Facts{Format: HTML, Encoding: guess}, sheets, func(name string) i18n.Text {
		return i18n.T(`HTML, {{.Encoding}}, table "{{.Sheet}}"`, i18n.Values{"Sheet": name, "Encoding": guess.Encoding})
	})
}

var declared = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,20})`)

// encodingOf takes the encoding that a page declares, unless a person knows better or it is
// plainly Unicode.
func encodingOf(f *exchange.File) charset.Guess {
	guess := f.Guess()
	head, err := f.Head()
	if err != nil || f.Encoding != "" || guess.Encoding == charset.UTF8 && !charset.ASCII(head) || guess.Encoding == charset.UTF16LE || guess.Encoding == charset.UTF16BE {
		return guess
	}
	m := declared.FindSubmatch(head)
	if m == nil {
		return guess
	}
	e, err := charset.Parse(string(m[1]))
	if err != nil || e == charset.UTF8 || e == charset.UTF16LE || e == charset.UTF16BE {
		return guess
	}
	return charset.Guess{Encoding: e, Sureness: 1}
}

// htmlTable is a table that a page has.
type htmlTable struct {
	name string
	rows int
	size int // bytes of text in its cells, without that of tables inside it
}

// listTables lists the tables of a page, those inside others as well, in the order in which
// they begin. visible is how much text the page shows, in bytes.
func listTables(r io.Reader) (tables []htmlTable, visible int, err error) {
	p := newParser(r)
	p.onTable = func() {
		if len(tables) == maxTables {
			p.stop(i18n.Error("the page has more than {{.N}} tables; it is no list of messages", i18n.Values{"N": maxTables}))
			return
		}
		tables = append(tables, htmlTable{name: tableName(len(tables) + 1)})
	}
	p.onCaption = func(table int, text string) {
		if text = exchange.Beginning(text, 60); text != "" && !nameTaken(tables, text) {
			tables[table].name = text
		}
	}
	p.onRow = func(table int, row sheet.Row) bool {
		if columns.Blank(texts(row)) {
			return true
		}
		tables[table].rows++
		for _, c := range row.Cells {
			tables[table].size += len(c.Text)
		}
		return true
	}
	err = p.parse()
	return tables, p.visible, err
}

func nameTaken(tables []htmlTable, name string) bool {
	for _, t := range tables {
		if t.name == name {
			return true
		}
	}
	return false
}

var errStopped = errors.New("no more rows are wanted")

// tableRows gives the rows of one of the tables that listTables lists.
func tableRows(r io.Reader, wanted int) iter.Seq2[sheet.Row, error] {
	return func(yield func(sheet.Row, error) bool) {
		p := newParser(r)
		stopped := false
		p.onRow = func(table int, row sheet.Row) bool {
			if table == wanted && !yield(row, nil) {
				stopped = true
				return false
			}
			return true
		}
		p.onTableEnd = func(table int) {
			if table == wanted {
				p.stop(errStopped)
			}
		}
		if err := p.parse(); err != nil && !stopped && !errors.Is(err, errStopped) {
			yield(sheet.Row{}, err)
		}
	}
}
