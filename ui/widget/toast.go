package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// How long news stays: what offers a button stays longer, so that it can be read and
// pressed.
const toastFor, toastWithButtonFor = 4 * time.Second, 7 * time.Second

// toastCut is how many characters of news there is room for: paths can be long.
const toastCut = 110

// Toasts is the place at the window's foot where short news comes and goes. It lies
// over the status bar, below the pages, so that it covers no button.
type Toasts struct {
	box  *fyne.Container
	post func(func())
}

// NewToasts returns it empty; post runs a function on the main goroutine.
func NewToasts(post func(func())) *Toasts {
	return &Toasts{box: Stack(6), post: post}
}

// Object is what goes over the window's content.
func (t *Toasts) Object() fyne.CanvasObject {
	return container.NewVBox(layout.NewSpacer(), container.NewCenter(t.box))
}

// Done tells that something went well; undo, where there is one, takes it back.
func (t *Toasts) Done(text string, undoLabel string, undo func()) {
	line := newText(cut(text, toastCut), Body("").segment.Style)
	row := Row(12, line)
	toast := newSurface(row, ColorCard, ColorBorder, 9, 12, 7)
	stay := toastFor
	if undo != nil {
		stay = toastWithButtonFor
		row.Add(NewButton(undoLabel, func() {
			t.box.Remove(toast)
			undo()
		}))
	}
	// A second note would climb over the page's buttons.
	t.box.Objects = nil
	t.box.Add(toast)
	time.AfterFunc(stay, func() { t.post(func() { t.box.Remove(toast) }) })
}

// Clear takes all news away.
func (t *Toasts) Clear() { t.box.RemoveAll() }
