package rowindex

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the form in which texts are searched: case folded (ß is ss, İ is i),
// accents kept, composed (NFC).
func Fold(text string) string { return string(FoldBytes([]byte(text))) }

// FoldBytes is Fold, in place where it can.
func FoldBytes(text []byte) []byte {
	for i, c := range text {
		if c >= utf8.RuneSelf {
			return foldRunes(text)
		}
		if 'A' <= c && c <= 'Z' {
			text[i] = c + 'a' - 'A'
		}
	}
	return text
}

func foldRunes(text []byte) []byte {
	if !norm.NFC.IsNormal(text) {
		text = norm.NFC.Bytes(text)
	}
	folded := make([]byte, 0, len(text)+8)
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		switch r {
		case 'ß', 'ẞ':
			folded = append(folded, "ss"...)
		case 'ς':
			folded = append(folded, "σ"...)
		default:
			folded = utf8.AppendRune(folded, unicode.ToLower(r)) // of İ, too, i
		}
	}
	return folded
}
