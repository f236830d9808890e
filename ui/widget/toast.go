package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"seedbed/ui/theme"
)

// How long a toast stays; one with a button stays longer, to be read and pressed.
const toastDuration, actionToastDuration = 4 * time.Second, 7 * time.Second

// toastLength is how many characters of a toast are shown: paths can be long.
const toastLength = 110

// toastFoot is the height of the status bar, with a gap.
const toastFoot float32 = 40

// Toasts shows short messages at the foot of the window for a few seconds, one at a
// time, clear of the status bar.
// Fyne has none; its notifications are the desktop's and have no button.
type Toasts struct {
	box  *fyne.Container
	post func(func())
}

// NewToasts returns an empty place for toasts; post runs a function on the main goroutine.
func NewToasts(post func(func())) *Toasts { return &Toasts{box: VBox(6), post: post} }

// Object is what goes over the window's content.
func (t *Toasts) Object() fyne.CanvasObject {
	return container.NewVBox(layout.NewSpacer(), container.New(layout.NewCustomPaddedLayout(0, theme.Scaled(toastFoot), 0, 0), container.NewCenter(t.box)))
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
	time.AfterFunc(duration, func() { t.post(func() { t.box.Remove(toast) }) })
}

// Clear removes the toast.
func (t *Toasts) Clear() { t.box.RemoveAll() }
