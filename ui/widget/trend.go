package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Trend is a small line of figures over time, with a dot for each. Its height is the
// range between the least and the greatest, and a tenth of 1 at least.
type Trend struct {
	widget.BaseWidget
	figures []float32
}

// NewTrend returns a line without figures.
func NewTrend() *Trend {
	t := &Trend{}
	t.ExtendBaseWidget(t)
	return t
}

// Set shows figures from 0 to 1, the oldest first.
func (t *Trend) Set(figures []float32) {
	t.figures = figures
	t.Refresh()
}

// CreateRenderer is called by Fyne.
func (t *Trend) CreateRenderer() fyne.WidgetRenderer {
	r := &trendRenderer{trend: t}
	r.build()
	return r
}

type trendRenderer struct {
	trend   *Trend
	lines   []*canvas.Line
	dots    []*canvas.Circle
	objects []fyne.CanvasObject
}

const (
	trendHeight float32 = 48
	trendDot    float32 = 6
	leastRange  float32 = 0.1
)

func (r *trendRenderer) build() {
	r.lines, r.dots, r.objects = nil, nil, nil
	for i := range r.trend.figures {
		if i > 0 {
			line := canvas.NewLine(Color(theme.ColorNamePrimary))
			line.StrokeWidth = 2
			r.lines, r.objects = append(r.lines, line), append(r.objects, line)
		}
		dot := canvas.NewCircle(Color(theme.ColorNamePrimary))
		r.dots, r.objects = append(r.dots, dot), append(r.objects, dot)
	}
	r.Layout(r.trend.Size())
}

func (r *trendRenderer) Layout(size fyne.Size) {
	if len(r.dots) == 0 {
		return
	}
	least, most := r.trend.figures[0], r.trend.figures[0]
	for _, f := range r.trend.figures {
		least, most = min(least, f), max(most, f)
	}
	if short := leastRange - (most - least); short > 0 {
		least, most = least-short/2, most+short/2
	}
	step := float32(0)
	if n := len(r.dots); n > 1 {
		step = (size.Width - trendDot) / float32(n-1)
	}
	at := func(i int) fyne.Position {
		part := (r.trend.figures[i] - least) / (most - least)
		return fyne.NewPos(trendDot/2+float32(i)*step, (size.Height-trendDot)*(1-part)+trendDot/2)
	}
	for i, dot := range r.dots {
		dot.Move(at(i).SubtractXY(trendDot/2, trendDot/2))
		dot.Resize(fyne.NewSquareSize(trendDot))
		if i > 0 {
			r.lines[i-1].Position1, r.lines[i-1].Position2 = at(i-1), at(i)
		}
	}
}

func (r *trendRenderer) MinSize() fyne.Size { return fyne.NewSize(120, trendHeight) }

func (r *trendRenderer) Refresh() {
	r.build()
	canvas.Refresh(r.trend)
}

func (r *trendRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *trendRenderer) Destroy()                     {}
