package table

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"seedbed/localdb/exchange"
)

// sampleSize is how much of a table is read to find out its dialect, in bytes.
const sampleSize = 1 << 16

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
func detectDialect(head []byte, o exchange.Options) dialect {
	d := dialect{newline: '\n'}
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 {
		d.newline = '\r'
	}
	line, _, _ := bytes.Cut(head, []byte{d.newline})
	d.crlf = bytes.HasSuffix(line, []byte{'\r'})
	candidates := []byte(",;\t|")
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
func (d dialect) read(head []byte, comma byte, o exchange.Options) [][]string {
	s := newScanner(bytes.NewReader(head), comma, d.newline)
	if d.separator {
		_, _ = s.next()
	}
	var records [][]string
	for len(records) < 200 {
		r, err := s.next()
		if err != nil {
			break
		}
		if r.Problem == nil && !exchange.Blank(r.Fields) {
			records = append(records, append([]string(nil), r.Fields...))
		}
		if s.columns == 0 {
			s.columns = len(r.Fields)
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
		if exchange.FieldOf(cell) != exchange.Ignore {
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
