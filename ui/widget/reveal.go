package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// revealMargin is how much is left free around what comes into view.
const revealMargin float32 = 12

// Reveal scrolls what has the keyboard into view, wherever it stands in what scrolls:
// Tab goes on to what is out of sight, too. Every widget that takes the keyboard calls
// it when it gets it.
func Reveal() {
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		root := w.Canvas().Content()
		if top := w.Canvas().Overlays().Top(); top != nil {
			root = top
		}
		if focused, ok := w.Canvas().Focused().(fyne.CanvasObject); ok {
			revealIn(root, focused)
		}
	}
}

// revealIn scrolls what stands between root and o, the innermost first, and returns
// where o then is in root; ok is false where it is not in it.
func revealIn(root, o fyne.CanvasObject) (at fyne.Position, ok bool) {
	if root == o {
		return at, true
	}
	for _, child := range inside(root) {
		if !child.Visible() {
			continue
		}
		at, ok = revealIn(child, o)
		if !ok {
			continue
		}
		if scroll, scrolls := root.(*container.Scroll); scrolls {
			scroll.ScrollToOffset(fyne.NewPos(
				shifted(scroll.Offset.X, scroll.Size().Width, at.X, o.Size().Width, child.Size().Width),
				shifted(scroll.Offset.Y, scroll.Size().Height, at.Y, o.Size().Height, child.Size().Height)))
		}
		return at.Add(child.Position()), true
	}
	return at, false
}

// shifted is the offset at which a stretch from at on shows in a room, of all there is,
// and the one before where it does already. The beginning comes first.
func shifted(offset, room, at, length, all float32) float32 {
	offset = max(offset, at+length+revealMargin-room)
	offset = min(offset, at-revealMargin)
	return max(0, min(offset, all-room))
}

// inside are the objects that something holds.
func inside(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case *container.Scroll:
		return []fyne.CanvasObject{o.Content}
	case *Surface:
		return []fyne.CanvasObject{o.Content}
	case *Radio:
		return []fyne.CanvasObject{o.lines}
	case *widget.PopUp:
		return []fyne.CanvasObject{o.Content}
	}
	return nil
}
