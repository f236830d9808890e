package charset

import (
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
