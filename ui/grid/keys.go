package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"seedbed/assets/crash"
)

// currentModifiers returns the modifier keys that are down.
func currentModifiers() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}

// FocusGained is called by Fyne.
func (g *Grid) FocusGained() { g.setFocused(true) }

// FocusLost is called by Fyne.
func (g *Grid) FocusLost() { g.setFocused(false) }

func (g *Grid) setFocused(focused bool) {
	g.focused = focused
	if focused && g.cursor < 0 && g.rows.Len() > 0 {
		g.selectTo(g.view.top, false) // so that the cursor is visible
	}
	g.repaint()
}

// requestFocus takes the focus.
func (g *Grid) requestFocus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil && c.Focused() != g {
		c.Focus(g)
	}
}

// TypedKey is called by Fyne for keys without Ctrl or Alt.
func (g *Grid) TypedKey(ev *fyne.KeyEvent) {
	defer crash.Catch()
	shift := g.modifiers()&fyne.KeyModifierShift != 0
	if to, ok := g.target(ev.Name); ok {
		g.moveTo(to, shift)
		return
	}
	switch {
	case ev.Name == fyne.KeyLeft:
		g.scrollSideways(-g.m.px(rowHeight))
	case ev.Name == fyne.KeyRight:
		g.scrollSideways(g.m.px(rowHeight))
	case ev.Name == fyne.KeyReturn, ev.Name == fyne.KeyEnter, ev.Name == fyne.KeyF2:
		g.Edit()
	case ev.Name == desktop.KeyMenu, ev.Name == fyne.KeyF10 && shift:
		g.menuAtCursor()
	case ev.Name == fyne.KeyEscape && g.SelectedCount() > 0:
		g.ClearSelection()
	case g.OnKey != nil:
		g.OnKey(ev)
	}
}

// target returns the row that a key moves the cursor to.
func (g *Grid) target(key fyne.KeyName) (to int, ok bool) {
	to, ok = map[fyne.KeyName]int{
		fyne.KeyUp:       g.cursor - 1,
		fyne.KeyDown:     g.cursor + 1,
		fyne.KeyPageUp:   g.view.above(g.cursor),
		fyne.KeyPageDown: g.view.below(g.cursor),
		fyne.KeyHome:     0,
		fyne.KeyEnd:      g.rows.Len() - 1,
	}[key]
	return to, ok
}

// TypedRune is called by Fyne.
func (g *Grid) TypedRune(r rune) {
	defer crash.Catch()
	if g.OnRune != nil {
		g.OnRune(r)
	}
}

// TypedShortcut is called by Fyne for keys with Ctrl or Alt. Ctrl with an arrow key
// moves the cursor and keeps the selection, Ctrl+Space toggles the row.
func (g *Grid) TypedShortcut(s fyne.Shortcut) {
	defer crash.Catch()
	if _, ok := s.(*fyne.ShortcutSelectAll); ok {
		g.SelectAll()
		return
	}
	if c, ok := s.(*desktop.CustomShortcut); ok && g.controlKey(c) {
		return
	}
	if g.OnShortcut != nil && g.OnShortcut(s) {
		return
	}
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(g).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

func (g *Grid) controlKey(c *desktop.CustomShortcut) (taken bool) {
	if c.Modifier&^fyne.KeyModifierShift != fyne.KeyModifierShortcutDefault || g.rows.Len() == 0 {
		return false
	}
	shift := c.Modifier&fyne.KeyModifierShift != 0
	to, moves := g.target(c.KeyName)
	switch {
	case c.KeyName == fyne.KeySpace && g.cursor >= 0:
		g.toggle(g.cursor)
	case !moves:
		return false
	case shift || c.KeyName == fyne.KeyHome || c.KeyName == fyne.KeyEnd:
		g.moveTo(to, shift)
	default:
		g.setCursor(min(max(to, 0), g.rows.Len()-1))
		g.ScrollTo(g.cursor)
	}
	return true
}

// menuAtCursor opens the context menu below the start of the cursor's row.
func (g *Grid) menuAtCursor() {
	if g.cursor < 0 || g.OnMenu == nil {
		return
	}
	g.ScrollTo(g.cursor)
	body := g.bodyArea()
	y := g.m.units(min(body.Max.Y, body.Min.Y+g.view.y(g.cursor)+g.view.rowHeight(g.cursor)))
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(g).AddXY(g.m.units(g.m.pad), y)
	g.OnMenu(g.cursor, at)
}

// scrollSideways scrolls the columns by a number of pixels.
func (g *Grid) scrollSideways(by int) {
	g.left = min(max(g.left+by, 0), g.leftLimit())
	g.scrolled()
}
