package review

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/assets/crash"
	"seedbed/ui/widget"
)

// field is a text field that leaves some keys to its page.
type field struct {
	fynewidget.Entry
	onKey      func(*fyne.KeyEvent) (taken bool)
	onShortcut func(fyne.Shortcut) (taken bool)
	onLeft     func() // the field lost the keyboard
}

func newField() *field {
	f := &field{}
	f.ExtendBaseWidget(f)
	return f
}

// FocusGained is called by Fyne.
func (f *field) FocusGained() {
	f.Entry.FocusGained()
	widget.ScrollToFocus()
}

// TypedKey is called by Fyne.
func (f *field) TypedKey(ev *fyne.KeyEvent) {
	defer crash.Catch()
	if f.onKey == nil || !f.onKey(ev) {
		f.Entry.TypedKey(ev)
	}
}

// TypedShortcut is called by Fyne. What an entry knows stays with it; the rest goes to
// the page and then to the window.
func (f *field) TypedShortcut(s fyne.Shortcut) {
	defer crash.Catch()
	if f.onShortcut != nil && f.onShortcut(s) {
		return
	}
	if _, custom := s.(*desktop.CustomShortcut); custom {
		if c, ok := fyne.CurrentApp().Driver().CanvasForObject(f).(fyne.Shortcutable); ok {
			c.TypedShortcut(s)
		}
	}
	f.Entry.TypedShortcut(s)
}

// FocusLost is called by Fyne.
func (f *field) FocusLost() {
	defer crash.Catch()
	f.Entry.FocusLost()
	if f.onLeft != nil {
		f.onLeft()
	}
}

// AcceptsTab is called by Fyne: Tab moves to the next widget.
func (f *field) AcceptsTab() bool { return false }
