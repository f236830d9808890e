package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/assets/visible"

	"seedbed/ui/theme"
)

// MetricCard is a card with one number: its name, the number, and a note on it.
type MetricCard struct {
	Panel
	value *displayText
	note  *Text
}

// NewMetricCard returns the card for a number that is not known yet.
func NewMetricCard(name string) *MetricCard {
	m := &MetricCard{value: newDisplayText("–"), note: Muted("")}
	m.Panel = Panel{Content: VBox(2, Muted(name), m.value, m.note), style: cardStyle}
	m.ExtendBaseWidget(m)
	return m
}

// Text returns the number and the note.
func (m *MetricCard) Text() string { return m.value.text + " · " + m.note.Text() }

// Set shows the number with a neutral note.
func (m *MetricCard) Set(value, note string) { m.set(value, note, theme.ColorNameMuted) }

// SetSuccess shows the number with a note in the colour of success.
func (m *MetricCard) SetSuccess(value, note string) { m.set(value, note, fynetheme.ColorNameSuccess) }

// SetWarning shows the number with a note that asks for attention.
func (m *MetricCard) SetWarning(value, note string) { m.set(value, note, theme.ColorNameNoticeText) }

func (m *MetricCard) set(value, note string, colour fyne.ThemeColorName) {
	m.value.set(value)
	m.note.SetText(note)
	m.note.SetColor(colour)
}

// displayText is large text that shrinks to the width it has; Fyne's would be cut.
type displayText struct {
	fynewidget.BaseWidget
	text string
}

func newDisplayText(text string) *displayText {
	d := &displayText{text: text}
	d.ExtendBaseWidget(d)
	return d
}

func (d *displayText) set(text string) {
	if d.text != text {
		d.text = text
		d.Refresh()
	}
}

// CreateRenderer is called by Fyne.
func (d *displayText) CreateRenderer() fyne.WidgetRenderer {
	return &displayTextRenderer{text: d, label: canvas.NewText("", nil)}
}

type displayTextRenderer struct {
	text  *displayText
	label *canvas.Text
}

func (r *displayTextRenderer) Layout(size fyne.Size) {
	r.label.Text, r.label.Color, r.label.TextStyle.Bold = visible.Line(r.text.text), fynetheme.Color(fynetheme.ColorNameForeground), true
	r.label.TextSize = fynetheme.Size(theme.SizeNameDisplayText)
	if width := r.label.MinSize().Width; width > size.Width && width > 0 {
		r.label.TextSize = max(fynetheme.TextSize(), r.label.TextSize*size.Width/width)
	}
	label := r.label.MinSize()
	r.label.Move(fyne.NewPos(0, (size.Height-label.Height)/2))
	r.label.Resize(label)
}

func (r *displayTextRenderer) MinSize() fyne.Size {
	digit := fyne.MeasureText("0", fynetheme.Size(theme.SizeNameDisplayText), fyne.TextStyle{Bold: true})
	return fyne.NewSize(digit.Width*3, digit.Height)
}

func (r *displayTextRenderer) Refresh() {
	r.Layout(r.text.Size())
	r.label.Refresh()
}

func (r *displayTextRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.label} }
func (r *displayTextRenderer) Destroy()                     {}
