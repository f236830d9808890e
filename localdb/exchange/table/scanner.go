package table

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/charset"
	"seedbed/localdb/exchange/columns"
)

// scanner cuts a table into records. It is not encoding/csv because files made
// by hand must be read too: a stray quote spoils its own line and no other, a
// line break inside quotes is kept as it is, and a text that is not UTF-8 is
// taken for Windows-1252 line by line (files joined with cat may be either).
type scanner struct {
	src        io.Reader
	buf        []byte
	start, end int // what is read and not yet used is buf[start:end]
	done       bool
	err        error

	quote     byte // '"', or '\'' for files that have it instead
	comma     byte // for a file of one column the same as newline, so that it is never met
	newline   byte // '\n', or '\r' for files of old Macs
	columns   int  // how many fields a record should have; 0 while unknown
	backslash bool // a quote inside quotes may be \"
	line      int  // the line that the next record starts on

	pos, limit int // while reading quotes: where we are, and where the line ends that we are on

	fields  []string
	scratch []byte // the fields of a record with quotes, unquoted, one after another
	ends    []int  // where each ends in scratch
	broken  error  // why a text of the record can't be decoded; nil when it can
}

func newScanner(src io.Reader, comma, newline byte) *scanner {
	return &scanner{src: src, buf: make([]byte, 1<<17), quote: '"', comma: comma, newline: newline, line: 1}
}

var errOpenQuote = i18n.Error("a quote opens here and is not closed properly")

// next reads a record; io.EOF after the last.
func (s *scanner) next() (columns.Record, error) {
	s.broken = nil
	r, err := s.record()
	if s.broken != nil && r.Problem == nil {
		r.Problem, r.Text = s.broken, strings.Join(r.Fields, " ")
	}
	return r, err
}

func (s *scanner) record() (columns.Record, error) {
	n, err := s.lineEnd(0)
	if errors.Is(err, exchange.ErrTooLong) {
		return s.skipLine()
	}
	if err != nil {
		return columns.Record{}, err
	}
	if n == 0 {
		return columns.Record{}, io.EOF
	}
	if bytes.HasPrefix(s.buf[s.start:s.start+n], []byte(charset.ByteOrderMark)) { // of the file, or of one joined to it
		s.start += len(charset.ByteOrderMark)
		n -= len(charset.ByteOrderMark)
	}
	if bytes.IndexByte(s.buf[s.start:s.start+n], s.quote) >= 0 {
		return s.quoted(n), nil
	}
	line := s.trim(s.buf[s.start : s.start+n])
	s.split(line)
	r := columns.Record{Line: s.line, Fields: s.fields}
	s.start += n
	s.line++
	return r, nil
}

// lineEnd gives where the line that starts from bytes after the start ends,
// its line break included, reading on as needed. It is from at the file's end.
func (s *scanner) lineEnd(from int) (int, error) {
	searched := from
	for {
		if i := bytes.IndexByte(s.buf[s.start+searched:s.end], s.newline); i >= 0 {
			if searched+i >= exchange.MaxRecord {
				return 0, exchange.ErrTooLong
			}
			return searched + i + 1, nil
		}
		searched = s.end - s.start
		if s.done {
			return searched, s.err
		}
		if searched >= exchange.MaxRecord {
			return 0, exchange.ErrTooLong
		}
		s.fill()
	}
}

