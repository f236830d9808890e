package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"

	"seedbed/ui/theme"
)

// ListItem is a line that opens or selects what it shows. Fyne's list has one focus for
// all of its lines, and lines of one height.
type ListItem struct {
	pressable

	label    string // for screen readers
	content  fyne.CanvasObject
	selected bool
	radius   float32
	padding  fyne.Size // around the content
	outset   float32   // how far the background reaches beyond the line
}

var _ fyne.Accessible = (*ListItem)(nil)

// NewListItem returns a line that shows content; label names it to screen readers.
func NewListItem(label string, content fyne.CanvasObject, tapped func()) *ListItem {
	i := &ListItem{pressable: pressable{OnTapped: tapped}, label: label, content: content, radius: 6, outset: 4}
	i.ExtendBaseWidget(i)
	return i
}

// NewCardItem returns a line that fills a [FlushCard].
func NewCardItem(label string, content fyne.CanvasObject, tapped func()) *ListItem {
	i := NewListItem(label, content, tapped)
	i.radius, i.outset, i.padding = cardStyle.radius, flushStyle.padding.Width, fyne.NewSize(12, 8)
	return i
}

// AccessibilityLabel names the line to a screen reader.
func (i *ListItem) AccessibilityLabel() string { return i.label }

// Text returns the line's name.
func (i *ListItem) Text() string { return i.label }

// Selected reports whether the line is selected.
func (i *ListItem) Selected() bool { return i.selected }

// SetSelected gives the line the background of the selected one.
func (i *ListItem) SetSelected(selected bool) {
	if i.selected != selected {
		i.selected = selected
		i.Refresh()
	}
}

// CreateRenderer is called by Fyne.
func (i *ListItem) CreateRenderer() fyne.WidgetRenderer {
	r := &listItemRenderer{item: i, background: canvas.NewRectangle(nil)}
	r.paint()
	return r
}

type listItemRenderer struct {
	item       *ListItem
	background *canvas.Rectangle
}

func (r *listItemRenderer) paint() {
	i := r.item
	r.background.CornerRadius, r.background.StrokeWidth = i.radius, 0
	switch {
	case i.selected:
		r.background.FillColor = fynetheme.Color(theme.ColorNameTint)
	case i.hovered:
		r.background.FillColor = fynetheme.Color(fynetheme.ColorNameHover)
	default:
		r.background.FillColor = color.Transparent
	}
	if i.focused {
		r.background.StrokeColor, r.background.StrokeWidth = fynetheme.Color(fynetheme.ColorNamePrimary), 2
	}
}

func (r *listItemRenderer) Layout(size fyne.Size) {
	i := r.item
	r.background.Move(fyne.NewPos(-i.outset, -i.outset))
	r.background.Resize(size.AddWidthHeight(2*i.outset, 2*i.outset))
	i.content.Move(fyne.NewPos(i.padding.Width, i.padding.Height))
	i.content.Resize(size.Subtract(i.padding).Subtract(i.padding))
}

func (r *listItemRenderer) MinSize() fyne.Size {
	return r.item.content.MinSize().Add(r.item.padding).Add(r.item.padding)
}

func (r *listItemRenderer) Refresh() {
	r.paint()
	r.background.Refresh()
	r.Layout(r.item.Size())
	r.item.content.Refresh()
}

func (r *listItemRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.background, r.item.content}
}
func (r *listItemRenderer) Destroy() {}

// ChipOption is one of several categories to select from: its chip and its key.
type ChipOption struct{ ListItem }

// optionChip is how wide the chip of an option is at most, which has its place in a side panel.
const optionChip float32 = 220

// NewChipOption returns an option that is not selected; a key of "" shows none.
func NewChipOption(text string, colour color.NRGBA, key string, tapped func()) *ChipOption {
	content := HBox(3, NewChip(text, colour).Within(optionChip), layout.NewSpacer())
	if key != "" {
		content.Add(NewKeyCap(key))
	}
	o := &ChipOption{ListItem{pressable: pressable{OnTapped: tapped}, label: text, content: content, radius: 6, padding: fyne.NewSize(6, 4)}}
	o.ExtendBaseWidget(o)
	return o
}

// NavigationItem is a page's line in the navigation: its name, and a badge such as the
// number of messages that wait there.
type NavigationItem struct {
	ListItem
	name, badge *Text
}

// navigationNameWidth is the width that a name needs at most, at the default text size;
// a longer one is truncated.
const navigationNameWidth float32 = 130

// NewNavigationItem returns the line of a page, without a badge.
func NewNavigationItem(text string, tapped func()) *NavigationItem {
	name, badge := Line(text), Caption("")
	width := fyne.MeasureText(text, fynetheme.TextSize(), fyne.TextStyle{Bold: true}).Width / theme.Scaled(1)
	content := container.NewBorder(nil, nil, nil, centred(badge), FixedWidth(min(width, navigationNameWidth), name))
	n := &NavigationItem{name: name, badge: badge, ListItem: ListItem{
		pressable: pressable{OnTapped: tapped}, label: text, content: content, radius: 8, padding: fyne.NewSize(10, 10),
	}}
	n.ExtendBaseWidget(n)
	return n
}

// centred gives an object its own height, in the middle of a higher place.
func centred(o fyne.CanvasObject) fyne.CanvasObject { return HBox(0, o) }

// Badge returns the text of the badge.
func (n *NavigationItem) Badge() string { return n.badge.Text() }

// SetBadge changes the text of the badge.
func (n *NavigationItem) SetBadge(text string) {
	if n.badge.Text() != text {
		n.badge.SetText(text)
		n.content.Refresh() // which makes room for it
	}
}

// SetSelected marks the page that is shown.
func (n *NavigationItem) SetSelected(selected bool) {
	if n.selected == selected {
		return
	}
	style := &n.name.segment.Style
	style.TextStyle.Bold, style.ColorName = selected, fynetheme.ColorNameForeground
	if selected {
		style.ColorName = fynetheme.ColorNamePrimary
	}
	n.name.Refresh()
	n.ListItem.SetSelected(selected)
}
