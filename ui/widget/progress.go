package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/ui/theme"
)

// ProgressBar is a slim bar in the colour of a category. Fyne's is 35 pixels high, always
// has a text in it, and is always in the theme's primary colour.
type ProgressBar struct {
	fynewidget.BaseWidget
	value  float32
	colour color.NRGBA
}

// NewProgressBar returns an empty bar; the zero colour stands for the primary one.
func NewProgressBar(colour color.NRGBA) *ProgressBar {
	p := &ProgressBar{colour: colour}
	p.ExtendBaseWidget(p)
	return p
}

// SetValue fills the bar; value is clamped to 0–1.
func (p *ProgressBar) SetValue(value float32) {
	value = min(max(value, 0), 1)
	if p.value != value {
		p.value = value
		p.Refresh()
	}
}

// CreateRenderer is called by Fyne.
func (p *ProgressBar) CreateRenderer() fyne.WidgetRenderer {
	r := &progressBarRenderer{bar: p, track: canvas.NewRectangle(nil), fill: canvas.NewRectangle(nil)}
	r.paint()
	return r
}

const progressBarHeight float32 = 8

type progressBarRenderer struct {
	bar         *ProgressBar
	track, fill *canvas.Rectangle
}

func (r *progressBarRenderer) paint() {
	r.track.FillColor, r.fill.FillColor = fynetheme.Color(theme.ColorNameTrack), r.bar.colour
	if r.bar.colour == (color.NRGBA{}) {
		r.fill.FillColor = fynetheme.Color(fynetheme.ColorNamePrimary)
	}
	r.track.CornerRadius, r.fill.CornerRadius = progressBarHeight/2, progressBarHeight/2
}

func (r *progressBarRenderer) Layout(size fyne.Size) {
	top := fyne.NewPos(0, (size.Height-progressBarHeight)/2)
	r.track.Move(top)
	r.track.Resize(fyne.NewSize(size.Width, progressBarHeight))
	r.fill.Move(top)
	r.fill.Resize(fyne.NewSize(max(size.Width*r.bar.value, progressBarHeight), progressBarHeight))
	r.fill.Hidden = r.bar.value == 0
}

func (r *progressBarRenderer) MinSize() fyne.Size { return fyne.NewSize(40, progressBarHeight) }

func (r *progressBarRenderer) Refresh() {
	r.paint()
	r.Layout(r.bar.Size())
	r.track.Refresh()
	r.fill.Refresh()
}

func (r *progressBarRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.track, r.fill}
}
func (r *progressBarRenderer) Destroy() {}
