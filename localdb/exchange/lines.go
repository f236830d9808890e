package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"seedbed/localdb/exchange/charset"
)

// Line is one line of a text file without its line break.
type Line struct {
	Number  int
	Text    string
	Problem error // why it can't be read; Text is how it begins then
}

// Lines reads a text file line by line, each at most MaxRecord bytes long. LF and CRLF
// end a line, and CR alone in a file without LF.
type Lines struct {
	r      *bufio.Reader
	number int
	end    byte
}

// NewLines reads the lines of what File.Text gives.
func NewLines(r io.Reader) *Lines {
	l := &Lines{r: bufio.NewReaderSize(r, 1<<16), end: '\n'}
	head, _ := l.r.Peek(1 << 16)
	if !bytes.Contains(head, []byte("\n")) && bytes.Contains(head, []byte("\r")) {
		l.end = '\r'
	}
	return l
}

// Next gives the next line; io.EOF after the last.
func (l *Lines) Next() (Line, error) {
	l.number++
	var long []byte
	for {
		part, err := l.r.ReadSlice(l.end)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			if len(long)+len(part) > MaxRecord {
				return l.tooLong(long)
			}
			long = append(long, part...)
			continue
		case err != nil && !errors.Is(err, io.EOF):
			return Line{}, err
		case err != nil && len(long)+len(part) == 0:
			return Line{}, io.EOF
		case len(long)+len(part) > MaxRecord:
			return Line{Number: l.number, Problem: ErrTooLong, Text: Beginning(string(append(long, part...)), 200)}, nil
		}
		if long != nil {
			part = append(long, part...)
		}
		text := strings.TrimSuffix(strings.TrimSuffix(string(part), string(l.end)), "\r")
		text, err = charset.Repair(text)
		return Line{Number: l.number, Text: strings.TrimPrefix(text, "\uFEFF"), Problem: err}, nil
	}
}

// tooLong passes over the rest of a line.
func (l *Lines) tooLong(begun []byte) (Line, error) {
	line := Line{Number: l.number, Problem: ErrTooLong, Text: Beginning(string(begun[:256]), 200)}
	for {
		_, err := l.r.ReadSlice(l.end)
		switch {
		case err == nil || errors.Is(err, io.EOF):
			return line, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return line, err
		}
	}
}

// EachLine calls do with the lines of what File.Text gives, until it returns false. Lines
// that can't be read are rejected with their reason, and blank ones passed over.
func (r *Reading) EachLine(text io.Reader, do func(Line) bool) error {
	lines := NewLines(text)
	for {
		line, err := lines.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case line.Problem != nil:
			r.Reject(line.Number, line.Problem, line.Text)
		case strings.TrimSpace(line.Text) == "":
		case !do(line):
			return nil
		}
	}
}
