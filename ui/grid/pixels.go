package grid

import (
	"image"
	"image/color"
	"math"
)

// pixels paints opaque colours into a picture, within a clip.
type pixels struct {
	img  *image.RGBA
	clip image.Rectangle
}

// within gives the same picture with a smaller clip.
func (p pixels) within(r image.Rectangle) pixels {
	return pixels{p.img, p.clip.Intersect(r)}
}

// fill paints a rectangle.
func (p pixels) fill(r image.Rectangle, c color.NRGBA) {
	r = r.Intersect(p.clip)
	if r.Empty() {
		return
	}
	first := p.img.Pix[p.img.PixOffset(r.Min.X, r.Min.Y):][:4*r.Dx()]
	first[0], first[1], first[2], first[3] = c.R, c.G, c.B, 255
	for done := 4; done < len(first); done *= 2 {
		copy(first[done:], first[:done])
	}
	for y := r.Min.Y + 1; y < r.Max.Y; y++ {
		copy(p.img.Pix[p.img.PixOffset(r.Min.X, y):], first)
	}
}

// frame paints the inner edge of a rectangle.
func (p pixels) frame(r image.Rectangle, width int, c color.NRGBA) {
	p.fill(image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+width), c)
	p.fill(image.Rect(r.Min.X, r.Max.Y-width, r.Max.X, r.Max.Y), c)
	p.fill(image.Rect(r.Min.X, r.Min.Y, r.Min.X+width, r.Max.Y), c)
	p.fill(image.Rect(r.Max.X-width, r.Min.Y, r.Max.X, r.Max.Y), c)
}

// round paints a rectangle with half circles for its short sides.
func (p pixels) round(r image.Rectangle, c color.NRGBA) {
	radius := min(r.Dx(), r.Dy()) / 2
	p.fill(image.Rect(r.Min.X+radius, r.Min.Y, r.Max.X-radius, r.Max.Y), c)
	p.fill(image.Rect(r.Min.X, r.Min.Y+radius, r.Max.X, r.Max.Y-radius), c)
	for y := range radius {
		for x := range radius {
			dx, dy := float64(radius-x)-0.5, float64(radius-y)-0.5
			cover := coverage(float64(radius) - math.Hypot(dx, dy))
			left, right, top, bottom := r.Min.X+x, r.Max.X-1-x, r.Min.Y+y, r.Max.Y-1-y
			p.blend(left, top, cover, c)
			p.blend(right, top, cover, c)
			p.blend(left, bottom, cover, c)
			p.blend(right, bottom, cover, c)
		}
	}
}

// point is a place in a unit square.
type point struct{ x, y float64 }

// stroke paints a line through points of the unit square laid over a rectangle.
func (p pixels) stroke(r image.Rectangle, width float64, c color.NRGBA, points ...point) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			nearest := math.Inf(1)
			for i := 1; i < len(points); i++ {
				at := point{float64(x-r.Min.X) + 0.5, float64(y-r.Min.Y) + 0.5}
				nearest = min(nearest, at.distance(points[i-1].in(r), points[i].in(r)))
			}
			p.blend(x, y, coverage(width/2-nearest), c)
		}
	}
}

func (a point) in(r image.Rectangle) point {
	return point{a.x * float64(r.Dx()), a.y * float64(r.Dy())}
}

// distance to the line from b to c.
func (a point) distance(b, c point) float64 {
	dx, dy := c.x-b.x, c.y-b.y
	along := ((a.x-b.x)*dx + (a.y-b.y)*dy) / (dx*dx + dy*dy)
	along = min(max(along, 0), 1)
	return math.Hypot(a.x-b.x-along*dx, a.y-b.y-along*dy)
}

// coverage of a pixel whose middle lies inside an edge by a distance.
func coverage(inside float64) uint8 {
	return uint8(255*min(max(inside+0.5, 0), 1) + 0.5)
}

// blend lays a colour on one pixel.
func (p pixels) blend(x, y int, cover uint8, c color.NRGBA) {
	if cover == 0 || !(image.Point{X: x, Y: y}).In(p.clip) {
		return
	}
	mix(p.img.Pix[p.img.PixOffset(x, y):], uint32(cover), c)
}

// mix lays a colour on the pixel that dst starts with.
func mix(dst []uint8, cover uint32, c color.NRGBA) {
	dst = dst[:4]
	dst[0] = between(dst[0], c.R, cover)
	dst[1] = between(dst[1], c.G, cover)
	dst[2] = between(dst[2], c.B, cover)
}

// between gives the value a part of 255 of the way from one to another.
func between(from, to uint8, part uint32) uint8 {
	return uint8((uint32(to)*part + uint32(from)*(255-part) + 127) / 255 & 0xff)
}

// text paints a line from x on, on a baseline.
func (p pixels) text(l *line, x, baseline int, c color.NRGBA) {
	for _, g := range l.glyphs {
		box := g.box.Add(image.Pt(x+g.x, baseline+g.y))
		if r := box.Intersect(p.clip); !r.Empty() {
			p.glyph(g.glyph, box, r, c)
		}
	}
}

// glyph paints the part of a glyph's box that lies in r.
func (p pixels) glyph(g *glyph, box, r image.Rectangle, c color.NRGBA) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		from := (y-box.Min.Y)*box.Dx() + r.Min.X - box.Min.X
		dst := p.img.Pix[p.img.PixOffset(r.Min.X, y):][:4*r.Dx()]
		if g.mask == nil {
			layColour(dst, g.colour[4*from:])
			continue
		}
		for i, cover := range g.mask[from:][:r.Dx()] {
			if cover != 0 {
				mix(dst[4*i:], uint32(cover), c)
			}
		}
	}
}

// layColour lays premultiplied pixels on opaque ones.
func layColour(dst, src []uint8) {
	for i := 0; i < len(dst); i += 4 {
		rest := 255 - uint32(src[i+3])
		for j := range 3 {
			dst[i+j] = src[i+j] + uint8((uint32(dst[i+j])*rest+127)/255&0xff)
		}
	}
}
