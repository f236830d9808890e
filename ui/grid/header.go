package grid

import (
	"image"
	"slices"
	"strconv"
)

// SortKey is a column that the rows are sorted by.
type SortKey struct {
	ColumnID   string
	Descending bool
}

// SetSort shows what the rows are sorted by, first by the first: an arrow in the header of
// each column, with its number where there are several.
func (g *Grid) SetSort(keys ...SortKey) {
	g.sort = slices.Clone(keys)
	g.repaint()
}

// paintHeader draws the column titles, the sort arrows and the sign of the menu.
func (g *Grid) paintHeader(all painter) {
	height := g.m.row
	p := all.within(image.Rect(0, 0, all.img.Rect.Max.X, height))
	p.fill(p.clip, g.colours.header)
	for i, s := range g.spans {
		area := image.Rect(s.x, 0, s.x+s.width, height).Sub(image.Pt(g.left, 0))
		if area.Empty() {
			continue
		}
		g.paintTitle(p.within(area), area, i)
	}
	if sign := g.signArea(); !sign.Empty() {
		p.fill(sign, g.colours.header)
		side := g.m.px(3)
		for i := range 3 {
			y := (height-side)/2 + (i-1)*g.m.px(5)
			x := (sign.Min.X + sign.Max.X - side) / 2
			p.round(image.Rect(x, y, x+side, y+side), side/2, g.colours.muted)
		}
	}
	if g.drag.moving {
		x := g.width - g.m.bar
		if before := g.dropPlace(g.drag.at); before < len(g.spans) {
			x = g.spans[before].x - g.left
		}
		p.fill(image.Rect(x-g.m.px(1), 0, x+g.m.px(2), height), g.colours.accent)
	}
	p.fill(image.Rect(0, height-1, p.clip.Max.X, height), g.colours.border)
}

// signArea is where the menu of the columns opens, empty where there is none.
func (g *Grid) signArea() image.Rectangle {
	if g.OnHeaderMenu == nil {
		return image.Rectangle{}
	}
	return image.Rect(g.width-g.m.px(signWidth), 0, g.width, g.m.row)
}

func (g *Grid) paintTitle(p painter, area image.Rectangle, i int) {
	c := g.columns[i]
	if i == g.hoverColumn && c.Sortable || g.drag.moving && i == g.drag.column {
		p.fill(area, blend(g.colours.header, g.colours.hover))
	}
	if g.hoverBorder == i {
		p.fill(image.Rect(area.Max.X-g.m.px(2), area.Min.Y, area.Max.X, area.Max.Y), g.colours.accent)
	}
	if sign := g.signArea(); !sign.Empty() && area.Max.X > sign.Min.X {
		area.Max.X = max(area.Min.X, sign.Min.X)
	}
	rank := slices.IndexFunc(g.sort, func(k SortKey) bool { return k.ColumnID == c.ID })
	if rank < 0 {
		g.paintText(p, area, c.Title, g.m.header, c.Align, g.colours.muted)
		return
	}
	arrow := g.m.px(9)
	title := area
	title.Max.X -= g.arrowWidth() - g.m.pad // the arrow may overlap the padding
	x := g.m.px(5) + g.paintText(p, title, c.Title, g.m.header, c.Align, g.colours.text)
	y := (area.Min.Y + area.Max.Y - arrow) / 2
	g.paintArrow(p, image.Rect(x, y, x+arrow, y+arrow), g.sort[rank].Descending)
	if len(g.sort) > 1 {
		number := image.Rect(x+arrow+g.m.px(2)-g.m.pad, area.Min.Y, area.Max.X+g.m.pad, area.Max.Y)
		g.paintText(p, number, strconv.Itoa(rank+1), g.m.small, 0, g.colours.text)
	}
}

// arrowWidth is the room of a sort arrow and its number beside a title.
func (g *Grid) arrowWidth() int {
	room := 5 + 9 + 2
	if len(g.sort) > 1 {
		room += 9
	}
	return g.m.px(float32(room))
}

func (g *Grid) paintArrow(p painter, box image.Rectangle, descending bool) {
	from, to, wing := 0.05, 0.95, 0.6
	if !descending {
		from, to, wing = to, from, 0.4
	}
	width := float64(g.m.zoom) * 1.5
	p.stroke(box, width, g.colours.text, point{0.5, from}, point{0.5, to})
	p.stroke(box, width, g.colours.text, point{0.15, wing}, point{0.5, to}, point{0.85, wing})
}
