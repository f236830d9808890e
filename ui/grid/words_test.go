package grid

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/go-text/typesetting/language"
	"golang.org/x/image/math/fixed"

	"seedbed/assets/visible"
)

// sameAsWhole compares the layout of a text word by word with that of the whole.
func sameAsWhole(t *testing.T, text string, width, lines int) (inWords bool) {
	t.Helper()
	text = visible.Message(text)
	if lines > 1 {
		text = breakable(text)
	}
	place := func(p *paragraph, last []run, _ bool) *paragraph {
		if last != nil {
			last = truncate(last, fixed.I(width))
			p.lines = append(p.lines, shared.place(last, body))
		}
		return p
	}
	got, last, more := shared.layoutWords(text, body, fixed.I(width), lines)
	if got == nil {
		return false
	}
	got = place(got, last, more)
	want := place(shared.layoutWhole([]rune(text), body, fixed.I(width), lines))
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q in %d pixels and %d lines differs: %v, as a whole %v", text, width, lines, outline(got), outline(want))
	}
	return true
}

// outline tells how many glyphs are in each line, and how wide it is.
func outline(p *paragraph) (lines [][2]int) {
	for _, l := range p.lines {
		lines = append(lines, [2]int{len(l.glyphs), l.width})
	}
	return lines
}

func TestWordByWordLooksAsTheWhole(t *testing.T) {
	show(t, appTheme{zoom: 1}, numbered{}, window)
	pieces := append(strings.Fields(`Hello, world! “Quoted” (in brackets) isn't well-known e-mail a@b.com 3.5 1,000 50% AV To.
		Überprüfung Größe naïve Привет Αθήνα 😀 😀😀 👍🏽 ok😀 → — – … « » ¿qué? ¡sí! : ; ? ! ) ( [ ] " ' / a/b and/or C++ #1 $5 €7 ﬁ fi ffl
		Wi-Fi x=1 https://example.org/a_b?c=d 12:30 24-7 א 漢字 ạ́ i̇ TAVWA "said" ‘so’ † № ½ ×2 °C`), "  ", "\n", "\t", "\u00a0", "x  y")
	random := rand.New(rand.NewPCG(1, 2))
	inWords := 0
	for range 3000 {
		var text strings.Builder
		for range 1 + random.IntN(12) {
			text.WriteString(pieces[random.IntN(len(pieces))])
			if random.IntN(8) > 0 {
				text.WriteByte(' ')
			}
		}
		if sameAsWhole(t, text.String(), 40+random.IntN(400), 1+random.IntN(4)) {
			inWords++
		}
	}
	if inWords < 300 {
		t.Errorf("only %d texts were put together of words", inWords)
	}
}

func TestWordsAreShapedOnce(t *testing.T) {
	show(t, appTheme{zoom: 1}, numbered{}, window)
	text := "these are words that come again, and again"
	shared.paragraph(text, body, 200, 3)
	first := shared.word(wordKey{"again, ", body, language.Latin})
	for width := 100; width < 200; width++ {
		shared.paragraph(text, body, width, 3)
	}
	if shared.word(wordKey{"again, ", body, language.Latin}) != first {
		t.Error("a word was shaped again")
	}
	allocated := testing.AllocsPerRun(100, func() { shared.layoutWords(text, body, fixed.I(1000), 1) })
	if allocated > 2 {
		t.Errorf("%v allocations for words that are kept", allocated)
	}
}
