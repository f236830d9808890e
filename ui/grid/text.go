package grid

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"seedbed/assets/visible"

	"fyne.io/fyne/v2"
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/segmenter"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

const (
	// lineLimit is the number of glyphs in all cached lines, about 6 MB.
	lineLimit = 200_000
	// glyphLimit is the size of all cached glyph images, in bytes.
	glyphLimit = 8 << 20
	// minAdvance is a lower bound for the mean advance of text, as a fraction of the
	// text size. It limits how much of a long text is shaped.
	minAdvance = 0.2
)

// textShaper lays out text in any script, shaped by HarfBuzz, and
// caches them.
type textShaper struct {
	regular, bold fonts
	segmenter     shaping.Segmenter
	shaper        shaping.HarfbuzzShaper
	wrapper       shaping.LineWrapper
	breaks        segmenter.Segmenter // of lines within a word
	cachedWords   cache[wordKey, *word]
	inputs        map[scriptKey]shaping.Input // of a word
	parts         []run                       // of the words of a text
	ellipses      map[ellipsisKey][]run
	lines         cache[lineKey, *paragraph]
	glyphs        cache[glyphKey, *glyph]
	heights       map[textFont]height
}

// shared is used by every grid; all of them are on one goroutine.
var shared = newTextShaper()

func newTextShaper() *textShaper {
	system := systemFonts()
	return &textShaper{
		regular:     fonts{system: system},
		bold:        fonts{system: system, style: fyne.TextStyle{Bold: true}},
		cachedWords: cache[wordKey, *word]{limit: wordLimit},
		lines:       cache[lineKey, *paragraph]{limit: lineLimit},
		glyphs:      cache[glyphKey, *glyph]{limit: glyphLimit},
	}
}

// PreloadFonts parses the fonts of a theme, so that the first rows do not wait for
// them. It may run on any goroutine until there is a grid.
func PreloadFonts(th fyne.Theme) {
	shared.use(th)
	for _, bold := range []bool{false, true} {
		shared.shape([]rune("a"), textFont{bold: bold}, di.DirectionLTR)
	}
}

// use sets the fonts of a theme.
func (t *textShaper) use(th fyne.Theme) {
	regular, bold := t.regular.use(th), t.bold.use(th)
	if regular || bold {
		t.lines = cache[lineKey, *paragraph]{limit: lineLimit}
		t.cachedWords = cache[wordKey, *word]{limit: wordLimit}
		t.heights = map[textFont]height{}
		t.inputs = map[scriptKey]shaping.Input{}
		t.ellipses = map[ellipsisKey][]run{}
	}
}

// textFont is a font style and size in pixels.
type textFont struct {
	bold bool
	size fixed.Int26_6
}

type lineKey struct {
	text  string
	font  textFont
	width int
	lines int
}

// paragraph is a laid out text, its lines from the top, of which there is at least one.
type paragraph struct {
	lines []line
	rtl   bool // it is read from the right
}

var emptyParagraph = &paragraph{lines: make([]line, 1)}

// line is a laid out line of text, its glyphs from left to right.
type line struct {
	glyphs []placedGlyph
	width  int // advance in pixels, rounded up
}

// placedGlyph is a glyph and its position, in pixels from the start of the line's
// baseline.
type placedGlyph struct {
	*glyph
	x, y int
}

// height is the extent of a line above and below its baseline, in pixels.
type height struct{ ascent, descent int }

// height returns the height of a font.
func (t *textShaper) height(f textFont) height {
	h, ok := t.heights[f]
	if !ok {
		bounds := t.shape([]rune{' '}, f, di.DirectionLTR)[0].out.LineBounds
		h = height{bounds.Ascent.Round(), -bounds.Descent.Round()}
		t.heights[f] = h
	}
	return h
}

// paragraph lays text out within a width in pixels, in up to a number of lines, the last of
// which ends with an ellipsis where there is more. Line breaks of the text show as ↵, and
// what would act on the line as a sign.
func (t *textShaper) paragraph(text string, f textFont, width, lines int) *paragraph {
	if width <= 0 || text == "" {
		return emptyParagraph
	}
	text, cut := prefix(text, runesIn(fixed.I(lines*width), f))
	key := lineKey{text, f, width, lines}
	if p, ok := t.lines.get(key); ok {
		return p
	}
	p := t.layout(visible.Message(text), f, fixed.I(width), lines, cut)
	glyphs := 0
	for _, l := range p.lines {
		glyphs += len(l.glyphs)
	}
	key.text = strings.Clone(text) // not to retain the whole of a long message
	t.lines.put(key, p, glyphs+8)
	return p
}

// line lays text out in a single line.
func (t *textShaper) line(text string, f textFont, width int) *line {
	return &t.paragraph(text, f, width, 1).lines[0]
}

