package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"seedbed/localdb/exchange/charset"
)

// parts are the files that a document in a zip file consists of.
type parts struct {
	files map[string]*zip.File
	left  int64 // bytes that may still be unpacked
}

// compoundFile begins a file of old Office programs, and an encrypted one of new ones.
const compoundFile = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

func openParts(data []byte) (*parts, error) {
	if bytes.HasPrefix(data, []byte(compoundFile)) {
		return nil, errEncrypted
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, ErrBroken
	}
	p := &parts{map[string]*zip.File{}, MaxSize}
	for _, file := range archive.File {
		p.files[file.Name] = file
	}
	return p, nil
}

// read unpacks a part.
func (p *parts) read(name string) ([]byte, error) {
	file, ok := p.files[name]
	if !ok {
		return nil, ErrBroken
	}
	data, err := Unpack(file, p.left)
	p.left -= int64(len(data))
	return data, err
}

// Unpack reads a file of a zip file that has at most limit bytes.
func Unpack(file *zip.File, limit int64) ([]byte, error) {
	if file.Flags&1 != 0 {
		return nil, errEncrypted
	}
	r, err := file.Open()
	if err != nil {
		return nil, ErrBroken
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case int64(len(data)) > limit:
		return data[:limit], ErrTooLarge
	case err != nil:
		return data, ErrBroken
	}
	return data, nil
}

// xmlReader walks through XML.
type xmlReader struct {
	decoder *xml.Decoder
	depth   int
}

// maxNesting is more than programs nest elements, and little enough for the stack.
const maxNesting = 500

func newXMLReader(data []byte) *xmlReader {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	decoder.CharsetReader = func(name string, input io.Reader) (io.Reader, error) {
		encoding, err := charset.Parse(name)
		if err != nil {
			return nil, err
		}
		return encoding.Reader(input), nil
	}
	return &xmlReader{decoder: decoder}
}

// root calls do for the outermost element.
func (x *xmlReader) root(do func(xml.StartElement) error) error {
	for {
		token, err := x.decoder.Token()
		if err != nil {
			return ErrBroken
		}
		if start, ok := token.(xml.StartElement); ok {
			return do(start)
		}
	}
}

// children calls element for each element inside the one that was begun, and text for
// the text between them; text may be nil. The calls of element read to its end.
func (x *xmlReader) children(element func(xml.StartElement) error, text func(string)) error {
	if x.depth++; x.depth > maxNesting {
		return ErrBroken
	}
	defer func() { x.depth-- }()
	for {
		token, err := x.decoder.Token()
		if err != nil {
			return ErrBroken
		}
		switch token := token.(type) {
		case xml.StartElement:
			if err := element(token); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		case xml.CharData:
			if text != nil {
				text(string(token))
			}
		}
	}
}

// skip leaves out the element that was begun.
func (x *xmlReader) skip() error {
	if x.decoder.Skip() != nil {
		return ErrBroken
	}
	return nil
}

// value returns an attribute, whatever its name space is.
func value(element xml.StartElement, name string) string {
	for _, a := range element.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func intValue(element xml.StartElement, name string, otherwise int) int {
	n, err := strconv.Atoi(value(element, name))
	if err != nil {
		return otherwise
	}
	return n
}

// isOn reports whether an attribute of a property, which is on where it is missing,
// isn't off.
func isOn(element xml.StartElement) bool {
	switch strings.ToLower(value(element, "val")) {
	case "0", "false", "off", "none":
		return false
	}
	return true
}
