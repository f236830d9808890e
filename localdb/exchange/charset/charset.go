// Package charset tells by which encoding the bytes of a file stand for text, and
// decodes them.
package charset

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	utf16 "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
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
	Windows1250 Encoding = "Windows-1250"
	Windows1251 Encoding = "Windows-1251"
	Windows1253 Encoding = "Windows-1253"
	Windows1254 Encoding = "Windows-1254"
	Windows1255 Encoding = "Windows-1255"
	Windows1256 Encoding = "Windows-1256"
	Windows1257 Encoding = "Windows-1257"
	Windows1258 Encoding = "Windows-1258"
	Windows874  Encoding = "Windows-874"
	Latin2      Encoding = "ISO-8859-2"
	MacRoman    Encoding = "Mac Roman"
	MacCyrillic Encoding = "Mac Cyrillic"
	CodePage850 Encoding = "IBM 850"
	CodePage866 Encoding = "IBM 866"
	KOI8R       Encoding = "KOI8-R"
	ISO88595    Encoding = "ISO-8859-5"
	ShiftJIS    Encoding = "Shift-JIS"
	EUCJP       Encoding = "EUC-JP"
	ISO2022JP   Encoding = "ISO-2022-JP"
	UTF32LE     Encoding = "UTF-32 LE"
	UTF32BE     Encoding = "UTF-32 BE"
	GB18030     Encoding = "GB18030"
	Big5        Encoding = "Big5"
	EUCKR       Encoding = "EUC-KR"
	UTF8Twice   Encoding = "UTF-8 (encoded twice)"
	EBCDIC037   Encoding = "EBCDIC 037"
	EBCDIC500   Encoding = "EBCDIC 500"
	EBCDIC1047  Encoding = "EBCDIC 1047"
	EBCDIC1140  Encoding = "EBCDIC 1140"
)

var encodings = map[Encoding]encoding.Encoding{
	UTF16LE:     utf16.UTF16(utf16.LittleEndian, utf16.UseBOM),
	UTF16BE:     utf16.UTF16(utf16.BigEndian, utf16.UseBOM),
	Windows1252: charmap.Windows1252,
	Windows1250: charmap.Windows1250,
	Windows1251: charmap.Windows1251,
	Windows1253: charmap.Windows1253,
	Windows1254: charmap.Windows1254,
	Windows1255: charmap.Windows1255,
	Windows1256: charmap.Windows1256,
	Windows1257: charmap.Windows1257,
	Windows1258: charmap.Windows1258,
	Windows874:  charmap.Windows874,
	Latin2:      charmap.ISO8859_2,
	MacRoman:    charmap.Macintosh,
	MacCyrillic: charmap.MacintoshCyrillic,
	CodePage850: charmap.CodePage850,
	CodePage866: charmap.CodePage866,
	KOI8R:       charmap.KOI8R,
	ISO88595:    charmap.ISO8859_5,
	ShiftJIS:    japanese.ShiftJIS,
	EUCJP:       japanese.EUCJP,
	ISO2022JP:   japanese.ISO2022JP,
	UTF32LE:     utf32.UTF32(utf32.LittleEndian, utf32.UseBOM),
	UTF32BE:     utf32.UTF32(utf32.BigEndian, utf32.UseBOM),
	GB18030:     simplifiedchinese.GB18030,
	Big5:        traditionalchinese.Big5,
	EUCKR:       korean.EUCKR,
	UTF8Twice:   twice{},
	EBCDIC037:   ebcdic{charmap.CodePage037, nil},
	EBCDIC500:   ebcdic{charmap.CodePage037, from037To500},
	EBCDIC1047:  ebcdic{charmap.CodePage1047, nil},
	EBCDIC1140:  ebcdic{charmap.CodePage1140, nil},
}

// Known lists the encodings that can be chosen.
var Known = []Encoding{
	UTF8, UTF16LE, UTF16BE, Windows1252, Windows1250, Windows1251, Windows1253, Windows1254, Windows1255, Windows1256, Windows1257,
	Windows1258, Windows874, Latin2, MacRoman, MacCyrillic, CodePage850, CodePage866, KOI8R, ISO88595, ShiftJIS, EUCJP, ISO2022JP, GB18030, Big5, EUCKR, UTF32LE, UTF32BE,
	UTF8Twice, EBCDIC037, EBCDIC500, EBCDIC1047, EBCDIC1140,
}

// ByteOrderMark is U+FEFF in UTF-8.
const ByteOrderMark = "\xEF\xBB\xBF"