// prefix returns the first n runes of text and whether there are more.
func prefix(text string, n int) (string, bool) {
	for i := range text {
		if n == 0 {
			return text[:i], true
		}
		n--
	}
	return text, false
}

// layout shapes, breaks and positions text.
func (t *textShaper) layout(text string, f textFont, width fixed.Int26_6, lines int, cut bool) *paragraph {
	if lines > 1 {
		text = breakable(text)
	}
	p, rest, more := t.layoutWords(text, f, width, lines)
	if p == nil {
		p, rest, more = t.layoutWhole([]rune(text), f, width, lines)
	}
	if rest == nil {
		return p
	}
	if cut || more || advance(rest) > width {
		ellipsis := t.ellipsis(f, p.rtl)
		rest = append(truncate(rest, width-advance(ellipsis)), ellipsis...)
	}
	p.lines = append(p.lines, t.place(rest, f))
	return p
}

type ellipsisKey struct {
	font textFont
	rtl  bool
}

func (t *textShaper) ellipsis(f textFont, rtl bool) []run {
	key := ellipsisKey{f, rtl}
	if _, ok := t.ellipses[key]; !ok {
		direction := di.DirectionLTR
		if rtl {
			direction = di.DirectionRTL
		}
		t.ellipses[key] = t.shape([]rune{'…'}, f, direction)
	}
	return t.ellipses[key]
}

// layoutWhole lays out any text. Its last line is not yet placed; more says that this is too
// long.
func (t *textShaper) layoutWhole(text []rune, f textFont, width fixed.Int26_6, lines int) (p *paragraph, last []run, more bool) {
	direction := paragraphDirection(text)
	p = &paragraph{rtl: direction == di.DirectionRTL}
	runs := t.shape(text, f, direction)
	if lines == 1 || advance(runs) <= width {
		return p, runs, false
	}
	rest, done := t.breakLines(p, text, runs, f, width, lines)
	if done {
		return p, nil, false
	}
	return p, t.shape(rest, f, direction), true
}

// breakLines breaks text between words where it can, and adds the lines to a paragraph.
// Where there are too many, it returns the text from the beginning of the last one on, as
// much of it as can be visible.
func (t *textShaper) breakLines(p *paragraph, text []rune, runs []run, f textFont, width fixed.Int26_6, lines int) (rest []rune, done bool) {
	shaped := make([]shaping.Output, len(runs))
	for i, r := range runs {
		shaped[i] = r.out
	}
	t.wrapper.Prepare(shaping.WrapConfig{Direction: paragraphDirection(text)}, text, shaping.NewSliceIterator(shaped))
	for next := 0; ; {
		wrapped, done := t.wrapper.WrapNextLineF(width)
		if !done && (len(p.lines) == lines-1 || wrapped.NextLine <= next) {
			return text[next:min(len(text), next+runesIn(width, f))], false
		}
		broken := make([]run, len(wrapped.Line))
		for i, out := range wrapped.Line {
			broken[i].out = out
			for _, r := range runs {
				if r.out.Runes.Offset <= out.Runes.Offset {
					broken[i].level = r.level
				}
			}
		}
		p.lines = append(p.lines, t.place(broken, f))
		if done {
			return nil, true
		}
		next = wrapped.NextLine
	}
}

// runesIn is the most letters that are visible in a width.
func runesIn(width fixed.Int26_6, f textFont) int {
	return 8 + int(float64(width)/(minAdvance*float64(f.size)))
}

// breakable lets long names and addresses be broken after their marks, as if there were a
// space without a width.
func breakable(text string) string {
	const zeroWidthSpace = "\u200b"
	var out strings.Builder
	for {
		mark := strings.IndexAny(text, "_./&=?") + 1
		if mark == 0 {
			break
		}
		out.WriteString(text[:mark])
		if next, _ := utf8.DecodeRuneInString(text[mark:]); unicode.IsLetter(next) {
			out.WriteString(zeroWidthSpace)
		}
		text = text[mark:]
	}
	if out.Len() == 0 {
		return text
	}
	out.WriteString(text)
	return out.String()
}

// place positions the glyphs of runs in a line.
func (t *textShaper) place(runs []run, f textFont) line {
	visualOrder(runs)
	n := 0
	for _, r := range runs {
		n += len(r.out.Glyphs)
	}
	l := line{glyphs: make([]placedGlyph, 0, n)}
	var x fixed.Int26_6
	for _, r := range runs {
		for _, g := range r.out.Glyphs {
			at := x + g.XOffset
			if p := t.glyph(r.out.Face, g, f.size, at&63/subpixel); p != nil {
				l.glyphs = append(l.glyphs, placedGlyph{p, at.Floor(), -g.YOffset.Round()})
			}
			x += g.Advance
		}
	}
	l.width = x.Ceil()
	return l
}
