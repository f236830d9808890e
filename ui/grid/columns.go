package grid

import (
	"image"
	"slices"

	"fyne.io/fyne/v2"
)

// Column describes a column of a grid.
type Column struct {
	// ID identifies the column in callbacks; it is not shown.
	ID    string
	Title string
	// Width and MinWidth are in device-independent pixels at a text size of 14, and
	// scale with the text.
	Width, MinWidth float32
	// Stretch gives the column the width that the others leave; at most one column has
	// it.
	Stretch bool
	// Sortable makes a click on the header call OnSort.
	Sortable bool
	// Editable lets cells be edited in place.
	Editable bool
	// Align is the alignment of text.
	Align fyne.TextAlign
}

// span is the position of a column, in pixels from the left edge of all columns.
type span struct{ x, width int }

// layoutColumns lays columns out in a width in pixels. When they need more, the grid
// scrolls sideways.
func layoutColumns(columns []Column, m metrics, width int) []span {
	spans := make([]span, len(columns))
	left := width
	for i, c := range columns {
		spans[i].width = m.px(max(c.Width, c.MinWidth))
		if c.Stretch {
			spans[i].width = m.px(c.MinWidth)
		}
		left -= spans[i].width
	}
	x := 0
	for i, c := range columns {
		if c.Stretch && left > 0 {
			spans[i].width += left
			left = 0
		}
		spans[i].x = x
		x += spans[i].width
	}
	return spans
}

// resizedColumns returns the columns that grow and shrink, or -1, when the border to
// the right of column i is dragged. The border must stay under the pointer: to the
// left of the stretching column one column grows and that one gives way, to its right
// the neighbour has to shrink.
func resizedColumns(columns []Column, i int) (grows, shrinks int, ok bool) {
	stretch := slices.IndexFunc(columns, func(c Column) bool { return c.Stretch })
	switch {
	case stretch < 0, i < stretch:
		return i, -1, true
	case i+1 == len(columns):
		return -1, -1, false
	case i == stretch:
		return -1, i + 1, true
	}
	return i, i + 1, true
}

// minimumWidth is the width below which a column cannot be dragged.
func (c Column) minimumWidth() float32 { return max(c.MinWidth, 2*cellPad) }

// paintHeader draws the column titles and the sort arrow.
func (g *Grid) paintHeader(all painter) {
	height := g.m.row
	p := all.within(image.Rect(0, 0, all.img.Rect.Max.X, height))
	p.fill(p.clip, g.colours.header)
	for i, s := range g.spans {
		area := image.Rect(s.x, 0, s.x+s.width, height).Sub(image.Pt(g.left, 0))
		g.paintTitle(p.within(area), area, i)
	}
	p.fill(image.Rect(0, height-1, p.clip.Max.X, height), g.colours.border)
}

func (g *Grid) paintTitle(p painter, area image.Rectangle, i int) {
	c := g.columns[i]
	if i == g.hoverColumn && c.Sortable {
		p.fill(area, blend(g.colours.header, g.colours.hover))
	}
	if g.hoverBorder == i {
		p.fill(image.Rect(area.Max.X-g.m.px(2), area.Min.Y, area.Max.X, area.Max.Y), g.colours.accent)
	}
	if c.ID != g.sortID {
		g.paintText(p, area, c.Title, g.m.header, c.Align, g.colours.muted)
		return
	}
	arrow, gap := g.m.px(9), g.m.px(5)
	title := area
	title.Max.X -= arrow + gap + g.m.px(2) - g.m.pad // the arrow may overlap the padding
	x := gap + g.paintText(p, title, c.Title, g.m.header, c.Align, g.colours.text)
	y := (area.Min.Y + area.Max.Y - arrow) / 2
	g.paintArrow(p, image.Rect(x, y, x+arrow, y+arrow))
}

func (g *Grid) paintArrow(p painter, box image.Rectangle) {
	from, to, wing := 0.05, 0.95, 0.6
	if !g.sortDescending {
		from, to, wing = to, from, 0.4
	}
	width := float64(g.m.zoom) * 1.5
	p.stroke(box, width, g.colours.text, point{0.5, from}, point{0.5, to})
	p.stroke(box, width, g.colours.text, point{0.15, wing}, point{0.5, to}, point{0.85, wing})
}
