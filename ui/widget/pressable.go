package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// pressable is a widget that is pressed with the mouse, Space or Enter. It knows
// whether the pointer or the keyboard is on it; its letters belong to the page.
type pressable struct {
	widget.DisableableWidget
	OnTapped func()

	hovered, focused bool
	escape           func()
}

var (
	_ fyne.Focusable    = (*pressable)(nil)
	_ fyne.Tappable     = (*pressable)(nil)
	_ desktop.Hoverable = (*pressable)(nil)
)

// Tapped presses it.
func (p *pressable) Tapped(*fyne.PointEvent) {
	if !p.Disabled() && p.OnTapped != nil {
		p.OnTapped()
	}
}

// FocusGained is called by Fyne.
func (p *pressable) FocusGained() { p.focused = true; p.Refresh(); Reveal() }

// FocusLost is called by Fyne.
func (p *pressable) FocusLost() { p.focused = false; p.Refresh() }

// TypedRune is called by Fyne.
func (p *pressable) TypedRune(r rune) { toPage(r) }

// TypedKey presses it on Space and Enter.
func (p *pressable) TypedKey(event *fyne.KeyEvent) {
	switch event.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.Tapped(nil)
	case fyne.KeyEscape:
		if p.escape != nil {
			p.escape()
		}
	}
}

func (p *pressable) onEscape(escape func()) { p.escape = escape }

// MouseIn is called by Fyne.
func (p *pressable) MouseIn(*desktop.MouseEvent) { p.hovered = true; p.Refresh() }

// MouseMoved is called by Fyne.
func (p *pressable) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called by Fyne.
func (p *pressable) MouseOut() { p.hovered = false; p.Refresh() }
