package exchange

import (
	"io"
	"iter"
	"math"
	"strconv"
	"strings"
)

// Form is what a written table is for.
type Form int

const (
	// ForTraining is exact: message,category,confidence after RFC 4180, UTF-8
	// without a mark, LF at each line's end, no text altered.
	ForTraining Form = iota
	// ForExcel opens in a spreadsheet without being taken for formulas: UTF-8
	// with a mark, CRLF, and an apostrophe before a text that starts with
	// = + - @, a tab or a carriage return. ReadCSV takes it away again.
	ForExcel
)

const utf8Mark = "\xEF\xBB\xBF"

// WriteCSV writes rows as message,category,confidence. An error among the rows
// ends the writing and is returned.
func WriteCSV(w io.Writer, rows iter.Seq2[Row, error], form Form) error {
	const chunk = 1 << 16
	buf := AppendCSVHeader(make([]byte, 0, chunk+1<<12), form)
	for row, err := range rows {
		if err != nil {
			return err
		}
		buf = AppendCSV(buf, &row, form)
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
func AppendCSVHeader(dst []byte, form Form) []byte {
	if form == ForExcel {
		return append(dst, utf8Mark+"message,category,confidence\r\n"...)
	}
	return append(dst, "message,category,confidence\n"...)
}

// AppendCSV appends one row with its line end. Lines written by several
// goroutines and put together in order are the same file as WriteCSV's.
func AppendCSV(dst []byte, row *Row, form Form) []byte {
	message, category := row.Message, row.Category
	if form == ForExcel {
		message, category = guard(message), guard(category)
	}
	dst = append(appendField(dst, message), ',')
	dst = append(appendField(dst, category), ',')
	if row.HasConfidence {
		dst = appendConfidence(dst, row.Confidence)
	}
	if form == ForExcel {
		return append(dst, '\r', '\n')
	}
	return append(dst, '\n')
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
	if first, last := field[0], field[len(field)-1]; first <= ' ' || last <= ' ' || first == utf8Mark[0] {
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

// guard keeps a spreadsheet from reading a text as a formula. A text that has
// apostrophes before such a character gets one more, so that unguard always
// takes away exactly what guard added.
func guard(text string) string {
	if guardable(text) {
		return "'" + text
	}
	return text
}

func unguard(text string) string {
	if text != "" && text[0] == '\'' && guardable(text[1:]) {
		return text[1:]
	}
	return text
}

func guardable(text string) bool {
	for i := range len(text) {
		switch text[i] {
		case '\'':
		case '=', '+', '-', '@', '\t', '\r':
			return true
		default:
			return false
		}
	}
	return false
}
