package shell

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/localdb"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// pageWidth is how wide a page is at most, at the usual text size: lines that are longer are
// hard to follow, and what belongs together would be far apart.
const pageWidth = 1280

// PageLayout gives a page its margins and its heading's place, and no more room on a large
// screen than it has use for. Where the window is too small for the page, or the text too
// large, the page scrolls.
func PageLayout(head, body fyne.CanvasObject) fyne.CanvasObject {
	page := WidePageLayout(head, widget.Snug(body))
	page.Content = widget.Clamped(pageWidth, page.Content)
	return page
}

// WidePageLayout is PageLayout for a page that has use for all room there is.
func WidePageLayout(head, body fyne.CanvasObject) *container.Scroll {
	return container.NewScroll(container.New(layout.NewCustomPaddedLayout(24, 22, 26, 26),
		container.NewBorder(container.New(layout.NewCustomPaddedLayout(0, 16, 0, 0), head), nil, nil, nil, body)))
}

// Head is the heading of a page: its title with buttons beside it, and a remark as wide as the page.
func Head(title, remark *widget.Text, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	return widget.VBox(4, container.NewBorder(nil, nil, nil, widget.HBox(8, buttons...), Centred(title)), remark)
}

// Scrolled lets something scroll up and down, beside its bar and not under it.
func Scrolled(o fyne.CanvasObject) *container.Scroll {
	return container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, barRoom), o))
}

// barRoom is what the bar of a scrolled list takes.
const barRoom = 8

// Tall is Scrolled with room to read in, also where the page scrolls.
func Tall(o fyne.CanvasObject) *container.Scroll {
	list := Scrolled(o)
	list.SetMinSize(fyne.NewSize(120, 220))
	return list
}

// SetEnabled enables a widget or disables it.
func SetEnabled(w fyne.Disableable, enabled bool) {
	if enabled {
		w.Enable()
	} else {
		w.Disable()
	}
}

// SetVisible shows something or hides it.
func SetVisible(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}

// Centred is something halfway up in the height that it gets.
func Centred(o fyne.CanvasObject) fyne.CanvasObject { return widget.FixedWidth(0, o) }

// labelWidth is how wide the labels of a form are.
const labelWidth = 132

// Form puts pairs of a label and a field below each other.
func Form(pairs ...any) fyne.CanvasObject {
	column := widget.VBox(8)
	for pair := range slices.Chunk(pairs, 2) {
		label, object := pair[0].(string), pair[1].(fyne.CanvasObject)
		column.Add(container.NewBorder(nil, nil, widget.FixedWidth(labelWidth, widget.MutedLine(label)), nil, object))
	}
	return column
}

// labelChip is how wide the chip of a category is before its bar or number.
const labelChip = 150

// CategoryLabel is a category's chip at the beginning of a line. The lines of a list begin at the
// same place, however long the names are.
func CategoryLabel(c localdb.Category) fyne.CanvasObject {
	return widget.FixedWidth(labelChip, container.NewHBox(widget.NewChip(c.Shown(), theme.ParseColour(c.Colour)).Within(labelChip)))
}

// Body is the part of a page below its heading: what the page shows or, while there is
// nothing to show, what to do about that. Nothing is visible until it is known which.
type Body struct {
	Object         *fyne.Container
	content, empty fyne.CanvasObject
}

// NewBody makes a body of what the page shows and of what stands in its place.
func NewBody(content, empty fyne.CanvasObject) *Body {
	content.Hide()
	empty.Hide()
	return &Body{Object: container.NewStack(content, empty), content: content, empty: empty}
}

// SetEmpty says whether there is nothing to show.
func (b *Body) SetEmpty(empty bool) {
	SetVisible(b.content, !empty)
	SetVisible(b.empty, empty)
	b.Object.Refresh()
}

// Empty is a card that says why there is nothing to show, with the buttons that help.
func Empty(title string, text *widget.Text, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	return widget.Card(container.NewVScroll(container.NewPadded(widget.VBox(12, widget.Heading(title), text, widget.Wrap(8, buttons...)))))
}

// ListRow is a row of a list with anything in it. Fyne paints widgets and containers, and nothing that only
// embeds a container.
type ListRow struct {
	fynewidget.BaseWidget
	Body fyne.CanvasObject
}

// CreateRenderer is called by Fyne.
func (r *ListRow) CreateRenderer() fyne.WidgetRenderer { return fynewidget.NewSimpleRenderer(r.Body) }

// TwoLines is a list row with a title and, below it, a remark.
type TwoLines struct {
	ListRow
	First, Second *widget.Text
}

// NewTwoLines makes an empty row, as the template of a list.
func NewTwoLines() fyne.CanvasObject {
	r := &TwoLines{First: widget.Line(""), Second: widget.MutedLine("")}
	r.Body = widget.VBox(2, r.First, r.Second)
	r.ExtendBaseWidget(r)
	return r
}