// Parse finds an encoding by what people and programs call it: "cp1251", "Shift_JIS".
func Parse(name string) (Encoding, error) {
	wanted := folded(name)
	for _, e := range Known {
		if e.isCalled(wanted) {
			return e, nil
		}
	}
	switch wanted {
	case "ebcdic", "cp37", "ibm37":
		return EBCDIC037, nil
	case "utf16":
		return UTF16LE, nil
	case "ansi":
		return Windows1252, nil
	case "ibm850", "cp850":
		return CodePage850, nil
	case "ibm866", "cp866":
		return CodePage866, nil
	case "cp932", "ms932":
		return ShiftJIS, nil
	case "cp936", "gb2312", "gbk":
		return GB18030, nil
	case "cp949", "uhc":
		return EUCKR, nil
	case "cp950":
		return Big5, nil
	}
	if found, err := htmlindex.Get(name); err == nil {
		for e, known := range encodings {
			if known == found {
				return e, nil
			}
		}
	}
	return "", i18n.Error(`the encoding "{{.Name}}" is not known; known are {{.Known}}`, i18n.Values{"Name": name, "Known": list(Known)})
}

// isCalled tells whether a folded name is the encoding's own, or made of the number in it.
func (e Encoding) isCalled(wanted string) bool {
	known := folded(string(e))
	if number, windows := strings.CutPrefix(known, "windows"); windows && (wanted == number || wanted == "cp"+number || wanted == "ansi"+number) {
		return true
	}
	if page, mainframe := strings.CutPrefix(known, "ebcdic"); mainframe && (wanted == page || wanted == "cp"+page || wanted == "ibm"+page) {
		return true
	}
	return wanted == known
}

func folded(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

func list(encodings []Encoding) string {
	names := make([]string, len(encodings))
	for i, e := range encodings {
		names[i] = string(e)
	}
	return strings.Join(names, ", ")
}

// Reader gives the text of r as UTF-8. UTF-8 itself passes as it is, without its mark.
func (e Encoding) Reader(r io.Reader) io.Reader {
	if e == UTF8Twice { // the mark may have been encoded twice as well
		return &unmarked{r: transform.NewReader(&unmarked{r: r}, twice{})}
	}
	if known, ok := encodings[e]; ok {
		return transform.NewReader(r, known.NewDecoder())
	}
	return &unmarked{r: r}
}

// decode gives a text as UTF-8; ok is false where bytes of it mean nothing.
func (e Encoding) decode(text []byte) (decoded string, ok bool) {
	if e == UTF8 {
		return string(text), utf8.Valid(text)
	}
	out, err := encodings[e].NewDecoder().Bytes(text)
	if err != nil {
		return "", false
	}
	return string(out), !bytes.ContainsRune(out, utf8.RuneError)
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
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = io.EOF
	}
	if bytes.HasPrefix(p[:n], []byte(ByteOrderMark)) {
		n = copy(p, p[len(ByteOrderMark):n])
	}
	return n, err
}

// ASCII tells whether all bytes are those of ASCII, so that nearly every encoding fits.
func ASCII(text []byte) bool { return BeyondASCII(text) < 0 && bytes.IndexByte(text, 0) < 0 }

// BeyondASCII finds the first byte that isn't ASCII; -1 where there is none. It looks at
// eight at a time, as all of a large file may have to be looked at.
func BeyondASCII(text []byte) int {
	i := 0
	for i+8 <= len(text) && binary.LittleEndian.Uint64(text[i:])&0x8080808080808080 == 0 {
		i += 8
	}
	for ; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			return i
		}
	}
	return -1
}

var errNotUTF8 = i18n.Error("it is not written in the encoding of the rest of the file")

// Repair makes valid UTF-8 of one line of a file that is else UTF-8. A line out of
// another file, joined to this one, is taken for Windows-1252 where that makes words of
// it; other lines are errors. NULs, which carry nothing and break other programs, are
// taken out.
func Repair(line string) (string, error) {
	if strings.IndexByte(line, 0) >= 0 {
		line = strings.ReplaceAll(line, "\x00", "")
	}
	if utf8.ValidString(line) {
		return line, nil
	}
	repaired, ok := Windows1252.decode([]byte(line))
	if ok && plausibility(repaired, westernLetters) > 0.35 {
		return repaired, nil
	}
	return strings.ToValidUTF8(line, "\uFFFD"), errNotUTF8
}
