package shell

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"seedbed/ui/system"
)

// usualSize is the window's size where the screen has room for it, smallestSize the least
// that one opens with there, and titleBar what the desktop adds above it.
var (
	usualSize    = fyne.NewSize(1280, 800)
	smallestSize = fyne.NewSize(800, 500)
	titleBar     = fyne.NewSize(0, 40)
)

// fitScreen gives the window the size that it had last, as far as the screen has room. The
// scale is known once the window is up.
func (w *Window) fitScreen(scale float32) {
	_, _, size := w.Settings.WindowPlace()
	if size.IsZero() {
		size = usualSize
	}
	size = size.Max(smallestSize)
	if areas := system.WorkAreas(); len(areas) > 0 {
		size = size.Min(areaIn(areas[0], scale))
	}
	if size != w.size {
		w.size = size
		w.Fyne.Resize(size)
	}
}

// areaIn is what a window's content may take of an area in pixels, at a scale.
func areaIn(pixels image.Rectangle, scale float32) fyne.Size {
	return fyne.NewSize(float32(pixels.Dx())/scale, float32(pixels.Dy())/scale).Subtract(titleBar)
}

// moveBack puts the window where it was last, and reports whether it may stay there: the
// screen that it was on may be gone.
func (w *Window) moveBack(scale float32) bool {
	place, known, _ := w.Settings.WindowPlace()
	movable, ok := w.Fyne.(desktop.Window)
	if !known || !ok {
		return false
	}
	bounds := image.Rectangle{Min: place, Max: place.Add(image.Pt(int(w.size.Width*scale), int(w.size.Height*scale)))}
	for _, area := range system.WorkAreas() {
		if bounds.In(area) {
			movable.RequestPosition(place.X, place.Y)
			return true
		}
	}
	return false
}

// centre puts the window in the middle of its screen's work area, where the system lets it.
// Fyne's CenterOnScreen reckons with the size from before the window was fitted to the screen.
func (w *Window) centre(scale float32) {
	areas := system.WorkAreas()
	movable, ok := w.Fyne.(desktop.Window)
	if _, known := system.WindowPlace(w.Fyne); !known || !ok || len(areas) == 0 {
		return
	}
	bar := int(titleBar.Height * scale)
	left := areas[0].Dx() - int(w.size.Width*scale)
	above := areas[0].Dy() - bar - int(w.size.Height*scale)
	movable.RequestPosition(areas[0].Min.X+max(left, 0)/2, areas[0].Min.Y+bar+max(above, 0)/2)
}

// rememberPlace keeps size and place of the window for the next start.
func (w *Window) rememberPlace() {
	place, known := system.WindowPlace(w.Fyne)
	w.Settings.SetWindowPlace(place, known, w.Fyne.Canvas().Size())
}
