package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"seedbed/ui/shell/shelltest"
)

// TestTabBringsIntoView goes round every page in the smallest window, with the largest
// text: what has the keyboard can be seen.
func TestTabBringsIntoView(t *testing.T) {
	w := newTestApp(t)
	w.Settings.SetTextSize(2)
	w.ApplyTheme()
	w.Open(shelltest.Messages(60)...)
	for _, p := range w.Pages() {
		w.GoTo(p.ID)
		w.Settle()
		w.Fyne.Resize(small.AddWidthHeight(9, 9))
		w.Fyne.Resize(small)
		w.Canvas().Unfocus()
		for range 60 {
			w.Canvas().FocusNext()
			focused, ok := w.Canvas().Focused().(fyne.CanvasObject)
			if ok && !inView(w.Fyne.Content(), focused, fyne.Position{}, fyne.Position{}, fyne.NewPos(small.Width, small.Height)) {
				t.Errorf("%s: Tab comes to %T %s, which can't be seen", p.ID, focused, wordsOf(focused))
			}
		}
	}
}

// inView reports whether o, which is somewhere in root at a position, shows between
// two corners: at least where it begins.
func inView(root, o fyne.CanvasObject, at, first, last fyne.Position) bool {
	if !root.Visible() {
		return false
	}
	at = at.Add(root.Position())
	if root == o {
		return at.X >= first.X && at.Y >= first.Y && at.X < last.X && at.Y+min(o.Size().Height, 20) <= last.Y
	}
	var inside []fyne.CanvasObject
	switch root := root.(type) {
	case *container.Scroll:
		end := at.Add(root.Size())
		first, last = fyne.NewPos(max(first.X, at.X), max(first.Y, at.Y)), fyne.NewPos(min(last.X, end.X), min(last.Y, end.Y))
		inside = []fyne.CanvasObject{root.Content}
	case *fyne.Container:
		inside = root.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(root).Objects()
	}
	for _, child := range inside {
		if inView(child, o, at, first, last) {
			return true
		}
	}
	return false
}
