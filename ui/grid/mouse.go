package grid

import (
	"image"
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"seedbed/assets/crash"
)

// wheelSpeed multiplies the scroll distance of the wheel, so that a notch is a row and
// a half.
const wheelSpeed = 2

// hitPart is a part of the grid that the pointer can be on.
type hitPart uint8

const (
	onNothing hitPart = iota
	onRow
	onTitle
	onSign
	onBorder
	onRowBar
	onColumnBar
)

// hit is the result of a hit test.
type hit struct {
	part   hitPart
	row    int
	column int // on a border, the one to its left
}

// dragState is what is being dragged.
type dragState struct {
	part    hitPart
	thumb   int     // pixels from the start of the thumb to the pointer
	column  int     // of the title, or to the left of the border
	from    float32 // where the drag began
	grows   int     // the columns that a border resizes, or -1
	shrinks int
	widths  []span // as they were then
	add     bool   // Shift was down
	moving  bool   // the title was dragged far enough to move its column
	at      int    // where it is, in pixels
}

// hitTest returns what is at a position.
func (g *Grid) hitTest(pos fyne.Position) hit {
	x, y := g.m.pixel(pos)
	body := g.bodyArea()
	if (image.Point{X: x, Y: y}).In(g.signArea()) {
		return hit{part: onSign}
	}
	if y < body.Min.Y {
		return g.hitTestHeader(x)
	}
	if x >= body.Max.X-g.m.bar && g.rowBar().needed() {
		return hit{part: onRowBar}
	}
	if y >= body.Max.Y && g.columnBar().needed() {
		return hit{part: onColumnBar}
	}
	row, ok := g.view.at(y - body.Min.Y)
	if !ok {
		return hit{}
	}
	return hit{part: onRow, row: row, column: g.columnAt(x)}
}

func (g *Grid) hitTestHeader(x int) hit {
	for i := range g.columns {
		edge := g.spans[i].x + g.spans[i].width - g.left
		_, _, ok := resizedColumns(g.columns, g.spans, i)
		if near := g.m.px(borderReach); ok && x >= edge-near && x < edge+near {
			return hit{part: onBorder, column: i}
		}
	}
	if c := g.columnAt(x); c >= 0 {
		return hit{part: onTitle, column: c}
	}
	return hit{}
}

// columnAt returns the column at x pixels, or -1.
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
	defer crash.Catch()
	g.editor.finish()
	at := g.hitTest(ev.Position)
	g.requestFocus()
	switch {
	case at.part == onSign, ev.Button == desktop.MouseButtonSecondary && (at.part == onTitle || at.part == onBorder):
		if g.OnHeaderMenu != nil {
			g.OnHeaderMenu(ev.AbsolutePosition)
		}
	case ev.Button == desktop.MouseButtonSecondary:
		g.menuAt(at, ev.AbsolutePosition)
	case ev.Button != desktop.MouseButtonPrimary:
	case at.part == onRow:
		g.clickRow(at, ev.Modifier)
	case at.part == onTitle:
		g.drag = dragState{part: onTitle, column: at.column, from: ev.Position.X, add: ev.Modifier&fyne.KeyModifierShift != 0}
	case at.part == onBorder:
		g.clickBorder(at.column, ev.Position)
	case at.part == onRowBar, at.part == onColumnBar:
		g.clickBar(at.part, ev.Position)
	}
}

// MouseUp is called by Fyne. A double click edits on release, since the press would
// take the focus back from the editor.
func (g *Grid) MouseUp(*desktop.MouseEvent) {
	defer crash.Catch()
	g.endDrag()
	if g.click.double {
		g.click.double = false
		g.editCell(g.click.row, g.click.column)
	}
}

func (g *Grid) clickRow(at hit, modifier fyne.KeyModifier) {
	if modifier&fyne.KeyModifierShortcutDefault != 0 {
		g.toggle(at.row)
		return
	}
	g.selectTo(at.row, modifier&fyne.KeyModifierShift != 0)
	g.click.record(at)
}

// click is the last click. Fyne would delay every click to detect a double one.
type click struct {
	hit
	time   time.Time
	double bool
}

// record stores a click and whether it completes a double click.
func (c *click) record(at hit) {
	now := time.Now()
	c.double = c.hit == at && now.Sub(c.time) < fyne.CurrentApp().Driver().DoubleTapDelay()
	c.hit, c.time = at, now
	if c.double {
		c.time = time.Time{} // a third click is a first one
	}
}

// menuAt opens the context menu, after selecting the row unless it is selected
// already.
func (g *Grid) menuAt(at hit, pos fyne.Position) {
	if at.part != onRow {
		return
	}
	if g.selected.has(at.row) {
		g.setCursor(at.row)
	} else {
		g.selectTo(at.row, false)
	}
	if g.OnMenu != nil {
		g.OnMenu(at.row, pos)
	}
}

