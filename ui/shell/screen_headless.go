//go:build ci

package shell

import (
	"image"

	"fyne.io/fyne/v2"
)

// workAreas are unknown without a screen.
func workAreas() []image.Rectangle { return nil }

// windowPlace is unknown without a screen.
func windowPlace(fyne.Window) (place image.Point, known bool) { return image.Point{}, false }
