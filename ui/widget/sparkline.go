package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Sparkline is a small line chart with a dot for each value. Its height is the range of
// the values, but at least 0.1, so that noise does not look like a trend. Fyne has no
// charts.
type Sparkline struct {
	fynewidget.BaseWidget
	values []float32
}

// NewSparkline returns a sparkline without values.
func NewSparkline() *Sparkline {
	s := &Sparkline{}
	s.ExtendBaseWidget(s)
	return s
}

// Set shows values from 0 to 1, the oldest first.
func (s *Sparkline) Set(values []float32) {
	s.values = values
	s.Refresh()
}

// CreateRenderer is called by Fyne.
func (s *Sparkline) CreateRenderer() fyne.WidgetRenderer {
	r := &sparklineRenderer{sparkline: s}
	r.build()
	return r
}

type sparklineRenderer struct {
	sparkline *Sparkline
	lines     []*canvas.Line
	dots      []*canvas.Circle
	objects   []fyne.CanvasObject
}

const (
	sparklineHeight float32 = 48
	sparklineDot    float32 = 6
	sparklineRange  float32 = 0.1
)

func (r *sparklineRenderer) build() {
	r.lines, r.dots, r.objects = nil, nil, nil
	colour := fynetheme.Color(fynetheme.ColorNamePrimary)
	for i := range r.sparkline.values {
		if i > 0 {
			line := canvas.NewLine(colour)
			line.StrokeWidth = 2
			r.lines, r.objects = append(r.lines, line), append(r.objects, line)
		}
		dot := canvas.NewCircle(colour)
		r.dots, r.objects = append(r.dots, dot), append(r.objects, dot)
	}
	r.Layout(r.sparkline.Size())
}

func (r *sparklineRenderer) Layout(size fyne.Size) {
	values := r.sparkline.values
	if len(r.dots) == 0 {
		return
	}
	lowest, highest := values[0], values[0]
	for _, v := range values {
		lowest, highest = min(lowest, v), max(highest, v)
	}
	if missing := sparklineRange - (highest - lowest); missing > 0 {
		lowest, highest = lowest-missing/2, highest+missing/2
	}
	step := float32(0)
	if n := len(r.dots); n > 1 {
		step = (size.Width - sparklineDot) / float32(n-1)
	}
	point := func(i int) fyne.Position {
		height := (values[i] - lowest) / (highest - lowest)
		return fyne.NewPos(sparklineDot/2+float32(i)*step, (size.Height-sparklineDot)*(1-height)+sparklineDot/2)
	}
	for i, dot := range r.dots {
		dot.Move(point(i).SubtractXY(sparklineDot/2, sparklineDot/2))
		dot.Resize(fyne.NewSquareSize(sparklineDot))
		if i > 0 {
			r.lines[i-1].Position1, r.lines[i-1].Position2 = point(i-1), point(i)
		}
	}
}

func (r *sparklineRenderer) MinSize() fyne.Size { return fyne.NewSize(120, sparklineHeight) }

func (r *sparklineRenderer) Refresh() {
	r.build()
	canvas.Refresh(r.sparkline)
}

func (r *sparklineRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *sparklineRenderer) Destroy()                     {}
