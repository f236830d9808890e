package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
)

// focusMargin is the space to keep around what is scrolled into view.
const focusMargin float32 = 12

// ScrollToFocus scrolls the focused widget into view. Fyne moves the focus on Tab to
// widgets that are out of sight and has no event for it, so every focusable widget calls
// this from FocusGained.
func ScrollToFocus() {
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		root := w.Canvas().Content()
		if top := w.Canvas().Overlays().Top(); top != nil {
			root = top
		}
		if focused, ok := w.Canvas().Focused().(fyne.CanvasObject); ok {
			scrollTo(root, focused)
		}
	}
}

// scrollTo scrolls every container between root and target, the innermost first. It
// returns the position of target in root, and false when target is not inside root.
func scrollTo(root, target fyne.CanvasObject) (position fyne.Position, ok bool) {
	if root == target {
		return position, true
	}
	for _, child := range children(root) {
		if !child.Visible() {
			continue
		}
		position, ok = scrollTo(child, target)
		if !ok {
			continue
		}
		if scroll, scrolls := root.(*container.Scroll); scrolls {
			scroll.ScrollToOffset(fyne.NewPos(
				scrolledOffset(scroll.Offset.X, scroll.Size().Width, position.X, target.Size().Width, child.Size().Width),
				scrolledOffset(scroll.Offset.Y, scroll.Size().Height, position.Y, target.Size().Height, child.Size().Height)))
		}
		return position.Add(child.Position()), true
	}
	return position, false
}

// scrolledOffset returns the offset nearest to the present one at which a viewport shows
// the length from start on, out of total. What is too long is shown from its start.
func scrolledOffset(offset, viewport, start, length, total float32) float32 {
	offset = max(offset, start+length+focusMargin-viewport)
	offset = min(offset, start-focusMargin)
	return max(0, min(offset, total-viewport))
}

// children returns what a container, or a widget that contains others, holds.
func children(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case *container.Scroll:
		return []fyne.CanvasObject{o.Content}
	case *Panel:
		return []fyne.CanvasObject{o.Content}
	case *Radio:
		return []fyne.CanvasObject{o.box}
	case *Dialog:
		return []fyne.CanvasObject{o.body, o.buttons}
	}
	return nil
}

// firstFocusable returns the first enabled control in an object. Lists are passed over: in a
// dialog the button that closes it comes first.
func firstFocusable(o fyne.CanvasObject) fyne.Focusable {
	if _, list := o.(*List); list || !o.Visible() {
		return nil
	}
	if f, ok := o.(fyne.Focusable); ok {
		if d, ok := o.(fyne.Disableable); !ok || !d.Disabled() {
			return f
		}
	}
	for _, child := range children(o) {
		if f := firstFocusable(child); f != nil {
			return f
		}
	}
	return nil
}

// typeOnPage hands a letter that the focused widget has no use for to the page, so that
// its single-letter keys work wherever the focus is.
func typeOnPage(letter rune) {
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		if typed := w.Canvas().OnTypedRune(); typed != nil {
			typed(letter)
		}
	}
}

// typeOnWindow hands the help key to the window, wherever the focus is.
func typeOnWindow(event *fyne.KeyEvent) {
	if event.Name != fyne.KeyF1 {
		return
	}
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		if typed := w.Canvas().OnTypedKey(); typed != nil {
			typed(event)
		}
	}
}

// forwardShortcut hands a key with Ctrl that no entry has of its own to the window, since
// Fyne gives it to the focused entry alone.
func forwardShortcut(o fyne.CanvasObject, s fyne.Shortcut) {
	if _, custom := s.(*desktop.CustomShortcut); !custom {
		return
	}
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(o).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}
