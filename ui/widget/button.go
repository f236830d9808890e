package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"

	"seedbed/assets/visible"
)

// Button is an outlined button that can show the key that does the same. For what
// Fyne's lacks, see pressable; it has no outline either.
type Button struct {
	pressable

	text    string
	key     string
	primary bool
	small   bool

	keepsOpen bool // the dialog that it is a button of
}

var (
	_ desktop.Cursorable = (*Button)(nil)
	_ fyne.Accessible    = (*Button)(nil)
)

// NewButton returns a button.
func NewButton(text string, tapped func()) *Button {
	b := &Button{pressable: pressable{OnTapped: tapped}, text: text}
	b.ExtendBaseWidget(b)
	return b
}

// NewPrimaryButton returns the button for a page's or dialog's main action.
func NewPrimaryButton(text string, tapped func()) *Button {
	b := NewButton(text, tapped)
	b.primary = true
	return b
}

// NewSmallButton returns a button that fits on a line of text.
func NewSmallButton(text string, tapped func()) *Button {
	b := NewButton(text, tapped)
	b.small = true
	return b
}

// WithKey shows the key that does the same as the button.
func (b *Button) WithKey(key string) *Button {
	b.key = key
	return b
}

// Key returns the key that the button shows; "" for none.
func (b *Button) Key() string { return b.key }

// SetKey shows another key, or none.
func (b *Button) SetKey(key string) {
	if b.key != key {
		b.key = key
		b.Refresh()
	}
}

// SetPrimary makes the button the main one, or one of the others.
func (b *Button) SetPrimary(primary bool) {
	if b.primary != primary {
		b.primary = primary
		b.Refresh()
	}
}

// Primary reports whether the button is the main one.
func (b *Button) Primary() bool { return b.primary }

// KeepOpen makes the button leave its dialog open, which closes once what it does has
// succeeded.
func (b *Button) KeepOpen() *Button {
	b.keepsOpen = true
	return b
}

// Text returns the button's text.
func (b *Button) Text() string { return b.text }

// SetText replaces the button's text.
func (b *Button) SetText(text string) {
	if b.text != text {
		b.text = text
		b.Refresh()
	}
}

// AccessibilityLabel names the button to a screen reader.
func (b *Button) AccessibilityLabel() string { return b.text }

// Cursor is called by Fyne.
func (b *Button) Cursor() desktop.Cursor { return desktop.DefaultCursor }

// CreateRenderer is called by Fyne.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{
		button:     b,
		background: canvas.NewRectangle(nil),
		hover:      canvas.NewRectangle(nil),
		label:      canvas.NewText("", nil),
		key:        NewKeyCap(""),
	}
	r.paint()
	return r
}

type buttonRenderer struct {
	button            *Button
	background, hover *canvas.Rectangle
	label             *canvas.Text
	key               *KeyCap
}

const (
	buttonPadX, buttonPadY, buttonGap   float32 = 14, 9, 7
	smallButtonPadX, smallButtonPadY    float32 = 10, 5
	buttonOutline, buttonOutlineFocused float32 = 1, 2
)

func (r *buttonRenderer) paint() {
	b := r.button
	fill, text, outline := fynetheme.ColorNameButton, fynetheme.ColorNameForeground, fynetheme.ColorNameInputBorder
	focus := fynetheme.ColorNamePrimary
	if b.primary {
		fill, text, outline = fynetheme.ColorNamePrimary, fynetheme.ColorNameForegroundOnPrimary, fynetheme.ColorNamePrimary
		focus = fynetheme.ColorNameForeground
	}
	if b.Disabled() {
		fill, text, outline = fynetheme.ColorNameDisabledButton, fynetheme.ColorNameDisabled, fynetheme.ColorNameSeparator
	}
	r.background.StrokeWidth = buttonOutline
	if b.focused {
		outline, r.background.StrokeWidth = focus, buttonOutlineFocused
	}
	r.background.FillColor, r.background.StrokeColor = fynetheme.Color(fill), fynetheme.Color(outline)
	r.background.CornerRadius = fynetheme.Size(fynetheme.SizeNameButtonRadius)
	r.hover.CornerRadius = r.background.CornerRadius
	r.hover.FillColor = fynetheme.Color(fynetheme.ColorNameHover)
	r.hover.Hidden = !b.hovered || b.Disabled()
	r.label.Text, r.label.Color = visible.Line(b.text), fynetheme.Color(text)
	r.label.TextSize = fynetheme.Size(fynetheme.SizeNameText)
	if b.small {
		r.label.TextSize = fynetheme.Size(fynetheme.SizeNameCaptionText)
	}
	r.label.TextStyle.Bold = !b.small
	r.key.Hidden = b.key == ""
	r.key.SetText(b.key)
}

func (r *buttonRenderer) Layout(size fyne.Size) {
	r.background.Resize(size)
	r.hover.Resize(size)
	content := r.contentSize()
	label := r.label.MinSize()
	x := (size.Width - content.Width) / 2
	r.label.Move(fyne.NewPos(x, (size.Height-label.Height)/2))
	r.label.Resize(label)
	key := r.key.MinSize()
	r.key.Move(fyne.NewPos(x+content.Width-key.Width, (size.Height-key.Height)/2))
	r.key.Resize(key)
}

// contentSize is that of the text and the key, if any, beside it.
func (r *buttonRenderer) contentSize() fyne.Size {
	size := r.label.MinSize()
	if !r.key.Hidden {
		size.Width += buttonGap + r.key.MinSize().Width
	}
	return size
}

func (r *buttonRenderer) MinSize() fyne.Size {
	if r.button.small {
		return r.contentSize().AddWidthHeight(2*smallButtonPadX, 2*smallButtonPadY)
	}
	return r.contentSize().AddWidthHeight(2*buttonPadX, 2*buttonPadY)
}

func (r *buttonRenderer) Refresh() {
	r.paint()
	r.Layout(r.button.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.background, r.hover, r.label, r.key}
}
func (r *buttonRenderer) Destroy() {}
