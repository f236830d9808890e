//go:build !ci

package shell

import (
	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// workArea is the primary screen without the desktop's bars, in pixels; zero where the
// system doesn't say. Fyne has no name for it.
func workArea() (area fyne.Size) {
	defer func() { _ = recover() }() // without a display GLFW panics, which opening the window tells
	monitor := glfw.GetPrimaryMonitor()
	if monitor == nil {
		return fyne.Size{}
	}
	_, _, width, height := monitor.GetWorkarea()
	return fyne.NewSize(float32(width), float32(height))
}
