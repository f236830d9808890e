package grid

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
)

// keepLimit is the largest selection that is looked up again when the order changes.
const keepLimit = 1000

// moveTo moves the cursor to row i, clamped to the rows, and scrolls to it. It selects
// that row alone or, when extending, the range from the anchor.
func (g *Grid) moveTo(i int, extend bool) {
	if n := g.rows.Len(); n > 0 {
		g.selectTo(min(max(i, 0), n-1), extend)
		g.ScrollTo(g.cursor)
	}
}

// selectTo is moveTo without scrolling, for a row that is at least partly visible: it
// must stay under the pointer.
func (g *Grid) selectTo(i int, extend bool) {
	if !extend || g.anchor < 0 {
		g.anchor = i
	}
	g.selected.replace(rowRange{min(g.anchor, i), max(g.anchor, i) + 1})
	g.setCursor(i)
	g.selectionChanged()
}

// setCursor moves the cursor and keeps the selection.
func (g *Grid) setCursor(i int) {
	g.cursor = i
	g.cursorChanged()
}

// toggle adds row i to the selection or removes it, and moves the cursor there.
func (g *Grid) toggle(i int) {
	g.selected.toggle(i)
	g.anchor = i
	g.setCursor(i)
	g.selectionChanged()
}

// keepCursor finds the row of the cursor in a new order, and scrolls so that the held row
// stays where it was on the screen.
func (g *Grid) keepCursor(old Rows, held heldRow) {
	if at, ok := newIndex(old, g.rows, held.row); ok {
		g.view.place(at, held.y)
	}
	if g.cursor < 0 {
		return
	}
	at, ok := newIndex(old, g.rows, g.cursor)
	if !ok {
		at = g.successor(old, g.cursor)
		if at >= 0 && g.selected.count() == 0 {
			g.selected.replace(rowRange{at, at + 1})
		}
	}
	g.cursor, g.anchor = at, at
	g.cursorChanged()
}

// successor returns the row in place of one that is gone: the next of the rows after it
// that is still there, or else the row with its index.
func (g *Grid) successor(old Rows, gone int) int {
	const near = 32 // each has to be searched for
	for i := gone + 1; i < min(old.Len(), gone+near); i++ {
		if at, ok := newIndex(old, g.rows, i); ok {
			return at
		}
	}
	return min(gone, g.rows.Len()-1)
}

// keepSelection finds the selected rows in a new order.
func (g *Grid) keepSelection(old Rows) {
	was := g.selected
	g.selected = selection{}
	if was.count() == 0 {
		return
	}
	if was.count() <= keepLimit {
		for _, r := range was.ranges {
			for i := r.first; i < r.end; i++ {
				if at, ok := newIndex(old, g.rows, i); ok {
					g.selected.add(rowRange{at, at + 1})
				}
			}
		}
	}
	g.selectionChanged()
}

// newIndex returns the index in rows of what was row i of old.
func newIndex(old, rows Rows, i int) (at int, ok bool) {
	if i < 0 || i >= old.Len() {
		return 0, false
	}
	return rows.Find(old.Key(i))
}

// AccessibilityLabel returns the position of the cursor and the contents of its row,
// for screen readers.
func (g *Grid) AccessibilityLabel() string {
	if g.cursor < 0 {
		return fmt.Sprintf("%s: %d", g.Name, g.rows.Len())
	}
	words := []string{fmt.Sprintf("%s %d / %d", g.Name, g.cursor+1, g.rows.Len())}
	cells, _ := g.rows.Cells(g.cursor)
	for _, c := range cells {
		if c.Text != "" {
			words = append(words, c.Text)
		}
	}
	return strings.Join(words, ", ")
}

// pendingEvents are the callbacks to call. They are called once per turn of the event
// loop, however many keys were pressed.
type pendingEvents struct {
	waiting   bool
	selection bool
	moved     bool
	visible   rowRange // as last reported
}

// cursorChanged and selectionChanged repaint and schedule the callback.
func (g *Grid) cursorChanged() {
	g.pending.moved = true
	g.repaint()
	g.scheduleEvents()
}

func (g *Grid) selectionChanged() {
	g.pending.selection = true
	g.repaint()
	g.scheduleEvents()
}

// scrolled repaints after the viewport has moved and schedules the callbacks.
func (g *Grid) scrolled() {
	g.editor.place()
	g.repaint()
	g.scheduleEvents()
}

// scheduleEvents calls the pending callbacks soon.
func (g *Grid) scheduleEvents() {
	if !g.pending.waiting {
		g.pending.waiting = true
		fyne.Do(g.fireEvents)
	}
}

func (g *Grid) fireEvents() {
	first, n := g.view.visible()
	visible := rowRange{first, first + n}
	seen := visible != g.pending.visible
	moved := g.pending.moved
	selection := g.pending.selection
	g.pending = pendingEvents{visible: visible}
	if seen && n > 0 && g.OnVisible != nil {
		g.OnVisible(first, n)
	}
	if moved && g.OnCursor != nil {
		g.OnCursor(g.cursor)
	}
	if selection && g.OnSelect != nil {
		g.OnSelect()
	}
}
