package charset

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
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
	if !strings.ContainsAny(s, "ÃÂâÐÑ") {
		return false
	}
	for word := range strings.SplitSeq(s, " ") {
		if BeyondASCII([]byte(word)) < 0 {
			continue
		}
		once, err := charmap.Windows1252.NewEncoder().String(word)
		if err == nil && utf8.ValidString(once) {
			return true
		}
	}
	return false
}
