package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Mark is a little shape in a colour of the theme.
type Mark struct {
	widget.BaseWidget
	name   fyne.ThemeColorName
	size   float32
	radius float32
}

// Sign is Seedbed's mark beside its name.
func Sign() *Mark { return newMark(theme.ColorNamePrimary, 20, 6) }

// Dot is a small disc, such as the one that says that all is saved.
func Dot(name fyne.ThemeColorName) *Mark { return newMark(name, 8, canvas.RadiusMaximum) }

// Rule is a thin line that fills the width it is given.
func Rule() *Mark { return newMark(ColorBorder, 1, 0) }

func newMark(name fyne.ThemeColorName, size, radius float32) *Mark {
	m := &Mark{name: name, size: size, radius: radius}
	m.ExtendBaseWidget(m)
	return m
}

// SetColor changes the colour to another of the theme's names.
func (m *Mark) SetColor(name fyne.ThemeColorName) {
	if m.name == name {
		return
	}
	m.name = name
	m.Refresh()
}

// CreateRenderer is called by Fyne.
func (m *Mark) CreateRenderer() fyne.WidgetRenderer {
	r := &markRenderer{mark: m, shape: canvas.NewRectangle(nil)}
	r.paint()
	return r
}

type markRenderer struct {
	mark  *Mark
	shape *canvas.Rectangle
}

func (r *markRenderer) paint() {
	r.shape.FillColor = Color(r.mark.name)
	r.shape.CornerRadius = r.mark.radius
}

func (r *markRenderer) Layout(size fyne.Size) { r.shape.Resize(size) }
func (r *markRenderer) MinSize() fyne.Size    { return fyne.NewSize(r.mark.size, r.mark.size) }
func (r *markRenderer) Refresh() {
	r.paint()
	r.shape.Refresh()
}
func (r *markRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.shape} }
func (r *markRenderer) Destroy()                     {}
