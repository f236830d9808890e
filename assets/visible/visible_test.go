package visible

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWhatIsHiddenIsShown(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"plain": "plain", "größe ✓ 日本語": "größe ✓ 日本語",
		"\x1b[31mred\x1b[0m": "␛[31mred␛[0m", "a\ab\bc\x00d\x7f": "a␇b␈c␀d␡", "\u009b31m": "⟦U+009B⟧31m", "a\nb\r\nc\rd\te": "a↵b↵c↵d e",
		"a\u202eb\u2066c\u2069\u200e": "a⟦RLO⟧b⟦LRI⟧c⟦PDI⟧⟦LRM⟧", "a\u2028b\u2029c": "a⟦LS⟧b⟦PS⟧c", "a\u200bb\ufeffc\u00add": "a⟦ZWSP⟧b⟦BOM⟧c⟦SHY⟧d",
		"a\U000e0041\U000e0062": "a⟦TAG A⟧⟦TAG b⟧", "a\u200db": "a⟦ZWJ⟧b", "bad \xff\x9b": "bad ��", "x\u3164": "x⟦U+3164⟧", "a\ufe0f": "a⟦U+FE0F⟧", "😀\U000e0101\U000e0102": "😀\U000e0101⟦U+E0102⟧",
		"👩\u200d💻 👍🏽 ❤\ufe0f 1\ufe0f⃣": "👩\u200d💻 👍🏽 ❤\ufe0f 1\ufe0f⃣", "می\u200cخواهم": "می\u200cخواهم", "क्\u200dष": "क्\u200dष",
		"🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f": "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🏴\U000e0068\U000e0069": "🏴⟦TAG h⟧⟦TAG i⟧",
	} {
		if got := Line(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
	if got := Lines("a\x1b\tb\r\nc\u202e\rd"); got != "a␛\tb\nc⟦RLO⟧␍d" {
		t.Errorf("%q", got)
	}
	if got := Message("a\u200bb\x1b\u202e\n"); got != "a\u200bb␛⟦RLO⟧↵" {
		t.Errorf("%q", got)
	}
	if got := Hidden("a\u200bb\x1b\nc👩\u200d💻"); strings.Join(got, "") != "⟦ZWSP⟧␛" {
		t.Errorf("%q", got)
	}
	if got := Clean("a\u200bb\x1b[0m\u2028c\td👩\u200d💻"); got != "ab[0m\nc\td👩\u200d💻" {
		t.Errorf("%q", got)
	}
}

func FuzzVisible(f *testing.F) {
	for _, text := range []string{"\x1b[31m", "a\u202eb", "👩\u200d💻", "\xff\u200b\u200d", "🏴\U000e0067"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		line := Line(text)
		if !utf8.ValidString(line) || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 || kindOf(r) == direction }) {
			t.Fatalf("%q is shown as %q", text, line)
		}
		if hidden := Hidden(Clean(text)); len(hidden) > 0 {
			// What was kept apart by a hidden character may now be hidden itself.
			if again := Hidden(Clean(Clean(text))); len(again) > len(hidden) {
				t.Fatalf("%q: %q", text, again)
			}
		}
		if Line(line) != line {
			t.Fatalf("%q is shown as %q, and that as %q", text, line, Line(line))
		}
	})
}
