package table

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/columns"
)

// sampleSize is how much of a table is read to find out its dialect, in bytes.
const sampleSize = 1 << 16

// dialect is how a table is laid out.
type dialect struct {
	comma, newline byte
	separator      bool // the first line says "sep=;"
	crlf           bool
	quote          byte       // '"' or '\''
	backslash      bool       // a quote inside quotes may be \"
	around         *dialect   // of the cells that hold a row each, where the table was encoded twice
	sample         [][]string // records of the beginning, the header among them
	score          float64    // how well it explains the lines; 0 for one message a line
}

// detectDialect finds out the dialect of a table by its beginning.
func detectDialect(sample string, whole bool, o exchange.Options) dialect {
	d := bestDialect([]byte(sample), whole, o)
	if rows, ok := d.unwrap([]byte(sample), whole, o); ok {
		return rows
	}
	return d
}

// bestDialect reads the beginning of a table with each separator in turn, and takes the one
// that explains the lines best: see score.
func bestDialect(head []byte, whole bool, o exchange.Options) dialect {
	d := dialect{newline: '\n', quote: '"'}
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 {
		d.newline = '\r'
	}
	line, _, _ := bytes.Cut(head, []byte{d.newline})
	d.crlf = bytes.HasSuffix(line, []byte{'\r'})
	d.backslash = escaped.Match(head) && !doubled.Match(head)
	if singleQuoted(head) {
		d.quote, d.backslash = '\'', bytes.Contains(head, []byte(`\'`))
	}
	candidates := []byte(",;\t|^~")
	first := strings.Trim(string(line), "\"\r ")
	if rest, ok := cutFold(first, "sep="); ok && len(rest) <= 1 {
		d.separator = true
		candidates = []byte(rest + "\t")[:1] // "sep=" and a tab, trimmed by an editor
	}
	if o.Delimiter > 0 && o.Delimiter < utf8.RuneSelf {
		candidates = []byte{byte(o.Delimiter)}
	}
	best := -1.0
	for _, comma := range candidates {
		records := d.read(head, comma, whole)
		score := score(records)
		if strings.IndexByte("^~", comma) >= 0 && score < 10 && len(candidates) > 1 {
			continue // rare separators need a header that is known
		}
		if score > best {
			best, d.comma, d.sample = score, comma, records
		}
	}
	d.score = max(best, 0)
	if best <= 0 && len(candidates) > 1 {
		d.comma = d.newline
		d.sample = d.read(head, d.comma, whole)
	}
	return d
}

// escaped is a quote behind a backslash in the middle of a text; doubled is one that is
// written twice there.
var (
	escaped = regexp.MustCompile(`[^\\](?:\\\\)*\\"[^,;\t|\r\n]`)
	doubled = regexp.MustCompile(`[^,;\t|\r\n"]""[^,;\t|\r\n"]`)
)

func cutFold(s, prefix string) (rest string, ok bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return "", false
	}
	return s[len(prefix):], true
}

// scanner begins to cut a table of this dialect, or of one with another separator.
func (d dialect) scanner(src io.Reader, comma byte) *scanner {
	s := newScanner(src, comma, d.newline)
	s.quote, s.backslash = d.quote, d.backslash
	return s
}

const sampleRecords = 200

// read gives the first records of a beginning, the last left out where the
// beginning is cut off in the middle of it.
func (d dialect) read(head []byte, comma byte, whole bool) [][]string {
	s := d.scanner(bytes.NewReader(head), comma)
	if d.separator {
		_, _ = s.next()
	}
	var records [][]string
	for len(records) < sampleRecords {
		r, err := s.next()
		if err != nil {
			break
		}
		if r.Problem == nil && !columns.Blank(r.Fields) {
			records = append(records, append([]string(nil), r.Fields...))
		}
		if s.columns == 0 {
			s.columns = len(r.Fields)
		}
	}
	if !whole && len(records) > 1 && len(records) < sampleRecords {
		records = records[:len(records)-1]
	}
	return records
}

// score is how well a separator fits: 10 for each known name in the header, the share of
// lines with as many fields as most lines have, if those are several, and a little for
// more fields. Empty fields at the end of a line don't count. A separator that a space
// follows on most lines is the comma of a sentence or a date.
func score(records [][]string) float64 {
	start := columns.Start(records)
	if start == len(records) {
		return 0
	}
	records = records[start:]
	width := columns.UsualWidth(records)
	if len(records[0]) < 2 || width < 2 && len(records) > 1 && columns.UsualWidth(records[1:]) < 2 && !columns.AllNamed(records[0]) {
		return 0
	}
	named := 0
	for _, cell := range records[0] {
		if columns.FieldOf(cell) != exchange.Ignore {
			named++
		}
	}
	same, fields, spaced := 0, 0, 0
	for _, r := range records {
		if columns.Width(r) == width || len(r) == width {
			same++
		}
		for i, cell := range r {
			if i > 0 && cell != "" {
				fields++
				if cell[0] == ' ' {
					spaced++
				}
			}
		}
	}
	share := float64(same) / float64(len(records))
	if named == 0 && share < 0.8 {
		return 0 // sentences with commas in them
	}
	share *= 1 - 0.5*float64(spaced)/float64(max(fields, 1))
	if named == 0 && share < 0.6 {
		return 0
	}
	return 10*float64(named) + share + 0.02*float64(min(width, 10))
}
