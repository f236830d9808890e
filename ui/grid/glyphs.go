package grid

import (
	"image"
	"image/color"

	"github.com/go-text/render"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// subpixel is a quarter of a pixel. Glyphs are cached at four horizontal offsets,
// which is as fine as letter spacing can be told apart.
const subpixel = 16

type glyphKey struct {
	face *font.Face
	id   font.GID
	size fixed.Int26_6
	sub  fixed.Int26_6 // offset in quarters of a pixel
}

// glyph is a rasterised glyph: a mask to be filled with a colour, or an image in its
// own colours.
type glyph struct {
	box    image.Rectangle // relative to the origin, y downwards
	mask   []uint8         // opacity, row by row
	colour []uint8         // premultiplied RGBA instead of a mask
}

// glyph returns the image of a shaped glyph, or nil for one without ink.
func (t *textShaper) glyph(face *font.Face, g shaping.Glyph, size, sub fixed.Int26_6) *glyph {
	if g.Width == 0 || g.Height == 0 {
		return nil
	}
	key := glyphKey{face, g.GlyphID, size, sub}
	if p, ok := t.glyphs.get(key); ok {
		return p
	}
	p := drawGlyph(face, g, size, sub*subpixel)
	t.glyphs.put(key, p, len(p.mask)+len(p.colour)+64)
	return p
}

// drawGlyph rasterises a glyph shifted right by a fraction of a pixel.
func drawGlyph(face *font.Face, g shaping.Glyph, size, shift fixed.Int26_6) *glyph {
	box := image.Rect(
		(g.XBearing+shift).Floor()-1, -g.YBearing.Ceil()-1,
		(g.XBearing+shift+g.Width).Ceil()+1, -(g.YBearing+g.Height).Floor()+1,
	)
	img := image.NewRGBA(image.Rect(0, 0, box.Dx(), box.Dy()))
	dot := g
	dot.XOffset, dot.YOffset = shift, 0
	r := render.Renderer{FontSize: float32(size) / 64, PixScale: 1, Color: color.White}
	r.DrawShapedRunAt(shaping.Output{Face: face, Glyphs: []shaping.Glyph{dot}}, img, -box.Min.X, -box.Min.Y)
	if _, outline := face.GlyphData(g.GlyphID).(font.GlyphOutline); !outline {
		return &glyph{box: box, colour: img.Pix}
	}
	mask := make([]uint8, box.Dx()*box.Dy())
	for i := range mask {
		mask[i] = img.Pix[4*i+3]
	}
	return &glyph{box: box, mask: mask}
}

// cache is a cache of limited cost with two generations. What is used moves to the
// young one; when that has used half of the limit it becomes the old one, and the old
// one is dropped.
type cache[K comparable, V any] struct {
	limit      int
	cost       int // of the young generation
	young, old map[K]entry[V]
}

type entry[V any] struct {
	value V
	cost  int
}

// get returns the value of a key.
func (c *cache[K, V]) get(key K) (V, bool) {
	if k, ok := c.young[key]; ok {
		return k.value, true
	}
	k, ok := c.old[key]
	if ok {
		c.put(key, k.value, k.cost)
	}
	return k.value, ok
}

// put stores a value with its cost.
func (c *cache[K, V]) put(key K, value V, cost int) {
	if c.young == nil || c.cost+cost > c.limit/2 {
		c.old, c.young, c.cost = c.young, map[K]entry[V]{}, 0
	}
	c.young[key] = entry[V]{value, cost}
	c.cost += cost
}
