package grid

import (
	"slices"

	"fyne.io/fyne/v2"
)

// Column describes a column of a grid.
type Column struct {
	// ID identifies the column in callbacks; it is not shown.
	ID    string
	Title string
	// Width and MinWidth are in device-independent pixels at a text size of 14, and
	// scale with the text. A column without a Width is as wide as its title and its
	// Samples, and one whose samples are chips is never narrower than those.
	Width, MinWidth float32
	Samples         []Cell
	// Stretch gives the column the width that the others leave, at most one column has
	// it. Where that is less than Enough, columns are left out, that with the highest
	// Rank first and those of rank 0 never.
	Stretch bool
	Enough  float32
	Rank    int
	// Hidden keeps the column's place, for when it is shown again.
	Hidden bool
	// Sortable makes a click on the header call OnSort.
	Sortable bool
	// Editable lets cells be edited in place.
	Editable bool
	// Wrap shows text in several lines, up to those of SetLines.
	Wrap bool
	// Align is the alignment of text.
	Align fyne.TextAlign
}

// holdsChips reports whether the column's samples are chips.
func (c Column) holdsChips() bool { return len(c.Samples) > 0 && c.Samples[0].Kind == Chip }

// span is the position of a column, in pixels from the left edge of all columns. A column
// that is not shown has no width.
type span struct{ x, width int }

// chipShare is the share of a grid's width up to which a column widens for its chips;
// longer names are broken into lines.
const chipShare = 0.3

// layoutColumns lays columns out in a width in pixels; widest returns the width of a
// column's title and samples. When they need more, the grid scrolls sideways.
func layoutColumns(columns []Column, m metrics, width int, widest func(Column) int) []span {
	spans := make([]span, len(columns))
	left, enough := width, 0
	for i, c := range columns {
		switch {
		case c.Hidden:
		case c.Stretch:
			spans[i].width = m.px(c.MinWidth)
			enough = max(0, m.px(c.Enough-c.MinWidth))
		default:
			spans[i].width = m.px(max(c.Width, c.MinWidth))
			if c.Width == 0 || c.holdsChips() {
				spans[i].width = max(spans[i].width, widest(c))
			}
		}
		left -= spans[i].width
	}
	for left < enough {
		last := -1
		for i, c := range columns {
			if c.Rank > 0 && spans[i].width > 0 && (last < 0 || c.Rank > columns[last].Rank) { //nolint:gosec // last is no index only while it is negative
				last = i
			}
		}
		if last < 0 {
			break
		}
		left += spans[last].width
		spans[last].width = 0
	}
	x := 0
	for i, c := range columns {
		if c.Stretch && !c.Hidden && left > 0 {
			spans[i].width += left
			left = 0
		}
		spans[i].x = x
		x += spans[i].width
	}
	return spans
}

// widest returns the width in pixels that a column's title and samples need.
func (g *Grid) widest(c Column) int {
	limit := g.width
	room := g.text.line(c.Title, g.m.header, limit).width
	if c.Sortable && c.Title != "" {
		room += g.arrowWidth()
	}
	for _, sample := range c.Samples {
		room = max(room, g.cellWidth(sample))
	}
	room += 2 * g.m.pad
	if c.holdsChips() {
		room = min(room, max(int(chipShare*float64(g.width)), g.m.px(c.MinWidth)))
	}
	return room
}

// floor is the width in pixels below which a column cannot be dragged.
func (g *Grid) floor(c Column) int {
	if c.holdsChips() {
		return max(g.widest(c), g.m.px(c.MinWidth))
	}
	return g.m.px(max(c.MinWidth, 2*cellPad))
}

// resizedColumns returns the columns that grow and shrink, or -1, when the border to
// the right of column i is dragged. The border must stay under the pointer: to the
// left of the stretching column one column grows and that one gives way, to its right
// the neighbour has to shrink.
func resizedColumns(columns []Column, spans []span, i int) (grows, shrinks int, ok bool) {
	if spans[i].width == 0 {
		return -1, -1, false
	}
	stretch := slices.IndexFunc(columns, func(c Column) bool { return c.Stretch })
	next := i + 1
	for next < len(columns) && spans[next].width == 0 {
		next++
	}
	switch {
	case stretch < 0, i < stretch:
		return i, -1, true
	case next == len(columns):
		return -1, -1, false
	case i == stretch:
		return -1, next, true
	}
	return i, next, true
}

// moved returns the columns with one of them moved before another, or to the end.
func moved(columns []Column, from, before int) []Column {
	column := columns[from]
	columns = slices.Delete(slices.Clone(columns), from, from+1)
	if before > from {
		before--
	}
	return slices.Insert(columns, before, column)
}

// dropPlace returns before which column one that is dragged to x pixels would be put.
func (g *Grid) dropPlace(x int) int {
	for i, s := range g.spans {
		if s.width > 0 && x+g.left < s.x+s.width/2 {
			return i
		}
	}
	return len(g.spans)
}
