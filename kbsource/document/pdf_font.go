package document

import (
	"bytes"
	"encoding/hex"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding/charmap"
)

// glyph is what a code of a font stands for.
type glyph struct {
	text  string
	width float64 // in thousandths of the font's size
}

// pdfFont knows the glyphs of a font.
type pdfFont struct {
	value      pdf.Value
	wide       bool // codes have two bytes
	bold       bool
	unicode    map[string]string // by code, as the file itself says
	encoder    pdf.TextEncoding
	first      int
	widths     []float64 // of the codes from first on
	cidWidths  []widthRange
	cidDefault float64
	glyphs     map[string]glyph
}

type widthRange struct {
	from, to int
	width    float64
}

// fontCache holds the fonts of a document by their references.
type fontCache map[string]*pdfFont

func (c fontCache) of(value pdf.Value) (*pdfFont, error) {
	key := value.String() // the dictionary's text, with references
	if font, ok := c[key]; ok {
		return font, nil
	}
	font, err := newPDFFont(value)
	if err == nil {
		c[key] = font
	}
	return font, err
}

func newPDFFont(value pdf.Value) (*pdfFont, error) {
	f := &pdfFont{value: value, wide: value.Key("Subtype").Name() == "Type0", glyphs: map[string]glyph{}}
	name := strings.ToLower(value.Key("BaseFont").Name())
	f.bold = strings.Contains(name, "bold") || strings.Contains(name, "black") || strings.Contains(name, "heavy") || strings.Contains(name, "semibold")
	if stream := value.Key("ToUnicode"); stream.Kind() == pdf.Stream {
		data, err := io.ReadAll(io.LimitReader(stream.Reader(), maxStream))
		if err != nil {
			return nil, err
		}
		f.unicode = readToUnicode(data)
	}
	if f.wide {
		f.readCIDWidths(value.Key("DescendantFonts").Index(0))
		if value.Key("Encoding").Name() == "UniGB-UCS2-H" {
			f.encoder = (&pdf.Font{V: value}).Encoder()
		}
		return f, nil
	}
	if len(f.unicode) == 0 || value.Key("Encoding").Kind() != pdf.Null {
		f.encoder = (&pdf.Font{V: value}).Encoder()
	}
	f.first = int(value.Key("FirstChar").Int64())
	widths := value.Key("Widths")
	for i := range min(widths.Len(), 256) {
		f.widths = append(f.widths, widths.Index(i).Float64())
	}
	return f, nil
}

// readCIDWidths reads the widths of a font with codes of two bytes: "first [w w w]" and
// "first last w" (ISO 32000-1, 9.7.4.3).
func (f *pdfFont) readCIDWidths(descendant pdf.Value) {
	f.cidDefault = 1000
	if width := descendant.Key("DW"); width.Kind() != pdf.Null {
		f.cidDefault = width.Float64()
	}
	list := descendant.Key("W")
	for i := 0; i+1 < min(list.Len(), 1<<16); {
		from := int(list.Index(i).Int64())
		if next := list.Index(i + 1); next.Kind() == pdf.Array {
			for j := range min(next.Len(), 1<<16) {
				f.cidWidths = append(f.cidWidths, widthRange{from + j, from + j, next.Index(j).Float64()})
			}
			i += 2
			continue
		}
		f.cidWidths = append(f.cidWidths, widthRange{from, int(list.Index(i + 1).Int64()), list.Index(i + 2).Float64()})
		i += 3
	}
}

// glyph returns the glyph of the first code, and how many bytes that has.
func (f *pdfFont) glyph(codes string) (g glyph, size int) {
	if size = 1; f.wide {
		size = min(2, len(codes))
	}
	code := codes[:size]
	g, ok := f.glyphs[code]
	if !ok {
		g = glyph{f.textOf(code), f.widthOf(code)}
		f.glyphs[code] = g
	}
	return g, size
}

