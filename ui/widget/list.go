package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/assets/crash"
)

// List is Fyne's list, with what that lacks: a ring while it has the keyboard, Escape for the
// dialog around it, and the page's letter keys.
type List struct {
	fynewidget.List
	focused bool
}

var _ fyne.Focusable = (*List)(nil)

// NewList returns a list of rows that create makes and update fills.
func NewList(length func() int, create func() fyne.CanvasObject, update func(row int, o fyne.CanvasObject)) *List {
	l := &List{}
	l.Length, l.CreateItem, l.UpdateItem = length, create, update
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer is called by Fyne.
func (l *List) CreateRenderer() fyne.WidgetRenderer {
	return newRingRenderer(l, l.List.CreateRenderer(), &l.focused)
}

// FocusGained is called by Fyne.
func (l *List) FocusGained() {
	l.focused = true
	l.List.FocusGained()
	l.Refresh()
	ScrollToFocus()
}

// FocusLost is called by Fyne.
func (l *List) FocusLost() {
	l.focused = false
	l.List.FocusLost()
	l.Refresh()
}

// TypedRune hands letters on to the page.
func (l *List) TypedRune(r rune) { typeOnPage(r) }

// TypedKey moves between the rows, and closes a dialog on Escape.
func (l *List) TypedKey(event *fyne.KeyEvent) {
	defer crash.Catch()
	typeOrEscape(event, l.List.TypedKey)
}
