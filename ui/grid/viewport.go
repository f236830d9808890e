package grid

// viewport is the visible part of the rows, in whole device pixels. Rows have heights of
// their own, and only those near the viewport are asked for theirs: its position is a row
// and the pixels of it that are scrolled away, and a distance from the start is counted in
// rows. That is also exact, where Fyne's single float32 is 5,600 rows off at row 700,000.
type viewport struct {
	rows      int             // number of rows
	rowHeight func(i int) int // at least 1
	height    int             // height of the rows' area
	top       int             // first visible row
	hidden    int             // pixels of the top row that are scrolled away
}

// rowUnits divide a row for the scroll bar, which counts in rows.
const rowUnits = 1 << 10

// offset is the scrolled distance in rowUnits.
func (v *viewport) offset() int {
	if v.rows == 0 {
		return 0
	}
	return v.units(v.top, v.hidden)
}

// limit is the largest offset, at which the last row is at the bottom.
func (v *viewport) limit() int { return v.units(v.end()) }

func (v *viewport) units(row, hidden int) int {
	if v.rows == 0 {
		return 0
	}
	return row*rowUnits + hidden*rowUnits/v.rowHeight(row)
}

// scrollTo scrolls to an offset, clamped to the rows.
func (v *viewport) scrollTo(offset int) {
	offset = min(max(offset, 0), v.rows*rowUnits)
	v.top, v.hidden = offset/rowUnits, 0
	if v.top < v.rows {
		v.hidden = offset % rowUnits * v.rowHeight(v.top) / rowUnits
	}
	v.clamp()
}

// scroll scrolls by a distance in pixels, clamped to the rows.
func (v *viewport) scroll(by int) {
	v.hidden += by
	for v.hidden < 0 && v.top > 0 {
		v.top--
		v.hidden += v.rowHeight(v.top)
	}
	for v.top < v.rows-1 && v.hidden >= v.rowHeight(v.top) {
		v.hidden -= v.rowHeight(v.top)
		v.top++
	}
	v.clamp()
}

// resize sets other sizes and keeps the top row at the top.
func (v *viewport) resize(rows, height int) {
	v.rows, v.height = rows, max(0, height)
	v.clamp()
}

// place scrolls so that row i is y pixels from the top of the area, or as near to that as
// the rows allow.
func (v *viewport) place(i, y int) {
	v.top, v.hidden = i, 0
	v.scroll(-y)
}

// clamp keeps the position between the first row and the end.
func (v *viewport) clamp() {
	top, hidden := v.end()
	if v.top > top || v.top == top && v.hidden > hidden {
		v.top, v.hidden = top, hidden
	}
	v.hidden = max(v.hidden, 0)
}

// end is the last position, at which the last row is at the bottom.
func (v *viewport) end() (top, hidden int) {
	left := v.height
	for i := v.rows - 1; i >= 0; i-- {
		height := v.rowHeight(i)
		if height >= left {
			return i, height - left
		}
		left -= height
	}
	return 0, 0
}

// atEnd reports whether the rows are scrolled to their end.
func (v *viewport) atEnd() bool {
	top, hidden := v.end()
	return v.top == top && v.hidden == hidden
}

// show scrolls as little as needed to show the whole of row i.
func (v *viewport) show(i int) {
	height := v.rowHeight(i)
	switch y := v.y(i); {
	case y < 0 || height > v.height:
		v.place(i, 0)
	case y+height > v.height:
		v.place(i, v.height-height)
	}
}

// y returns the start of row i, in pixels from the top of the area. Of a row that is not
// visible only the side is right.
func (v *viewport) y(i int) int {
	y := -v.hidden
	for n := v.top; n < i && y < v.height; n++ {
		y += v.rowHeight(n)
	}
	for n := v.top; n > i && y > -v.height; {
		n--
		y -= v.rowHeight(n)
	}
	return y
}

// shows reports whether the whole of row i is visible.
func (v *viewport) shows(i int) bool {
	if i < v.top || i >= v.rows {
		return false
	}
	y := v.y(i)
	return y >= 0 && y < v.height && y+v.rowHeight(i) <= v.height
}

// at returns the row at y pixels from the top of the area.
func (v *viewport) at(y int) (int, bool) {
	if y < 0 || y >= v.height {
		return 0, false
	}
	bottom := -v.hidden
	for i := v.top; i < v.rows; i++ {
		if bottom += v.rowHeight(i); y < bottom {
			return i, true
		}
	}
	return 0, false
}

// visible returns the first visible row and the number of visible rows, including
// partly visible ones.
func (v *viewport) visible() (first, n int) {
	for y := -v.hidden; y < v.height && v.top+n < v.rows; n++ {
		y += v.rowHeight(v.top + n)
	}
	return v.top, n
}

// below returns the row a page below row i, and above the one a page above: as many rows
// on as fit into the area, at least one.
func (v *viewport) below(i int) int {
	left := v.height
	for to := i + 1; to < v.rows; to++ {
		if left -= v.rowHeight(to); left < 0 {
			return max(to-1, i+1)
		}
	}
	return v.rows - 1
}

func (v *viewport) above(i int) int {
	left := v.height
	for to := i - 1; to >= 0; to-- {
		if left -= v.rowHeight(to); left < 0 {
			return min(to+1, i-1)
		}
	}
	return 0
}

// scrollBar calculates the thumb of a scroll bar, in any unit; paint.go draws it.
type scrollBar struct {
	track    int // length of the track, in pixels
	minThumb int // length, in pixels
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
