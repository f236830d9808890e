package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Field is a text field in which the window's own keys work too: Fyne gives every key
// with Ctrl to the entry that has the keyboard, and to nothing else.
type Field struct {
	widget.Entry
	escape func()
}

// NewField returns a field of one line.
func NewField(text string) *Field {
	return newLine(text, fyne.ScrollHorizontalOnly)
}

// NewNumber returns a field that is only as wide as its place.
func NewNumber(text string) *Field {
	return newLine(text, fyne.ScrollNone)
}

func newLine(text string, scroll fyne.ScrollDirection) *Field {
	f := &Field{}
	f.ExtendBaseWidget(f)
	f.Scroll = scroll // before the text, which makes it drawn
	f.SetText(text)
	return f
}

// NewSecret returns a field that hides what is typed.
func NewSecret() *Field {
	f := &Field{}
	f.ExtendBaseWidget(f)
	f.Password = true
	f.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	return f
}

// NewArea returns a field of several lines. Tab leaves it, as it leaves every field.
func NewArea(rows int) *Field {
	f := &Field{}
	f.ExtendBaseWidget(f)
	f.MultiLine, f.Wrapping = true, fyne.TextWrapWord
	f.SetMinRowsVisible(rows)
	return f
}

// FocusGained is called by Fyne.
func (f *Field) FocusGained() {
	f.Entry.FocusGained()
	Reveal()
}

// AcceptsTab is called by Fyne.
func (f *Field) AcceptsTab() bool { return false }

// TypedKey is called by Fyne.
func (f *Field) TypedKey(event *fyne.KeyEvent) {
	if event.Name == fyne.KeyEscape && f.escape != nil {
		f.escape()
		return
	}
	f.Entry.TypedKey(event)
}

// TypedShortcut is called by Fyne.
func (f *Field) TypedShortcut(s fyne.Shortcut) {
	toWindow(f, s)
	f.Entry.TypedShortcut(s)
}

func (f *Field) onEscape(escape func()) { f.escape = escape }

// Combo is a field with a list of proposals.
type Combo struct{ widget.SelectEntry }

// NewCombo returns a field without proposals.
func NewCombo(text string) *Combo {
	c := &Combo{}
	c.ExtendBaseWidget(c)
	c.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	c.SetText(text)
	return c
}

// FocusGained is called by Fyne.
func (c *Combo) FocusGained() {
	c.SelectEntry.FocusGained()
	Reveal()
}

// TypedShortcut is called by Fyne.
func (c *Combo) TypedShortcut(s fyne.Shortcut) {
	toWindow(c, s)
	c.Entry.TypedShortcut(s)
}

// toWindow gives the window a key with Ctrl that no entry has of itself.
func toWindow(o fyne.CanvasObject, s fyne.Shortcut) {
	if _, custom := s.(*desktop.CustomShortcut); !custom {
		return
	}
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(o).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}
