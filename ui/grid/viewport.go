package grid

// viewport is the visible part of the rows, in whole device pixels. Its position is a
// row and the pixels of it that are scrolled away: a single float32, as in Fyne, is
// 5,600 rows off at row 700,000.
type viewport struct {
	rows   int // number of rows
	row    int // height of one row, at least 1
	height int // height of the rows' area
	top    int // first visible row
	hidden int // pixels of the top row that are scrolled away
}

// offset is the scrolled distance in pixels.
func (v *viewport) offset() int { return v.top*v.row + v.hidden }

// limit is the largest offset, at which the last row is at the bottom.
func (v *viewport) limit() int { return max(0, v.rows*v.row-v.height) }

// scrollTo scrolls to an offset, clamped to the rows.
func (v *viewport) scrollTo(offset int) {
	offset = min(max(offset, 0), v.limit())
	v.top, v.hidden = offset/v.row, offset%v.row
}

// resize sets other sizes and keeps the top row at the top.
func (v *viewport) resize(rows, row, height int) {
	if row != v.row {
		v.hidden = 0
	}
	v.rows, v.row, v.height = rows, max(1, row), max(0, height)
	v.scrollTo(v.offset())
}

// show scrolls as little as needed to show the whole of row i.
func (v *viewport) show(i int) {
	switch y := v.y(i); {
	case y < 0 || v.height < v.row:
		v.scrollTo(i * v.row)
	case y+v.row > v.height:
		v.scrollTo((i+1)*v.row - v.height)
	}
}

// y returns the start of row i, in pixels from the top of the area.
func (v *viewport) y(i int) int { return (i-v.top)*v.row - v.hidden }

// at returns the row at y pixels from the top of the area.
func (v *viewport) at(y int) (int, bool) {
	i := v.top + (y+v.hidden)/v.row
	return i, y >= 0 && y < v.height && i < v.rows
}

// visible returns the first visible row and the number of visible rows, including
// partly visible ones.
func (v *viewport) visible() (first, n int) {
	n = (v.hidden + v.height + v.row - 1) / v.row
	return v.top, min(n, v.rows-v.top)
}

// page returns the number of whole rows that fit, at least one.
func (v *viewport) page() int { return max(1, v.height/v.row) }

// scrollBar calculates the thumb of a scroll bar, in pixels; paint.go draws it.
type scrollBar struct {
	track    int // length of the track
	minThumb int // length
	total    int // length of the content
	page     int // visible length
	offset   int // scrolled length
}

// needed reports whether there is anything to scroll.
func (b scrollBar) needed() bool { return b.total > b.page && b.track > b.minThumb }

// thumb returns the position and length of the thumb on the track.
func (b scrollBar) thumb() (start, length int) {
	length = max(b.minThumb, b.track*b.page/b.total)
	return (b.track - length) * b.offset / (b.total - b.page), length
}

// drag returns the offset for a thumb position.
func (b scrollBar) drag(start int) int {
	_, length := b.thumb()
	free := b.track - length
	return min(max(start, 0), free) * (b.total - b.page) / max(1, free)
}
