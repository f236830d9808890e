package grid

import (
	"image"
	"image/color"
	"math"
)

// painter draws opaque colours into an image, within a clip rectangle. It has only
// what a grid needs.
type painter struct {
	img  *image.RGBA
	clip image.Rectangle
}

// within returns a painter with a smaller clip rectangle.
func (p painter) within(r image.Rectangle) painter {
	return painter{p.img, p.clip.Intersect(r)}
}

// fill fills a rectangle.
func (p painter) fill(r image.Rectangle, c color.NRGBA) {
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

// frame draws the inner border of a rectangle.
func (p painter) frame(r image.Rectangle, width int, c color.NRGBA) {
	p.fill(image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+width), c)
	p.fill(image.Rect(r.Min.X, r.Max.Y-width, r.Max.X, r.Max.Y), c)
	p.fill(image.Rect(r.Min.X, r.Min.Y, r.Min.X+width, r.Max.Y), c)
	p.fill(image.Rect(r.Max.X-width, r.Min.Y, r.Max.X, r.Max.Y), c)
}

// round fills a rectangle with round corners, up to semicircular ends.
func (p painter) round(r image.Rectangle, radius int, c color.NRGBA) {
	radius = min(radius, r.Dx()/2, r.Dy()/2)
	p.fill(image.Rect(r.Min.X+radius, r.Min.Y, r.Max.X-radius, r.Max.Y), c)
	p.fill(image.Rect(r.Min.X, r.Min.Y+radius, r.Max.X, r.Max.Y-radius), c)
	for y := range radius {
		for x := range radius {
			dx, dy := float64(radius-x)-0.5, float64(radius-y)-0.5
			cover := coverage(float64(radius) - math.Hypot(dx, dy))
			left, right, top, bottom := r.Min.X+x, r.Max.X-1-x, r.Min.Y+y, r.Max.Y-1-y
			p.plot(left, top, cover, c)
			p.plot(right, top, cover, c)
			p.plot(left, bottom, cover, c)
			p.plot(right, bottom, cover, c)
		}
	}
}

// point is a position in the unit square.
type point struct{ x, y float64 }

// stroke draws a polyline through points of the unit square scaled to a rectangle.
func (p painter) stroke(r image.Rectangle, width float64, c color.NRGBA, points ...point) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			nearest := math.Inf(1)
			for i := 1; i < len(points); i++ {
				at := point{float64(x-r.Min.X) + 0.5, float64(y-r.Min.Y) + 0.5}
				nearest = min(nearest, at.distance(points[i-1].in(r), points[i].in(r)))
			}
			p.plot(x, y, coverage(width/2-nearest), c)
		}
	}
}

func (a point) in(r image.Rectangle) point {
	return point{a.x * float64(r.Dx()), a.y * float64(r.Dy())}
}

// distance returns the distance to the line from b to c.
func (a point) distance(b, c point) float64 {
	dx, dy := c.x-b.x, c.y-b.y
	along := ((a.x-b.x)*dx + (a.y-b.y)*dy) / (dx*dx + dy*dy)
	along = min(max(along, 0), 1)
	return math.Hypot(a.x-b.x-along*dx, a.y-b.y-along*dy)
}

// coverage returns the opacity of a pixel whose centre is a distance inside an edge.
func coverage(inside float64) uint8 {
	return uint8(255*min(max(inside+0.5, 0), 1) + 0.5)
}

// plot blends a colour into one pixel.
func (p painter) plot(x, y int, cover uint8, c color.NRGBA) {
	if cover == 0 || !(image.Point{X: x, Y: y}).In(p.clip) {
		return
	}
	blendPixel(p.img.Pix[p.img.PixOffset(x, y):], uint32(cover), c)
}

// blendPixel blends a colour into the first pixel of dst.
func blendPixel(dst []uint8, cover uint32, c color.NRGBA) {
	dst = dst[:4]
	dst[0] = interpolate(dst[0], c.R, cover)
	dst[1] = interpolate(dst[1], c.G, cover)
	dst[2] = interpolate(dst[2], c.B, cover)
}

// interpolate returns the value at part/255 of the way between two others.
func interpolate(from, to uint8, part uint32) uint8 {
	return uint8((uint32(to)*part + uint32(from)*(255-part) + 127) / 255 & 0xff)
}

// text draws a line of text from x on a baseline.
func (p painter) text(l *line, x, baseline int, c color.NRGBA) {
	for _, g := range l.glyphs {
		box := g.box.Add(image.Pt(x+g.x, baseline+g.y))
		if r := box.Intersect(p.clip); !r.Empty() {
			p.glyph(g.glyph, box, r, c)
		}
	}
}

// glyph draws the part of a glyph's box that is in r.
func (p painter) glyph(g *glyph, box, r image.Rectangle, c color.NRGBA) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		from := (y-box.Min.Y)*box.Dx() + r.Min.X - box.Min.X
		dst := p.img.Pix[p.img.PixOffset(r.Min.X, y):][:4*r.Dx()]
		if g.mask == nil {
			blendPremultiplied(dst, g.colour[4*from:])
			continue
		}
		for i, cover := range g.mask[from:][:r.Dx()] {
			switch pixel := dst[4*i : 4*i+4]; cover {
			case 0:
			case 255:
				pixel[0], pixel[1], pixel[2] = c.R, c.G, c.B
			default:
				blendPixel(pixel, uint32(cover), c)
			}
		}
	}
}

// blendPremultiplied blends premultiplied pixels into opaque ones.
func blendPremultiplied(dst, src []uint8) {
	for i := 0; i < len(dst); i += 4 {
		rest := 255 - uint32(src[i+3])
		for j := range 3 {
			dst[i+j] = src[i+j] + uint8((uint32(dst[i+j])*rest+127)/255&0xff)
		}
	}
}
