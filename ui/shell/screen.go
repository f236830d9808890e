package shell

import "fyne.io/fyne/v2"

// usualSize is the window's size where the screen has room for it, and titleBar what the
// desktop adds above it.
var (
	usualSize = fyne.NewSize(1280, 800)
	titleBar  = fyne.NewSize(0, 40)
)

// fitScreen gives the window the size that it had last, as far as the screen has room,
// and reports whether that is another size. The scale is known once the window is up.
func (w *Window) fitScreen(scale float32) (resized bool) {
	size := w.Settings.WindowSize()
	if size.IsZero() {
		size = usualSize
	}
	if area := workArea(); !area.IsZero() {
		size = size.Min(areaIn(area, scale))
	}
	if size == w.size {
		return false
	}
	w.size = size
	w.Fyne.Resize(size)
	return true
}

// areaIn is what a window's content may take of an area in pixels, at a scale.
func areaIn(pixels fyne.Size, scale float32) fyne.Size {
	return fyne.NewSize(pixels.Width/scale, pixels.Height/scale).Subtract(titleBar)
}
