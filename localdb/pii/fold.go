package pii

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// span is a piece of a text, as positions of its bytes.
type span struct{ start, end int }

// folded is a text as the finders see it: digits of all scripts and full-width signs
// are ASCII, spaces and dashes are of one kind, invisible marks are gone, and each
// hole is one zero byte.
type folded struct {
	text   string
	counts [utf8.RuneSelf]uint8 // of each ASCII character, up to 255
	digits int
	number int // the most digits of a run with at most three separators between two
	token  int // the longest run of ASCII letters and digits
	marks  mark
	region string

	source  string
	offsets []int // where each byte of text comes from in source; nil: from the same place
}

// fold makes the text that finders search. The holes are in order.
func fold(source string, holes []span) *folded {
	t := &folded{text: source, source: source}
	if len(holes) > 0 || changes(source) {
		t.rewrite(holes)
	}
	t.count()
	t.marks = marksIn(t.text)
	return t
}

// changes says whether folding changes a text.
func changes(text string) bool {
	afterDigit := false
	for _, r := range text {
		if r >= utf8.RuneSelf && foldRune(r, afterDigit) != r {
			return true
		}
		afterDigit = r >= '0' && r <= '9'
	}
	return false
}

// count prepares the cheap checks that spare most texts the search for most kinds.
func (t *folded) count() {
	number, gap, token := 0, 0, 0
	for i := range len(t.text) {
		c := t.text[i]
		if c < utf8.RuneSelf && t.counts[c] < 255 {
			t.counts[c]++
		}
		switch {
		case isDigit(c):
			t.digits++
			number, gap = number+1, 0
			t.number = max(t.number, number)
		case number == 0:
		case gap < 3 && strings.IndexByte(" -./(),+_|", c) >= 0:
			gap++
		default:
			number = 0
		}
		if isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'z' {
			token++
			t.token = max(t.token, token)
		} else {
			token = 0
		}
	}
}

func (t *folded) rewrite(holes []span) {
	out := make([]byte, 0, len(t.source))
	t.offsets = make([]int, 0, len(t.source))
	for i := 0; i < len(t.source); {
		if len(holes) > 0 && i == holes[0].start {
			out, t.offsets = append(out, 0), append(t.offsets, i)
			i, holes = holes[0].end, holes[1:]
			continue
		}
		r, size := utf8.DecodeRuneInString(t.source[i:])
		afterDigit := len(out) > 0 && isDigit(out[len(out)-1])
		switch f := foldRune(r, afterDigit); {
		case f < 0:
		case f == r: // bytes that are no UTF-8 included
			for k := range size {
				out, t.offsets = append(out, t.source[i+k]), append(t.offsets, i+k)
			}
		default:
			out, t.offsets = append(out, byte(f)), append(t.offsets, i)
		}
		i += size
	}
	t.text = string(out)
}

// original is where a span of the folded text lies in the source.
func (t *folded) original(s span) span {
	if t.offsets == nil {
		return s
	}
	last := t.offsets[s.end-1]
	end := last + 1
	if t.text[s.end-1] < utf8.RuneSelf {
		_, size := utf8.DecodeRuneInString(t.source[last:])
		end = last + size
	}
	return span{t.offsets[s.start], end}
}

// foldRune is the ASCII character that a rune stands for, -1 for an invisible mark,
// or the rune itself.
func foldRune(r rune, afterDigit bool) rune {
	switch {
	case r < 0x80 || r >= 0xc0 && r < 0x58a || r >= 0x3041 && r <= 0x9fff && r != 0x30fc || r == utf8.RuneError: // letters, for the most part
		return r
	case r >= 0xff01 && r <= 0xff5e: // full-width forms
		return r - 0xfee0
	case unicode.Is(unicode.Zs, r):
		return ' '
	case unicode.Is(unicode.Pd, r), r == '\u2212':
		return '-'
	case unicode.Is(unicode.Cf, r), r >= 0xfe00 && r <= 0xfe0f, r == 0x20e3: // format characters, keycaps
		return -1
	case unicode.Is(unicode.Nd, r):
		return '0' + digitValue(r)
	}
	return foldPunctuation(r, afterDigit)
}

func foldPunctuation(r rune, afterDigit bool) rune {
	switch {
	case r == '\u2024', r == '\u066b', r == '\ufe52', afterDigit && (r == '·' || r == '•' || r == '‧'):
		return '.'
	case r == '\u066c', r == '\u060c', r == '\u3001':
		return ','
	case r == '\u2236', r == '\ufe55':
		return ':'
	case r == '\u30fc' && afterDigit: // the mark of long vowels, typed for a dash
		return '-'
	}
	return r
}

// digitValue relies on each script's digits being ten code points in order.
func digitValue(r rune) rune {
	for _, set := range unicode.Nd.R16 {
		if r >= rune(set.Lo) && r <= rune(set.Hi) {
			return (r - rune(set.Lo)) % 10
		}
	}
	for _, set := range unicode.Nd.R32 {
		if r >= rune(set.Lo) && r <= rune(set.Hi) {
			return (r - rune(set.Lo)) % 10
		}
	}
	return 0
}

// context is the text right before a place, as much of it as a rule may look at: not
// beyond a hole.
func context(text string, place int) string {
	before := text[max(0, place-96):place]
	for before != "" && !utf8.RuneStart(before[0]) {
		before = before[1:]
	}
	return before[strings.LastIndexByte(before, 0)+1:]
}

// matches returns the spans of a pattern that touch no word on either side.
func matches(pattern *regexp.Regexp, text string) (spans []span) {
	for _, m := range pattern.FindAllStringIndex(text, -1) {
		if s := (span{m[0], m[1]}); apart(text, s) {
			spans = append(spans, s)
		}
	}
	return spans
}

// groups returns the spans of a pattern's first group.
func groups(pattern *regexp.Regexp, text string) (spans []span) {
	for _, m := range pattern.FindAllStringSubmatchIndex(text, -1) {
		if m[2] >= 0 && m[3] > m[2] {
			spans = append(spans, span{m[2], m[3]})
		}
	}
	return spans
}

// apart is true of a span with no letter, digit or hole right beside it.
func apart(text string, s span) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:s.start])
	after, _ := utf8.DecodeRuneInString(text[s.end:])
	return (s.start == 0 || !joins(before)) && (s.end == len(text) || !joins(after))
}

// unspaced are scripts that write words without spaces, or join small words and
// endings to what stands beside them.
var unspaced = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao,
	unicode.Khmer, unicode.Myanmar, unicode.Arabic, unicode.Hebrew,
}

func isUnspaced(r rune) bool { return r > 0x58f && (unicode.In(r, unspaced...) || r == 'ー') }

// joins says whether a character beside a detail makes it a part of a longer word.
func joins(r rune) bool {
	return r == 0 || r == '_' || (unicode.IsLetter(r) || unicode.IsDigit(r)) && !isUnspaced(r)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// digits takes everything but digits out of a text.
func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

// pattern compiles a regular expression when it is first used, not at each start of the
// program.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
