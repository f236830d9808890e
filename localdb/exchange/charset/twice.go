package charset

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// FixTwiceEncoded gives the text of a string whose UTF-8 was taken for Latin-1 and
// encoded once more, as Facebook and Instagram do in their exports ("ZoÃ©" for "Zoé").
// Another string is given as it is.
func FixTwiceEncoded(s string) string {
	beyond := false
	for _, r := range s {
		if r > 0xFF {
			return s
		}
		beyond = beyond || r >= 0x80
	}
	if !beyond {
		return s
	}
	once, err := charmap.ISO8859_1.NewEncoder().String(s)
	if err != nil || !utf8.ValidString(once) {
		return s
	}
	return once
}

// Damaged tells whether a text holds what bytes leave that were decoded by the wrong
// encoding: the mark for a character that could not be decoded, or UTF-8 that was taken
// for Windows-1252 ("Ã©", "â€™").
func Damaged(s string) bool {
	if BeyondASCII([]byte(s)) < 0 {
		return false
	}
	if strings.Contains(s, "\uFFFD") {
		return true
	}
	if !strings.ContainsAny(s, "ÃÂâÐÑØãäåæçè") {
		return false
	}
	for word := range strings.SplitSeq(s, " ") {
		if fixed, kept := countTwice([]byte(word)); fixed > 0 && kept == 0 {
			return true
		}
	}
	return false
}

// isTwiceEncoded tells whether a text in UTF-8 is one whose UTF-8 was taken for Windows-1252
// or Latin-1 and encoded once more: nearly all that is beyond ASCII is UTF-8 again.
func isTwiceEncoded(text []byte) bool {
	if i := BeyondASCII(text); i >= 0 {
		fixed, kept := countTwice(text[i:])
		return fixed > 0 && kept*8 <= fixed
	}
	return false
}

// countTwice counts the characters of a text that were encoded twice, and the others beyond ASCII.
func countTwice(text []byte) (fixed, kept int) {
	for len(text) > 0 {
		r, size := rune(text[0]), 1
		if r >= utf8.RuneSelf {
			var once bool
			if r, size, once = onceEncoded(text); once {
				fixed++
			} else if r != '\uFEFF' {
				kept++
			}
		}
		text = text[size:]
	}
	return fixed, kept
}

// onceEncoded gives the first character of a text, and how many bytes it takes; once is true
// where these are the several characters of one that was encoded twice.
func onceEncoded(text []byte) (r rune, size int, once bool) {
	r, size = utf8.DecodeRune(text)
	lead, ok := asByte(r)
	if !ok || lead < 0xC2 || lead > 0xF4 {
		return r, size, false
	}
	length := 2
	if lead >= 0xE0 {
		length = 3
	}
	if lead >= 0xF0 {
		length = 4
	}
	bytes, all := [utf8.UTFMax]byte{lead}, size
	for i := 1; i < length; i++ {
		next, n := utf8.DecodeRune(text[all:])
		if bytes[i], ok = asByte(next); !ok || n == 0 {
			return r, size, false
		}
		all += n
	}
	if whole, n := utf8.DecodeRune(bytes[:length]); n == length {
		return whole, all, true
	}
	return r, size, false
}

// asByte gives the byte that Windows-1252 has for a character. Bytes that it leaves out are
// those of Latin-1, as browsers take them.
func asByte(r rune) (byte, bool) {
	if r >= 0x80 && r <= 0xFF {
		return byte(r), true
	}
	if r < 0x100 {
		return 0, false
	}
	return charmap.Windows1252.EncodeRune(r)
}

// twice is UTF-8 that was encoded twice, as an encoding to read.
type twice struct{ transform.NopResetter }

func (twice) NewDecoder() *encoding.Decoder { return &encoding.Decoder{Transformer: twice{}} }

// NewEncoder is that of UTF-8: nothing is written encoded twice.
func (twice) NewEncoder() *encoding.Encoder { return unicode.UTF8.NewEncoder() }

// mostBytes is how long a character can be that was encoded twice: four of up to three bytes.
const mostBytes = utf8.UTFMax * 3

func (twice) Transform(dst, src []byte, atEOF bool) (written, read int, err error) {
	for read < len(src) {
		r, size := rune(src[read]), 1
		if r >= utf8.RuneSelf {
			if len(src)-read < mostBytes && !atEOF {
				return written, read, transform.ErrShortSrc
			}
			r, size, _ = onceEncoded(src[read:])
		}
		if written+utf8.UTFMax > len(dst) {
			return written, read, transform.ErrShortDst
		}
		written += utf8.EncodeRune(dst[written:], r)
		read += size
	}
	return written, read, nil
}
