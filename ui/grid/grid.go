// Package grid is a table for very many rows that can be edited in place. It is
// drawn into one picture, so that what it costs depends on what is visible, not on
// how many rows there are. Rows come in through [Rows], what people do goes out
// through callbacks; it knows nothing of what the rows mean.
//
// A grid lives on the window's goroutine like every widget: call nothing of it
// from another one.
package grid

import (
	"image"
	"iter"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Grid is the widget. Make one with New; callbacks that are nil are left out.
type Grid struct {
	widget.BaseWidget

	// Name says what the rows are, for people who hear the window.
	Name string

	// OnCursor tells that the cursor has come to row i, -1 when there is no row.
	OnCursor func(i int)
	// OnSelect tells that other rows are selected than before.
	OnSelect func()
	// OnVisible tells that n rows from first on are on the screen, to read them.
	OnVisible func(first, n int)
	// OnSort tells that the header of a sortable column was clicked.
	OnSort func(columnID string)
	// OnColumns tells that a person has changed the width of a column.
	OnColumns func()
	// OnEdit tells that a cell was edited to another text.
	OnEdit func(key int64, columnID, text string)
	// OnMenu asks for the menu of the selected rows, at a place on the canvas.
	OnMenu func(i int, at fyne.Position)
	// OnKey, OnRune and OnShortcut get what the grid has no use for. A shortcut
	// that is not taken goes on to the canvas.
	OnKey      func(*fyne.KeyEvent)
	OnRune     func(rune)
	OnShortcut func(fyne.Shortcut) (taken bool)

	rows     Rows
	columns  []Column
	sortID   string
	sortDown bool

	width    int // of the picture, in device pixels
	height   int
	view     viewport
	spans    []span // of the columns
	left     int    // pixels of the columns scrolled away to the left
	cursor   int    // row, or -1
	anchor   int    // where a range selected with Shift starts
	selected selection
	news     news

	focused     bool
	hoverRow    int // -1 for none, as the next two
	hoverColumn int
	hoverBorder int
	grab        grab
	click       click
	modifiers   func() fyne.KeyModifier

	text    *typesetter
	m       measure
	colours colours
	img     *image.RGBA
	raster  *canvas.Raster
	editor  *editor
}

// New makes a grid without rows.
func New(columns ...Column) *Grid {
	g := &Grid{
		rows: noRows{}, columns: columns, view: viewport{row: 1}, cursor: -1, anchor: -1,
		hoverRow: -1, hoverColumn: -1, hoverBorder: -1,
		modifiers: currentModifiers, text: shared,
	}
	g.raster = canvas.NewRaster(g.paint)
	g.raster.ScaleMode = canvas.ImageScalePixels
	g.editor = newEditor(g)
	g.news = news{visible: rowRange{-1, -1}}
	g.ExtendBaseWidget(g)
	return g
}

// SetRows shows other rows, or the same in another order. The cursor stays on its
// row and the row in its place; when the row is gone the cursor keeps its number,
// so that what came next moves up to it. Up to 1,000 selected rows stay selected;
// a larger selection is dropped, for it may mean something else now.
func (g *Grid) SetRows(rows Rows) {
	old := g.rows
	g.rows = rows
	g.view.rows = rows.Len()
	g.keepSelection(old)
	g.keepCursor(old)
	g.Refresh()
}

// Refresh paints again after cells, the number of rows or the theme changed.
func (g *Grid) Refresh() {
	n := g.rows.Len()
	g.cursor, g.anchor = min(g.cursor, n-1), min(g.anchor, n-1)
	g.selected.limit(n)
	g.editor.follow()
	g.remeasure()
	g.BaseWidget.Refresh()
	g.announce()
}

// Columns gives the columns with the widths that they have now.
func (g *Grid) Columns() []Column { return append([]Column(nil), g.columns...) }

// SetColumns shows other columns or widths.
func (g *Grid) SetColumns(columns []Column) {
	g.editor.finish()
	g.columns = append([]Column(nil), columns...)
	g.Refresh()
}

// SetSort shows the arrow on a column, downwards for descending. An empty id shows
// none.
func (g *Grid) SetSort(columnID string, descending bool) {
	g.sortID, g.sortDown = columnID, descending
	g.repaint()
}

// CursorRow gives the row of the cursor, false when there is none.
func (g *Grid) CursorRow() (i int, ok bool) { return g.cursor, g.cursor >= 0 }

// SetCursorRow moves the cursor to row i, or as near as there is one, selects that row
// alone and scrolls to it.
func (g *Grid) SetCursorRow(i int) { g.moveTo(i, false) }

// ScrollTo scrolls just as far that the whole of row i shows.
func (g *Grid) ScrollTo(i int) {
	g.view.show(min(max(i, 0), max(0, g.view.rows-1)))
	g.scrolled()
}

// VisibleRows gives the first row on the screen and how many there are, parts counted.
func (g *Grid) VisibleRows() (first, n int) { return g.view.visible() }

// SelectAll selects every row.
func (g *Grid) SelectAll() {
	if n := g.rows.Len(); n > 0 {
		g.selected.only(rowRange{0, n})
		g.selectionChanged()
	}
}

// ClearSelection selects nothing. The cursor stays.
func (g *Grid) ClearSelection() {
	g.selected.clear()
	g.selectionChanged()
}

// SelectedCount is how many rows are selected.
func (g *Grid) SelectedCount() int { return g.selected.count() }

// Selected gives the keys of the selected rows, from the top.
func (g *Grid) Selected() iter.Seq[int64] {
	return func(yield func(int64) bool) {
		for _, r := range g.selected.ranges {
			for i := r.first; i < r.end; i++ {
				if !yield(g.rows.Key(i)) {
					return
				}
			}
		}
	}
}

// AccessibilityLabel says where the cursor is and what its row holds.
func (g *Grid) AccessibilityLabel() string { return g.spoken() }

// AccessibilityRole is that of a container: Fyne knows none of a table.
func (g *Grid) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer is called by Fyne.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer { return &renderer{g} }

// renderer lays the picture over the whole widget; the editor places itself.
type renderer struct{ g *Grid }

func (r *renderer) Layout(size fyne.Size) {
	r.g.raster.Resize(size)
	r.g.remeasure()
	r.g.editor.place()
	r.g.announce()
}

func (r *renderer) MinSize() fyne.Size {
	m := newMeasure(1, r.g.Theme())
	return fyne.NewSize(float32(m.px(200)), float32(4*m.row))
}

func (r *renderer) Refresh() {
	r.g.editor.place()
	r.g.editor.Refresh()
	canvas.Refresh(r.g.raster)
}

func (r *renderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.g.raster, r.g.editor}
}

