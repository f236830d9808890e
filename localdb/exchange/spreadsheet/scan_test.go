package spreadsheet

import (
	"errors"
	"io"
	"strings"
	"testing"

	"seedbed/localdb/exchange/sheet"
)

// endless is a text without an end.
type endless struct{ io.Reader }

func (e endless) Read(p []byte) (int, error) {
	if n, err := e.Reader.Read(p); err == nil {
		return n, nil
	}
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestNoItemMayFillTheMemory(t *testing.T) {
	for _, start := range []string{"<v>", "<v a='", "<!--", "<"} {
		s := newScanner(endless{strings.NewReader(start)})
		s.leash.Left = 100_000
		var err error
		for err == nil {
			_, err = s.next()
		}
		if !errors.Is(err, sheet.ErrTooMuch) {
			t.Errorf("%s: %v", start, err)
		}
	}
}
