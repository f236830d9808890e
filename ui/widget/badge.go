package widget

import (
	"image/color"

	"seedbed/assets/visible"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/ui/theme"
)

// badge is a short text on a rounded background. Fyne has none, and its label costs 20
// times what a canvas.Text does, which shows in a list of chips.
type badge struct {
	fynewidget.BaseWidget
	text    string
	padding fyne.Size
	paint   func(background *canvas.Rectangle, label *canvas.Text)
}

// Text returns the text.
func (b *badge) Text() string { return b.text }

// CreateRenderer is called by Fyne.
func (b *badge) CreateRenderer() fyne.WidgetRenderer {
	r := &badgeRenderer{badge: b, background: canvas.NewRectangle(nil), label: canvas.NewText("", nil)}
	r.paint()
	return r
}

type badgeRenderer struct {
	badge      *badge
	background *canvas.Rectangle
	label      *canvas.Text
}

func (r *badgeRenderer) paint() {
	r.label.Text = visible.Line(r.badge.text)
	r.label.TextSize = fynetheme.Size(fynetheme.SizeNameCaptionText)
	r.badge.paint(r.background, r.label)
}

func (r *badgeRenderer) Layout(size fyne.Size) {
	r.background.Resize(size)
	label := r.label.MinSize()
	r.label.Move(fyne.NewPos((size.Width-label.Width)/2, (size.Height-label.Height)/2))
	r.label.Resize(label)
}

func (r *badgeRenderer) MinSize() fyne.Size {
	size := r.label.MinSize().Add(r.badge.padding)
	size.Width = max(size.Width, size.Height)
	return size
}

func (r *badgeRenderer) Refresh() {
	r.paint()
	r.Layout(r.background.Size())
	r.background.Refresh()
	r.label.Refresh()
}

func (r *badgeRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.background, r.label}
}
func (r *badgeRenderer) Destroy() {}

// KeyCap shows a key of the keyboard, beside what the key does.
type KeyCap struct{ badge }

// NewKeyCap returns the cap of a key.
func NewKeyCap(key string) *KeyCap {
	k := &KeyCap{badge{text: key, padding: fyne.NewSize(11, 5), paint: paintKeyCap}}
	k.ExtendBaseWidget(k)
	return k
}

// SetText shows another key.
func (k *KeyCap) SetText(key string) {
	if k.text != key {
		k.text = key
		k.Refresh()
	}
}

func paintKeyCap(background *canvas.Rectangle, label *canvas.Text) {
	background.FillColor, background.StrokeColor = fynetheme.Color(theme.ColorNameCard), fynetheme.Color(fynetheme.ColorNameInputBorder)
	background.StrokeWidth, background.CornerRadius = 1, 4
	label.Color = fynetheme.Color(theme.ColorNameMuted)
}

// Chip shows the name of a category in its colour.
type Chip struct {
	badge
	colour   color.NRGBA
	selected bool
	toggle   *pressable // of a ToggleChip
}

// NewChip returns a chip.
func NewChip(text string, colour color.NRGBA) *Chip {
	c := &Chip{}
	c.init(text, colour)
	c.ExtendBaseWidget(c)
	return c
}

func (c *Chip) init(text string, colour color.NRGBA) {
	c.badge = badge{text: text, padding: fyne.NewSize(18, 5), paint: c.paintChip}
	c.colour = colour
}

// Set changes the text and the colour.
func (c *Chip) Set(text string, colour color.NRGBA) {
	if c.text != text || c.colour != colour {
		c.text, c.colour = text, colour
		c.Refresh()
	}
}

func (c *Chip) paintChip(background *canvas.Rectangle, label *canvas.Text) {
	background.CornerRadius = canvas.RadiusMaximum
	fill := theme.Tint(c.colour)
	if c.selected {
		fill.A *= 2
	}
	background.FillColor = fill
	focused := c.toggle != nil && c.toggle.focused
	background.StrokeColor, background.StrokeWidth = theme.OnTint(c.colour), 0
	switch {
	case focused:
		background.StrokeWidth = 2
	case c.selected, c.toggle != nil && c.toggle.hovered:
		background.StrokeWidth = 1
	}
	label.Color, label.TextStyle.Bold = theme.OnTint(c.colour), true
}

// ToggleChip is a chip that is pressed, such as a filter by category.
type ToggleChip struct {
	pressable
	chip Chip
}

var _ fyne.Accessible = (*ToggleChip)(nil)

// NewToggleChip returns a chip that is not selected.
func NewToggleChip(text string, colour color.NRGBA, tapped func()) *ToggleChip {
	c := &ToggleChip{pressable: pressable{OnTapped: tapped}}
	c.chip.init(text, colour)
	c.chip.toggle = &c.pressable
	c.ExtendBaseWidget(c)
	return c
}

// Text returns the text.
func (c *ToggleChip) Text() string { return c.chip.text }

// AccessibilityLabel names the chip to a screen reader.
func (c *ToggleChip) AccessibilityLabel() string { return c.chip.text }

// Set changes the text and the colour.
func (c *ToggleChip) Set(text string, colour color.NRGBA) {
	if c.chip.text != text || c.chip.colour != colour {
		c.chip.text, c.chip.colour = text, colour
		c.Refresh()
	}
}

// SetSelected outlines a chip that is switched on.
func (c *ToggleChip) SetSelected(selected bool) {
	if c.chip.selected != selected {
		c.chip.selected = selected
		c.Refresh()
	}
}

// CreateRenderer is called by Fyne.
func (c *ToggleChip) CreateRenderer() fyne.WidgetRenderer { return c.chip.CreateRenderer() }
