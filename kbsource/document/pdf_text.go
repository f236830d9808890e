package document

import (
	"math"
	"strings"

	"github.com/ledongthuc/pdf"
)

// run is a string drawn on a page, upright, in points from the lower left.
type run struct {
	x0, x1, y float64
	size      float64
	bold      bool
	text      string
}

// Bounds of what is drawn: on all pages, and how deep one drawing is inside another.
const (
	maxRuns  = 2_000_000
	maxForms = 1000
	maxDepth = 5
)

// matrix maps a point (x, y) to (ax+cy+e, bx+dy+f).
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

// then is the matrix that maps by m first.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

// textState is the part of the graphics state that places text (ISO 32000-1, 9.3).
type textState struct {
	ctm                          matrix
	font                         *pdfFont
	size, character, word, scale float64
	leading, rise                float64
}

// painter follows the operators that draw text.
type painter struct {
	textState
	fonts     fontCache
	named     map[string]*pdfFont // by their names on the page, or in the form
	saved     []textState
	text, row matrix   // where the next string, and the present line begin
	turned    [4][]run // by the direction of writing, in quarters of a turn
	forms     int
}

// runsOf returns the strings on a page, turned upright. Those that run in another
// direction than most, such as a stamp across the page, are left out.
func runsOf(page pdf.Page, fonts fontCache) ([]run, error) {
	p := painter{textState: textState{ctm: identity, scale: 1}, fonts: fonts, named: map[string]*pdfFont{}, text: identity, row: identity}
	if err := p.paint(page.V.Key("Contents"), page.Resources(), 0); err != nil {
		return nil, err
	}
	most := 0
	for i, runs := range p.turned {
		if len(runs) > len(p.turned[most]) {
			most = i
		}
	}
	return p.turned[most], nil
}

func (p *painter) paint(stream, resources pdf.Value, depth int) (failed error) {
	if kind := stream.Kind(); kind != pdf.Stream && kind != pdf.Array {
		return nil
	}
	pdf.Interpret(stream, func(stack *pdf.Stack, operator string) {
		args := make([]pdf.Value, stack.Len())
		for i := len(args) - 1; i >= 0; i-- {
			args[i] = stack.Pop()
		}
		if failed == nil {
			failed = p.do(operator, args, resources, depth)
		}
	})
	return failed
}

// operands is how many operands an operator takes.
var operands = map[string]int{
	"cm": 6, "Tm": 6, "Td": 2, "TD": 2, "Tf": 2, "Tc": 1, "Tw": 1, "Tz": 1, "TL": 1, "Ts": 1, "Tj": 1, "TJ": 1, "'": 1, "\"": 3, "Do": 1,
}

// do follows one operator.
func (p *painter) do(operator string, args []pdf.Value, resources pdf.Value, depth int) error {
	if len(args) < operands[operator] {
		return nil
	}
	n := make([]float64, min(len(args), 6))
	for i := range n {
		n[i] = args[i].Float64()
	}
	switch operator {
	case "q":
		if len(p.saved) < 1000 {
			p.saved = append(p.saved, p.textState)
		}
	case "Q":
		if last := len(p.saved) - 1; last >= 0 {
			p.textState, p.saved = p.saved[last], p.saved[:last]
		}
	case "cm":
		p.ctm = matrix{n[0], n[1], n[2], n[3], n[4], n[5]}.then(p.ctm)
	case "BT", "Tm", "Td", "TD", "T*":
		p.position(operator, n)
	case "Tc":
		p.character = n[0]
	case "Tw":
		p.word = n[0]
	case "Tz":
		p.scale = n[0] / 100
	case "TL":
		p.leading = n[0]
	case "Ts":
		p.rise = n[0]
	case "Tf":
		return p.setFont(args[0].Name(), n[1], resources)
	case "Tj", "'", "\"", "TJ":
		p.showText(operator, args)
	case "Do":
		return p.form(resources.Key("XObject").Key(args[0].Name()), resources, depth)
	}
	return nil
}

// position follows the operators that place text (ISO 32000-1, 9.4.2).
func (p *painter) position(operator string, n []float64) {
	switch operator {
	case "BT":
		p.text, p.row = identity, identity
	case "Tm":
		p.row = matrix{n[0], n[1], n[2], n[3], n[4], n[5]}
		p.text = p.row
	case "Td":
		p.move(n[0], n[1])
	case "TD":
		p.leading = -n[1]
		p.move(n[0], n[1])
	case "T*":
		p.move(0, -p.leading)
	}
}

