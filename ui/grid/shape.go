package grid

import (
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/bidi"
)

const (
	// lineLimit bounds the glyphs of all lines kept, about 6 MB.
	lineLimit = 200_000
	// glyphLimit bounds the pixels of all glyphs kept, in bytes.
	glyphLimit = 8 << 20
	// narrow is the advance, as a part of the text size, that no run of text
	// stays below: it bounds how much of a long text is looked at.
	narrow = 0.2
)

// typesetter turns text into glyphs ready to paint. Every script goes the same
// way: shaped by HarfBuzz, with the result kept.
type typesetter struct {
	regular, bold fonts
	segmenter     shaping.Segmenter
	shaper        shaping.HarfbuzzShaper
	lines         cache[lineKey, *line]
	glyphs        cache[glyphKey, *glyph]
	heights       map[textFont]height
}

// shared serves every grid of the process; they all live on one goroutine.
var shared = newTypesetter()

func newTypesetter() *typesetter {
	system := systemFonts()
	return &typesetter{
		regular: fonts{system: system},
		bold:    fonts{system: system, style: fyne.TextStyle{Bold: true}},
		lines:   cache[lineKey, *line]{limit: lineLimit},
		glyphs:  cache[glyphKey, *glyph]{limit: glyphLimit},
	}
}

// ReadFonts reads the fonts of a theme, which otherwise the first rows wait for. It may
// run beside the main goroutine as long as no grid is there.
func ReadFonts(th fyne.Theme) {
	shared.use(th)
	for _, bold := range []bool{false, true} {
		shared.shape([]rune("a"), textFont{bold: bold}, di.DirectionLTR)
	}
}

// use takes the fonts from a theme.
func (t *typesetter) use(th fyne.Theme) {
	regular, bold := t.regular.use(th), t.bold.use(th)
	if regular || bold {
		t.lines = cache[lineKey, *line]{limit: lineLimit}
		t.heights = map[textFont]height{}
	}
}

// textFont is a style and a size in pixels.
type textFont struct {
	bold bool
	size fixed.Int26_6
}

type lineKey struct {
	text  string
	font  textFont
	width int
}

// line is a text set on one line, its glyphs from left to right.
type line struct {
	glyphs []placed
	width  int // advance in pixels, rounded up
}

// placed is a glyph and where its picture goes, in pixels from the start of the
// line and from the baseline.
type placed struct {
	*glyph
	x, y int
}

// height is how far a line reaches above and below its baseline, in pixels.
type height struct{ ascent, descent int }

// height gives that of a font.
func (t *typesetter) height(f textFont) height {
	h, ok := t.heights[f]
	if !ok {
		bounds := t.shape([]rune{' '}, f, di.DirectionLTR)[0].out.LineBounds
		h = height{bounds.Ascent.Round(), -bounds.Descent.Round()}
		t.heights[f] = h
	}
	return h
}

// line sets a text within a width in pixels, cut off with an ellipsis where it is
// too long. Line breaks show as ↵.
func (t *typesetter) line(text string, f textFont, width int) *line {
	if width <= 0 || text == "" {
		return &line{}
	}
	text, cut := prefix(text, 8+int(float64(width)/(narrow*float64(f.size)/64)))
	key := lineKey{text, f, width}
	if l, ok := t.lines.get(key); ok {
		return l
	}
	l := t.set([]rune(oneLine.Replace(text)), f, fixed.I(width), cut)
	key.text = strings.Clone(text) // not to keep the whole of a long message
	t.lines.put(key, l, len(l.glyphs)+8)
	return l
}

var oneLine = strings.NewReplacer("\r\n", "↵", "\n", "↵", "\r", "↵", "\t", " ", "\v", " ", "\f", " ", "\x00", " ")

// prefix gives the first n runes of a text and whether there are more.
func prefix(text string, n int) (string, bool) {
	for i := range text {
		if n == 0 {
			return text[:i], true
		}
		n--
	}
	return text, false
}

// run is a stretch of text in one font and direction.
type run struct {
	out   shaping.Output
	level int // of embedding, odd from right to left
}

