package widget

import "fyne.io/fyne/v2/widget"

// Check is a box to tick.
type Check struct{ widget.Check }

// NewCheck returns a box without a tick.
func NewCheck(text string, changed func(ticked bool)) *Check {
	c := &Check{}
	c.Text, c.OnChanged = text, changed
	c.ExtendBaseWidget(c)
	return c
}

// FocusGained is called by Fyne.
func (c *Check) FocusGained() {
	c.Check.FocusGained()
	Reveal()
}

// Slider is a number to choose between two others.
type Slider struct{ widget.Slider }

// NewSlider returns a slider at its least number.
func NewSlider(least, most float64) *Slider {
	s := &Slider{}
	s.Min, s.Max, s.Value, s.Step = least, most, least, 1
	s.ExtendBaseWidget(s)
	return s
}

// FocusGained is called by Fyne.
func (s *Slider) FocusGained() {
	s.Slider.FocusGained()
	Reveal()
}
