package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/assets/crash"
)

// The inputs below are Fyne's own. They add what Fyne's lack: on Tab they scroll into
// view, Escape closes the dialog around them, and the window's Ctrl keys work in them.

// Field is a text entry.
type Field struct {
	fynewidget.Entry
	OnLeave func() // called when the focus goes elsewhere
}

// NewField returns a field of one line.
func NewField(text string) *Field { return newField(text, fyne.ScrollHorizontalOnly) }

// NewNumberField returns a field that may be narrower than its text.
func NewNumberField(text string) *Field { return newField(text, fyne.ScrollNone) }

func newField(text string, scroll fyne.ScrollDirection) *Field {
	f := &Field{}
	f.ExtendBaseWidget(f)
	f.Scroll = scroll // before SetText, which creates the renderer
	f.SetText(text)
	return f
}

// NewPasswordField returns a field that hides what is typed.
func NewPasswordField() *Field {
	f := &Field{}
	f.ExtendBaseWidget(f)
	f.Password = true
	f.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	return f
}

// NewTextArea returns a field of several lines. Tab leaves it, as it leaves every field.
func NewTextArea(rows int) *Field {
	f := &Field{}
	f.ExtendBaseWidget(f)
	f.MultiLine, f.Wrapping = true, fyne.TextWrapWord
	f.SetMinRowsVisible(rows)
	return f
}

// FocusGained is called by Fyne.
func (f *Field) FocusGained() { f.Entry.FocusGained(); ScrollToFocus() }

// TypedRune is called by Fyne.
func (f *Field) TypedRune(r rune) {
	defer crash.Catch()
	f.Entry.TypedRune(r)
}

// FocusLost is called by Fyne.
func (f *Field) FocusLost() {
	defer crash.Catch()
	f.Entry.FocusLost()
	if f.OnLeave != nil {
		f.OnLeave()
	}
}

// AcceptsTab is called by Fyne.
func (f *Field) AcceptsTab() bool { return false }

// TypedKey is called by Fyne.
func (f *Field) TypedKey(event *fyne.KeyEvent) { typeOrEscape(event, f.Entry.TypedKey) }

// TypedShortcut is called by Fyne.
func (f *Field) TypedShortcut(s fyne.Shortcut) { forwardShortcut(f, s); f.Entry.TypedShortcut(s) }

// Check is a check box.
type Check struct {
	fynewidget.Check
	focused bool
}

// NewCheck returns an unchecked box.
func NewCheck(text string, changed func(checked bool)) *Check {
	c := &Check{}
	c.Text, c.OnChanged = text, changed
	c.ExtendBaseWidget(c)
	return c
}

// Tapped is called by Fyne.
func (c *Check) Tapped(event *fyne.PointEvent) {
	defer crash.Catch()
	c.Check.Tapped(event)
}

// FocusGained is called by Fyne.
func (c *Check) FocusGained() { c.focused = true; c.Check.FocusGained(); ScrollToFocus() }

// FocusLost is called by Fyne.
func (c *Check) FocusLost() { c.focused = false; c.Check.FocusLost() }

// CreateRenderer is called by Fyne.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	return newRingRenderer(c, c.Check.CreateRenderer(), &c.focused)
}

// AccessibilityLabel names the box to a screen reader.
func (c *Check) AccessibilityLabel() string { return c.Text }

// AccessibilityRole tells a screen reader that it can be pressed: Fyne has no role for a check box.
func (c *Check) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// TypedKey is called by Fyne.
func (c *Check) TypedKey(event *fyne.KeyEvent) { typeOrEscape(event, c.Check.TypedKey) }

// Slider selects a whole number from a range.
type Slider struct {
	fynewidget.Slider
	focused bool
}

// NewSlider returns a slider at the start of its range.
func NewSlider(first, last float64) *Slider {
	s := &Slider{}
	s.Min, s.Max, s.Value, s.Step = first, last, first, 1
	s.ExtendBaseWidget(s)
	return s
}

// FocusGained is called by Fyne.
func (s *Slider) FocusGained() { s.focused = true; s.Slider.FocusGained(); ScrollToFocus() }

// FocusLost is called by Fyne.
func (s *Slider) FocusLost() { s.focused = false; s.Slider.FocusLost() }

// CreateRenderer is called by Fyne.
func (s *Slider) CreateRenderer() fyne.WidgetRenderer {
	return newRingRenderer(s, s.Slider.CreateRenderer(), &s.focused)
}

// TypedKey is called by Fyne.
func (s *Slider) TypedKey(event *fyne.KeyEvent) { typeOrEscape(event, s.Slider.TypedKey) }

// typeOrEscape closes the dialog on Escape and hands every other key on.
func typeOrEscape(event *fyne.KeyEvent, typed func(*fyne.KeyEvent)) {
	defer crash.Catch()
	if event.Name == fyne.KeyEscape {
		closeTopDialog()
	}
	typeOnWindow(event)
	typed(event)
}
