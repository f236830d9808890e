package grid

import (
	"slices"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/bidi"
)

// run is a stretch of text in one font and direction.
type run struct {
	out   shaping.Output
	level int // embedding level, odd for right-to-left
}

// faces returns the fonts of a style.
func (t *textShaper) faces(f textFont) *fonts {
	if f.bold {
		return &t.bold
	}
	return &t.regular
}

// shape splits text into runs in logical order, and shapes them.
func (t *textShaper) shape(text []rune, f textFont, direction di.Direction) []run {
	in := shaping.Input{Text: text, RunEnd: len(text), Size: f.size, Direction: direction}
	parts := t.segmenter.Split(in, t.faces(f))
	runs := make([]run, len(parts))
	for i, part := range parts {
		runs[i].out = t.shaper.Shape(part)
		before := i > 0 && runs[i-1].level > 0
		runs[i].level = level(part, direction, before)
	}
	return runs
}

// level returns the embedding level of a run after Unicode Annex 9. The segmenter
// gives only the direction; in a left-to-right paragraph, a number that follows a
// right-to-left word belongs to it.
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

// visualOrder reorders runs from logical to visual order: rule L2 of Unicode Annex 9.
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

// paragraphDirection returns the direction of the first letter that has one.
func paragraphDirection(text []rune) di.Direction {
	for _, r := range text {
		if r < 0x590 { // every script below is left-to-right
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

// advance returns the width of runs.
func advance(runs []run) fixed.Int26_6 {
	var sum fixed.Int26_6
	for _, r := range runs {
		sum += r.out.Advance
	}
	return sum
}

// truncate keeps the runs that fit in a width, in logical order, and the clusters that
// fit of the first one that does not.
func truncate(runs []run, width fixed.Int26_6) []run {
	for i := range runs {
		out := &runs[i].out
		if out.Advance <= width {
			width -= out.Advance
			continue
		}
		glyphs := out.Glyphs
		backwards := out.Direction == di.DirectionRTL // the first letter is last
		if backwards {
			slices.Reverse(glyphs)
		}
		glyphs = glyphs[:wholeClusters(glyphs, width)]
		if backwards {
			slices.Reverse(glyphs)
		}
		out.Glyphs = glyphs
		return runs[:i+1]
	}
	return runs
}

// wholeClusters returns the number of glyphs in the whole clusters that fit in a
// width.
func wholeClusters(glyphs []shaping.Glyph, width fixed.Int26_6) int {
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
