package exchange

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	utf16 "golang.org/x/text/encoding/unicode"
)

// Encoding is how a file's bytes stand for text.
type Encoding string

// The encodings that tables come in. A line that is not UTF-8 is read as
// Windows-1252 in any case.
const (
	UTF8        Encoding = "UTF-8"
	UTF16LE     Encoding = "UTF-16 LE"
	UTF16BE     Encoding = "UTF-16 BE"
	Windows1252 Encoding = "Windows-1252"
)

// Header says whether a table starts with a line of column names.
type Header int

// Whether there is one is found out unless the caller knows.
const (
	HeaderDetected Header = iota
	HeaderPresent
	HeaderAbsent
)

const sampleSize = 1 << 16

// sample reads the first bytes of r and gives them with a reader of the whole.
func sample(r io.Reader, size int) (head []byte, whole io.Reader, err error) {
	head = make([]byte, size)
	n, err := io.ReadFull(r, head)
	head = head[:n]
	switch err {
	case nil:
		return head, io.MultiReader(bytes.NewReader(head), r), nil
	case io.EOF, io.ErrUnexpectedEOF:
		return head, bytes.NewReader(head), nil
	}
	return nil, nil, err
}

// detectEncoding looks at marks, then at where the zero bytes of UTF-16 fall.
func detectEncoding(head []byte) Encoding {
	switch {
	case bytes.HasPrefix(head, []byte(utf8Mark)):
		return UTF8
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		return UTF16LE
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return UTF16BE
	}
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch many := len(head) / 20; {
	case zeros[1] > many && zeros[1] > 8*zeros[0]:
		return UTF16LE
	case zeros[0] > many && zeros[0] > 8*zeros[1]:
		return UTF16BE
	}
	if len(head) >= sampleSize { // the cut may fall inside a character
		for i := 1; i < utf8.UTFMax && !utf8.Valid(head); i++ {
			head = head[:len(head)-1]
		}
	}
	if utf8.Valid(head) {
		return UTF8
	}
	return Windows1252
}

// decoded gives the text of r as UTF-8, but for Windows-1252, which the scanner
// reads line by line.
func decoded(r io.Reader, e Encoding) io.Reader {
	order := utf16.LittleEndian
	switch e {
	case UTF16BE:
		order = utf16.BigEndian
	case UTF16LE:
	default:
		return r
	}
	return utf16.UTF16(order, utf16.UseBOM).NewDecoder().Reader(r)
}

// dialect is how a table is laid out.
type dialect struct {
	comma, newline byte
	separator      bool // the first line says "sep=;"
	crlf           bool
	records        [][]string // of the beginning, the header among them
}

// detectDialect reads the beginning of a table with each separator in turn and
// takes the one whose first line names the most fields, then the one that cuts
// the most lines into the same number of fields, at least two.
func detectDialect(head []byte, o Options) dialect {
	d := dialect{newline: '\n'}
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 {
		d.newline = '\r'
	}
	line, _, _ := bytes.Cut(head, []byte{d.newline})
	d.crlf = bytes.HasSuffix(line, []byte{'\r'})
	candidates := []byte(",;\t|")
	first := strings.Trim(string(bytes.TrimPrefix(line, []byte(utf8Mark))), "\"\r ")
	if rest, ok := cutFold(first, "sep="); ok && len(rest) <= 1 {
		d.separator = true
		candidates = []byte(rest + "\t")[:1] // "sep=" and a tab, trimmed by an editor
	}
	if o.Delimiter > 0 && o.Delimiter < utf8.RuneSelf {
		candidates = []byte{byte(o.Delimiter)}
	}
	best := -1.0
	for _, comma := range candidates {
		records := d.read(head, comma, o)
		if score := score(records); score > best {
			best, d.comma, d.records = score, comma, records
		}
	}
	if best <= 0 && len(candidates) > 1 {
		d.comma = d.newline
		d.records = d.read(head, d.comma, o)
	}
	return d
}

func cutFold(s, prefix string) (rest string, ok bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return "", false
	}
	return s[len(prefix):], true
}

// read gives the first records of a beginning, the last left out where the
// beginning is cut off in the middle of it.
func (d dialect) read(head []byte, comma byte, o Options) [][]string {
	s := newScanner(bytes.NewReader(head), comma, d.newline)
	s.ansi = o.Encoding == Windows1252
	if d.separator {
		_, _ = s.next()
	}
	var records [][]string
	for len(records) < 200 {
		r, err := s.next()
		if err != nil {
			break
		}
		if r.problem == nil && !blank(r.fields) {
			records = append(records, append([]string(nil), r.fields...))
		}
		if s.columns == 0 {
			s.columns = len(r.fields)
		}
	}
	if len(head) >= sampleSize && len(records) > 1 && len(records) < 200 {
		records = records[:len(records)-1]
	}
	return records
}

// score is how well a separator fits: 10 for each known name in the first line,
// and the share of lines with as many fields as the first, if those are several.
func score(records [][]string) float64 {
	if len(records) == 0 || len(records[0]) < 2 {
		return 0
	}
	named, same := 0, 0
	for _, cell := range records[0] {
		if fieldOf(cell) != Ignore {
			named++
		}
	}
	for _, r := range records {
		if len(r) == len(records[0]) {
			same++
		}
	}
	share := float64(same) / float64(len(records))
	if named == 0 && share < 0.8 {
		return 0 // sentences with commas in them
	}
	return 10*float64(named) + share + 0.01*float64(len(records[0]))
}

func blank(fields []string) bool {
	for _, f := range fields {
		if strings.TrimSpace(f) != "" {
			return false
		}
	}
	return true
}

// hasHeader says whether the first record names columns: it names a message or
// a category, or it is all words; a name never stands in its column again.
func hasHeader(records [][]string, o Options) bool {
	switch {
	case o.Header == HeaderAbsent || len(records) == 0:
		return false
	case o.Header == HeaderPresent:
		return true
	}
	if allNamed(records[0]) {
		return true
	}
	named, words := false, len(records) > 2 && len(records[0]) > 1
	for i, cell := range records[0] {
		if _, chosen := o.Columns[strings.TrimSpace(cell)]; chosen {
			return true
		}
		if _, number := parseConfidence(cell); number || len(cell) > 80 {
			return false
		}
		if f := fieldOf(cell); (f == Message || f == Category) && !recurs(records, i) {
			named = true
		}
		words = words && looksLikeName(cell) && !recurs(records, i)
	}
	return named || words
}

// recurs says whether the first value of a column comes again in another record
// than a copy of the first.
func recurs(records [][]string, column int) bool {
	for _, r := range records[1:] {
		if column < len(r) && r[column] == records[0][column] && !slices.Equal(r, records[0]) {
			return true
		}
	}
	return false
}

// looksLikeName is true of what programs call a column: one short word.
func looksLikeName(s string) bool {
	if s == "" || len(s) > 40 {
		return false
	}
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '-' && r != '.' {
			return false
		}
	}
	return true
}
