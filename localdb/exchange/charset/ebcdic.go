package charset

import (
	"bytes"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
)

// ebcdic is a code page of IBM mainframes. Their line break, NEL, becomes LF.
type ebcdic struct {
	*charmap.Charmap
	other map[rune]rune // where the code page differs from the Charmap; may be nil
}

// NewDecoder decodes to UTF-8.
func (e ebcdic) NewDecoder() *encoding.Decoder {
	return &encoding.Decoder{Transformer: transform.Chain(e.Charmap.NewDecoder(), runes.Map(func(r rune) rune {
		if r == '\u0085' {
			return '\n'
		}
		if other, ok := e.other[r]; ok {
			return other
		}
		return r
	}))}
}

// from037To500 is where code page 500 differs from 037, after IBM's registry of code pages.
var from037To500 = map[rune]rune{'¢': '[', '|': '!', '!': ']', '¬': '^', '^': '¢', '[': '¬', ']': '|'}

// Bytes of EBCDIC.
const (
	ebcdicSpace   = 0x40
	ebcdicNewline = 0x15
	ebcdicLF      = 0x25
	ebcdicBang    = 0x5A // ! of code page 037, and ] of 500
	ebcdicBang500 = 0x4F
)

// detectEBCDIC takes texts whose bytes are the letters, digits, signs and spaces of EBCDIC,
// and which have no space or line break of ASCII.
func detectEBCDIC(head []byte) (Guess, bool) {
	fit := 0
	for _, b := range head {
		switch {
		case b >= 0x81 && b <= 0x89, b >= 0x91 && b <= 0x99, b >= 0xA2 && b <= 0xA9,
			b >= 0xC1 && b <= 0xC9, b >= 0xD1 && b <= 0xD9, b >= 0xE2 && b <= 0xE9, b >= 0xF0 && b <= 0xF9,
			bytes.IndexByte([]byte{ebcdicSpace, ebcdicNewline, ebcdicLF, 0x0D, 0x05, 0x4B, 0x4D, 0x5D, 0x5E, 0x60, 0x61, 0x6B, 0x6D, 0x6F, 0x7A, 0x7D, 0x7F, ebcdicBang, ebcdicBang500}, b) >= 0:
			fit++
		}
	}
	ascii := bytes.Count(head, []byte{' '}) + bytes.Count(head, []byte{'\n'})
	breaks := bytes.Count(head, []byte{ebcdicSpace}) + bytes.Count(head, []byte{ebcdicNewline}) + bytes.Count(head, []byte{ebcdicLF})
	if len(head) < 8 || fit*20 < len(head)*17 || ascii*100 > len(head) || breaks*30 < len(head) || ASCII(head) {
		return Guess{}, false
	}
	guess := Guess{Encoding: EBCDIC037, Sureness: 0.8, Alternatives: []Encoding{EBCDIC500, EBCDIC1047, EBCDIC1140}}
	if bytes.Count(head, []byte{ebcdicBang500}) > bytes.Count(head, []byte{ebcdicBang}) {
		guess.Encoding, guess.Alternatives[0] = EBCDIC500, EBCDIC037
	}
	return guess, true
}
