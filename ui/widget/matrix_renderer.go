package widget

import (
	"fmt"
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

// CreateRenderer is called by Fyne.
func (m *Matrix) CreateRenderer() fyne.WidgetRenderer {
	r := &matrixRenderer{matrix: m}
	r.build()
	return r
}

// matrixRenderer has objects for the cells that are not empty only: most are.
type matrixRenderer struct {
	matrix  *Matrix
	chips   []*Chip
	labels  []*canvas.Text       // of rows without chips
	headers *canvas.Raster       // of columns
	behind  [2]*canvas.Rectangle // names, where cells are scrolled below them
	cells   []matrixCell
	focus   *canvas.Rectangle // around the focused cell
	objects []fyne.CanvasObject
}

type matrixCell struct {
	row, column int
	background  *canvas.Rectangle
	number      *canvas.Text // or nil
}

func (r *matrixRenderer) build() {
	m := r.matrix
	r.chips, r.labels, r.cells, r.objects = nil, nil, nil, nil
	caption := fynetheme.Size(fynetheme.SizeNameCaptionText)
	text := func(content string, colour color.Color, bold bool) *canvas.Text {
		t := canvas.NewText(visible.Line(content), colour)
		t.TextSize, t.TextStyle.Bold = caption, bold
		r.objects = append(r.objects, t)
		return t
	}
	for i, row := range m.shares {
		for j, share := range row {
			if share == 0 {
				continue
			}
			cell := matrixCell{row: i, column: j, background: canvas.NewRectangle(cellColour(share, i == j))}
			r.objects = append(r.objects, cell.background)
			if m.numbered() {
				cell.background.CornerRadius = 5
				if share >= minNumberedShare {
					cell.number = text(fmt.Sprintf("%.0f", 100*share), theme.On(cellColour(share, i == j)), false)
					cell.number.Alignment = fyne.TextAlignCenter
				}
			}
			r.cells = append(r.cells, cell)
		}
	}
	r.focus = canvas.NewRectangle(color.Transparent)
	r.focus.StrokeColor, r.focus.StrokeWidth, r.focus.CornerRadius = fynetheme.Color(fynetheme.ColorNamePrimary), 2, 5
	r.focus.Hidden = !m.focused || len(m.names) == 0
	r.objects = append(r.objects, r.focus)
	for i, name := range m.names {
		if m.numbered() {
			chip := NewChip(name, m.colours[i]).Within(0)
			r.chips, r.objects = append(r.chips, chip), append(r.objects, chip)
			continue
		}
		if i == 0 {
			r.behind[0] = canvas.NewRectangle(fynetheme.Color(theme.ColorNameCard))
			r.objects = append(r.objects, r.behind[0])
		}
		r.labels = append(r.labels, text(name, theme.OnTint(m.colours[i]), false))
	}
	r.behind[1] = canvas.NewRectangle(color.Transparent)
	if !m.numbered() {
		r.behind[1].FillColor = fynetheme.Color(theme.ColorNameCard)
	}
	r.headers = canvas.NewRaster(m.paintHeadings)
	r.objects = append(r.objects, r.behind[1], r.headers)
	r.Layout(m.Size())
}

// cellColour returns green or red, stronger for a larger share.
func cellColour(share float32, correct bool) color.NRGBA {
	name := fynetheme.ColorNameSuccess
	if !correct {
		name = fynetheme.ColorNameError
		share = min(1, share/maxErrorShare) * 0.6
	}
	c, _ := color.NRGBAModel.Convert(fynetheme.Color(name)).(color.NRGBA)
	c.A = uint8(255 * (minAlpha + (maxAlpha-minAlpha)*share))
	return c
}

func (r *matrixRenderer) Layout(size fyne.Size) {
	p, offset := r.matrix.grid(size), r.matrix.offset()
	centre := func(o fyne.CanvasObject, row int, x float32) {
		minimum := o.MinSize()
		o.Move(fyne.NewPos(x, p.top+float32(row)*p.height+(p.height-matrixGap-minimum.Height)/2))
		o.Resize(minimum)
	}
	for i, chip := range r.chips {
		centre(chip, i, 0)
	}
	shown := size
	if !r.matrix.numbered() {
		shown = shown.Min(r.matrix.scroll.Size())
		r.behind[0].Move(fyne.NewPos(offset.X, 0))
		r.behind[0].Resize(fyne.NewSize(p.left, size.Height))
	}
	for i, label := range r.labels {
		centre(label, i, offset.X)
	}
	gap := min(matrixGap, p.width/8)
	for _, o := range []fyne.CanvasObject{r.behind[1], r.headers} {
		o.Move(offset)
		o.Resize(fyne.NewSize(shown.Width, p.top))
	}
	area := fyne.NewSize(p.width-gap, p.height-min(matrixGap, p.height/8))
	place := func(o fyne.CanvasObject, row, column int) {
		o.Move(fyne.NewPos(p.left+float32(column)*p.width, p.top+float32(row)*p.height))
		o.Resize(area)
	}
	for _, cell := range r.cells {
		place(cell.background, cell.row, cell.column)
		if cell.number != nil {
			place(cell.number, cell.row, cell.column)
		}
	}
	place(r.focus, r.matrix.row, r.matrix.column)
}

func (r *matrixRenderer) MinSize() fyne.Size {
	m := r.matrix
	p := m.grid(fyne.Size{})
	n := float32(len(m.names))
	_, right := m.headingSize()
	return fyne.NewSize(p.left+n*m.minCellWidth()+right, p.top+n*p.height)
}

func (r *matrixRenderer) Refresh() {
	r.build()
	canvas.Refresh(r.matrix)
}

func (r *matrixRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *matrixRenderer) Destroy()                     {}

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
