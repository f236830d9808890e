package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// Button is a button with an outline that shows the key that does the same.
type Button struct {
	pressable

	text    string
	key     string
	primary bool
	small   bool
}

var _ desktop.Cursorable = (*Button)(nil)

// NewButton returns an outlined button.
func NewButton(text string, tapped func()) *Button {
	b := &Button{pressable: pressable{OnTapped: tapped}, text: text}
	b.ExtendBaseWidget(b)
	return b
}

// NewPrimary returns the one button of a page that does its main work.
func NewPrimary(text string, tapped func()) *Button {
	b := NewButton(text, tapped)
	b.primary = true
	return b
}

// NewSmall returns a button that stands beside words rather than under them.
func NewSmall(text string, tapped func()) *Button {
	b := NewButton(text, tapped)
	b.small = true
	return b
}

// WithKey shows the key that does the same as the button.
func (b *Button) WithKey(key string) *Button {
	b.key = key
	return b
}

// Text returns the words on the button.
func (b *Button) Text() string { return b.text }

// SetText replaces the words on the button.
func (b *Button) SetText(text string) {
	if b.text == text {
		return
	}
	b.text = text
	b.Refresh()
}

// AccessibilityLabel names the button to a screen reader.
func (b *Button) AccessibilityLabel() string { return b.text }

// Cursor is called by Fyne.
func (b *Button) Cursor() desktop.Cursor { return desktop.DefaultCursor }

// CreateRenderer is called by Fyne.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{
		button: b,
		ground: canvas.NewRectangle(nil),
		over:   canvas.NewRectangle(nil),
		label:  canvas.NewText("", nil),
		cap:    NewKey(""),
	}
	r.objects = []fyne.CanvasObject{r.ground, r.over, r.label, r.cap}
	r.paint()
	return r
}

type buttonRenderer struct {
	button       *Button
	ground, over *canvas.Rectangle
	label        *canvas.Text
	cap          *Key
	objects      []fyne.CanvasObject
}

const (
	buttonPadX, buttonPadY, buttonGap float32 = 14, 9, 7
	smallPadX, smallPadY              float32 = 10, 5
)

func (r *buttonRenderer) paint() {
	b := r.button
	radius := theme.Size(theme.SizeNameButtonRadius)
	fill, text, outline := theme.ColorNameButton, theme.ColorNameForeground, theme.ColorNameInputBorder
	if b.primary {
		fill, text, outline = theme.ColorNamePrimary, theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary
	}
	if b.Disabled() {
		fill, text, outline = theme.ColorNameDisabledButton, theme.ColorNameDisabled, ColorBorder
	}
	r.ground.FillColor, r.ground.StrokeColor = Color(fill), Color(outline)
	r.ground.StrokeWidth, r.ground.CornerRadius = 1, radius
	if b.focused {
		r.ground.StrokeColor, r.ground.StrokeWidth = Color(theme.ColorNameForeground), 2
		if !b.primary {
			r.ground.StrokeColor = Color(theme.ColorNamePrimary)
		}
	}
	r.over.CornerRadius = radius
	r.over.FillColor = Color(theme.ColorNameHover)
	r.over.Hidden = !b.hovered || b.Disabled()
	r.label.Text, r.label.Color = b.text, Color(text)
	r.label.TextSize = theme.Size(theme.SizeNameText)
	if b.small {
		r.label.TextSize = theme.Size(theme.SizeNameCaptionText)
	}
	r.label.TextStyle.Bold = !b.small
	r.cap.Hidden = b.key == ""
	r.cap.SetText(b.key)
}

func (r *buttonRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.over.Resize(size)
	label, key := r.label.MinSize(), r.keySize()
	gap := buttonGap
	if key.Width == 0 {
		gap = 0
	}
	x := (size.Width - label.Width - gap - key.Width) / 2
	r.label.Move(fyne.NewPos(x, (size.Height-label.Height)/2))
	r.label.Resize(label)
	r.cap.Move(fyne.NewPos(x+label.Width+gap, (size.Height-key.Height)/2))
	r.cap.Resize(key)
}

func (r *buttonRenderer) keySize() fyne.Size {
	if r.button.key == "" {
		return fyne.Size{}
	}
	return r.cap.MinSize()
}

func (r *buttonRenderer) MinSize() fyne.Size {
	size := r.label.MinSize()
	if key := r.keySize(); key.Width > 0 {
		size.Width += buttonGap + key.Width
	}
	if r.button.small {
		return size.AddWidthHeight(2*smallPadX, 2*smallPadY)
	}
	return size.AddWidthHeight(2*buttonPadX, 2*buttonPadY)
}

func (r *buttonRenderer) Refresh() {
	r.paint()
	r.Layout(r.button.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}

func (r *buttonRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *buttonRenderer) Destroy()                     {}
