package widget

import "fyne.io/fyne/v2"

// toPage hands a letter typed on a widget that has no use for it to the page, so that
// its keys work wherever the keyboard is.
func toPage(letter rune) {
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		if typed := w.Canvas().OnTypedRune(); typed != nil {
			typed(letter)
		}
	}
}