func (f *pdfFont) textOf(code string) string {
	if text, ok := f.unicode[code]; ok {
		return text
	}
	if f.encoder == nil {
		return "\uFFFD"
	}
	text := f.encoder.Decode(code)
	if !utf8.ValidString(text) { // the library left it as it is
		text = string(charmap.Windows1252.DecodeByte(code[0]))
	}
	return text
}

func (f *pdfFont) widthOf(code string) float64 {
	if f.wide {
		cid := int(code[0])<<8 | int(code[len(code)-1])
		for _, r := range f.cidWidths {
			if r.from <= cid && cid <= r.to {
				return r.width
			}
		}
		return f.cidDefault
	}
	if at := int(code[0]) - f.first; at >= 0 && at < len(f.widths) {
		return f.widths[at]
	}
	// The standard fonts come without widths; these are about Helvetica's.
	switch c := code[0]; {
	case strings.IndexByte("iljtfrI.,:;'!|()[] ", c) >= 0:
		return 278
	case strings.IndexByte("mwMW", c) >= 0:
		return 800
	case c >= 'A' && c <= 'Z':
		return 680
	}
	return 550
}

// maxCodes bounds how many codes a font may name.
const maxCodes = 1 << 17

var (
	charSection  = pattern(`(?s)beginbfchar(.*?)endbfchar`)
	rangeSection = pattern(`(?s)beginbfrange(.*?)endbfrange`)
	charEntry    = pattern(`<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>`)
	rangeEntry   = pattern(`<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)\])`)
	hexString    = pattern(`<([0-9A-Fa-f\s]*)>`)
)

// readToUnicode reads which text each code of a font stands for (ISO 32000-1, 9.10.3).
func readToUnicode(data []byte) map[string]string {
	texts := map[string]string{}
	for _, section := range charSection().FindAllSubmatch(data, -1) {
		for _, entry := range charEntry().FindAllSubmatch(section[1], maxCodes) {
			if len(texts) < maxCodes {
				texts[string(fromHex(entry[1]))] = fromUTF16(fromHex(entry[2]))
			}
		}
	}
	for _, section := range rangeSection().FindAllSubmatch(data, -1) {
		for _, entry := range rangeEntry().FindAllSubmatch(section[1], maxCodes) {
			addRange(texts, fromHex(entry[1]), fromHex(entry[2]), fromHex(entry[3]), hexString().FindAllSubmatch(entry[4], -1))
		}
	}
	return texts
}

// addRange adds the texts of the codes from code to last: one each from a list, or else
// counted up from the first.
func addRange(texts map[string]string, code, last, text []byte, list [][][]byte) {
	for i := 0; len(code) == len(last) && len(code) > 0 && len(texts) < maxCodes && bytes.Compare(code, last) <= 0; i++ {
		switch {
		case i < len(list):
			texts[string(code)] = fromUTF16(fromHex(list[i][1]))
		case len(list) > 0:
			return
		default:
			texts[string(code)] = fromUTF16(text)
			increment(text)
		}
		if increment(code) {
			return
		}
	}
}

// fromHex decodes a hexadecimal string, in which a digit at the end may be missing.
func fromHex(digits []byte) []byte {
	digits = bytes.Join(bytes.Fields(digits), nil)
	if len(digits)%2 != 0 {
		digits = append(digits, '0')
	}
	decoded := make([]byte, len(digits)/2)
	_, _ = hex.Decode(decoded, digits) // the pattern has hexadecimal digits only
	return decoded
}

// increment counts a number of bytes up; it reports whether it began again at 0.
func increment(number []byte) bool {
	for i := len(number) - 1; i >= 0; i-- {
		if number[i]++; number[i] != 0 {
			return false
		}
	}
	return true
}

func fromUTF16(bytes []byte) string {
	if len(bytes) == 1 {
		return string(rune(bytes[0]))
	}
	units := make([]uint16, 0, len(bytes)/2)
	for i := 0; i+1 < min(len(bytes), 64); i += 2 {
		units = append(units, uint16(bytes[i])<<8|uint16(bytes[i+1]))
	}
	return string(utf16.Decode(units))
}
