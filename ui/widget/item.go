package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Item is a line of a list that opens what it is about, with the mouse, Space or Enter.
type Item struct {
	pressable

	name    string
	content fyne.CanvasObject
}

// NewItem returns a line with this content; its name is for screen readers.
func NewItem(name string, content fyne.CanvasObject, tapped func()) *Item {
	i := &Item{pressable: pressable{OnTapped: tapped}, name: name, content: content}
	i.ExtendBaseWidget(i)
	return i
}

// AccessibilityLabel names the line to a screen reader.
func (i *Item) AccessibilityLabel() string { return i.name }

// CreateRenderer is called by Fyne.
func (i *Item) CreateRenderer() fyne.WidgetRenderer {
	r := &itemRenderer{item: i, ground: canvas.NewRectangle(nil)}
	r.paint()
	return r
}

type itemRenderer struct {
	item   *Item
	ground *canvas.Rectangle
}

// itemOver is how far the ground of a line reaches beyond what stands on it.
const itemOver float32 = 4

func (r *itemRenderer) paint() {
	r.ground.CornerRadius = 6
	r.ground.FillColor, r.ground.StrokeWidth = nil, 0
	if r.item.hovered {
		r.ground.FillColor = Color(theme.ColorNameHover)
	}
	if r.item.focused {
		r.ground.StrokeColor, r.ground.StrokeWidth = Color(theme.ColorNamePrimary), 2
	}
}

func (r *itemRenderer) Layout(size fyne.Size) {
	r.ground.Move(fyne.NewPos(-itemOver, -itemOver))
	r.ground.Resize(size.AddWidthHeight(2*itemOver, 2*itemOver))
	r.item.content.Resize(size)
}

func (r *itemRenderer) MinSize() fyne.Size { return r.item.content.MinSize() }

func (r *itemRenderer) Refresh() {
	r.paint()
	r.ground.Refresh()
	r.item.content.Refresh()
}

func (r *itemRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.item.content}
}
func (r *itemRenderer) Destroy() {}
