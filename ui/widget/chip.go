package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Chip is the name of a category in its colour.
type Chip struct {
	widget.BaseWidget
	text            string
	colour          color.NRGBA
	chosen, focused bool
	hovered         bool
}

var (
	_ fyne.Focusable    = (*TapChip)(nil)
	_ desktop.Hoverable = (*TapChip)(nil)
)

// NewChip returns a chip that only shows.
func NewChip(text string, colour color.NRGBA) *Chip {
	c := &Chip{text: text, colour: colour}
	c.ExtendBaseWidget(c)
	return c
}

// TapChip is a chip that is a switch, such as a facet: it can be pressed with the
// mouse, Space and Enter.
type TapChip struct {
	Chip
	OnTapped func()
}

// NewTapChip returns a chip that can be pressed.
func NewTapChip(text string, colour color.NRGBA, tapped func()) *TapChip {
	c := &TapChip{Chip: Chip{text: text, colour: colour}, OnTapped: tapped}
	c.ExtendBaseWidget(c)
	return c
}

// Set changes the words and the colour.
func (c *Chip) Set(text string, colour color.NRGBA) {
	if c.text == text && c.colour == colour {
		return
	}
	c.text, c.colour = text, colour
	c.Refresh()
}

// Text returns the words.
func (c *Chip) Text() string { return c.text }

// SetChosen outlines a chip that is switched on.
func (c *Chip) SetChosen(chosen bool) {
	if c.chosen == chosen {
		return
	}
	c.chosen = chosen
	c.Refresh()
}

// Tapped presses the chip.
func (c *TapChip) Tapped(*fyne.PointEvent) {
	if c.OnTapped != nil {
		c.OnTapped()
	}
}

// FocusGained is called by Fyne.
func (c *TapChip) FocusGained() { c.focused = true; c.Refresh(); Reveal() }

// FocusLost is called by Fyne.
func (c *TapChip) FocusLost() { c.focused = false; c.Refresh() }

// TypedRune is called by Fyne; letters belong to the page.
func (c *TapChip) TypedRune(r rune) { toPage(r) }

// TypedKey presses the chip on Space and Enter.
func (c *TapChip) TypedKey(event *fyne.KeyEvent) {
	switch event.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		c.Tapped(nil)
	}
}

// MouseIn is called by Fyne.
func (c *TapChip) MouseIn(*desktop.MouseEvent) { c.hovered = true; c.Refresh() }

// MouseMoved is called by Fyne.
func (c *TapChip) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called by Fyne.
func (c *TapChip) MouseOut() { c.hovered = false; c.Refresh() }

// CreateRenderer is called by Fyne.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	r := &chipRenderer{chip: c, ground: canvas.NewRectangle(nil), label: canvas.NewText("", nil)}
	r.paint()
	return r
}

type chipRenderer struct {
	chip   *Chip
	ground *canvas.Rectangle
	label  *canvas.Text
}

func (r *chipRenderer) paint() {
	r.ground.FillColor = Tinted(r.chip.colour)
	r.ground.CornerRadius = canvas.RadiusMaximum
	r.ground.StrokeWidth = 0
	if r.chip.chosen || r.chip.focused || r.chip.hovered {
		r.ground.StrokeColor, r.ground.StrokeWidth = Readable(r.chip.colour), 1
		if r.chip.focused {
			r.ground.StrokeWidth = 2
		}
	}
	if r.chip.chosen {
		solid := Tinted(r.chip.colour)
		solid.A *= 2
		r.ground.FillColor = solid
	}
	r.label.Text, r.label.Color = r.chip.text, Readable(r.chip.colour)
	r.label.TextSize = theme.Size(theme.SizeNameCaptionText)
	r.label.TextStyle.Bold = true
}

func (r *chipRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	least := r.label.MinSize()
	r.label.Move(fyne.NewPos((size.Width-least.Width)/2, (size.Height-least.Height)/2))
	r.label.Resize(least)
}

func (r *chipRenderer) MinSize() fyne.Size { return r.label.MinSize().AddWidthHeight(18, 5) }

func (r *chipRenderer) Refresh() {
	r.paint()
	r.Layout(r.chip.Size())
	r.ground.Refresh()
	r.label.Refresh()
}

func (r *chipRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.ground, r.label} }
func (r *chipRenderer) Destroy()                     {}
