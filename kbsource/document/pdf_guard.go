package document

import (
	"bytes"
	"context"
	"errors"
	"io"

	"github.com/ledongthuc/pdf"
)

// The library trusts a PDF's numbers and references, so that a damaged file could keep it
// busy for ever; the checks here make it fail instead.

// hugeNumber matches counts, sizes and object numbers of 10 million and more, for which
// the library would allocate memory or loop before it reads anything.
var hugeNumber = pattern(`(/(N|Size|Count|Columns)|/(W|Index)\s*\[[\d\s]*?|[\r\n]xref)\s*\b0*[1-9]\d{7,}`)

// readsPerByte is how often on average the library may read each byte of a file: it
// reads an object again at each reference, and buffers of 4 KB at a time.
const readsPerByte = 1000

// limitedReaderAt fails when more than left bytes were read, which ends a walk along
// references that form a circle, or when the reading is to end.
type limitedReaderAt struct {
	io.ReaderAt
	left int64
	ctx  context.Context //nolint:containedctx // the library takes none
}

func (r *limitedReaderAt) ReadAt(p []byte, offset int64) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	if r.left -= int64(len(p)); r.left < 0 {
		return 0, errors.New("its references form a circle")
	}
	return r.ReaderAt.ReadAt(p, offset)
}

// checkContents checks the streams that make up a page's text.
func checkContents(page pdf.Page) error {
	contents := page.V.Key("Contents")
	for i := range contents.Len() { // an array's parts are read as one
		if err := checkStream(contents.Index(i)); err != nil {
			return err
		}
	}
	return checkStream(contents)
}

// checkStream fails where a stream is huge or ends inside a hexadecimal string, at whose
// end the library would wait for ever.
func checkStream(stream pdf.Value) error {
	if stream.Kind() != pdf.Stream {
		return nil
	}
	data, err := io.ReadAll(io.LimitReader(stream.Reader(), maxStream+1))
	switch {
	case err != nil:
		return err
	case len(data) > maxStream:
		return ErrTooLarge
	case endsInHexString(data):
		return ErrBroken
	}
	return nil
}

// maxStream is how many bytes the instructions that draw a page may have.
const maxStream = 32 << 20

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
			pairs := hexPairs().Find(stream[i+1:])
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
var hexPairs = pattern(`^([\x00\s]*[0-9A-Fa-f][\x00\s]*[0-9A-Fa-f])*`)
