//go:build !ci

package system

import (
	"image"

	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// WorkAreas are the screens without the desktop's bars, in pixels, the primary one first;
// none where the system doesn't say. Fyne has no name for them.
func WorkAreas() (areas []image.Rectangle) {
	defer func() { _ = recover() }() // without a display GLFW panics, which opening the window tells
	for _, monitor := range glfw.GetMonitors() {
		x, y, width, height := monitor.GetWorkarea()
		areas = append(areas, image.Rect(x, y, x+width, y+height))
	}
	return areas
}

// WindowPlace is where the window's content begins on the screen, in pixels. Fyne can set
// it, but doesn't tell it.
func WindowPlace(w fyne.Window) (place image.Point, known bool) {
	defer func() { _ = recover() }() // Wayland doesn't tell
	if driver, ok := w.(interface{ RunWithContext(run func()) }); ok {
		driver.RunWithContext(func() {
			x, y := glfw.GetCurrentContext().GetPos()
			place, known = image.Pt(x, y), true
		})
	}
	return place, known
}