func (g *Grid) clickBorder(i int, pos fyne.Position) {
	g.click.record(hit{part: onBorder, column: i})
	if !g.click.double {
		grows, shrinks, _ := resizedColumns(g.columns, g.spans, i)
		g.drag = dragState{part: onBorder, column: i, from: pos.X, grows: grows, shrinks: shrinks, widths: g.spans}
		return
	}
	g.click.double = false
	if grows, shrinks, _ := resizedColumns(g.columns, g.spans, i); grows >= 0 {
		g.fit(grows)
	} else {
		g.fit(shrinks)
	}
}

// clickBar grabs the thumb, or scrolls by a page towards the pointer.
func (g *Grid) clickBar(which hitPart, pos fyne.Position) {
	b, at := g.barAt(which, pos)
	start, length := b.thumb()
	page := 1
	switch {
	case at < start:
		page = -1
	case at < start+length:
		g.drag = dragState{part: which, thumb: at - start}
		return
	}
	if which == onRowBar {
		g.view.scroll(page * g.view.height)
		g.scrolled()
		return
	}
	g.scrollSideways(page * b.page)
}

// barAt returns a scroll bar and the pointer position along it.
func (g *Grid) barAt(which hitPart, pos fyne.Position) (scrollBar, int) {
	x, y := g.m.pixel(pos)
	if which == onRowBar {
		return g.rowBar(), y - g.bodyArea().Min.Y
	}
	return g.columnBar(), x
}

func (g *Grid) scrollBar(which hitPart, offset int) {
	if which == onRowBar {
		g.view.scrollTo(offset)
		g.scrolled()
		return
	}
	g.scrollSideways(offset - g.left)
}

// Dragged is called by Fyne while the mouse moves with its button down.
func (g *Grid) Dragged(ev *fyne.DragEvent) {
	defer crash.Catch()
	switch g.drag.part {
	case onRowBar, onColumnBar:
		b, at := g.barAt(g.drag.part, ev.Position)
		g.scrollBar(g.drag.part, b.drag(at-g.drag.thumb))
	case onBorder:
		g.dragBorder(int(math.Round(float64((ev.Position.X - g.drag.from) * g.m.scale))))
	case onTitle:
		g.drag.at, _ = g.m.pixel(ev.Position)
		if by := ev.Position.X - g.drag.from; max(by, -by) >= moveReach {
			g.drag.moving = true
		}
		g.repaint()
	case onNothing, onRow, onSign:
	}
}

// DragEnd is called by Fyne, before MouseUp or after it.
func (g *Grid) DragEnd() {
	defer crash.Catch()
	g.endDrag()
}

// endDrag moves a column whose title was dragged, and sorts by one that was clicked.
func (g *Grid) endDrag() {
	d := g.drag
	g.drag = dragState{}
	if d.part != onTitle || d.column >= len(g.columns) {
		return
	}
	if c := g.columns[d.column]; !d.moving {
		if c.Sortable && g.OnSort != nil {
			g.OnSort(c.ID, d.add)
		}
		return
	}
	g.editor.finish()
	g.columns = moved(g.columns, d.column, g.dropPlace(d.at))
	g.columnsChanged()
}

// dragBorder moves the dragged border by a distance in pixels from where the drag began.
func (g *Grid) dragBorder(by int) {
	d := g.drag
	set := func(column, width int) { g.columns[column].Width = float32(width) / g.m.zoom }
	if d.grows >= 0 {
		by = max(by, g.floor(g.columns[d.grows])-d.widths[d.grows].width)
	}
	if d.shrinks >= 0 {
		width := d.widths[d.shrinks].width
		by = min(by, max(0, width-g.floor(g.columns[d.shrinks])))
		set(d.shrinks, width-by)
	}
	if d.grows >= 0 {
		set(d.grows, d.widths[d.grows].width+by)
	}
	g.columnsChanged()
}

func (g *Grid) columnsChanged() {
	g.updateMetrics()
	g.scrolled()
	if g.OnColumns != nil {
		g.OnColumns()
	}
}

// fit makes a column as wide as its title and its visible cells.
func (g *Grid) fit(column int) {
	widest := g.widest(g.columns[column]) - 2*g.m.pad
	first, n := g.view.visible()
	for i := first; i < first+n; i++ {
		if cells, ok := g.rows.Cells(i); ok && column < len(cells) {
			widest = max(widest, g.cellWidth(cells[column]))
		}
	}
	c := &g.columns[column]
	c.Width = float32(max(g.floor(*c), widest+2*g.m.pad+1)) / g.m.zoom
	g.columnsChanged()
}

// cellWidth returns the width of a cell's content, without padding.
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
	defer crash.Catch()
	g.editor.finish()
	px := func(units float32) int { return int(math.Round(float64(units * wheelSpeed * g.m.scale))) }
	dx, dy := ev.Scrolled.DX, ev.Scrolled.DY
	if g.modifiers()&fyne.KeyModifierShift != 0 && dx == 0 {
		dx, dy = dy, 0
	}
	g.view.scroll(-px(dy))
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
	switch at := g.hitTest(pos); at.part {
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

// Cursor is called by Fyne for the shape of the pointer. For the keyboard cursor see
// CursorRow.
func (g *Grid) Cursor() desktop.Cursor {
	if g.hoverBorder >= 0 || g.drag.part == onBorder {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}
