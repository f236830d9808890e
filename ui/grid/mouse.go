package grid

import (
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// wheelSpeed is how many units a unit of the wheel scrolls: a notch is a row and a
// half.
const wheelSpeed = 2

// part is a part of the grid that the mouse can be on.
type part uint8

const (
	onNothing part = iota
	onRow
	onTitle
	onBorder
	onRowBar
	onColumnBar
)

// place is what the mouse is on.
type place struct {
	part   part
	row    int
	column int // also the one left of a border
}

// grab is what the mouse holds while its button is down.
type grab struct {
	part    part
	thumb   int      // pixels from the start of the thumb to the mouse
	border  int      // that is dragged
	from    float32  // where the mouse took it
	columns []Column // as they were then
}

// placeAt tells what is at a position.
func (g *Grid) placeAt(pos fyne.Position) place {
	x, y := g.m.pixel(pos)
	body := g.bodyArea()
	if y < body.Min.Y {
		return g.titleAt(x)
	}
	if x >= body.Max.X-g.m.bar && g.rowBar().needed() {
		return place{part: onRowBar}
	}
	if y >= body.Max.Y && g.columnBar().needed() {
		return place{part: onColumnBar}
	}
	row, ok := g.view.at(y - body.Min.Y)
	if !ok {
		return place{}
	}
	return place{part: onRow, row: row, column: g.columnAt(x)}
}

func (g *Grid) titleAt(x int) place {
	for i := range g.columns {
		edge := g.spans[i].x + g.spans[i].width - g.left
		_, _, ok := border(g.columns, i)
		if near := g.m.px(grabWidth); ok && x >= edge-near && x < edge+near {
			return place{part: onBorder, column: i}
		}
	}
	if c := g.columnAt(x); c >= 0 {
		return place{part: onTitle, column: c}
	}
	return place{}
}

// columnAt gives the column at x pixels, or -1.
func (g *Grid) columnAt(x int) int {
	for i, s := range g.spans {
		if at := x + g.left; at >= s.x && at < s.x+s.width {
			return i
		}
	}
	return -1
}

// MouseDown is called by Fyne.
func (g *Grid) MouseDown(ev *desktop.MouseEvent) {
	g.editor.finish()
	at := g.placeAt(ev.Position)
	g.requestFocus()
	switch {
	case ev.Button == desktop.MouseButtonSecondary:
		g.menuAt(at, ev.AbsolutePosition)
	case ev.Button != desktop.MouseButtonPrimary:
	case at.part == onRow:
		g.clickRow(at, ev.Modifier)
	case at.part == onTitle:
		if c := g.columns[at.column]; c.Sortable && g.OnSort != nil {
			g.OnSort(c.ID)
		}
	case at.part == onBorder:
		g.clickBorder(at.column, ev.Position)
	case at.part == onRowBar, at.part == onColumnBar:
		g.clickBar(at.part, ev.Position)
	}
}

// MouseUp is called by Fyne. A double click edits now, not on the press: the press
// would take the keyboard back from the editor.
func (g *Grid) MouseUp(*desktop.MouseEvent) {
	g.grab = grab{}
	if g.click.double {
		g.click.double = false
		g.editCell(g.click.row, g.click.column)
	}
}

func (g *Grid) clickRow(at place, modifier fyne.KeyModifier) {
	if modifier&fyne.KeyModifierShortcutDefault != 0 {
		g.toggle(at.row)
		return
	}
	g.choose(at.row, modifier&fyne.KeyModifierShift != 0)
	g.click.again(at)
}

// click remembers the last click, to tell a double one without delay.
type click struct {
	place
	time   time.Time
	double bool
}

// again notes a click and whether it is the second on one place.
func (c *click) again(at place) {
	now := time.Now()
	c.double = c.place == at && now.Sub(c.time) < fyne.CurrentApp().Driver().DoubleTapDelay()
	c.place, c.time = at, now
	if c.double {
		c.time = time.Time{} // a third click is a first one
	}
}

// menuAt asks for a menu; a row that is not selected is selected first.
func (g *Grid) menuAt(at place, pos fyne.Position) {
	if at.part != onRow {
		return
	}
	if g.selected.has(at.row) {
		g.setCursor(at.row)
	} else {
		g.choose(at.row, false)
	}
	if g.OnMenu != nil {
		g.OnMenu(at.row, pos)
	}
}

func (g *Grid) clickBorder(i int, pos fyne.Position) {
	g.click.again(place{part: onBorder, column: i})
	if !g.click.double {
		g.grab = grab{part: onBorder, border: i, from: pos.X, columns: g.Columns()}
		return
	}
	g.click.double = false
	if gains, loses, _ := border(g.columns, i); gains >= 0 {
		g.fit(gains)
	} else {
		g.fit(loses)
	}
}

// clickBar takes the thumb, or turns a page towards the mouse.
func (g *Grid) clickBar(which part, pos fyne.Position) {
	b, at := g.barAt(which, pos)
	start, length := b.thumb()
	switch {
	case at < start:
		g.scrollBar(which, b.offset-b.page)
	case at >= start+length:
		g.scrollBar(which, b.offset+b.page)
	default:
		g.grab = grab{part: which, thumb: at - start}
	}
}

// barAt gives a scroll bar and where along it a position is.
func (g *Grid) barAt(which part, pos fyne.Position) (bar, int) {
	x, y := g.m.pixel(pos)
	if which == onRowBar {
		return g.rowBar(), y - g.bodyArea().Min.Y
	}
	return g.columnBar(), x
}

func (g *Grid) scrollBar(which part, offset int) {
	if which == onRowBar {
		g.view.scrollTo(offset)
		g.scrolled()
		return
	}
	g.scrollSideways(offset - g.left)
}

// Dragged is called by Fyne while the mouse moves with its button down.
func (g *Grid) Dragged(ev *fyne.DragEvent) {
	switch g.grab.part {
	case onRowBar, onColumnBar:
		b, at := g.barAt(g.grab.part, ev.Position)
		g.scrollBar(g.grab.part, b.drag(at-g.grab.thumb))
	case onBorder:
		g.dragBorder((ev.Position.X - g.grab.from) * g.m.scale / g.m.zoom)
	case onNothing, onRow, onTitle:
	}
}

// DragEnd is called by Fyne.
func (g *Grid) DragEnd() { g.grab = grab{} }

// dragBorder moves the grabbed border by units from where it was taken.
func (g *Grid) dragBorder(by float32) {
	gains, loses, _ := border(g.columns, g.grab.border)
	if gains >= 0 {
		c := g.grab.columns[gains]
		by = max(by, c.least()-c.Width)
	}
	if loses >= 0 {
		c := g.grab.columns[loses]
		by = min(by, c.Width-c.least())
		g.columns[loses].Width = c.Width - by
	}
	if gains >= 0 {
		g.columns[gains].Width = g.grab.columns[gains].Width + by
	}
	g.columnsChanged()
}

func (g *Grid) columnsChanged() {
	g.remeasure()
	g.scrolled()
	if g.OnColumns != nil {
		g.OnColumns()
	}
}

// fit makes a column as wide as its title and the cells on the screen need.
func (g *Grid) fit(column int) {
	const arrow = 14
	widest := g.text.line(g.columns[column].Title, g.m.header, g.bodyArea().Dx()).width + g.m.px(arrow)
	first, n := g.view.visible()
	for i := first; i < first+n; i++ {
		if cells, ok := g.rows.Cells(i); ok && column < len(cells) {
			widest = max(widest, g.cellWidth(cells[column]))
		}
	}
	c := &g.columns[column]
	c.Width = max(c.least(), float32(widest+2*g.m.pad+1)/g.m.zoom)
	g.columnsChanged()
}

// cellWidth is how wide a cell's content is, without padding.
func (g *Grid) cellWidth(c Cell) int {
	switch c.Kind {
	case Check, Cross:
		return 0
	case Chip:
		return g.text.line(c.Text, g.m.small, g.bodyArea().Dx()).width + 2*g.m.px(chipPad)
	default:
		return g.text.line(c.Text, g.m.text, g.bodyArea().Dx()).width
	}
}

// Scrolled is called by Fyne for the wheel and the touchpad.
func (g *Grid) Scrolled(ev *fyne.ScrollEvent) {
	g.editor.finish()
	px := func(units float32) int { return int(math.Round(float64(units * wheelSpeed * g.m.scale))) }
	dx, dy := ev.Scrolled.DX, ev.Scrolled.DY
	if g.modifiers()&fyne.KeyModifierShift != 0 && dx == 0 {
		dx, dy = dy, 0
	}
	g.view.scrollTo(g.view.offset() - px(dy))
	g.scrollSideways(-px(dx))
	g.hover(ev.Position)
}

// MouseIn is called by Fyne.
func (g *Grid) MouseIn(ev *desktop.MouseEvent) { g.hover(ev.Position) }

// MouseMoved is called by Fyne.
func (g *Grid) MouseMoved(ev *desktop.MouseEvent) { g.hover(ev.Position) }

// MouseOut is called by Fyne.
func (g *Grid) MouseOut() { g.setHover(-1, -1, -1) }

func (g *Grid) hover(pos fyne.Position) {
	switch at := g.placeAt(pos); at.part {
	case onRow:
		g.setHover(at.row, -1, -1)
	case onTitle:
		g.setHover(-1, at.column, -1)
	case onBorder:
		g.setHover(-1, -1, at.column)
	default:
		g.setHover(-1, -1, -1)
	}
}

func (g *Grid) setHover(row, column, border int) {
	if row == g.hoverRow && column == g.hoverColumn && border == g.hoverBorder {
		return
	}
	g.hoverRow, g.hoverColumn, g.hoverBorder = row, column, border
	g.repaint()
}

// Cursor is called by Fyne for the shape of the mouse pointer; the row that the
// keyboard is on is CursorRow.
func (g *Grid) Cursor() desktop.Cursor {
	if g.hoverBorder >= 0 || g.grab.part == onBorder {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}
