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

// paintRow draws row i: background, cells, the line below and the cursor. Cells begin in
// the row's first line.
func (g *Grid) paintRow(body painter, i int) {
	y := body.clip.Min.Y + g.view.y(i)
	area := image.Rect(0, y, body.img.Rect.Max.X, y+g.view.rowHeight(i))
	background := g.colours.row(i, g.selected.has(i), i == g.hoverRow)
	body.fill(area, background)
	body.fill(image.Rect(0, area.Max.Y-1, area.Max.X, area.Max.Y), g.colours.border)
	cells, loaded := g.rows.Cells(i)
	inner := body.within(image.Rect(0, area.Min.Y, area.Max.X-g.m.bar, area.Max.Y))
	for c, s := range g.spans {
		cell := image.Rect(s.x, y, s.x+s.width, y+g.m.row).Sub(image.Pt(g.left, 0))
		column := image.Rect(cell.Min.X, area.Min.Y, cell.Max.X, area.Max.Y)
		switch clipped := inner.within(column); {
		case clipped.clip.Empty():
		case !loaded:
			g.paintPlaceholder(clipped, cell, background)
		case c < len(cells):
			g.paintCell(clipped, cell, c, cells[c], background)
		}
	}
	if i == g.cursor {
		body.fill(image.Rect(0, y, g.m.px(4), area.Max.Y-1), g.colours.accent)
	}
}

func (g *Grid) paintCell(p painter, area image.Rectangle, column int, cell Cell, background color.NRGBA) {
	c := g.colours.text
	switch cell.Kind {
	case Chip:
		g.paintChip(p, area, g.cellText(column, cell), cell, background)
		return
	case Check:
		g.paintMark(p, area, g.colours.accent, point{0.08, 0.55}, point{0.36, 0.85}, point{0.92, 0.18})
		return
	case Cross:
		g.paintMark(p, area, g.colours.muted, point{0.15, 0.15}, point{0.85, 0.85})
		g.paintMark(p, area, g.colours.muted, point{0.85, 0.15}, point{0.15, 0.85})
		return
	case Muted:
		c = g.colours.muted
	case Warning:
		c = g.colours.warning
	case Text:
		if cell.Struck {
			c = g.colours.muted
		}
	}
	g.paintParagraph(p, area, g.cellText(column, cell), g.columns[column].Align, legible(c, background), cell.Struck)
}

// paintParagraph draws text from the first line of a row on. Text that is read from the
// right and takes several lines begins at the right.
func (g *Grid) paintParagraph(p painter, area image.Rectangle, text *paragraph, align fyne.TextAlign, c color.NRGBA, struck bool) {
	if text.rtl && len(text.lines) > 1 {
		align = fyne.TextAlignTrailing
	}
	baseline := g.baseline(area, g.m.text)
	for i := range text.lines {
		l := &text.lines[i]
		x := g.textStart(area, l, align)
		p.text(l, x, baseline, c)
		if struck && l.width > 0 {
			y := baseline - g.text.height(g.m.text).ascent*3/10
			p.fill(image.Rect(x, y, x+l.width, y+max(1, g.m.px(1))), c)
		}
		baseline += g.m.line
	}
}

// textStart returns where a line begins within the padding of an area.
func (g *Grid) textStart(area image.Rectangle, l *line, align fyne.TextAlign) int {
	x, room := area.Min.X+g.m.pad, area.Dx()-2*g.m.pad
	switch align {
	case fyne.TextAlignTrailing:
		x += room - l.width
	case fyne.TextAlignCenter:
		x += (room - l.width) / 2
	case fyne.TextAlignLeading:
	}
	return x
}

// paintText draws a line of text centred vertically within the padding, and returns its
// right end.
func (g *Grid) paintText(p painter, area image.Rectangle, text string, f textFont, align fyne.TextAlign, c color.NRGBA) (end int) {
	l := g.text.line(text, f, area.Dx()-2*g.m.pad)
	x := g.textStart(area, l, align)
	p.text(l, x, g.baseline(area, f), c)
	return x + l.width
}

// baseline returns the baseline of text centred vertically.
func (g *Grid) baseline(area image.Rectangle, f textFont) int {
	h := g.text.height(f)
	return (area.Min.Y + area.Max.Y + h.ascent - h.descent) / 2
}

func (g *Grid) paintChip(p painter, area image.Rectangle, text *paragraph, cell Cell, background color.NRGBA) {
	if cell.Text == "" {
		return
	}
	pad, width := g.m.px(chipPad), 0
	for _, l := range text.lines {
		width = max(width, l.width)
	}
	top := (area.Min.Y + area.Max.Y - g.m.px(chipHeight)) / 2
	left := area.Min.X + g.m.pad
	fill, word := g.colours.chip(cell.Colour, background)
	below := (len(text.lines) - 1) * g.m.line
	p.round(image.Rect(left, top, left+width+2*pad, top+g.m.px(chipHeight)+below), g.m.px(chipHeight)/2, fill)
	for i := range text.lines {
		p.text(&text.lines[i], left+pad, g.baseline(area, g.m.small)+i*g.m.line, word)
	}
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
		p.round(box, height/2, blend(background, withAlpha(g.colours.text, 0.08)))
	}
}

// paintBars draws the thumbs of the scroll bars.
func (g *Grid) paintBars(all painter) {
	inset := g.m.px(2)
	if b := g.rowBar(); b.needed() {
		start, length := b.thumb()
		area := g.bodyArea()
		thumb := image.Rect(area.Max.X-g.m.bar, area.Min.Y+start, area.Max.X, area.Min.Y+start+length)
		all.round(thumb.Inset(inset), g.m.bar, g.colours.bar)
	}
	if b := g.columnBar(); b.needed() {
		start, length := b.thumb()
		top := g.bodyArea().Max.Y
		thumb := image.Rect(start, top, start+length, top+g.m.bar)
		all.round(thumb.Inset(inset), g.m.bar, g.colours.bar)
	}
}
