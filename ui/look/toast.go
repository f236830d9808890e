package look

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

const toastFor = 6 * time.Second

// Toasts is the place at the window's foot where short news comes and goes.
type Toasts struct {
	box  *fyne.Container
	post func(func())
}

// NewToasts returns it empty; post runs a function on the main goroutine.
func NewToasts(post func(func())) *Toasts {
	return &Toasts{box: Stack(8), post: post}
}

// Object is what goes over the window's content.
func (t *Toasts) Object() fyne.CanvasObject {
	return container.NewVBox(layout.NewSpacer(), container.NewCenter(t.box), container.New(layout.NewCustomPaddedLayout(0, 44, 0, 0)))
}

// Done tells that something went well; undo, where there is one, takes it back.
func (t *Toasts) Done(text string, undoLabel string, undo func()) {
	line := newText(text, Body("").segment.Style)
	row := Row(12, line)
	toast := newSurface(row, ColorCard, ColorBorder, 9, 14, 10)
	if undo != nil {
		row.Add(NewButton(undoLabel, func() {
			t.box.Remove(toast)
			undo()
		}))
	}
	t.show(toast)
}

// show keeps at most three notes, the newest at the bottom.
func (t *Toasts) show(toast fyne.CanvasObject) {
	if len(t.box.Objects) >= 3 {
		t.box.Remove(t.box.Objects[0])
	}
	t.box.Add(toast)
	time.AfterFunc(toastFor, func() { t.post(func() { t.box.Remove(toast) }) })
}
