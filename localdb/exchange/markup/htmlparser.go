package markup

import (
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange/sheet"
)

// Limits of a page: bytes of one cell or tag, tables inside tables, and how many rows and
// columns a cell may cover, as the HTML standard has it.
const (
	maxCell    = 64 << 20
	maxNesting = 100
	maxColspan = 1000
	maxRowspan = 65_534
)

// parser reads a page of any length and reports its tables and their rows. Callbacks that
// are nil are not called.
type parser struct {
	tokens     *html.Tokenizer
	onTable    func()
	onTableEnd func(table int)
	onCaption  func(table int, text string)
	onRow      func(table int, row sheet.Row) bool

	tables  int // begun so far
	open    []*openTable
	visible int // bytes of text that the page shows
	unseen  atom.Atom
	failed  error
}

// openTable is a table whose end is still to come.
type openTable struct {
	number  int
	line    int
	row     *sheet.Row
	covered []int // by column, the last line that a cell above covers
	column  int   // of the open cell
	text    *strings.Builder
	inCell  bool
	caption bool
}

func newParser(r io.Reader) *parser {
	tokens := html.NewTokenizer(r)
	tokens.SetMaxBuf(maxCell)
	return &parser{tokens: tokens}
}

// stop ends the parsing.
func (p *parser) stop(err error) { p.failed = errors.Join(p.failed, err) }

