package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/ui/theme"
)

// Panel is a rounded background, with or without an outline, behind its content. Fyne's
// card always has room for a title, a shadow instead of an outline, and one colour.
type Panel struct {
	fynewidget.BaseWidget
	Content fyne.CanvasObject
	style   panelStyle
}

type panelStyle struct {
	fill, outline fyne.ThemeColorName // no outline where it is ""
	radius        float32
	padding       fyne.Size
}

var (
	cardStyle   = panelStyle{theme.ColorNameCard, fynetheme.ColorNameSeparator, 12, fyne.NewSize(18, 16)}
	flushStyle  = panelStyle{theme.ColorNameCard, fynetheme.ColorNameSeparator, 12, fyne.NewSize(4, 4)}
	toastStyle  = panelStyle{theme.ColorNameCard, fynetheme.ColorNameSeparator, 9, fyne.NewSize(12, 7)}
	noticeStyle = panelStyle{theme.ColorNameNotice, "", 9, fyne.NewSize(14, 10)}
	errorStyle  = panelStyle{theme.ColorNameErrorNotice, "", 9, fyne.NewSize(14, 10)}
	flatStyle   = panelStyle{fill: theme.ColorNameCard}
)

// Card is the panel that pages are divided into.
func Card(content fyne.CanvasObject) *Panel { return newPanel(content, cardStyle) }

// FlushCard is a card whose content, such as a grid, reaches its edges.
func FlushCard(content fyne.CanvasObject) *Panel { return newPanel(content, flushStyle) }

// Notice is a panel that asks for attention.
func Notice(content fyne.CanvasObject) *Panel { return newPanel(content, noticeStyle) }

// ErrorNotice is a panel that reports an error.
func ErrorNotice(content fyne.CanvasObject) *Panel { return newPanel(content, errorStyle) }

// FlatPanel is a panel along an edge of the window.
func FlatPanel(content fyne.CanvasObject) *Panel { return newPanel(content, flatStyle) }

func newPanel(content fyne.CanvasObject, style panelStyle) *Panel {
	p := &Panel{Content: content, style: style}
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer is called by Fyne.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	r := &panelRenderer{panel: p, background: canvas.NewRectangle(nil)}
	r.paint()
	return r
}

type panelRenderer struct {
	panel      *Panel
	background *canvas.Rectangle
}

func (r *panelRenderer) paint() {
	r.background.FillColor = fynetheme.Color(r.panel.style.fill)
	r.background.CornerRadius = r.panel.style.radius
	if r.panel.style.outline != "" {
		r.background.StrokeColor, r.background.StrokeWidth = fynetheme.Color(r.panel.style.outline), 1
	}
}

func (r *panelRenderer) Layout(size fyne.Size) {
	padding := r.panel.style.padding
	r.background.Resize(size)
	r.panel.Content.Move(fyne.NewPos(padding.Width, padding.Height))
	r.panel.Content.Resize(size.Subtract(padding).Subtract(padding))
}

func (r *panelRenderer) MinSize() fyne.Size {
	return r.panel.Content.MinSize().Add(r.panel.style.padding).Add(r.panel.style.padding)
}

func (r *panelRenderer) Refresh() {
	r.paint()
	r.background.Refresh()
	r.Layout(r.panel.Size())
}

func (r *panelRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.background, r.panel.Content}
}
func (r *panelRenderer) Destroy() {}

// Shape is a small rounded square in a colour of the theme, which a canvas.Rectangle does
// not follow.
type Shape struct {
	fynewidget.BaseWidget
	colour       fyne.ThemeColorName
	size, radius float32
}

// Logo is Seedbed's logo.
func Logo() *Shape { return newShape(fynetheme.ColorNamePrimary, 20, 6) }

// Dot is a status dot.
func Dot(colour fyne.ThemeColorName) *Shape { return newShape(colour, 8, canvas.RadiusMaximum) }

func newShape(colour fyne.ThemeColorName, size, radius float32) *Shape {
	s := &Shape{colour: colour, size: size, radius: radius}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is called by Fyne.
func (s *Shape) CreateRenderer() fyne.WidgetRenderer {
	rectangle := canvas.NewRectangle(fynetheme.Color(s.colour))
	rectangle.CornerRadius = s.radius
	return &shapeRenderer{fynewidget.NewSimpleRenderer(rectangle), s, rectangle}
}

type shapeRenderer struct {
	fyne.WidgetRenderer
	shape     *Shape
	rectangle *canvas.Rectangle
}

func (r *shapeRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(r.shape.size) }

func (r *shapeRenderer) Refresh() {
	r.rectangle.FillColor = fynetheme.Color(r.shape.colour)
	r.rectangle.Refresh()
}
