package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Choice is one line of a list to choose from: a category's chip and the key that
// chooses it.
type Choice struct {
	pressable

	chip   *Chip
	cap    *Key
	chosen bool
}

// NewChoice returns a line that is not chosen; a key of "" shows none.
func NewChoice(text string, colour color.NRGBA, key string, tapped func()) *Choice {
	c := &Choice{pressable: pressable{OnTapped: tapped}, chip: NewChip(text, colour), cap: NewKey(key)}
	if key == "" {
		c.cap.Hide()
	}
	c.ExtendBaseWidget(c)
	return c
}

// Text returns the words.
func (c *Choice) Text() string { return c.chip.Text() }

// Chosen reports whether the line is the chosen one.
func (c *Choice) Chosen() bool { return c.chosen }

// SetChosen marks the line as the chosen one.
func (c *Choice) SetChosen(chosen bool) {
	if c.chosen == chosen {
		return
	}
	c.chosen = chosen
	c.Refresh()
}

// AccessibilityLabel names the choice to a screen reader.
func (c *Choice) AccessibilityLabel() string { return c.chip.Text() }

// CreateRenderer is called by Fyne.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	r := &choiceRenderer{choice: c, ground: canvas.NewRectangle(nil)}
	r.paint()
	return r
}

const choicePadX, choicePadY float32 = 6, 4

type choiceRenderer struct {
	choice *Choice
	ground *canvas.Rectangle
}

func (r *choiceRenderer) paint() {
	c := r.choice
	r.ground.CornerRadius = 6
	r.ground.StrokeWidth = 0
	r.ground.FillColor = color.Transparent
	switch {
	case c.chosen:
		r.ground.FillColor = Color(ColorTint)
	case c.hovered:
		r.ground.FillColor = Color(theme.ColorNameHover)
	}
	if c.focused {
		r.ground.StrokeColor, r.ground.StrokeWidth = Color(theme.ColorNamePrimary), 2
	}
}

func (r *choiceRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	chip, key := r.choice.chip.MinSize(), r.choice.cap.MinSize()
	r.choice.chip.Resize(chip)
	r.choice.chip.Move(fyne.NewPos(choicePadX, (size.Height-chip.Height)/2))
	r.choice.cap.Resize(key)
	r.choice.cap.Move(fyne.NewPos(size.Width-choicePadX-key.Width, (size.Height-key.Height)/2))
}

func (r *choiceRenderer) MinSize() fyne.Size {
	chip, key := r.choice.chip.MinSize(), r.choice.cap.MinSize()
	return fyne.NewSize(chip.Width+key.Width+3*choicePadX, max(chip.Height, key.Height)+2*choicePadY)
}

func (r *choiceRenderer) Refresh() {
	r.paint()
	r.Layout(r.choice.Size())
	r.ground.Refresh()
	r.choice.chip.Refresh()
	r.choice.cap.Refresh()
}

func (r *choiceRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.choice.chip, r.choice.cap}
}
func (r *choiceRenderer) Destroy() {}
