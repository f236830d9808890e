package grid

import (
	"image"
	"image/color"

	"github.com/go-text/render"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// quarter of a pixel: glyphs are kept at four places within one, which is as
// fine as the eye tells letter spacing apart.
const quarter = 16

type glyphKey struct {
	face *font.Face
	id   font.GID
	size fixed.Int26_6
	sub  fixed.Int26_6 // quarters of a pixel to the right
}

// glyph is the picture of a glyph: coverage to be tinted, or its own colours.
type glyph struct {
	box    image.Rectangle // from the dot, y downwards
	mask   []uint8         // coverage, a row after the other
	colour []uint8         // premultiplied RGBA instead of a mask
}

// glyph gives the picture of a shaped glyph, nil for one without ink.
func (t *typesetter) glyph(face *font.Face, g shaping.Glyph, size, sub fixed.Int26_6) *glyph {
	if g.Width == 0 || g.Height == 0 {
		return nil
	}
	key := glyphKey{face, g.GlyphID, size, sub}
	if p, ok := t.glyphs.get(key); ok {
		return p
	}
	p := drawGlyph(face, g, size, sub*quarter)
	t.glyphs.put(key, p, len(p.mask)+len(p.colour)+64)
	return p
}

// drawGlyph draws a glyph moved right by a part of a pixel.
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
