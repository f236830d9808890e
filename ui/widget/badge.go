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
	room    float32 // how wide the text may be at the default text size; 0 for any width
	padding fyne.Size
	paint   func(background *canvas.Rectangle, label *canvas.Text)
}

// Text returns the text.
func (b *badge) Text() string { return b.text }

// CreateRenderer is called by Fyne.
func (b *badge) CreateRenderer() fyne.WidgetRenderer {
	r := &badgeRenderer{badge: b, background: canvas.NewRectangle(nil)}
	r.paint()
	return r
}

type badgeRenderer struct {
	badge      *badge
	background *canvas.Rectangle
	lines      []*canvas.Text
}

func (r *badgeRenderer) paint() {
	first := canvas.NewText(visible.Line(r.badge.text), nil)
	first.TextSize = fynetheme.Size(fynetheme.SizeNameCaptionText)
	r.badge.paint(r.background, first)
	r.lines = []*canvas.Text{first}
	if r.badge.room == 0 {
		return
	}
	wrapped := wrapText(first.Text, theme.Scaled(r.badge.room), first.TextSize, first.TextStyle)
	first.Text = wrapped[0]
	for _, text := range wrapped[1:] {
		line := *first
		line.Text = text
		r.lines = append(r.lines, &line)
	}
	if len(wrapped) > 1 { // round as a badge of one line is
		r.background.CornerRadius = (first.MinSize().Height + r.badge.padding.Height) / 2
	}
}

// Layout puts one line in the middle, and several at the left.
func (r *badgeRenderer) Layout(size fyne.Size) {
	r.background.Resize(size)
	least := r.MinSize()
	y := (size.Height - least.Height + r.badge.padding.Height) / 2
	for _, line := range r.lines {
		own := line.MinSize()
		x := (size.Width - least.Width + r.badge.padding.Width) / 2
		if len(r.lines) == 1 {
			x = (size.Width - own.Width) / 2
		}
		line.Move(fyne.NewPos(x, y))
		line.Resize(own)
		y += own.Height
	}
}

func (r *badgeRenderer) MinSize() fyne.Size {
	var text fyne.Size
	for _, line := range r.lines {
		own := line.MinSize()
		text = fyne.NewSize(max(text.Width, own.Width), text.Height+own.Height)
	}
	size := text.Add(r.badge.padding)
	size.Width = max(size.Width, size.Height/float32(len(r.lines)))
	return size
}

func (r *badgeRenderer) Refresh() {
	r.paint()
	r.Layout(r.background.Size())
	canvas.Refresh(r.badge)
}

func (r *badgeRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.background}
	for _, line := range r.lines {
		objects = append(objects, line)
	}
	return objects
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

// chipRoom is how wide the text of a chip is at most; a longer one goes on in further lines,
// so that the whole of a name can be read.
const chipRoom = 280

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

// Within wraps the text at another width, at the default text size; 0 is one line whatever
// its length.
func (c *Chip) Within(width float32) *Chip {
	c.room = max(0, width-chipPadding.Width)
	return c
}

// chipPadding is what is around the text of a chip.
var chipPadding = fyne.NewSize(18, 5)

func (c *Chip) init(text string, colour color.NRGBA) {
	c.badge = badge{text: text, room: chipRoom, padding: chipPadding, paint: c.paintChip}
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
