package grid

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

const (
	// wordLimit is the number of glyphs in all cached words, about 12 MB.
	wordLimit = 100_000
	// longestWord is the length in bytes up to which a word is cached.
	longestWord = 64
)

// wordKey is a word with the space after it. Digits and marks are shaped in the script of
// the text around them.
type wordKey struct {
	text   string
	font   textFont
	script language.Script
}

// word is a shaped word, cut where a line may be broken within it.
type word struct {
	parts []run
	mixed bool // it can't be shaped without the text around it
}

// layoutWords is layoutWhole word by word, which takes a fraction of the time, since most
// words were seen before. It returns no paragraph for a text that can't be put together of
// words: one that is read from the right, has several scripts, fonts within a word, or
// words that are wider than a line or very long. The last line is valid until the next call.
func (t *textShaper) layoutWords(text string, f textFont, width fixed.Int26_6, lines int) (p *paragraph, last []run, more bool) {
	script, ok := onlyScript(text)
	if !ok {
		return nil, nil, false
	}
	parts, room := t.parts[:0], fixed.Int26_6(lines)*(width+f.size) // with spaces at the ends of lines
	for text != "" && room >= 0 {
		end := wordEnd(text)
		if end > longestWord {
			return nil, nil, false
		}
		w := t.word(wordKey{text[:end], f, script})
		if w.mixed {
			return nil, nil, false
		}
		parts = append(parts, w.parts...)
		room -= advance(w.parts)
		text = text[end:]
	}
	t.parts = parts
	p = &paragraph{}
	if lines == 1 || advance(parts) <= width {
		return p, parts, false
	}
	for len(parts) > 0 {
		n, used := fitting(parts, width)
		switch {
		case n == 0: // it has to be broken within a word
			return nil, nil, false
		case n < len(parts) && len(p.lines) == lines-1:
			return p, parts, true
		}
		l := t.place(parts[:n], f)
		l.width = used.Ceil()
		p.lines = append(p.lines, l)
		parts = parts[n:]
	}
	return p, nil, false
}

// fitting returns how many parts fit in a line, and their width.
func fitting(parts []run, width fixed.Int26_6) (n int, used fixed.Int26_6) {
	var all fixed.Int26_6
	for _, part := range parts {
		without := all + part.out.Advance - trailingSpace(part.out)
		if without > width {
			break
		}
		all += part.out.Advance
		used = without
		n++
	}
	return n, used
}

// onlyScript returns the script of all letters of a text, Common where it has none. It
// reports false where there are several, or one whose words can't be shaped on their own.
func onlyScript(text string) (script language.Script, ok bool) {
	script = language.Common
	for _, r := range text {
		of := language.Latin
		switch {
		case r < utf8.RuneSelf:
			if !unicode.IsLetter(r) {
				continue
			}
		case r >= 0x590 && r < 0x2000: // from Hebrew on
			return 0, false
		default:
			if of = language.LookupScript(r); !of.Strong() {
				continue
			}
		}
		if of != language.Latin && of != language.Greek && of != language.Cyrillic || script != language.Common && script != of {
			return 0, false
		}
		script = of
	}
	return script, true
}

// wordEnd returns where the first word of a text ends, with the spaces after it. Words are
// separate where a line can be broken between them.
func wordEnd(text string) int {
	for from := len(text) - len(strings.TrimLeft(text, " ")); ; {
		space := strings.IndexByte(text[from:], ' ')
		if space < 0 {
			return len(text)
		}
		last, _ := utf8.DecodeLastRuneInString(text[:from+space])
		rest := strings.TrimLeft(text[from+space:], " ")
		from = len(text) - len(rest)
		next, _ := utf8.DecodeRuneInString(rest)
		if rest == "" || !holdsNext(last) && beginsWord(next) {
			return from
		}
	}
}

// holdsNext reports whether a line is perhaps not broken after a rune and spaces: after an
// opening mark (Unicode Annex 14, rules LB14 and LB15a).
func holdsNext(r rune) bool {
	return unicode.In(r, unicode.Ps, unicode.Pi, unicode.Pf) || r == '¿' || r == '¡'
}

// beginsWord reports whether a line can be broken before a rune that follows a space. It
// can't before closing marks (rule LB13).
func beginsWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(`("'-#@&$€+*<=>~`, r) || unicode.Is(unicode.So, r)
}

func (t *textShaper) word(key wordKey) *word {
	if w, ok := t.cachedWords.get(key); ok {
		return w
	}
	key.text = strings.Clone(key.text) // not to retain the whole message
	w := t.shapeWord(key)
	glyphs := 0
	for _, part := range w.parts {
		glyphs += len(part.out.Glyphs)
	}
	t.cachedWords.put(key, w, glyphs+4)
	return w
}

// shapeWord shapes a word and cuts it where lines may be broken.
func (t *textShaper) shapeWord(key wordKey) *word {
	text := []rune(key.text)
	in, ok := t.input(key, text)
	if !ok {
		return &word{mixed: true}
	}
	out := t.shaper.Shape(in)
	w := &word{}
	t.breaks.Init(text)
	for lines := t.breaks.LineIterator(); lines.Next(); {
		line := lines.Line()
		end := line.Offset + len(line.Text)
		n := 0
		for n < len(out.Glyphs) && out.Glyphs[n].TextIndex() < end {
			n++
		}
		if end < len(text) && (n == len(out.Glyphs) || out.Glyphs[n].TextIndex() != end) {
			continue // within a ligature
		}
		part := out
		part.Glyphs, out.Glyphs = out.Glyphs[:n:n], out.Glyphs[n:]
		part.RecomputeAdvance()
		w.parts = append(w.parts, run{out: part})
	}
	return w
}

// scriptKey is a script in a font style, which is what a face is looked up for.
type scriptKey struct {
	script language.Script
	bold   bool
}

// input prepares a word for shaping; it reports false where that takes more than one font.
// Splitting a word by direction, script and font takes half of the time of shaping it, and
// comes to the same for most.
func (t *textShaper) input(key wordKey, text []rune) (in shaping.Input, ok bool) {
	faces, of := t.faces(key.font), scriptKey{key.script, key.font.bold}
	in, ok = t.inputs[of]
	for _, r := range text {
		ok = ok && (r == ' ' || unicode.IsGraphic(r) && faces.ResolveFace(r) == in.Face)
	}
	if !ok {
		whole := shaping.Input{Text: text, RunEnd: len(text), Direction: di.DirectionLTR}
		parts := t.segmenter.Split(whole, faces)
		if len(parts) != 1 {
			return in, false
		}
		if in = parts[0]; in.Script == key.script && in.Script != language.Common {
			t.inputs[of] = in
		}
	}
	in.Text, in.RunStart, in.RunEnd = text, 0, len(text)
	in.Size, in.Script = key.font.size, key.script
	return in, true
}

// trailingSpace is the advance of the space at the end, which takes no room at the end of
// a line.
func trailingSpace(out shaping.Output) fixed.Int26_6 {
	if n := len(out.Glyphs); n > 0 && out.Glyphs[n-1].Width == 0 {
		return out.Glyphs[n-1].Advance
	}
	return 0
}
