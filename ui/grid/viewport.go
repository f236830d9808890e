package grid

// viewport is the part of the rows that shows, in whole device pixels. The
// position is an integer row and the pixels of it that are scrolled away, so
// that a row is exact however many there are.
type viewport struct {
	rows   int // rows in all
	row    int // height of one row, at least 1
	height int // height of the rows' area
	top    int // first row that shows
	rest   int // pixels of the top row above the area, 0 to row-1
}

// offset is how many pixels of rows lie above the area.
func (v *viewport) offset() int { return v.top*v.row + v.rest }

// limit is the largest offset, at which the last row ends at the bottom.
func (v *viewport) limit() int { return max(0, v.rows*v.row-v.height) }

// scrollTo moves to an offset and keeps within the rows.
func (v *viewport) scrollTo(offset int) {
	offset = min(max(offset, 0), v.limit())
	v.top, v.rest = offset/v.row, offset%v.row
}

// resize takes new measures and keeps the top row on top.
func (v *viewport) resize(rows, row, height int) {
	if row != v.row {
		v.rest = 0
	}
	v.rows, v.row, v.height = rows, max(1, row), max(0, height)
	v.scrollTo(v.offset())
}

// show scrolls as little as it takes to have the whole of row i in the area.
func (v *viewport) show(i int) {
	switch y := v.y(i); {
	case y < 0 || v.height < v.row:
		v.scrollTo(i * v.row)
	case y+v.row > v.height:
		v.scrollTo((i+1)*v.row - v.height)
	}
}

// y is where row i starts, in pixels from the top of the area.
func (v *viewport) y(i int) int { return (i-v.top)*v.row - v.rest }

// at gives the row at y pixels from the top of the area.
func (v *viewport) at(y int) (int, bool) {
	i := v.top + (y+v.rest)/v.row
	return i, y >= 0 && y < v.height && i < v.rows
}

// visible gives the first row that shows and how many do, parts counted.
func (v *viewport) visible() (first, n int) {
	n = (v.rest + v.height + v.row - 1) / v.row
	return v.top, min(n, v.rows-v.top)
}

// page is how many whole rows fit, at least one.
func (v *viewport) page() int { return max(1, v.height/v.row) }
