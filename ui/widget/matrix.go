package widget

import (
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/assets/crash"
	"seedbed/ui/theme"
)

// Matrix is a confusion matrix: a row and a column for each category, and in each cell its
// share of the row, green on the diagonal and red off it. Cells shrink as their number
// grows until names still fit, and lose their numbers; a matrix that is larger than its place
// scrolls under its names. The arrow keys move from cell to cell, and Enter does what a tap does. Fyne has no such chart, and
// its table makes several objects for each cell, of which most are empty here.
type Matrix struct {
	fynewidget.BaseWidget
	OnTapped  func(row, column int)
	OnHovered func(row, column int) // -1, -1 when neither pointer nor keyboard is on a cell

	names   []string
	colours []color.NRGBA
	shares  [][]float32

	focused     bool
	row, column int // of the cell with the keyboard focus

	place  *fyne.Container // holds the matrix, or what it scrolls in
	scroll *container.Scroll
}

var (
	_ fyne.Focusable    = (*Matrix)(nil)
	_ fyne.Tappable     = (*Matrix)(nil)
	_ desktop.Hoverable = (*Matrix)(nil)
	_ fyne.Accessible   = (*Matrix)(nil)
)

// NewMatrix returns an empty matrix.
func NewMatrix() *Matrix {
	m := &Matrix{OnTapped: func(int, int) {}, OnHovered: func(int, int) {}}
	m.ExtendBaseWidget(m)
	m.scroll = container.NewScroll(m)
	m.scroll.OnScrolled = func(fyne.Position) { m.Refresh() }
	m.place = container.New(matrixPlace{m}, m)
	return m
}

// Object is the matrix in its place, in which it scrolls where it has many categories.
func (m *Matrix) Object() fyne.CanvasObject { return m.place }

// matrixPlace paints the matrix anew when what it scrolls in has another size, and it has not.
type matrixPlace struct{ matrix *Matrix }

func (l matrixPlace) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if objects[0].Size() != size {
		objects[0].Resize(size)
		l.matrix.Refresh()
	}
}

func (l matrixPlace) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// offset is how far the matrix is scrolled, which its names are not.
func (m *Matrix) offset() fyne.Position {
	if m.numbered() {
		return fyne.Position{}
	}
	return m.scroll.Offset
}

// setPlace lets the matrix scroll only where it has to: what scrolls takes the wheel from the page.
func (m *Matrix) setPlace() {
	in := fyne.CanvasObject(m)
	if !m.numbered() {
		in = m.scroll
		m.scroll.SetMinSize(fyne.NewSize(theme.Scaled(minMatrixWidth), min(m.MinSize().Height, theme.Scaled(maxMatrixHeight))))
	}
	m.scroll.Offset = fyne.Position{}
	m.place.Objects = []fyne.CanvasObject{in}
	m.place.Refresh()
}

// Set shows other values: the names and colours of the categories, and shares from 0 to
// 1, row by row.
func (m *Matrix) Set(names []string, colours []color.NRGBA, shares [][]float32) {
	m.names, m.colours, m.shares = names, colours, shares
	m.row, m.column = min(m.row, max(0, len(names)-1)), min(m.column, max(0, len(names)-1))
	m.setPlace()
	m.Refresh()
}

// The size of cells by the number of categories: with numbers, and without.
const (
	numberedLimit = 16

	minMatrixWidth, maxMatrixHeight float32 = 300, 620 // of what a matrix scrolls in

	matrixGap          float32 = 4
	maxCellWidth       float32 = 46
	numberedRowHeight  float32 = 33
	namedRowHeight     float32 = 18
	namedCellWidth     float32 = 20   // slanted names of this distance don't touch
	wideLimit                  = 10   // up to this many, cells are wide
	minNumberedShare           = 0.05 // smaller shares show no number
	maxErrorShare              = 0.25 // from this share on, errors are in the strongest red
	minAlpha, maxAlpha float32 = 0.04, 0.75
)

func (m *Matrix) numbered() bool { return len(m.names) <= numberedLimit }
func (m *Matrix) rowHeight() float32 {
	if m.numbered() {
		return theme.Scaled(numberedRowHeight)
	}
	return theme.Scaled(namedRowHeight)
}

// minCellWidth is the minimum width of a cell.
func (m *Matrix) minCellWidth() float32 {
	switch {
	case len(m.names) <= wideLimit:
		return 34
	case m.numbered():
		return 26
	}
	return theme.Scaled(namedCellWidth)
}

