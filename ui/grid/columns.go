package grid

import (
	"slices"

	"fyne.io/fyne/v2"
)

// Column is one column of a grid.
type Column struct {
	// ID names the column in the callbacks; it is not shown.
	ID    string
	Title string
	// Width and MinWidth are in Fyne's units at a text size of 14, and grow with
	// the text.
	Width, MinWidth float32
	// Stretch takes the width that the other columns leave; one column has it.
	Stretch bool
	// Sortable answers a click on its header with OnSort.
	Sortable bool
	// Editable allows its cells to be edited in place.
	Editable bool
	// Align is where text stands in the column.
	Align fyne.TextAlign
}

// span is where a column stands, in pixels from the left edge of all columns.
type span struct{ x, width int }

// arrange places columns in a width in pixels. Where they don't fit they go
// beyond it, and the grid scrolls sideways.
func arrange(columns []Column, m measure, width int) []span {
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

// border tells what dragging the border right of column i does: one column gains
// what the mouse moves to the right, another loses it, -1 for none. The border has
// to stay under the mouse: left of the stretching column it is enough that one
// grows, right of it the neighbour must give way.
func border(columns []Column, i int) (gains, loses int, ok bool) {
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

// least is how narrow a person can make a column.
func (c Column) least() float32 { return max(c.MinWidth, 2*cellPad) }