func (p *painter) setFont(name string, size float64, resources pdf.Value) error {
	font, ok := p.named[name]
	if !ok {
		var err error
		if font, err = p.fonts.of(resources.Key("Font").Key(name)); err != nil {
			return err
		}
		p.named[name] = font
	}
	p.font, p.size = font, size
	return nil
}

// showText follows the operators that draw strings (ISO 32000-1, 9.4.3).
func (p *painter) showText(operator string, args []pdf.Value) {
	switch operator {
	case "Tj":
		p.show(args[0].RawString())
	case "'":
		p.move(0, -p.leading)
		p.show(args[0].RawString())
	case "\"":
		p.word, p.character = args[0].Float64(), args[1].Float64()
		p.move(0, -p.leading)
		p.show(args[2].RawString())
	case "TJ":
		for i := range args[0].Len() {
			if part := args[0].Index(i); part.Kind() == pdf.String {
				p.show(part.RawString())
			} else {
				p.advance(-part.Float64() / 1000 * p.size * p.scale)
			}
		}
	}
}

// form draws what is drawn by reference.
func (p *painter) form(form, resources pdf.Value, depth int) error {
	if form.Kind() != pdf.Stream || form.Key("Subtype").Name() != "Form" || depth == maxDepth {
		return nil
	}
	if p.forms++; p.forms > maxForms {
		return ErrTooLarge
	}
	if err := checkStream(form); err != nil {
		return err
	}
	outside, saved, named := p.textState, p.saved, p.named
	p.saved, p.named = nil, map[string]*pdfFont{}
	if m := form.Key("Matrix"); m.Len() == 6 {
		p.ctm = matrix{m.Index(0).Float64(), m.Index(1).Float64(), m.Index(2).Float64(), m.Index(3).Float64(), m.Index(4).Float64(), m.Index(5).Float64()}.then(p.ctm)
	}
	if own := form.Key("Resources"); !own.IsNull() {
		resources = own
	}
	err := p.paint(form, resources, depth+1)
	p.textState, p.saved, p.named = outside, saved, named
	return err
}

func (p *painter) move(x, y float64) {
	p.row = matrix{1, 0, 0, 1, x, y}.then(p.row)
	p.text = p.row
}

func (p *painter) advance(x float64) { p.text = matrix{1, 0, 0, 1, x, 0}.then(p.text) }

// show draws a string. Wide gaps in it, as programs fill columns with spaces, split it.
func (p *painter) show(codes string) {
	if p.font == nil {
		return
	}
	var text strings.Builder
	from, end, spaces := p.text, p.text, 0
	for len(codes) > 0 {
		g, size := p.font.glyph(codes)
		switch {
		case strings.TrimSpace(g.text) == "":
			if spaces++; spaces == 1 {
				end = p.text
			}
		case spaces >= 3 || text.Len() == 0:
			p.draw(from, end, text.String())
			text.Reset()
			text.WriteString(g.text)
			from, spaces = p.text, 0
		default:
			text.WriteString(strings.Repeat(" ", spaces) + g.text)
			spaces = 0
		}
		if size == 1 && codes[0] == ' ' {
			p.advance(p.word * p.scale)
		}
		p.advance((g.width/1000*p.size + p.character) * p.scale)
		codes = codes[size:]
	}
	if spaces == 0 {
		end = p.text
	}
	p.draw(from, end, text.String())
}

// draw adds a string between two places.
func (p *painter) draw(start, end matrix, text string) {
	if text == "" {
		return
	}
	from := matrix{1, 0, 0, 1, 0, p.rise}.then(start).then(p.ctm)
	to := matrix{1, 0, 0, 1, 0, p.rise}.then(end).then(p.ctm)
	size := math.Abs(p.size) * math.Hypot(from.c, from.d)
	r := run{from.e, to.e, from.f, size, p.font.bold, text}
	quarter := 0
	switch along, across := from.a*p.scale*sign(p.size), from.b*p.scale*sign(p.size); {
	case math.Abs(across) > math.Abs(along) && across > 0:
		quarter, r.x0, r.x1, r.y = 1, from.f, to.f, -from.e
	case math.Abs(across) > math.Abs(along):
		quarter, r.x0, r.x1, r.y = 3, -from.f, -to.f, from.e
	case along < 0:
		quarter, r.x0, r.x1, r.y = 2, -from.e, -to.e, -from.f
	}
	r.x1 = max(r.x0, r.x1)
	if sane := math.Abs(r.x0) + math.Abs(r.x1) + math.Abs(r.y) + r.size; sane < 1e6 && r.size > 0 { // false for NaN too
		p.turned[quarter] = append(p.turned[quarter], r)
	}
}

func sign(x float64) float64 { return math.Copysign(1, x) }