// fill reads more of the source behind what is there.
func (s *scanner) fill() {
	if s.start > 0 {
		copy(s.buf, s.buf[s.start:s.end])
		s.end -= s.start
		s.start = 0
	}
	if s.end == len(s.buf) {
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for range 100 { // a reader may give nothing for a while, but not for ever
		n, err := s.src.Read(s.buf[s.end:])
		s.end += n
		if err != nil {
			s.done = true
			if !errors.Is(err, io.EOF) {
				s.err = err
			}
			return
		}
		if n > 0 {
			return
		}
	}
	s.done, s.err = true, io.ErrNoProgress
}

// skipLine passes over a line that is too long.
func (s *scanner) skipLine() (columns.Record, error) {
	r := columns.Record{Line: s.line, Problem: exchange.ErrTooLong, Text: exchange.Beginning(string(s.buf[s.start:s.start+256]), 200)}
	s.line++
	for {
		if i := bytes.IndexByte(s.buf[s.start:s.end], s.newline); i >= 0 {
			s.start += i + 1
			return r, nil
		}
		s.start, s.end = 0, 0
		if s.done {
			return r, s.err
		}
		s.fill()
	}
}

// trim takes the line break off a line.
func (s *scanner) trim(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == s.newline {
		line = line[:n-1]
	}
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return line
}

// split cuts a line at its commas into s.fields, quotes being nothing special.
func (s *scanner) split(line []byte) {
	s.fields = s.fields[:0]
	text := s.decode(line)
	for {
		i := strings.IndexByte(text, s.comma)
		if i < 0 {
			s.fields = append(s.fields, text)
			return
		}
		s.fields = append(s.fields, text[:i])
		text = text[i+1:]
	}
}

// quoted reads a record whose first line, n bytes long, has quotes.
func (s *scanner) quoted(n int) columns.Record {
	s.pos, s.limit = 0, n
	s.scratch, s.ends = s.scratch[:0], s.ends[:0]
	lines := 1
	for more := true; more; {
		data := s.buf[s.start : s.start+s.limit]
		open := s.pos
		for open < len(data) && data[open] == ' ' {
			open++
		}
		if open < len(data) && data[open] == s.quote {
			s.pos = open + 1
			spanned, ok := s.quotedField()
			if !ok {
				return s.stray(n)
			}
			lines += spanned
			more = s.pos <= s.limit
		} else {
			field := s.trim(data[s.pos:])
			c := bytes.IndexByte(field, s.comma)
			if more = c >= 0; more {
				field = field[:c]
				s.pos += c + 1
			}
			s.scratch = append(s.scratch, field...)
		}
		s.ends = append(s.ends, len(s.scratch))
	}
	r := columns.Record{Line: s.line, Fields: s.unquoted()}
	s.start += s.limit
	s.line += lines
	return r
}

// quotedField reads on behind an opening quote and leaves s.pos behind the comma
// that ends the field, or beyond the limit where the record ends with it. A
// quote that neither closes the field nor is doubled is text, as long as the
// field stays on one Line: across lines it means that the first was a stray one,
// which would swallow the lines up to the next.
func (s *scanner) quotedField() (spanned int, ok bool) {
	bare := false
	for {
		data := s.buf[s.start : s.start+s.limit]
		q := bytes.IndexByte(data[s.pos:], s.quote)
		if s.backslash {
			q = s.unescape(data)
		}
		if q < 0 {
			s.scratch = append(s.scratch, data[s.pos:]...) // before lineEnd moves the buffer
			limit, err := s.lineEnd(s.limit)
			if bare || err != nil || limit == s.limit {
				return 0, false
			}
			s.pos, s.limit = s.limit, limit
			spanned++
			continue
		}
		s.scratch = append(s.scratch, data[s.pos:s.pos+q]...)
		s.pos += q + 1
		if s.pos < len(data) && data[s.pos] == s.quote {
			s.scratch = append(s.scratch, s.quote)
			s.pos++
			continue
		}
		after := s.pos
		for after < len(data) && data[after] == ' ' {
			after++
		}
		if len(s.trim(data[after:])) == 0 {
			s.pos = s.limit + 1
			return spanned, true
		}
		if data[after] == s.comma {
			s.pos = after + 1
			return spanned, true
		}
		if spanned > 0 {
			return 0, false
		}
		bare = true
		s.scratch = append(s.scratch, s.quote)
	}
}

// unescape copies the text up to the next quote that no backslash is before, and says
// where it is from s.pos on; -1 for nowhere on the line.
func (s *scanner) unescape(data []byte) int {
	for {
		i := bytes.IndexAny(data[s.pos:], string(s.quote)+"\\")
		if i < 0 || data[s.pos+i] == s.quote {
			return i
		}
		s.scratch = append(s.scratch, data[s.pos:s.pos+i]...)
		s.pos += i
		if s.pos+1 < len(data) && (data[s.pos+1] == s.quote || data[s.pos+1] == '\\') {
			s.pos++
		}
		s.scratch = append(s.scratch, data[s.pos])
		s.pos++
	}
}

// stray reads a line whose quotes make no sense as a line without quotes, where
// that gives the right number of fields; otherwise the line is the problem.
func (s *scanner) stray(n int) columns.Record {
	line := s.trim(s.buf[s.start : s.start+n])
	s.split(line)
	r := columns.Record{Line: s.line, Fields: s.fields}
	if bytes.Count(line, []byte{s.quote}) < 2 || s.columns > 0 && len(s.fields) != s.columns {
		r = columns.Record{Line: s.line, Problem: errOpenQuote, Text: s.decode(line)}
	}
	s.start += n
	s.line++
	return r
}

// unquoted cuts the scratch into fields.
func (s *scanner) unquoted() []string {
	s.fields = s.fields[:0]
	from := 0
	if !clean(s.scratch) {
		for _, end := range s.ends {
			s.fields = append(s.fields, s.decode(s.scratch[from:end]))
			from = end
		}
		return s.fields
	}
	text := string(s.scratch)
	for _, end := range s.ends {
		s.fields = append(s.fields, text[from:end])
		from = end
	}
	return s.fields
}

func clean(text []byte) bool { return utf8.Valid(text) && bytes.IndexByte(text, 0) < 0 }

// decode makes a string of bytes from the file. A line that the scanner can't take for
// UTF-8 is repaired, or becomes the problem of its record.
func (s *scanner) decode(text []byte) string {
	line, err := charset.Repair(string(text))
	if err != nil {
		s.broken = err
	}
	return line
}
