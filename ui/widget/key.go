package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Key is a key of the keyboard as a little cap, shown where the key works.
type Key struct {
	widget.BaseWidget
	text string
}

// NewKey returns the cap of a key.
func NewKey(text string) *Key {
	k := &Key{text: text}
	k.ExtendBaseWidget(k)
	return k
}

// SetText changes which key it is.
func (k *Key) SetText(text string) {
	if k.text == text {
		return
	}
	k.text = text
	k.Refresh()
}

// CreateRenderer is called by Fyne.
func (k *Key) CreateRenderer() fyne.WidgetRenderer {
	r := &keyRenderer{key: k, ground: canvas.NewRectangle(nil), label: canvas.NewText("", nil)}
	r.paint()
	return r
}

type keyRenderer struct {
	key    *Key
	ground *canvas.Rectangle
	label  *canvas.Text
}

func (r *keyRenderer) paint() {
	r.ground.FillColor, r.ground.StrokeColor = Color(ColorCard), Color(theme.ColorNameInputBorder)
	r.ground.StrokeWidth, r.ground.CornerRadius = 1, 4
	r.label.Text, r.label.Color = r.key.text, Color(ColorMuted)
	r.label.TextSize = theme.Size(theme.SizeNameCaptionText)
	r.label.Alignment = fyne.TextAlignCenter
}

func (r *keyRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	least := r.label.MinSize()
	r.label.Move(fyne.NewPos(0, (size.Height-least.Height)/2))
	r.label.Resize(fyne.NewSize(size.Width, least.Height))
}

func (r *keyRenderer) MinSize() fyne.Size {
	size := r.label.MinSize().AddWidthHeight(11, 5)
	size.Width = max(size.Width, size.Height)
	return size
}

func (r *keyRenderer) Refresh() {
	r.paint()
	r.Layout(r.key.Size())
	r.ground.Refresh()
	r.label.Refresh()
}

func (r *keyRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.ground, r.label} }
func (r *keyRenderer) Destroy()                     {}