// set shapes and places a text.
func (t *typesetter) set(text []rune, f textFont, width fixed.Int26_6, cut bool) *line {
	direction := paragraphDirection(text)
	runs := t.shape(text, f, direction)
	if cut || advance(runs) > width {
		ellipsis := t.shape([]rune{'…'}, f, direction)
		runs = append(truncate(runs, width-advance(ellipsis)), ellipsis...)
	}
	visualOrder(runs)
	l := &line{}
	var x fixed.Int26_6
	for _, r := range runs {
		for _, g := range r.out.Glyphs {
			at := x + g.XOffset
			if p := t.glyph(r.out.Face, g, f.size, at&63/quarter); p != nil {
				l.glyphs = append(l.glyphs, placed{p, at.Floor(), -g.YOffset.Round()})
			}
			x += g.Advance
		}
	}
	l.width = x.Ceil()
	return l
}

// shape cuts a text into runs, in the order in which it is read, and shapes them.
func (t *typesetter) shape(text []rune, f textFont, direction di.Direction) []run {
	faces := &t.regular
	if f.bold {
		faces = &t.bold
	}
	in := shaping.Input{Text: text, RunEnd: len(text), Size: f.size, Direction: direction}
	parts := t.segmenter.Split(in, faces)
	runs := make([]run, len(parts))
	for i, part := range parts {
		runs[i].out = t.shaper.Shape(part)
		before := i > 0 && runs[i-1].level > 0
		runs[i].level = level(part, direction, before)
	}
	return runs
}

// level is a run's level of embedding after Unicode Annex 9. The segmenter gives
// only its direction; in a paragraph from left to right a number that follows a
// word from right to left belongs to it.
func level(part shaping.Input, paragraph di.Direction, afterRTL bool) int {
	switch {
	case part.Direction == di.DirectionRTL:
		return 1
	case paragraph == di.DirectionRTL:
		return 2
	case afterRTL && !slices.ContainsFunc(part.Text[part.RunStart:part.RunEnd], unicode.IsLetter):
		return 2
	}
	return 0
}

// visualOrder sorts runs from the order of reading into that of the screen: rule
// L2 of Unicode Annex 9.
func visualOrder(runs []run) {
	for level := 2; level >= 1; level-- {
		for i := 0; i < len(runs); i++ {
			start := i
			for i < len(runs) && runs[i].level >= level {
				i++
			}
			slices.Reverse(runs[start:i])
		}
	}
}

// paragraphDirection is that of the first letter that has one.
func paragraphDirection(text []rune) di.Direction {
	for _, r := range text {
		if r < 0x590 { // every script below is written from left to right
			if unicode.IsLetter(r) {
				return di.DirectionLTR
			}
			continue
		}
		p, _ := bidi.LookupRune(r)
		if class := p.Class(); class == bidi.L {
			return di.DirectionLTR
		} else if class == bidi.R || class == bidi.AL {
			return di.DirectionRTL
		}
	}
	return di.DirectionLTR
}

// advance is the width of runs.
func advance(runs []run) fixed.Int26_6 {
	var sum fixed.Int26_6
	for _, r := range runs {
		sum += r.out.Advance
	}
	return sum
}

// truncate keeps the first runs, in the order of reading, that fit in a width,
// and of the one that doesn't, the clusters that do.
func truncate(runs []run, width fixed.Int26_6) []run {
	for i := range runs {
		out := &runs[i].out
		if out.Advance <= width {
			width -= out.Advance
			continue
		}
		glyphs := out.Glyphs
		backwards := out.Direction == di.DirectionRTL // its first letter comes last
		if backwards {
			slices.Reverse(glyphs)
		}
		glyphs = glyphs[:fitting(glyphs, width)]
		if backwards {
			slices.Reverse(glyphs)
		}
		out.Glyphs = glyphs
		return runs[:i+1]
	}
	return runs
}

// fitting counts the glyphs of the whole clusters that fit in a width.
func fitting(glyphs []shaping.Glyph, width fixed.Int26_6) int {
	n := 0
	for i, g := range glyphs {
		if i > 0 && g.TextIndex() != glyphs[i-1].TextIndex() {
			n = i
		}
		if width -= g.Advance; width < 0 {
			return n
		}
	}
	return len(glyphs)
}
