package localdb

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold is the form of a text that is searched: without upper and lower case (ß is
// ss, İ is i), accents kept, composed (NFC).
func fold(text string) string { return string(foldBytes([]byte(text))) }

// foldBytes folds text, in place where it can.
func foldBytes(text []byte) []byte {
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

// rowEnd stands after each row of a block. No UTF-8 text contains it, so what is
// looked for is never found across two rows.
const rowEnd = 0xFF

// block is the folded text of blockRows neighbouring rows.
type block struct {
	bytes []byte
	ends  []uint32 // where each row's rowEnd is
}

func (b *block) start(row int) uint32 {
	if row == 0 {
		return 0
	}
	return b.ends[row-1] + 1
}

func (b *block) text(row int) []byte { return b.bytes[b.start(row):b.ends[row]] }

func (b *block) append(text []byte) {
	b.bytes = append(append(b.bytes, text...), rowEnd)
	b.ends = append(b.ends, uint32(len(b.bytes)-1))
}

func (b *block) replace(row int, text []byte) {
	old := b.text(row)
	if bytes.Equal(old, text) {
		return
	}
	longer := uint32(len(text)) - uint32(len(old)) // wraps around where it is shorter
	b.bytes = slices.Replace(b.bytes, int(b.start(row)), int(b.ends[row]), text...)
	for i := row; i < len(b.ends); i++ {
		b.ends[i] += longer
	}
}

// find calls found with each row that contains needle, which is folded and not empty.
func (b *block) find(needle []byte, found func(row int)) {
	row := 0
	for from := 0; ; from = int(b.ends[row-1]) + 1 {
		hit := bytes.Index(b.bytes[from:], needle)
		if hit < 0 {
			return
		}
		for int(b.ends[row]) < from+hit {
			row++
		}
		found(row)
		if row++; row == len(b.ends) {
			return
		}
	}
}