// Tapped is called by Fyne.
func (m *Matrix) Tapped(event *fyne.PointEvent) {
	defer crash.Catch()
	if row, column, ok := m.cellAt(event.Position); ok {
		m.OnTapped(row, column)
	}
}

// FocusGained is called by Fyne.
func (m *Matrix) FocusGained() { m.focused = true; m.focusCell(m.row, m.column); ScrollToFocus() }

// FocusLost is called by Fyne.
func (m *Matrix) FocusLost() {
	m.focused = false
	m.OnHovered(-1, -1)
	m.Refresh()
}

// TypedRune hands letters on to the page.
func (m *Matrix) TypedRune(r rune) { typeOnPage(r) }

// TypedKey moves between cells, and opens one.
func (m *Matrix) TypedKey(event *fyne.KeyEvent) {
	defer crash.Catch()
	switch event.Name {
	case fyne.KeyUp:
		m.focusCell(m.row-1, m.column)
	case fyne.KeyDown:
		m.focusCell(m.row+1, m.column)
	case fyne.KeyLeft:
		m.focusCell(m.row, m.column-1)
	case fyne.KeyRight:
		m.focusCell(m.row, m.column+1)
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		if len(m.names) > 0 {
			m.OnTapped(m.row, m.column)
		}
	}
}

// focusCell moves the keyboard to a cell, if it exists.
func (m *Matrix) focusCell(row, column int) {
	if row >= 0 && column >= 0 && row < len(m.names) && column < len(m.names) {
		m.row, m.column = row, column
		m.scrollToCell()
		m.OnHovered(row, column)
	}
	m.Refresh()
}

// scrollToCell brings the cell with the keyboard out from under the names.
func (m *Matrix) scrollToCell() {
	if m.numbered() {
		return
	}
	p, room, all := m.grid(m.Size()), m.scroll.Size(), m.Size()
	m.scroll.ScrollToOffset(fyne.NewPos(
		scrolledOffset(m.scroll.Offset.X, room.Width-p.left, float32(m.column)*p.width, p.width, all.Width-p.left),
		scrolledOffset(m.scroll.Offset.Y, room.Height-p.top, float32(m.row)*p.height, p.height, all.Height-p.top)))
}

// MouseIn is called by Fyne.
func (m *Matrix) MouseIn(event *desktop.MouseEvent) { m.MouseMoved(event) }

// MouseMoved is called by Fyne.
func (m *Matrix) MouseMoved(event *desktop.MouseEvent) {
	row, column, ok := m.cellAt(event.Position)
	if !ok {
		row, column = -1, -1
	}
	m.OnHovered(row, column)
}

// MouseOut is called by Fyne.
func (m *Matrix) MouseOut() { m.OnHovered(-1, -1) }

// AccessibilityRole tells a screen reader that cells can be pressed.
func (m *Matrix) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel tells a screen reader the diagonal.
func (m *Matrix) AccessibilityLabel() string {
	var text strings.Builder
	for i, row := range m.shares {
		fmt.Fprintf(&text, "%s %.0f %%. ", m.names[i], 100*row[i])
	}
	return text.String()
}

// matrixGrid is the position of the cells.
type matrixGrid struct {
	left, top     float32 // of the first cell
	width, height float32 // of each cell with its gap
}

func (m *Matrix) grid(size fyne.Size) matrixGrid {
	p := matrixGrid{left: m.labelWidth() + 12, height: m.rowHeight()}
	top, right := m.headingSize()
	p.top = top
	p.width = min(maxCellWidth+matrixGap, max(m.minCellWidth(), (size.Width-p.left-right)/float32(max(1, len(m.names)))))
	if !m.numbered() {
		p.width = min(p.width, 2*p.height)
	}
	return p
}

func (m *Matrix) labelWidth() float32 {
	widest := float32(0)
	for _, name := range m.names {
		widest = max(widest, fyne.MeasureText(name, fynetheme.Size(fynetheme.SizeNameCaptionText), fyne.TextStyle{Bold: true}).Width)
	}
	if m.numbered() {
		widest += 18 // padding of the chip
	}
	return widest
}

func (m *Matrix) cellAt(at fyne.Position) (row, column int, ok bool) {
	p := m.grid(m.Size())
	if shown := at.Subtract(m.offset()); shown.X < p.left || shown.Y < p.top {
		return 0, 0, false // names, below which cells are scrolled
	}
	row, column = int((at.Y-p.top)/p.height), int((at.X-p.left)/p.width)
	return row, column, row < len(m.shares) && column < len(m.shares)
}
