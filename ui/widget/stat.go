package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Stat is a card about one number: what it is, the number, and a remark.
type Stat struct {
	Surface
	value  *figure
	remark *Text
}

// NewStat returns the card for a number that is not known yet.
func NewStat(name string) *Stat {
	s := &Stat{value: newFigure("–"), remark: Muted("")}
	s.Surface = Surface{
		Content: Stack(2, MutedLine(name), s.value, s.remark),
		fill:    ColorCard, outline: ColorBorder, radius: cardRadius, padX: cardPadX, padY: cardPadY,
	}
	s.ExtendBaseWidget(s)
	return s
}

// Text returns the number and the remark.
func (s *Stat) Text() string { return s.value.text + " · " + s.remark.Text() }

// Set shows the number and a plain remark.
func (s *Stat) Set(value, remark string) { s.set(value, remark, ColorMuted) }

// SetGood shows the number with a remark that is good news.
func (s *Stat) SetGood(value, remark string) { s.set(value, remark, theme.ColorNameSuccess) }

// SetPoor shows the number with a remark that asks for something.
func (s *Stat) SetPoor(value, remark string) { s.set(value, remark, ColorNoticeText) }

func (s *Stat) set(value, remark string, tone fyne.ThemeColorName) {
	s.value.set(value)
	s.remark.SetText(remark)
	s.remark.SetColor(tone)
}

// figure is a number as large as there is room for.
type figure struct {
	widget.BaseWidget
	text string
}

func newFigure(text string) *figure {
	f := &figure{text: text}
	f.ExtendBaseWidget(f)
	return f
}

func (f *figure) set(text string) {
	if f.text != text {
		f.text = text
		f.Refresh()
	}
}

// CreateRenderer is called by Fyne.
func (f *figure) CreateRenderer() fyne.WidgetRenderer {
	return &figureRenderer{figure: f, label: canvas.NewText("", nil)}
}

type figureRenderer struct {
	figure *figure
	label  *canvas.Text
}

func (r *figureRenderer) Layout(size fyne.Size) {
	r.label.Text, r.label.Color, r.label.TextStyle.Bold = r.figure.text, Color(theme.ColorNameForeground), true
	r.label.TextSize = theme.Size(SizeFigure)
	if width := r.label.MinSize().Width; width > size.Width && width > 0 {
		r.label.TextSize = max(theme.TextSize(), r.label.TextSize*size.Width/width)
	}
	least := r.label.MinSize()
	r.label.Move(fyne.NewPos(0, (size.Height-least.Height)/2))
	r.label.Resize(least)
}

func (r *figureRenderer) MinSize() fyne.Size {
	high := fyne.MeasureText("0", theme.Size(SizeFigure), fyne.TextStyle{Bold: true})
	return fyne.NewSize(high.Width*3, high.Height)
}

func (r *figureRenderer) Refresh() {
	r.Layout(r.figure.Size())
	r.label.Refresh()
}

func (r *figureRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.label} }
func (r *figureRenderer) Destroy()                     {}
