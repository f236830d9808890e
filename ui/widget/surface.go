package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Surface is a rounded ground with an optional outline, under what it holds.
type Surface struct {
	widget.BaseWidget
	Content       fyne.CanvasObject
	fill, outline fyne.ThemeColorName
	radius        float32
	padX, padY    float32
}

// What a card measures.
const cardRadius, cardPadX, cardPadY float32 = 12, 18, 16

// Card is the white surface of the pages.
func Card(content fyne.CanvasObject) *Surface {
	return newSurface(content, ColorCard, ColorBorder, cardRadius, cardPadX, cardPadY)
}

// FlushCard is a card whose content reaches its edges, such as a grid.
func FlushCard(content fyne.CanvasObject) *Surface {
	return newSurface(content, ColorCard, ColorBorder, 12, 4, 4)
}

// Notice is a box that asks for attention.
func Notice(content fyne.CanvasObject) *Surface {
	return newSurface(content, ColorNotice, "", 9, 14, 10)
}

// Failure is a box that reports what went wrong.
func Failure(content fyne.CanvasObject) *Surface {
	return newSurface(content, ColorErrorSurface, "", 9, 14, 10)
}

// Ground is a plain surface along an edge of the window.
func Ground(content fyne.CanvasObject) *Surface {
	return newSurface(content, ColorCard, "", 0, 0, 0)
}

func newSurface(content fyne.CanvasObject, fill, outline fyne.ThemeColorName, radius, padX, padY float32) *Surface {
	s := &Surface{Content: content, fill: fill, outline: outline, radius: radius, padX: padX, padY: padY}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is called by Fyne.
func (s *Surface) CreateRenderer() fyne.WidgetRenderer {
	r := &surfaceRenderer{surface: s, ground: canvas.NewRectangle(nil)}
	r.paint()
	return r
}

type surfaceRenderer struct {
	surface *Surface
	ground  *canvas.Rectangle
}

func (r *surfaceRenderer) paint() {
	r.ground.FillColor = Color(r.surface.fill)
	r.ground.CornerRadius = r.surface.radius
	if r.surface.outline != "" {
		r.ground.StrokeColor = Color(r.surface.outline)
		r.ground.StrokeWidth = 1
	}
}

func (r *surfaceRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.surface.Content.Move(fyne.NewPos(r.surface.padX, r.surface.padY))
	r.surface.Content.Resize(size.SubtractWidthHeight(2*r.surface.padX, 2*r.surface.padY))
}

func (r *surfaceRenderer) MinSize() fyne.Size {
	return r.surface.Content.MinSize().AddWidthHeight(2*r.surface.padX, 2*r.surface.padY)
}

func (r *surfaceRenderer) Refresh() {
	r.paint()
	r.ground.Refresh()
	r.Layout(r.surface.Size())
}

func (r *surfaceRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.surface.Content}
}
func (r *surfaceRenderer) Destroy() {}
