package widget

import (
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// NavItem is one page's place in the navigation: its name and a small remark,
// such as how many messages wait there.
type NavItem struct {
	pressable

	text, remark string
	chosen       bool
}

// NewNavItem returns the place of a page.
func NewNavItem(text string, tapped func()) *NavItem {
	n := &NavItem{pressable: pressable{OnTapped: tapped}, text: text}
	n.ExtendBaseWidget(n)
	return n
}

// Text returns the page's name.
func (n *NavItem) Text() string { return n.text }

// Remark returns the small text at the end.
func (n *NavItem) Remark() string { return n.remark }

// SetRemark changes the small text at the end.
func (n *NavItem) SetRemark(remark string) {
	if n.remark == remark {
		return
	}
	n.remark = remark
	n.Refresh()
}

// SetChosen marks the page that is on the screen.
func (n *NavItem) SetChosen(chosen bool) {
	if n.chosen == chosen {
		return
	}
	n.chosen = chosen
	n.Refresh()
}

// AccessibilityLabel names the page to a screen reader.
func (n *NavItem) AccessibilityLabel() string { return n.text }

// CreateRenderer is called by Fyne.
func (n *NavItem) CreateRenderer() fyne.WidgetRenderer {
	r := &navRenderer{item: n, ground: canvas.NewRectangle(nil), label: canvas.NewText("", nil), remark: canvas.NewText("", nil)}
	r.paint()
	return r
}

// navPad is the room around the words, and navLeast the room that a name needs at the
// usual text size; what is longer is cut.
const navPad, navLeast float32 = 10, 130

type navRenderer struct {
	item          *NavItem
	ground        *canvas.Rectangle
	label, remark *canvas.Text
}

func (r *navRenderer) paint() {
	n := r.item
	r.ground.CornerRadius = 8
	r.ground.StrokeWidth = 0
	switch {
	case n.chosen:
		r.ground.FillColor = Color(ColorTint)
	case n.hovered:
		r.ground.FillColor = Color(theme.ColorNameHover)
	default:
		r.ground.FillColor = Color(ColorCard)
	}
	if n.focused {
		r.ground.StrokeColor, r.ground.StrokeWidth = Color(theme.ColorNamePrimary), 2
	}
	name := theme.ColorNameForeground
	if n.chosen {
		name = theme.ColorNamePrimary
	}
	r.label.Text, r.label.Color, r.label.TextStyle.Bold = n.text, Color(name), n.chosen
	r.label.TextSize = theme.Size(theme.SizeNameText)
	r.remark.Text, r.remark.Color = n.remark, Color(ColorMuted)
	r.remark.TextSize = theme.Size(theme.SizeNameCaptionText) * 0.9
}

func (r *navRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	remark := r.remark.MinSize()
	r.label.Text = r.fitting(size.Width - remark.Width - 3*navPad)
	label := r.label.MinSize()
	r.label.Move(fyne.NewPos(navPad, (size.Height-label.Height)/2))
	r.label.Resize(label)
	r.remark.Move(fyne.NewPos(size.Width-navPad-remark.Width, (size.Height-remark.Height)/2))
	r.remark.Resize(remark)
}

// fitting is as much of the name as there is room for.
func (r *navRenderer) fitting(width float32) string {
	name := []rune(r.item.text)
	measure := func(n int) float32 {
		return fyne.MeasureText(cut(r.item.text, n), r.label.TextSize, r.label.TextStyle).Width
	}
	if measure(len(name)) <= width {
		return r.item.text
	}
	return cut(r.item.text, max(2, sort.Search(len(name), func(n int) bool { return n > 1 && measure(n) > width })-1))
}

func (r *navRenderer) MinSize() fyne.Size {
	label, remark := fyne.MeasureText(r.item.text, r.label.TextSize, r.label.TextStyle), r.remark.MinSize()
	return fyne.NewSize(min(label.Width, Scaled(navLeast))+remark.Width+3*navPad, label.Height+2*navPad)
}

func (r *navRenderer) Refresh() {
	r.paint()
	r.Layout(r.item.Size())
	r.ground.Refresh()
	r.label.Refresh()
	r.remark.Refresh()
}

func (r *navRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.label, r.remark}
}
func (r *navRenderer) Destroy() {}