func (p *parser) parse() error {
	for p.failed == nil {
		switch p.tokens.Next() {
		case html.ErrorToken:
			if err := p.tokens.Err(); !errors.Is(err, io.EOF) {
				if errors.Is(err, html.ErrBufferExceeded) {
					return sheet.ErrTooMuch
				}
				return err
			}
			for len(p.open) > 0 && p.failed == nil {
				p.endTable()
			}
			return p.failed
		case html.TextToken:
			if p.unseen == 0 {
				p.text(p.tokens.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			p.start(p.tokens.Token())
		case html.EndTagToken:
			p.end(p.tokens.Token().DataAtom)
		default: // comments
		}
	}
	return p.failed
}

func (p *parser) start(token html.Token) {
	switch token.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Title, atom.Noscript:
		if p.unseen == 0 && token.Type == html.StartTagToken {
			p.unseen = token.DataAtom
		}
	case atom.Table:
		if len(p.open) == maxNesting {
			p.stop(i18n.Error("its tables are nested more than {{.N}} deep", i18n.Values{"N": maxNesting}))
			return
		}
		p.open = append(p.open, &openTable{number: p.tables, text: &strings.Builder{}})
		p.tables++
		if p.onTable != nil {
			p.onTable()
		}
	default:
	}
	if len(p.open) == 0 || token.DataAtom == atom.Table {
		return
	}
	t := p.open[len(p.open)-1]
	switch token.DataAtom {
	case atom.Caption:
		t.text.Reset()
		t.caption = true
	case atom.Tr:
		p.endRow(t)
		t.line++
		t.row = &sheet.Row{Line: t.line, Hidden: isHidden(token)}
	case atom.Td, atom.Th:
		if t.row == nil {
			t.line++
			t.row = &sheet.Row{Line: t.line}
		}
		t.endCell()
		p.stop(t.startCell(token))
	case atom.Br:
		t.breakLine()
	case atom.P, atom.Div, atom.Li, atom.H1, atom.H2, atom.H3, atom.H4:
		if text := t.text.String(); text != "" && text[len(text)-1] != '\n' {
			t.breakLine()
		}
	default:
	}
}

func (t *openTable) breakLine() {
	if t.inCell {
		t.text.WriteByte('\n')
	}
}

func (p *parser) end(tag atom.Atom) {
	if tag == p.unseen {
		p.unseen = 0
	}
	if len(p.open) == 0 {
		return
	}
	t := p.open[len(p.open)-1]
	switch tag {
	case atom.Table:
		p.endTable()
	case atom.Tr:
		p.endRow(t)
	case atom.Td, atom.Th:
		t.endCell()
	case atom.Caption:
		if t.caption && p.onCaption != nil {
			p.onCaption(t.number, strings.TrimSpace(t.text.String()))
		}
		t.caption = false
		t.text.Reset()
	default:
	}
}

func (p *parser) endTable() {
	t := p.open[len(p.open)-1]
	p.endRow(t)
	p.open = p.open[:len(p.open)-1]
	if p.onTableEnd != nil {
		p.onTableEnd(t.number)
	}
}

func (p *parser) endRow(t *openTable) {
	if t.row == nil {
		return
	}
	t.endCell()
	row := *t.row
	t.row = nil
	if p.failed == nil && p.onRow != nil && !p.onRow(t.number, row) {
		p.stop(errStopped)
	}
}

// startCell makes room for a cell, behind those that reach down from the rows above.
func (t *openTable) startCell(token html.Token) error {
	t.column = len(t.row.Cells)
	for t.column < len(t.covered) && t.covered[t.column] >= t.line {
		t.column++
	}
	right, down := span(token, "colspan", maxColspan), span(token, "rowspan", maxRowspan)
	if t.column+right > sheet.MaxColumns {
		return sheet.ErrTooMuch
	}
	for len(t.row.Cells) < t.column {
		t.row.Cells = append(t.row.Cells, sheet.Cell{})
	}
	cell := sheet.Cell{Right: right - 1, Down: down - 1, Value: number(token)}
	if isHidden(token) {
		cell.Value = ""
	}
	for i := t.column; i < t.column+right; i++ {
		t.row.Cells = append(t.row.Cells, sheet.Cell{})
		if down > 1 {
			for len(t.covered) <= i {
				t.covered = append(t.covered, 0)
			}
			t.covered[i] = t.line + down - 1
		}
	}
	t.row.Cells[t.column] = cell
	t.text.Reset()
	t.inCell, t.caption = true, false
	return nil
}

func (t *openTable) endCell() {
	if !t.inCell {
		return
	}
	t.inCell = false
	cell := &t.row.Cells[t.column]
	cell.Text = strings.TrimSpace(spaced.ReplaceAllString(t.text.String(), "\n"))
	if sheet.IsError(cell.Text) {
		cell.Lost = sheet.ErrorCell(cell.Text)
	}
	t.text.Reset()
}

// spaced is white space around a line break.
var spaced = regexp.MustCompile(` *\n *`)

// text adds what is shown to the cell that is open. White space of any length is one space.
func (p *parser) text(raw []byte) {
	var t *openTable
	if len(p.open) > 0 {
		if t = p.open[len(p.open)-1]; !t.inCell && !t.caption {
			t = nil
		}
	}
	space := t != nil && t.text.Len() > 0 && endsInSpace(t.text.String())
	for _, b := range []byte(strings.ReplaceAll(string(raw), "\u00A0", " ")) {
		if b == ' ' || b == '\t' || b == '\n' || b == '\r' || b == '\f' || b == 0 {
			if !space && t != nil && t.text.Len() > 0 {
				t.text.WriteByte(' ')
			}
			space = true
			continue
		}
		space = false
		p.visible++
		if t != nil {
			t.text.WriteByte(b)
		}
	}
	if t != nil && t.text.Len() > maxCell {
		p.stop(sheet.ErrTooMuch)
	}
}

func endsInSpace(text string) bool { return text[len(text)-1] == ' ' || text[len(text)-1] == '\n' }

// span reads how many rows or columns a cell covers; 0 stands for all that follow.
func span(token html.Token, name string, most int) int {
	for _, a := range token.Attr {
		if a.Key != name {
			continue
		}
		n, err := strconv.Atoi(strings.TrimSpace(a.Val))
		switch {
		case err != nil || n < 0:
			return 1
		case n == 0 && name == "rowspan":
			return most
		}
		return max(1, min(n, most))
	}
	return 1
}

// number reads the number that Excel writes beside what is shown.
func number(token html.Token) string {
	for _, a := range token.Attr {
		if a.Key == "x:num" {
			return a.Val
		}
	}
	return ""
}

var displayNone = regexp.MustCompile(`(?i)display\s*:\s*none|mso-hide\s*:\s*all`)

func isHidden(token html.Token) bool {
	for _, a := range token.Attr {
		if a.Key == "hidden" || a.Key == "style" && displayNone.MatchString(a.Val) {
			return true
		}
	}
	return false
}
