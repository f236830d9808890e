package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// How long a toast stays; one with a button stays longer, to be read and pressed.
const toastDuration, actionToastDuration = 4 * time.Second, 7 * time.Second

// toastLength is how many characters of a toast are shown: paths can be long.
const toastLength = 110

// toastGap is between a toast and the status bar, or the edge of the window.
const toastGap float32 = 10

// Toasts shows short messages at the foot of the window for a few seconds, one at a
// time, clear of the status bar.
// Fyne has none; its notifications are the desktop's and have no button.
type Toasts struct {
	box   *fyne.Container
	place *fyne.Container // of the box
	post  func(func())
}

// NewToasts returns an empty place for toasts; post runs a function on the main goroutine.
func NewToasts(post func(func())) *Toasts { return &Toasts{box: VBox(6), post: post} }

// Object is what goes over the window's content, above a status bar; nil for none.
func (t *Toasts) Object(statusBar fyne.CanvasObject) fyne.CanvasObject {
	t.place = container.New(toastLayout{statusBar}, t.box)
	return t.place
}

// toastLayout puts what it lays out in the middle, above a status bar.
type toastLayout struct{ statusBar fyne.CanvasObject }

func (l toastLayout) foot() float32 {
	if l.statusBar == nil {
		return toastGap
	}
	return toastGap + l.statusBar.MinSize().Height
}

func (l toastLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		least := o.MinSize()
		o.Resize(least)
		o.Move(fyne.NewPos((size.Width-least.Width)/2, size.Height-least.Height-l.foot()))
	}
}

func (l toastLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(0, l.foot())
}

// Show replaces the present toast; a nil action shows no button.
func (t *Toasts) Show(text, actionLabel string, action func()) {
	row := HBox(12, newText(truncate(text, toastLength), bodyStyle))
	toast := newPanel(row, toastStyle)
	duration := toastDuration
	if action != nil {
		duration = actionToastDuration
		row.Add(NewButton(actionLabel, func() {
			t.box.Remove(toast)
			action()
		}))
	}
	t.box.Objects = nil // two of them would cover the page's buttons
	t.box.Add(toast)
	if t.place != nil {
		t.place.Refresh()
	}
	time.AfterFunc(duration, func() { t.post(func() { t.box.Remove(toast) }) })
}

// Clear removes the toast.
func (t *Toasts) Clear() { t.box.RemoveAll() }
