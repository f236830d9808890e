//go:build ci

package system

import (
	"image"

	"fyne.io/fyne/v2"
)

// WorkAreas are unknown without a screen.
func WorkAreas() []image.Rectangle { return nil }

// WindowPlace is unknown without a screen.
func WindowPlace(fyne.Window) (place image.Point, known bool) { return image.Point{}, false }
