package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Gauge is a slim bar that shows how much of something is there.
type Gauge struct {
	widget.BaseWidget
	part   float32
	colour color.NRGBA
}

// NewGauge returns an empty gauge of the given colour; the zero value is the theme's
// main colour.
func NewGauge(colour color.NRGBA) *Gauge {
	g := &Gauge{colour: colour}
	g.ExtendBaseWidget(g)
	return g
}

// Set fills the gauge to a part from 0 to 1.
func (g *Gauge) Set(part float32) {
	part = min(max(part, 0), 1)
	if g.part == part {
		return
	}
	g.part = part
	g.Refresh()
}

// CreateRenderer is called by Fyne.
func (g *Gauge) CreateRenderer() fyne.WidgetRenderer {
	r := &gaugeRenderer{gauge: g, track: canvas.NewRectangle(nil), fill: canvas.NewRectangle(nil)}
	r.paint()
	return r
}

const gaugeHeight float32 = 8

type gaugeRenderer struct {
	gauge       *Gauge
	track, fill *canvas.Rectangle
}

func (r *gaugeRenderer) paint() {
	r.track.FillColor, r.fill.FillColor = Color(ColorTrack), r.gauge.colour
	if r.gauge.colour == (color.NRGBA{}) {
		r.fill.FillColor = Color(theme.ColorNamePrimary)
	}
	r.track.CornerRadius, r.fill.CornerRadius = gaugeHeight/2, gaugeHeight/2
}

func (r *gaugeRenderer) Layout(size fyne.Size) {
	top := (size.Height - gaugeHeight) / 2
	r.track.Move(fyne.NewPos(0, top))
	r.track.Resize(fyne.NewSize(size.Width, gaugeHeight))
	width := size.Width * r.gauge.part
	if r.gauge.part > 0 {
		width = max(width, gaugeHeight)
	}
	r.fill.Move(fyne.NewPos(0, top))
	r.fill.Resize(fyne.NewSize(width, gaugeHeight))
	r.fill.Hidden = r.gauge.part == 0
}

func (r *gaugeRenderer) MinSize() fyne.Size { return fyne.NewSize(40, gaugeHeight) }

func (r *gaugeRenderer) Refresh() {
	r.paint()
	r.Layout(r.gauge.Size())
	r.track.Refresh()
	r.fill.Refresh()
}

func (r *gaugeRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.track, r.fill} }
func (r *gaugeRenderer) Destroy()                     {}
