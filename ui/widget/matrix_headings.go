package widget

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
	fynetheme "fyne.io/fyne/v2/theme"
	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"

	"seedbed/assets/visible"
	"seedbed/ui/theme"
)

// headingAngle is how steep the headings of a matrix's columns are: as narrow as their
// columns, with all of the name.
const headingAngle = 55 * math.Pi / 180

// headingGap is the space between a heading and its column.
const headingGap float32 = 6

// headingText is the heading of a column, level.
func headingText(name string, colour color.Color) *canvas.Text {
	t := canvas.NewText(visible.Line(name), colour)
	t.TextSize, t.TextStyle.Bold = fynetheme.Size(fynetheme.SizeNameCaptionText), true
	return t
}

// headingSize is the height of the slanted headings, and how far that of the last column
// reaches beyond it.
func (m *Matrix) headingSize() (height, overhang float32) {
	var widest fyne.Size
	for _, name := range m.names {
		widest = widest.Max(headingText(name, color.Black).MinSize())
	}
	if len(m.names) > 0 {
		overhang = headingText(m.names[len(m.names)-1], color.Black).MinSize().Width
	}
	sin, cos := float32(math.Sin(headingAngle)), float32(math.Cos(headingAngle))
	return widest.Width*sin + widest.Height*cos + headingGap, overhang * cos
}

// paintHeadings draws the headings in pixels. Fyne has no slanted text.
func (m *Matrix) paintHeadings(width, height int) image.Image {
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	p, shown := m.grid(m.Size()), m.Size()
	if !m.numbered() {
		shown = shown.Min(m.scroll.Size())
	}
	if shown.Width <= 0 {
		return out
	}
	scale := float64(width) / float64(shown.Width)
	sin, cos := math.Sin(headingAngle), math.Cos(headingAngle)
	for i, name := range m.names {
		at := p.left + (float32(i)+0.5)*p.width - matrixGap/2 - m.offset().X
		if at < p.left || at > shown.Width {
			continue // scrolled out of sight
		}
		label := rendered(headingText(name, theme.OnTint(m.colours[i])), float32(scale))
		middle := float64(label.Bounds().Dy()) / 2
		x := scale * float64(at)
		y := scale * float64(p.top-headingGap)
		turn := f64.Aff3{cos, sin, x - middle*sin, -sin, cos, y - middle*cos}
		draw.CatmullRom.Transform(out, turn, label, label.Bounds(), draw.Over, nil)
	}
	return out
}

// rendered is an object at its least size, in pixels.
func rendered(o fyne.CanvasObject, scale float32) image.Image {
	c := software.NewTransparentCanvas()
	c.SetPadded(false)
	c.SetScale(scale)
	c.SetContent(o)
	c.Resize(o.MinSize())
	return c.Capture()
}
