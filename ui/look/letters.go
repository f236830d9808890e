package look

import "fyne.io/fyne/v2"

// toPage hands a letter typed on a widget that has no use for it to the page, so that
// its keys work wherever the keyboard is.
func toPage(o fyne.CanvasObject, letter rune) {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return
	}
	if typed := c.OnTypedRune(); typed != nil {
		typed(letter)
	}
}
