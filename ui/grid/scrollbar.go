package grid

// bar is a scroll bar along a track of pixels: how much there is, how much of
// it shows, and where. It is arithmetic only; paint.go draws it.
type bar struct {
	track  int // length of the track
	least  int // shortest thumb
	total  int // length of what is scrolled
	page   int // length that shows
	offset int // length scrolled away
}

// needed tells whether there is anything to scroll.
func (b bar) needed() bool { return b.total > b.page && b.track > b.least }

// thumb gives where on the track the thumb starts and how long it is.
func (b bar) thumb() (start, length int) {
	length = max(b.least, b.track*b.page/b.total)
	return (b.track - length) * b.offset / (b.total - b.page), length
}

// drag gives the offset at which the thumb starts at a place on the track.
func (b bar) drag(start int) int {
	_, length := b.thumb()
	free := b.track - length
	return min(max(start, 0), free) * (b.total - b.page) / max(1, free)
}
