package grid

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"golang.org/x/image/math/fixed"
)

// Sizes in Fyne's units at a text size of 14; all of them grow with the text.
const (
	baseText   = 14
	rowHeight  = 35
	cellPad    = 10 // left and right of a cell's text
	chipPad    = 9  // left and right of a chip's word
	chipHeight = 22
	barWidth   = 10 // of a scroll bar
	grabWidth  = 5  // each side of a header's border where it can be dragged
	smallText  = 12.5
)

// measure holds the sizes in device pixels for one scale and text size.
type measure struct {
	scale  float32 // device pixels in a unit
	zoom   float32 // device pixels in a unit at a text size of 14
	row    int
	pad    int
	bar    int
	text   textFont // of cells
	small  textFont // of chips, bold
	header textFont
}

// newMeasure works the sizes out.
func newMeasure(scale float32, th fyne.Theme) measure {
	m := measure{scale: scale, zoom: scale * th.Size(theme.SizeNameText) / baseText}
	m.row, m.pad, m.bar = m.px(rowHeight), m.px(cellPad), m.px(barWidth)
	m.text = textFont{size: m.fixed(baseText)}
	m.small = textFont{size: m.fixed(smallText), bold: true}
	m.header = textFont{size: m.fixed(smallText + 0.5), bold: true}
	return m
}

// px turns units at a text size of 14 into whole device pixels.
func (m measure) px(units float32) int { return int(math.Round(float64(units * m.zoom))) }

func (m measure) fixed(units float32) fixed.Int26_6 {
	return fixed.Int26_6(math.Round(float64(units * m.zoom * 64)))
}

// units turns device pixels into Fyne's units.
func (m measure) units(px int) float32 { return float32(px) / m.scale }

// pixel gives the device pixel that holds a position.
func (m measure) pixel(pos fyne.Position) (x, y int) {
	return int(math.Floor(float64(pos.X * m.scale))), int(math.Floor(float64(pos.Y * m.scale)))
}

// area gives the size in device pixels of an object. Fyne rounds where it starts and
// where it ends, so that the size depends on its place on the canvas too.
func (m measure) area(at fyne.Position, size fyne.Size) (width, height int) {
	edge := func(v float32) int { return int(math.Round(float64(v * m.scale))) }
	return edge(at.X+size.Width) - edge(at.X), edge(at.Y+size.Height) - edge(at.Y)
}

// pixelScale is how many device pixels a unit of an object's canvas has. It asks
// for a far position, because canvases answer in whole pixels.
func pixelScale(o fyne.CanvasObject) float32 {
	const far = 1000
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return 1
	}
	x, _ := c.PixelCoordinateForPosition(fyne.NewPos(far, 0))
	return float32(x) / far
}
