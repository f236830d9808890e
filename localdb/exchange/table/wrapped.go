package table

import (
	"bytes"
	"slices"
	"strings"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/charset"
	"seedbed/localdb/exchange/columns"
)

// singleCell is a line with a cell in single quotes, which close where the cell ends.
var singleCell = exchange.Pattern(`(?:^|[,;\t|])[ ]*'(?:[^'\\]|''|\\.)*'[ ]*(?:[,;\t|]|$)`)

// singleQuoted tells whether cells stand in single quotes: most lines have one, and none is
// in double quotes.
func singleQuoted(head []byte) bool {
	lines, single := 0, 0
	exact := bytes.HasPrefix(bytes.TrimPrefix(head, []byte(charset.ByteOrderMark)), []byte("message,category,confidence")) // as WriteCSV writes it
	for line := range bytes.Lines(head) {
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		if lines++; lines > sampleRecords {
			break
		}
		if bytes.IndexByte(line, '\'') >= 0 && singleCell().Match(line) && (!exact || line[len(line)-1] == '\'') {
			single++
		}
	}
	if lines > 2 {
		lines-- // the header may stand without
	}
	return single*10 >= lines*6 && single > 0 && (!exact || bytes.IndexByte(head, '"') < 0) && !bytes.Contains(head, []byte(`","`)) && !bytes.Contains(head, []byte(`";"`))
}

// unwrap finds out the dialect of a table that was encoded twice, so that each row is one
// cell in quotes: """hello"",""greet""".
func (d dialect) unwrap(head []byte, whole bool, o exchange.Options) (inner dialect, ok bool) {
	if d.quote != '"' || !rowsQuoted(head) || d.inColumns() || columns.UsualWidth(d.sample[min(len(d.sample), 1):]) > 1 {
		return d, false
	}
	for _, outer := range []byte(",;\t|") {
		rows := d.read(head, outer, whole)
		var b strings.Builder
		wrapped, quoted := 0, 0
		for _, row := range rows {
			if columns.Width(row) == 1 && row[0] != "" {
				wrapped++
				if strings.HasPrefix(row[0], `"`) {
					quoted++
				}
				row = row[:1]
			}
			b.WriteString(strings.Join(row, string(outer)) + "\n")
		}
		if wrapped*10 < len(rows)*8 || wrapped < 1 || len(rows) < 2 && quoted == 0 {
			continue
		}
		inner = bestDialect([]byte(b.String()), true, o)
		if inner.score == 0 || inner.score < 10 && quoted*10 < len(rows)*8 && !labelled(inner.sample) {
			continue
		}
		d.comma = outer
		inner.around, inner.newline, inner.crlf = &d, d.newline, d.crlf
		return inner, true
	}
	return d, false
}

// inColumns tells whether a row below the header has as many cells as that, as no row has
// that is quoted as a whole.
func (d dialect) inColumns() bool {
	if len(d.sample) < 2 || d.comma == d.newline {
		return false
	}
	width := columns.Width(d.sample[0])
	return width > 1 && slices.ContainsFunc(d.sample[1:], func(r []string) bool { return columns.Width(r) == width })
}

// rowsQuoted tells whether nearly all lines but the first stand in quotes, with a separator
// inside.
func rowsQuoted(head []byte) bool {
	lines, quoted := 0, 0
	for line := range bytes.Lines(head) {
		line = bytes.TrimRight(line, ",;\t|\r\n ")
		if len(line) == 0 {
			continue
		}
		lines++
		if len(line) > 2 && line[0] == '"' && line[len(line)-1] == '"' && bytes.ContainsAny(line, ",;\t|") {
			quoted++
		} else if lines == 1 { // the header may stand without
			lines--
		}
		if lines == sampleRecords {
			break
		}
	}
	return quoted*10 >= lines*8 && quoted > 0
}

// labelled tells whether the last column holds few values that come again.
func labelled(records [][]string) bool {
	values := map[string]bool{}
	for _, r := range records {
		values[strings.TrimSpace(r[len(r)-1])] = true
	}
	return len(records) >= 4 && len(values)*2 <= len(records)
}

// unwrapped gives the records inside those of a table that was encoded twice.
func (d dialect) unwrapped(next func() (columns.Record, error)) func() (columns.Record, error) {
	inner := d.scanner(nil, d.comma)
	return func() (columns.Record, error) {
		r, err := next()
		if err != nil || r.Problem != nil || columns.Width(r.Fields) != 1 {
			return r, err
		}
		inner.buf = append(inner.buf[:0], r.Fields[0]...)
		inner.start, inner.end, inner.done = 0, len(inner.buf), true
		row, err := inner.next()
		if err == nil {
			row.Line = r.Line
			return row, nil
		}
		return r, nil // an empty row
	}
}
