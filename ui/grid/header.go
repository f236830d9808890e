package grid

import "image"

// paintHeader draws the titles of the columns and the arrow of the sorted one.
func (g *Grid) paintHeader(all pixels) {
	height := g.m.row
	p := all.within(image.Rect(0, 0, all.img.Rect.Max.X, height))
	p.fill(p.clip, g.colours.header)
	for i, s := range g.spans {
		area := image.Rect(s.x, 0, s.x+s.width, height).Sub(image.Pt(g.left, 0))
		g.paintTitle(p.within(area), area, i)
	}
	p.fill(image.Rect(0, height-1, p.clip.Max.X, height), g.colours.border)
}

func (g *Grid) paintTitle(p pixels, area image.Rectangle, i int) {
	c := g.columns[i]
	if i == g.hoverColumn && c.Sortable {
		p.fill(area, over(g.colours.header, g.colours.hover))
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
	title.Max.X -= arrow + gap + g.m.px(2) - g.m.pad // the arrow may stand in the padding
	x := gap + g.paintText(p, title, c.Title, g.m.header, c.Align, g.colours.text)
	y := (area.Min.Y + area.Max.Y - arrow) / 2
	g.paintArrow(p, image.Rect(x, y, x+arrow, y+arrow))
}

func (g *Grid) paintArrow(p pixels, box image.Rectangle) {
	from, to, wing := 0.05, 0.95, 0.6
	if !g.sortDown {
		from, to, wing = to, from, 0.4
	}
	width := float64(g.m.zoom) * 1.5
	p.stroke(box, width, g.colours.text, point{0.5, from}, point{0.5, to})
	p.stroke(box, width, g.colours.text, point{0.15, wing}, point{0.5, to}, point{0.85, wing})
}
