package spreadsheet

import (
	"encoding/xml"
	"errors"
	"io"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/sheet"
)

// Limits on what is held of a sheet, in bytes and elements.
const (
	maxCell  = 64 << 20 // as of an item in any other file
	maxDepth = 1000
)

// scanner gives the tokens of an XML file of any length, whose elements are known by their
// local names.
type scanner struct {
	*xml.Decoder
	leash *exchange.Leash
	depth int
}

func newScanner(r io.Reader) *scanner {
	leash := &exchange.Leash{R: r, Left: maxCell, TooLong: sheet.ErrTooMuch}
	return &scanner{Decoder: xml.NewDecoder(leash), leash: leash}
}

// next gives the next start, end or text. It does not check that ends fit starts, but no
// end is without a start.
func (s *scanner) next() (xml.Token, error) {
	for {
		token, err := s.RawToken()
		if err != nil {
			return nil, err
		}
		switch token.(type) {
		case xml.StartElement:
			if s.depth++; s.depth > maxDepth {
				return nil, i18n.Error("its elements are nested more than {{.N}} deep", i18n.Values{"N": maxDepth})
			}
		case xml.EndElement:
			if s.depth--; s.depth < 0 {
				return nil, errUnfit
			}
		case xml.CharData:
		default:
			continue
		}
		return token, nil
	}
}

var errUnfit = i18n.Error("an element is closed that was never opened")

// begin allows the next item as many bytes as an item may have.
func (s *scanner) begin() { s.leash.Left = maxCell }

// inside calls do for each start and text inside the element that has just begun, until
// its end. Where do is false for a start, what is inside of that is passed over.
func (s *scanner) inside(do func(xml.Token) (bool, error)) error {
	for outer := s.depth; ; {
		token, err := s.next()
		if err != nil {
			return cutOff(err)
		}
		switch token.(type) {
		case xml.EndElement:
			if s.depth < outer {
				return nil
			}
		default:
			further, err := do(token)
			if err != nil {
				return err
			}
			if _, start := token.(xml.StartElement); start && !further {
				if err := s.pass(); err != nil {
					return err
				}
			}
		}
	}
}

// pass goes behind the end of the element that has just begun.
func (s *scanner) pass() error {
	for outer := s.depth; s.depth >= outer; {
		if _, err := s.next(); err != nil {
			return cutOff(err)
		}
	}
	return nil
}

// cutOff is the error for a file that ends in the middle.
func cutOff(err error) error {
	if errors.Is(err, io.EOF) {
		return i18n.Error("it is cut off")
	}
	return err
}

// attribute gives an attribute of an element by its local name; "" for none.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
