package grid

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
)

// paint draws the visible part of the grid into its one image, which is reused. The
// cost depends on what is visible, not on the number or length of the rows. The size
// that Fyne passes may be off by a pixel, see metrics.area.
func (g *Grid) paint(_, _ int) image.Image {
	g.updateMetrics()
	if area := image.Rect(0, 0, g.width, g.height); g.img == nil || g.img.Rect != area {
		g.img = image.NewRGBA(area)
	}
	g.colours = themeColours(g.Theme())
	all := painter{g.img, g.img.Rect}
	g.paintHeader(all)
	body := all.within(g.bodyArea())
	first, n := g.view.visible()
	end := g.m.row + min(g.view.height, g.view.y(first+n)) // below the last row
	all.fill(image.Rect(0, end, g.width, g.height), g.colours.background)
	for i := first; i < first+n; i++ {
		g.paintRow(body, i)
	}
	g.paintBars(all)
	if g.focused {
		all.frame(all.clip, g.m.px(2), g.colours.accent)
	}
	return g.img
}

// paintRow draws row i: background, cells, the line below and the cursor.
func (g *Grid) paintRow(body painter, i int) {
	y := body.clip.Min.Y + g.view.y(i)
	area := image.Rect(0, y, body.img.Rect.Max.X, y+g.m.row)
	background := g.colours.row(i, g.selected.has(i), i == g.hoverRow)
	body.fill(area, background)
	body.fill(image.Rect(0, area.Max.Y-1, area.Max.X, area.Max.Y), g.colours.border)
	cells, loaded := g.rows.Cells(i)
	inner := body.within(image.Rect(0, area.Min.Y, area.Max.X-g.m.bar, area.Max.Y))
	for c, s := range g.spans {
		cell := image.Rect(s.x, y, s.x+s.width, area.Max.Y).Sub(image.Pt(g.left, 0))
		switch clipped := inner.within(cell); {
		case clipped.clip.Empty():
		case !loaded:
			g.paintPlaceholder(clipped, cell, background)
		case c < len(cells):
			g.paintCell(clipped, cell, cells[c], g.columns[c].Align, background)
		}
	}
	if i == g.cursor {
		body.fill(image.Rect(0, y, g.m.px(4), area.Max.Y-1), g.colours.accent)
	}
}

func (g *Grid) paintCell(p painter, area image.Rectangle, cell Cell, align fyne.TextAlign, background color.NRGBA) {
	switch cell.Kind {
	case Chip:
		g.paintChip(p, area, cell, background)
	case Check:
		g.paintMark(p, area, g.colours.accent, point{0.08, 0.55}, point{0.36, 0.85}, point{0.92, 0.18})
	case Cross:
		g.paintMark(p, area, g.colours.muted, point{0.15, 0.15}, point{0.85, 0.85})
		g.paintMark(p, area, g.colours.muted, point{0.85, 0.15}, point{0.15, 0.85})
	case Muted:
		g.paintText(p, area, cell.Text, g.m.text, align, g.colours.muted)
	case Warning:
		g.paintText(p, area, cell.Text, g.m.text, align, g.colours.warning)
	case Text:
		g.paintText(p, area, cell.Text, g.m.text, align, g.colours.text)
	}
}

// paintText draws text centred vertically within the padding, and returns its right
// end.
func (g *Grid) paintText(p painter, area image.Rectangle, text string, f textFont, align fyne.TextAlign, c color.NRGBA) (end int) {
	room := area.Dx() - 2*g.m.pad
	l := g.text.line(text, f, room)
	x := area.Min.X + g.m.pad
	switch align {
	case fyne.TextAlignTrailing:
		x += room - l.width
	case fyne.TextAlignCenter:
		x += (room - l.width) / 2
	case fyne.TextAlignLeading:
	}
	p.text(l, x, g.baseline(area, f), c)
	return x + l.width
}

// baseline returns the baseline of text centred vertically.
func (g *Grid) baseline(area image.Rectangle, f textFont) int {
	h := g.text.height(f)
	return (area.Min.Y + area.Max.Y + h.ascent - h.descent) / 2
}

func (g *Grid) paintChip(p painter, area image.Rectangle, cell Cell, background color.NRGBA) {
	if cell.Text == "" {
		return
	}
	pad := g.m.px(chipPad)
	l := g.text.line(cell.Text, g.m.small, area.Dx()-g.m.pad-2*pad)
	top := (area.Min.Y + area.Max.Y - g.m.px(chipHeight)) / 2
	left := area.Min.X + g.m.pad
	fill, word := g.colours.chip(cell.Colour, background)
	p.round(image.Rect(left, top, left+l.width+2*pad, top+g.m.px(chipHeight)), fill)
	p.text(l, left+pad, g.baseline(area, g.m.small), word)
}

// paintMark draws a line in a small square in the centre.
func (g *Grid) paintMark(p painter, area image.Rectangle, c color.NRGBA, points ...point) {
	side := g.m.px(11)
	at := image.Pt((area.Min.X+area.Max.X-side)/2, (area.Min.Y+area.Max.Y-side)/2)
	box := image.Rectangle{Max: image.Pt(side, side)}.Add(at)
	p.stroke(box, float64(g.m.zoom)*1.7, c, points...)
}

// paintPlaceholder draws a cell that is still loading.
func (g *Grid) paintPlaceholder(p painter, area image.Rectangle, background color.NRGBA) {
	height := g.m.px(8)
	top := (area.Min.Y + area.Max.Y - height) / 2
	box := image.Rect(area.Min.X+g.m.pad, top, area.Max.X-g.m.pad-area.Dx()/4, top+height)
	if box.Dx() > height {
		p.round(box, blend(background, withAlpha(g.colours.text, 0.08)))
	}
}

// paintBars draws the thumbs of the scroll bars.
func (g *Grid) paintBars(all painter) {
	inset := g.m.px(2)
	if b := g.rowBar(); b.needed() {
		start, length := b.thumb()
		area := g.bodyArea()
		thumb := image.Rect(area.Max.X-g.m.bar, area.Min.Y+start, area.Max.X, area.Min.Y+start+length)
		all.round(thumb.Inset(inset), g.colours.bar)
	}
	if b := g.columnBar(); b.needed() {
		start, length := b.thumb()
		top := g.bodyArea().Max.Y
		thumb := image.Rect(start, top, start+length, top+g.m.bar)
		all.round(thumb.Inset(inset), g.colours.bar)
	}
}
