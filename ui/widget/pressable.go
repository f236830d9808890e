// Package widget has the widgets and layouts that Seedbed's pages are made of. It knows
// nothing of datasets. Where a widget of Fyne 2.8 can look and behave as needed, it is
// used or embedded, under the name fynewidget; every other type says what Fyne's lacks.
package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/assets/crash"
)

// pressable is the base of the widgets that are pressed with the mouse, Space or Enter.
// Fyne's button ignores Enter, swallows the page's letter keys, and drops the focus when
// it is pressed, so that Tab would start again at the top of the page.
type pressable struct {
	fynewidget.DisableableWidget
	OnTapped func()

	hovered, focused bool
	closeDialog      func() // set while it is a button of a dialog
}

var (
	_ fyne.Focusable    = (*pressable)(nil)
	_ fyne.Tappable     = (*pressable)(nil)
	_ desktop.Hoverable = (*pressable)(nil)
)

// Tapped closes the dialog that the button belongs to, if any, and calls OnTapped.
func (p *pressable) Tapped(*fyne.PointEvent) {
	if p.Disabled() {
		return
	}
	if p.closeDialog != nil {
		p.closeDialog()
	}
	defer crash.Catch()
	if p.OnTapped != nil {
		p.OnTapped()
	}
}

// AccessibilityRole tells a screen reader that it can be pressed.
func (p *pressable) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// FocusGained is called by Fyne.
func (p *pressable) FocusGained() { p.focused = true; p.Refresh(); ScrollToFocus() }

// FocusLost is called by Fyne.
func (p *pressable) FocusLost() { p.focused = false; p.Refresh() }

// TypedRune hands letters on to the page.
func (p *pressable) TypedRune(r rune) { typeOnPage(r) }

// TypedKey presses it on Space and Enter, and closes its dialog on Escape.
func (p *pressable) TypedKey(event *fyne.KeyEvent) {
	switch event.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.Tapped(nil)
	case fyne.KeyEscape:
		closeTopDialog()
	default:
		typeOnWindow(event)
	}
}

// MouseIn is called by Fyne.
func (p *pressable) MouseIn(*desktop.MouseEvent) { p.hovered = true; p.Refresh() }

// MouseMoved is called by Fyne.
func (p *pressable) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called by Fyne.
func (p *pressable) MouseOut() { p.hovered = false; p.Refresh() }
