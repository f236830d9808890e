package table

import (
	"io"
	"iter"
	"math"
	"strconv"
	"strings"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/charset"
	"seedbed/localdb/exchange/columns"
)

// WriteCSV writes rows as message,category,confidence, and note,tags where the options
// say so. An error among the rows
// ends the writing and is returned.
func WriteCSV(w io.Writer, rows iter.Seq2[exchange.Row, error], o exchange.WriteOptions) error {
	const chunk = 1 << 16
	buf := AppendCSVHeader(make([]byte, 0, chunk+1<<12), o)
	for row, err := range rows {
		if err != nil {
			return err
		}
		buf = AppendCSV(buf, &row, o)
		if len(buf) >= chunk {
			if _, err := w.Write(buf); err != nil {
				return err
			}
			buf = buf[:0]
		}
	}
	_, err := w.Write(buf)
	return err
}

// AppendCSVHeader appends what a file of this form starts with.
func AppendCSVHeader(dst []byte, o exchange.WriteOptions) []byte {
	if o.Form == exchange.ForExcel {
		dst = append(dst, charset.ByteOrderMark...)
	}
	dst = append(dst, "message,category,confidence"...)
	if o.Notes {
		dst = append(dst, ",note,tags"...)
	}
	return appendLineEnd(dst, o)
}

func appendLineEnd(dst []byte, o exchange.WriteOptions) []byte {
	if o.Form == exchange.ForExcel {
		return append(dst, '\r', '\n')
	}
	return append(dst, '\n')
}

// AppendCSV appends one row with its line end. Lines written by several
// goroutines and put together in order are the same file as WriteCSV's.
func AppendCSV(dst []byte, row *exchange.Row, o exchange.WriteOptions) []byte {
	message, category, note, tags := row.Message, row.Category, row.Note, row.Tags
	if o.Form == exchange.ForExcel {
		message, category, note, tags = columns.Guard(message), columns.Guard(category), columns.Guard(note), columns.Guard(tags)
	}
	dst = append(appendField(dst, message), ',')
	dst = append(appendField(dst, category), ',')
	if row.HasConfidence {
		dst = appendConfidence(dst, row.Confidence)
	}
	if o.Notes {
		dst = append(appendField(append(dst, ','), note), ',')
		dst = appendField(dst, tags)
	}
	return appendLineEnd(dst, o)
}

// appendField quotes a field where a reader would need it, and where a sloppy
// one would trim it or read a mark or a header into it.
func appendField(dst []byte, field string) []byte {
	if !needsQuotes(field) {
		return append(dst, field...)
	}
	dst = append(dst, '"')
	for {
		i := strings.IndexByte(field, '"')
		if i < 0 {
			return append(append(dst, field...), '"')
		}
		dst = append(append(dst, field[:i+1]...), '"')
		field = field[i+1:]
	}
}

func needsQuotes(field string) bool {
	if field == "" {
		return false
	}
	if first, last := field[0], field[len(field)-1]; first <= ' ' || last <= ' ' || first == charset.ByteOrderMark[0] {
		return true
	}
	for i := range len(field) {
		switch field[i] {
		case ',', '"', '\n', '\r':
			return true
		}
	}
	return false
}

// appendConfidence prints the shortest form that reads back as the same number,
// with at least one decimal: 1.0, 0.52.
func appendConfidence(dst []byte, confidence float64) []byte {
	if confidence == 1 {
		return append(dst, "1.0"...)
	}
	if math.IsNaN(confidence) || math.IsInf(confidence, 0) {
		return dst
	}
	from := len(dst)
	dst = strconv.AppendFloat(dst, confidence, 'f', -1, 64)
	for _, c := range dst[from:] {
		if c == '.' {
			return dst
		}
	}
	return append(dst, ".0"...)
}
