package kbsource

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"

	"github.com/ledongthuc/pdf"
)

// readPDF makes each page a section. The library trusts a file's numbers and
// references, so that a damaged file could keep it busy for ever; the checks here make
// it fail instead.
func readPDF(path string) (sections []section, err error) {
	defer func() {
		// The library panics on some damaged files.
		if broken := recover(); broken != nil {
			err = fmt.Errorf("damaged PDF: %v", broken)
		}
	}()
	data, err := os.ReadFile(path) // the person chose the folder
	if err != nil {
		return nil, err
	}
	if hugeNumber.Match(data) {
		return nil, errors.New("damaged PDF: it claims to have more objects than fit into a file")
	}
	document, err := pdf.NewReader(&limitedReaderAt{bytes.NewReader(data), readsPerByte*int64(len(data)) + 1<<20}, int64(len(data)))
	if err != nil {
		return nil, err
	}
	for i := 1; i <= document.NumPage(); i++ {
		page := document.Page(i)
		if page.V.IsNull() {
			continue
		}
		if err := checkStreams(page); err != nil {
			return nil, err
		}
		text, err := page.GetPlainText(nil)
		if err != nil {
			return nil, err
		}
		sections = append(sections, section{title: fmt.Sprintf("page %d", i), paragraphs: paragraphsOf(text)})
	}
	return sections, nil
}

// hugeNumber matches counts, sizes and object numbers of 10 million and more, for which
// the library would allocate memory or loop before it reads anything.
var hugeNumber = regexp.MustCompile(`(/(N|Size|Count|Columns)|/(W|Index)\s*\[[\d\s]*?|[\r\n]xref)\s*\b0*[1-9]\d{7,}`)

// readsPerByte is how often on average the library may read each byte of a file: it
// reads an object again at each reference, and buffers of 4 KB at a time.
const readsPerByte = 1000

// limitedReaderAt fails when more than left bytes were read, which ends a walk along
// references that form a circle.
type limitedReaderAt struct {
	io.ReaderAt
	left int64
}

func (r *limitedReaderAt) ReadAt(p []byte, offset int64) (int, error) {
	if r.left -= int64(len(p)); r.left < 0 {
		return 0, errors.New("its references form a circle")
	}
	return r.ReaderAt.ReadAt(p, offset)
}

// checkStreams fails where a stream that makes up a page's text is huge or ends inside
// a hexadecimal string, at whose end the library would wait for ever.
func checkStreams(page pdf.Page) error {
	contents := page.V.Key("Contents")
	streams := []pdf.Value{contents}
	for i := range contents.Len() { // an array's parts are read as one
		streams = append(streams, contents.Index(i))
	}
	for _, name := range page.Fonts() {
		streams = append(streams, page.Font(name).V.Key("ToUnicode"))
	}
	for _, stream := range streams {
		if stream.Kind() != pdf.Stream {
			continue
		}
		data, err := io.ReadAll(io.LimitReader(stream.Reader(), maxDocument+1))
		if err != nil {
			return fmt.Errorf("damaged PDF: %w", err)
		}
		if len(data) > maxDocument {
			return fmt.Errorf("a page larger than %d MB", maxDocument>>20)
		}
		if endsInHexString(data) {
			return errors.New("damaged PDF: a page's text is cut off")
		}
	}
	return nil
}

// endsInHexString reports whether a content stream ends before a hexadecimal string
// does. It takes the stream apart as the library does.
func endsInHexString(stream []byte) bool {
	depth := 0 // of parentheses: a string in them is no hexadecimal one
	for i := 0; i < len(stream); i++ {
		switch c := stream[i]; {
		case depth > 0 && c == '\\':
			i++
		case c == '(':
			depth++
		case depth > 0 && c == ')':
			depth--
		case depth > 0:
		case c == '%':
			for i+1 < len(stream) && stream[i] != '\r' && stream[i] != '\n' {
				i++
			}
		case c == '<' && i+1 < len(stream) && stream[i+1] == '<':
			i++
		case c == '<':
			pairs := hexPairs.Find(stream[i+1:])
			i += 1 + len(pairs)
			rest := bytes.TrimLeft(stream[i:], "\x00\t\n\f\r ")
			if len(rest) == 0 || rest[0] != '>' && len(bytes.TrimLeft(rest[1:], "\x00\t\n\f\r ")) == 0 {
				return true
			}
		}
	}
	return false
}

// hexPairs matches the digits of a hexadecimal string.
var hexPairs = regexp.MustCompile(`^([\x00\s]*[0-9A-Fa-f][\x00\s]*[0-9A-Fa-f])*`)
