package widget

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Matrix shows how often one thing is taken for another: a row and a column for each,
// and in a cell the part of its row, green on the diagonal and red beside it. Cells
// shrink as there are more of them; numbers and names stand while they fit. With the
// keyboard, the arrow keys go from cell to cell and Enter does what a tap does.
type Matrix struct {
	widget.BaseWidget
	OnTapped  func(row, column int)
	OnHovered func(row, column int) // -1, -1 where neither mouse nor keyboard is on a cell

	names   []string
	colours []color.NRGBA
	parts   [][]float32

	focused     bool
	row, column int // of the keyboard
}

var (
	_ fyne.Focusable    = (*Matrix)(nil)
	_ fyne.Tappable     = (*Matrix)(nil)
	_ desktop.Hoverable = (*Matrix)(nil)
)

// NewMatrix returns an empty matrix.
func NewMatrix() *Matrix {
	m := &Matrix{OnTapped: func(int, int) {}, OnHovered: func(int, int) {}}
	m.ExtendBaseWidget(m)
	return m
}

// Set shows other figures: names and their colours, and parts from 0 to 1, row by row.
func (m *Matrix) Set(names []string, colours []color.NRGBA, parts [][]float32) {
	m.names, m.colours, m.parts = names, colours, parts
	m.row, m.column = min(m.row, max(0, len(names)-1)), min(m.column, max(0, len(names)-1))
	m.Refresh()
}

// How large cells are, by how many there are: with numbers and names, with names alone,
// with neither. Names across are cut to their first letters.
const (
	numberedMost = 16
	namedMost    = 60

	matrixGap         float32 = 4
	widestCell        float32 = 46
	numberedRow       float32 = 33
	namedRow          float32 = 15
	largestBare       float32 = 6
	bareHeight        float32 = 900  // of all rows together, where there are very many
	roomy                     = 10   // up to so many, five letters fit across, then three
	shownPart                 = 0.05 // a smaller part has no number
	strongestPart             = 0.25 // a mistake this frequent is as red as can be
	faintest, deepest float32 = 0.04, 0.75
)

func (m *Matrix) numbered() bool { return len(m.names) <= numberedMost }
func (m *Matrix) named() bool    { return len(m.names) <= namedMost }

func (m *Matrix) rowHeight() float32 {
	scale := theme.Size(theme.SizeNameText) / 14
	switch {
	case m.numbered():
		return numberedRow * scale
	case m.named():
		return namedRow * scale
	}
	return max(1, min(largestBare, bareHeight/float32(len(m.names))))
}

// narrowest is the least width of a cell.
func (m *Matrix) narrowest() float32 {
	switch {
	case len(m.names) <= roomy:
		return 34
	case m.numbered():
		return 26
	case m.named():
		return 4
	}
	return 1
}

// Tapped is called by Fyne.
func (m *Matrix) Tapped(event *fyne.PointEvent) {
	if row, column, ok := m.cellAt(event.Position); ok {
		m.OnTapped(row, column)
	}
}

// FocusGained is called by Fyne.
func (m *Matrix) FocusGained() { m.focused = true; m.goTo(m.row, m.column); Reveal() }

// FocusLost is called by Fyne.
func (m *Matrix) FocusLost() {
	m.focused = false
	m.OnHovered(-1, -1)
	m.Refresh()
}

// TypedRune is called by Fyne; letters belong to the page.
func (m *Matrix) TypedRune(r rune) { toPage(r) }

// TypedKey goes from cell to cell, and opens one.
func (m *Matrix) TypedKey(event *fyne.KeyEvent) {
	switch event.Name {
	case fyne.KeyUp:
		m.goTo(m.row-1, m.column)
	case fyne.KeyDown:
		m.goTo(m.row+1, m.column)
	case fyne.KeyLeft:
		m.goTo(m.row, m.column-1)
	case fyne.KeyRight:
		m.goTo(m.row, m.column+1)
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		if len(m.names) > 0 {
			m.OnTapped(m.row, m.column)
		}
	}
}

// goTo brings the keyboard to a cell, if there is one.
func (m *Matrix) goTo(row, column int) {
	if row >= 0 && column >= 0 && row < len(m.names) && column < len(m.names) {
		m.row, m.column = row, column
		m.OnHovered(row, column)
	}
	m.Refresh()
}

// MouseIn is called by Fyne.
func (m *Matrix) MouseIn(event *desktop.MouseEvent) { m.MouseMoved(event) }

// MouseMoved is called by Fyne.
func (m *Matrix) MouseMoved(event *desktop.MouseEvent) {
	if row, column, ok := m.cellAt(event.Position); ok {
		m.OnHovered(row, column)
		return
	}
	m.MouseOut()
}

// MouseOut is called by Fyne.
func (m *Matrix) MouseOut() { m.OnHovered(-1, -1) }

// AccessibilityLabel tells a screen reader what the picture shows.
func (m *Matrix) AccessibilityLabel() string {
	text := ""
	for i, row := range m.parts {
		text += fmt.Sprintf("%s %.0f %%. ", m.names[i], 100*row[i])
	}
	return text
}

// matrixPlan is where things stand in a size.
type matrixPlan struct {
	left, top, width, height float32 // of the first cell, and of each with its gap
}

func (m *Matrix) plan(size fyne.Size) matrixPlan {
	p := matrixPlan{height: m.rowHeight()}
	if m.named() {
		p.left = m.labelWidth() + 12
	}
	if m.numbered() {
		p.top = theme.Size(theme.SizeNameCaptionText) + 12
	}
	p.width = min(widestCell+matrixGap, max(m.narrowest(), (size.Width-p.left)/float32(max(1, len(m.names)))))
	if !m.numbered() {
		p.width = min(p.width, 2*p.height)
	}
	return p
}