func (r *renderer) Destroy() {}

// repaint has the picture painted before the next frame.
func (g *Grid) repaint() { canvas.Refresh(g.raster) }

// remeasure takes on a new place, size, scale, text size or number of rows.
func (g *Grid) remeasure() {
	g.text.use(g.Theme())
	g.m = newMeasure(pixelScale(g), g.Theme())
	g.width, g.height = g.m.area(fyne.CurrentApp().Driver().AbsolutePositionForObject(g), g.Size())
	g.spans = arrange(g.columns, g.m, g.width-g.m.bar)
	g.left = min(g.left, g.leftLimit())
	height := g.height - g.m.row // the header
	if g.leftLimit() > 0 {
		height -= g.m.bar
	}
	g.view.resize(g.rows.Len(), g.m.row, height)
}

// leftLimit is how far the columns scroll sideways.
func (g *Grid) leftLimit() int {
	if len(g.spans) == 0 {
		return 0
	}
	last := g.spans[len(g.spans)-1]
	return max(0, last.x+last.width-(g.width-g.m.bar))
}

// bodyArea is where the rows are, in pixels.
func (g *Grid) bodyArea() image.Rectangle {
	return image.Rect(0, g.m.row, g.width, g.m.row+g.view.height)
}

// rowBar and columnBar are the scroll bars.
func (g *Grid) rowBar() bar {
	v := &g.view
	return bar{track: v.height, least: g.m.px(32), total: v.rows * v.row, page: v.height, offset: v.offset()}
}

func (g *Grid) columnBar() bar {
	page := g.width - g.m.bar
	return bar{track: page, least: g.m.px(32), total: page + g.leftLimit(), page: page, offset: g.left}
}
