package grid

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/go-text/typesetting/di"
	"golang.org/x/image/math/fixed"
)

var body = textFont{size: fixed.I(14)}

// visual returns the letters of a text from left to right.
func visual(t *testing.T, text string) string {
	t.Helper()
	show(t, appTheme{zoom: 1}, numbered{}, window) // loads the fonts
	runes := []rune(text)
	runs := shared.shape(runes, body, paragraphDirection(runes))
	visualOrder(runs)
	var out strings.Builder
	for _, r := range runs {
		for _, g := range r.out.Glyphs {
			out.WriteRune(runes[g.TextIndex()])
		}
	}
	return out.String()
}

// Cases are in logical order, wanted in visual order.
func TestBidirectionalTextIsInVisualOrder(t *testing.T) {
	for text, want := range map[string]string{
		"abc def":     "abc def",
		"אבג":         "גבא",
		"ab אב cd":    "ab בא cd",
		"ab אב 12 אד": "ab דא 12 בא",
		"אב 12 גד":    "דג 12 בא",
		"אב cd 12 גד": "דג cd 12 בא",
		"12 אב":       "בא 12",
	} {
		if got := visual(t, text); got != want {
			t.Errorf("%q: %q, want %q", text, []rune(got), []rune(want))
		}
	}
}

func TestTheFirstStrongLetterSetsTheDirection(t *testing.T) {
	for text, want := range map[string]di.Direction{
		"": di.DirectionLTR, "123": di.DirectionLTR, "abc": di.DirectionLTR, "漢字": di.DirectionLTR,
		"שלום": di.DirectionRTL, "12 שלום abc": di.DirectionRTL, "أبحث": di.DirectionRTL,
	} {
		if got := paragraphDirection([]rune(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestLinesFitTheirWidth(t *testing.T) {
	show(t, appTheme{zoom: 1}, numbered{}, window)
	for _, text := range append(scripts, "", "x", "\n\n\n", "\u200d\u200d", "\xff\xfe", strings.Repeat("i", 4000)) {
		for width := range 300 {
			l := shared.line(text, body, width)
			if l.width > max(width, 16) { // an ellipsis alone may be wider than the room
				t.Fatalf("%.20q in %d pixels is %d wide", text, width, l.width)
			}
		}
	}
}

func TestShortTextIsNotTruncated(t *testing.T) {
	show(t, appTheme{zoom: 1}, numbered{}, window)
	l := shared.line("short", body, 1000)
	if again := shared.line("short", body, 1000); again != l {
		t.Error("shaped twice")
	}
	if len(l.glyphs) != 5 {
		t.Errorf("%d glyphs", len(l.glyphs))
	}
	if cut := shared.line("short", body, l.width-1); len(cut.glyphs) >= 5 {
		t.Errorf("%d glyphs in less room", len(cut.glyphs))
	}
}

func TestOnlyTheVisiblePartOfALongTextIsShaped(t *testing.T) {
	show(t, appTheme{zoom: 1}, numbered{}, window)
	long := strings.Repeat("i ", 500_000)
	text, cut := prefix(long, 100)
	if len(text) != 100 || !cut {
		t.Fatalf("%d bytes, cut %v", len(text), cut)
	}
	allocated := testing.AllocsPerRun(10, func() { shared.line(long, body, 200) })
	if allocated > 10 {
		t.Errorf("%v allocations for a line that is kept", allocated)
	}
}

func FuzzLine(f *testing.F) {
	for _, s := range scripts {
		f.Add(s, 120)
	}
	f.Add("\u202eabc\u202c\x00\n", 40)
	f.Fuzz(func(t *testing.T, text string, width int) {
		shared.use(fyneTheme{})
		width %= 2000
		if l := shared.line(text, body, width); l.width > max(width, 16) {
			t.Errorf("%q in %d pixels is %d wide", text, width, l.width)
		}
	})
}

func FuzzWords(f *testing.F) {
	for _, s := range scripts {
		f.Add(s, 120, 3)
	}
	f.Add("a (b) \"c\" d-e f/g 😀", 40, 2)
	f.Fuzz(func(t *testing.T, text string, width, lines int) {
		shared.use(fyneTheme{})
		if text != "" {
			sameAsWhole(t, text, 1+max(0, width)%2000, 1+max(0, lines)%5)
		}
	})
}

// fyneTheme needs no app.
type fyneTheme struct{ fyne.Theme }

func (fyneTheme) Font(style fyne.TextStyle) fyne.Resource { return appTheme{}.Font(style) }
