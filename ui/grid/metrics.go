package grid

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"golang.org/x/image/math/fixed"
)

// Sizes in device-independent pixels at a text size of 14; all of them scale with the
// text.
const (
	baseText    = 14
	rowHeight   = 35
	lineHeight  = 20
	cellPad     = 10 // left and right of a cell's text
	chipPad     = 9  // left and right of a chip's text
	chipHeight  = 22
	barWidth    = 10 // of a scroll bar
	signWidth   = 22 // of the sign in the header that opens the menu of columns
	moveReach   = 6  // how far a header has to be dragged to move its column
	borderReach = 5  // how far from the border between two headers a drag can start
	smallText   = 12.5
)

// metrics holds the sizes in device pixels for a display scale and text size.
type metrics struct {
	scale  float32 // device pixels per device-independent pixel
	zoom   float32 // as scale, at a text size of 14
	row    int     // height of a row of one line, and of the header
	line   int     // what each further line adds
	pad    int
	bar    int
	text   textFont // of cells
	small  textFont // of chips, bold
	header textFont
}

// newMetrics calculates the sizes.
func newMetrics(scale float32, th fyne.Theme) metrics {
	m := metrics{scale: scale, zoom: scale * th.Size(theme.SizeNameText) / baseText}
	m.row, m.line, m.pad, m.bar = m.px(rowHeight), m.px(lineHeight), m.px(cellPad), m.px(barWidth)
	m.text = textFont{size: m.fixed(baseText)}
	m.small = textFont{size: m.fixed(smallText), bold: true}
	m.header = textFont{size: m.fixed(smallText + 0.5), bold: true}
	return m
}

// px converts device-independent pixels at a text size of 14 to whole device pixels.
func (m metrics) px(units float32) int { return int(math.Round(float64(units * m.zoom))) }

func (m metrics) fixed(units float32) fixed.Int26_6 {
	return fixed.Int26_6(math.Round(float64(units * m.zoom * 64)))
}

// units converts device pixels to device-independent ones.
func (m metrics) units(px int) float32 { return float32(px) / m.scale }

// pixel returns the device pixel at a position.
func (m metrics) pixel(pos fyne.Position) (x, y int) {
	return int(math.Floor(float64(pos.X * m.scale))), int(math.Floor(float64(pos.Y * m.scale)))
}

// area returns the size of an object in device pixels. Fyne rounds both of its edges,
// so that the size also depends on the position.
func (m metrics) area(at fyne.Position, size fyne.Size) (width, height int) {
	edge := func(v float32) int { return int(math.Round(float64(v * m.scale))) }
	return edge(at.X+size.Width) - edge(at.X), edge(at.Y+size.Height) - edge(at.Y)
}

// pixelScale returns the device pixels per device-independent pixel. It asks for a
// distant position, since canvases answer in whole pixels.
func pixelScale(o fyne.CanvasObject) float32 {
	const far = 1000
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return 1
	}
	x, _ := c.PixelCoordinateForPosition(fyne.NewPos(far, 0))
	return float32(x) / far
}
