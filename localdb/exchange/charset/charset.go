// Package charset tells by which encoding the bytes of a file stand for text, and
// decodes them.
package charset

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"seedbed/assets/i18n"
)

// Encoding is how bytes stand for text, by the name that people know.
type Encoding string

// The encodings that text files come in.
const (
	UTF8        Encoding = "UTF-8"
	UTF16LE     Encoding = "UTF-16 LE"
	UTF16BE     Encoding = "UTF-16 BE"
	Windows1252 Encoding = "Windows-1252"
)

// Known lists the encodings that can be chosen.
var Known = []Encoding{UTF8, UTF16LE, UTF16BE, Windows1252}

// ByteOrderMark is U+FEFF in UTF-8.
const ByteOrderMark = "\xEF\xBB\xBF"

// Guess is what was found out about a file's encoding.
type Guess struct {
	Encoding     Encoding
	Sureness     float64    // 0 to 1
	Alternatives []Encoding // others that fit nearly as well, the best first
}

// Doubtful says that a person should have a look.
func (g Guess) Doubtful() bool { return g.Sureness < 0.5 }

// Detect finds the encoding of a text by its beginning, which may be cut off inside a
// character.
func Detect(head []byte) Guess {
	switch {
	case bytes.HasPrefix(head, []byte(ByteOrderMark)):
		return Guess{Encoding: UTF8, Sureness: 1}
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		return Guess{Encoding: UTF16LE, Sureness: 1}
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return Guess{Encoding: UTF16BE, Sureness: 1}
	}
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch many := len(head) / 20; {
	case zeros[1] > many && zeros[1] > 8*zeros[0]:
		return Guess{Encoding: UTF16LE, Sureness: 0.9}
	case zeros[0] > many && zeros[0] > 8*zeros[1]:
		return Guess{Encoding: UTF16BE, Sureness: 0.9}
	}
	for i := 1; i < utf8.UTFMax && !utf8.Valid(head) && len(head) > 0; i++ { // the cut may fall inside a character
		head = head[:len(head)-1]
	}
	if utf8.Valid(head) {
		return Guess{Encoding: UTF8, Sureness: 0.99}
	}
	if characters, others := countUTF8(head); characters >= others { // some lines are from another file
		return Guess{Encoding: UTF8, Sureness: 0.8, Alternatives: []Encoding{Windows1252}}
	}
	return Guess{Encoding: Windows1252, Sureness: 0.6}
}

// countUTF8 counts the characters beyond ASCII that are well-formed, and the bytes that
// belong to none.
func countUTF8(text []byte) (characters, others int) {
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		switch {
		case r == utf8.RuneError && n == 1:
			others++
		case n > 1:
			characters++
		}
		text = text[n:]
	}
	return characters, others
}

// Reader gives the text of r as UTF-8. UTF-8 itself passes as it is, without its mark.
func (e Encoding) Reader(r io.Reader) io.Reader {
	if e == UTF8 {
		return &unmarked{r: r}
	}
	return transform.NewReader(r, e.decoder())
}

func (e Encoding) decoder() *encoding.Decoder {
	switch e {
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder()
	default:
		return charmap.Windows1252.NewDecoder()
	}
}

// unmarked takes the byte order mark off a text in UTF-8.
type unmarked struct {
	r     io.Reader
	begun bool
}

func (u *unmarked) Read(p []byte) (int, error) {
	if u.begun || len(p) < len(ByteOrderMark) {
		return u.r.Read(p)
	}
	u.begun = true
	n, err := io.ReadAtLeast(u.r, p, len(ByteOrderMark))
	if err == io.ErrUnexpectedEOF {
		err = io.EOF
	}
	if bytes.HasPrefix(p[:n], []byte(ByteOrderMark)) {
		n = copy(p, p[len(ByteOrderMark):n])
	}
	return n, err
}

var errNotUTF8 = i18n.Error("it is not written in the encoding of the rest of the file")

// Repair makes valid UTF-8 of one line of a file that is else UTF-8: a line out of
// another file, joined to this one, is taken for Windows-1252. NULs, which carry nothing
// and break other programs, are taken out.
func Repair(line string) (string, error) {
	if strings.IndexByte(line, 0) >= 0 {
		line = strings.ReplaceAll(line, "\x00", "")
	}
	if utf8.ValidString(line) {
		return line, nil
	}
	repaired, err := charmap.Windows1252.NewDecoder().String(line)
	if err != nil || !utf8.ValidString(repaired) {
		return strings.ToValidUTF8(line, "\uFFFD"), errNotUTF8
	}
	return repaired, nil
}

// ASCII tells whether all bytes are those of ASCII, so that nearly every encoding fits.
func ASCII(text []byte) bool {
	for _, b := range text {
		if b >= 0x80 || b == 0 {
			return false
		}
	}
	return true
}
