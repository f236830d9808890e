package grid

import "fyne.io/fyne/v2"

// news is what the callbacks have still to be told. It is told once per turn of
// the window's loop, however many keys came in.
type news struct {
	waiting   bool
	selection bool
	moved     bool
	visible   rowRange // last told
}

// cursorChanged and selectionChanged note a change, paint it and have it told.
func (g *Grid) cursorChanged() {
	g.news.moved = true
	g.repaint()
	g.announce()
}

func (g *Grid) selectionChanged() {
	g.news.selection = true
	g.repaint()
	g.announce()
}

// scrolled paints and tells after the view has moved.
func (g *Grid) scrolled() {
	g.editor.place()
	g.repaint()
	g.announce()
}

// announce has the callbacks called soon.
func (g *Grid) announce() {
	if !g.news.waiting {
		g.news.waiting = true
		fyne.Do(g.tell)
	}
}

func (g *Grid) tell() {
	first, n := g.view.visible()
	visible := rowRange{first, first + n}
	seen := visible != g.news.visible
	moved := g.news.moved
	selection := g.news.selection
	g.news = news{visible: visible}
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