func (m *Matrix) labelWidth() float32 {
	widest := float32(0)
	for _, name := range m.names {
		widest = max(widest, fyne.MeasureText(name, theme.Size(theme.SizeNameCaptionText), fyne.TextStyle{Bold: true}).Width)
	}
	if m.numbered() {
		widest += 18 // a chip's ends
	}
	return widest
}

func (m *Matrix) cellAt(at fyne.Position) (row, column int, ok bool) {
	p := m.plan(m.Size())
	if at.X < p.left || at.Y < p.top {
		return 0, 0, false
	}
	row, column = int((at.Y-p.top)/p.height), int((at.X-p.left)/p.width)
	return row, column, row < len(m.parts) && column < len(m.parts)
}

// CreateRenderer is called by Fyne.
func (m *Matrix) CreateRenderer() fyne.WidgetRenderer {
	r := &matrixRenderer{matrix: m}
	r.build()
	return r
}

// matrixRenderer has an object for each cell that is not empty: most are.
type matrixRenderer struct {
	matrix  *Matrix
	chips   []*Chip
	labels  []*canvas.Text // of rows without chips
	heads   []*canvas.Text
	cells   []matrixCell
	ring    *canvas.Rectangle // around the cell of the keyboard
	objects []fyne.CanvasObject
}

type matrixCell struct {
	row, column int
	ground      *canvas.Rectangle
	number      *canvas.Text // nil for none
}

func (r *matrixRenderer) build() {
	m := r.matrix
	r.chips, r.labels, r.heads, r.cells, r.objects = nil, nil, nil, nil, nil
	caption := theme.Size(theme.SizeNameCaptionText)
	text := func(words string, colour color.Color, bold bool) *canvas.Text {
		t := canvas.NewText(words, colour)
		t.TextSize, t.TextStyle.Bold = caption, bold
		r.objects = append(r.objects, t)
		return t
	}
	for i, name := range m.names {
		switch {
		case m.numbered():
			chip := NewChip(name, m.colours[i])
			r.chips, r.objects = append(r.chips, chip), append(r.objects, chip)
			head := text(m.short(name), Readable(m.colours[i]), true)
			head.Alignment = fyne.TextAlignCenter
			r.heads = append(r.heads, head)
		case m.named():
			label := text(name, Readable(m.colours[i]), false)
			label.TextSize = min(caption, namedRow-3)
			r.labels = append(r.labels, label)
		}
	}
	for i, row := range m.parts {
		for j, part := range row {
			if part == 0 {
				continue
			}
			cell := matrixCell{row: i, column: j, ground: canvas.NewRectangle(cellColour(part, i == j))}
			r.objects = append(r.objects, cell.ground)
			if m.numbered() {
				cell.ground.CornerRadius = 5
				if part >= shownPart {
					cell.number = text(fmt.Sprintf("%.0f", 100*part), Color(theme.ColorNameForeground), false)
					cell.number.Alignment = fyne.TextAlignCenter
				}
			}
			r.cells = append(r.cells, cell)
		}
	}
	r.ring = canvas.NewRectangle(color.Transparent)
	r.ring.StrokeColor, r.ring.StrokeWidth, r.ring.CornerRadius = Color(theme.ColorNamePrimary), 2, 5
	r.ring.Hidden = !m.focused || len(m.names) == 0
	r.objects = append(r.objects, r.ring)
	r.Layout(m.Size())
}

// cellColour is deeper for a larger part.
func cellColour(part float32, right bool) color.Color {
	name := theme.ColorNameSuccess
	if !right {
		name = theme.ColorNameError
		part = min(1, part/strongestPart) * 0.6
	}
	c, _ := color.NRGBAModel.Convert(Color(name)).(color.NRGBA)
	c.A = uint8(255 * (faintest + (deepest-faintest)*part))
	return c
}

// short is as much of a name as fits across.
func (m *Matrix) short(name string) string {
	letters, fit := []rune(name), 5
	if len(m.names) > roomy {
		fit = 3
	}
	return string(letters[:min(len(letters), fit)])
}

func (r *matrixRenderer) Layout(size fyne.Size) {
	p := r.matrix.plan(size)
	middle := func(o fyne.CanvasObject, row int, x float32) {
		least := o.MinSize()
		o.Move(fyne.NewPos(x, p.top+float32(row)*p.height+(p.height-matrixGap-least.Height)/2))
		o.Resize(least)
	}
	for i, chip := range r.chips {
		middle(chip, i, 0)
	}
	for i, label := range r.labels {
		middle(label, i, 0)
	}
	gap := min(matrixGap, p.width/8)
	for i, head := range r.heads {
		head.Move(fyne.NewPos(p.left+float32(i)*p.width, 0))
		head.Resize(fyne.NewSize(p.width-gap, head.MinSize().Height))
	}
	area := fyne.NewSize(p.width-gap, p.height-min(matrixGap, p.height/8))
	place := func(o fyne.CanvasObject, row, column int) {
		o.Move(fyne.NewPos(p.left+float32(column)*p.width, p.top+float32(row)*p.height))
		o.Resize(area)
	}
	for _, cell := range r.cells {
		place(cell.ground, cell.row, cell.column)
		if cell.number != nil {
			place(cell.number, cell.row, cell.column)
		}
	}
	place(r.ring, r.matrix.row, r.matrix.column)
}

func (r *matrixRenderer) MinSize() fyne.Size {
	m := r.matrix
	p := m.plan(fyne.Size{})
	n := float32(len(m.names))
	return fyne.NewSize(p.left+n*m.narrowest(), p.top+n*p.height)
}

func (r *matrixRenderer) Refresh() {
	r.build()
	canvas.Refresh(r.matrix)
}

func (r *matrixRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *matrixRenderer) Destroy()                     {}
