package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
)

// focusRing is how thick the ring around what has the keyboard is.
const focusRing float32 = 2

// ringRenderer paints a ring around one of Fyne's widgets while it has the keyboard: Fyne
// marks check boxes and sliders by a faint disc alone.
type ringRenderer struct {
	fyne.WidgetRenderer
	widget  fyne.Widget
	focused *bool
	ring    *canvas.Rectangle
}

func newRingRenderer(w fyne.Widget, inner fyne.WidgetRenderer, focused *bool) *ringRenderer {
	r := &ringRenderer{WidgetRenderer: inner, widget: w, focused: focused, ring: canvas.NewRectangle(color.Transparent)}
	r.ring.StrokeWidth = focusRing
	r.paint()
	return r
}

func (r *ringRenderer) paint() {
	r.ring.StrokeColor = fynetheme.Color(fynetheme.ColorNamePrimary)
	r.ring.CornerRadius = fynetheme.Size(fynetheme.SizeNameInputRadius)
	r.ring.Hidden = !*r.focused
}

// Layout is called by Fyne.
func (r *ringRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.ring.Resize(size)
}

// Refresh is called by Fyne.
func (r *ringRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.paint()
	r.ring.Resize(r.widget.Size())
	r.ring.Refresh()
}

// Objects is called by Fyne.
func (r *ringRenderer) Objects() []fyne.CanvasObject {
	return append(r.WidgetRenderer.Objects()[:len(r.WidgetRenderer.Objects()):len(r.WidgetRenderer.Objects())], r.ring)
}
