package grid

import (
	"fmt"
	"strings"
)

// keepLimit is the largest selection that is looked up when the order changes.
const keepLimit = 1000

// moveTo brings the cursor to row i, or as near as there is one, and scrolls to it.
// It selects that row alone or, when extending, all from the anchor to it.
func (g *Grid) moveTo(i int, extend bool) {
	if n := g.rows.Len(); n > 0 {
		g.choose(min(max(i, 0), n-1), extend)
		g.ScrollTo(g.cursor)
	}
}

// choose is moveTo for a row that is on the screen, even in part: it stays under
// the mouse.
func (g *Grid) choose(i int, extend bool) {
	if !extend || g.anchor < 0 {
		g.anchor = i
	}
	g.selected.only(rowRange{min(g.anchor, i), max(g.anchor, i) + 1})
	g.setCursor(i)
	g.selectionChanged()
}

// setCursor brings the cursor to row i and leaves the selection.
func (g *Grid) setCursor(i int) {
	g.cursor = i
	g.cursorChanged()
}

// toggle selects row i too, or not any more, and brings the cursor there.
func (g *Grid) toggle(i int) {
	g.selected.toggle(i)
	g.anchor = i
	g.setCursor(i)
	g.selectionChanged()
}

// keepCursor finds the cursor's row of an old order in the new one and scrolls so
// that it stays where it was on the screen.
func (g *Grid) keepCursor(old Rows) {
	first, n := g.view.top, g.view.page()
	held := g.cursor
	if held < first || held > first+n {
		held = first // the cursor is out of sight: hold the top row
	}
	y := g.view.y(held)
	if at, ok := moved(old, g.rows, held); ok {
		g.view.scrollTo(at*g.view.row - y)
	}
	if g.cursor < 0 {
		return
	}
	at, ok := moved(old, g.rows, g.cursor)
	if !ok {
		at = min(g.cursor, g.rows.Len()-1)
		if at >= 0 && g.selected.count() == 0 {
			g.selected.only(rowRange{at, at + 1})
		}
	}
	g.cursor, g.anchor = at, at
	g.cursorChanged()
}

// keepSelection finds the selected rows of an old order in the new one.
func (g *Grid) keepSelection(old Rows) {
	was := g.selected
	g.selected = selection{}
	if was.count() == 0 {
		return
	}
	if was.count() <= keepLimit {
		for _, r := range was.ranges {
			for i := r.first; i < r.end; i++ {
				if at, ok := moved(old, g.rows, i); ok {
					g.selected.add(rowRange{at, at + 1})
				}
			}
		}
	}
	g.selectionChanged()
}

// moved gives where row i of an old order is in a new one.
func moved(old, rows Rows, i int) (at int, ok bool) {
	if i < 0 || i >= old.Len() {
		return 0, false
	}
	return rows.Find(old.Key(i))
}

// spoken is the label for people who hear the window.
func (g *Grid) spoken() string {
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
