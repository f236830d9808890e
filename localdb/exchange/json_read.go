package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"seedbed/assets/i18n"
)

// maxItem bounds one item of a JSON file, in bytes: an element of an array, or
// a whole document that is an object.
const maxItem = 64 << 20

var errItemTooLarge = i18n.Error("one item is larger than 64 MB; write the file as an array or as JSON lines")

// ReadJSON reads messages, chats (role and content) and dialogues out of a JSON
// array, an object that holds one, or JSON lines. Of an array it holds one
// element at a time; a broken one ends the reading. Of JSON lines a broken one
// is rejected and the reading goes on.
func ReadJSON(r io.Reader, o Options) (*Reading, error) {
	facts := Facts{Format: JSON, Encoding: UTF8}
	items, lines, err := openJSON(r, &facts)
	if err != nil {
		return nil, err
	}
	if lines {
		facts.Format = JSONL
	}
	return newItemRecords(items, lines).reading(o, facts, nil)
}

// openJSON gives the items of a JSON file and whether they stand on lines.
func openJSON(r io.Reader, facts *Facts) (items func() (item, error), lines bool, err error) {
	head, whole, err := sample(r, jsonSample)
	if err != nil {
		return nil, false, unreadable(err)
	}
	if e := detectEncoding(head); e == UTF16LE || e == UTF16BE {
		facts.Encoding = e
		if head, whole, err = sample(decoded(whole, e), jsonSample); err != nil {
			return nil, false, unreadableAs(e, err)
		}
	}
	if isJSONLines(head) {
		return jsonLines(whole), true, nil
	}
	if bytes.HasPrefix(head, []byte(utf8Mark)) {
		_, _ = io.CopyN(io.Discard, whole, int64(len(utf8Mark)))
		head = head[len(utf8Mark):]
	}
	return newDocument(whole, bytes.HasPrefix(bytes.TrimSpace(head), []byte{'['})).next, false, nil
}

const jsonSample = 1 << 20

// isJSONLines is true where the first line is a whole value and not the only one.
func isJSONLines(head []byte) bool {
	head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte(utf8Mark)))
	first, rest, _ := bytes.Cut(head, []byte{'\n'})
	rest = bytes.TrimSpace(rest)
	return len(rest) > 0 && (rest[0] == '{' || rest[0] == '[') && len(first) > 0 && first[0] == rest[0] && json.Valid(first)
}

// jsonLines gives a value a line.
func jsonLines(r io.Reader) func() (item, error) {
	s := newScanner(r, '\n', '\n')
	return func() (item, error) {
		for {
			line, err := s.wholeLine()
			if err != nil {
				return item{}, err
			}
			text := strings.TrimSpace(strings.TrimPrefix(line.text, utf8Mark))
			if text == "" {
				continue
			}
			it := item{number: line.line, problem: line.problem, text: text}
			if it.problem == nil {
				decoder := json.NewDecoder(strings.NewReader(text))
				decoder.UseNumber()
				if err := decoder.Decode(&it.value); err != nil {
					it.problem = i18n.Error("it is not JSON: {{.Cause}}", i18n.Values{"Cause": err})
				}
			}
			return it, nil
		}
	}
}

// document gives the elements of a JSON array, or the values that follow one
// another in a file.
type document struct {
	leash   leash
	decoder *json.Decoder
	array   bool
	number  int
}

func newDocument(r io.Reader, array bool) *document {
	d := &document{leash: leash{r: r, left: maxItem, tooLong: errItemTooLarge}, array: array}
	d.decoder = json.NewDecoder(&d.leash)
	d.decoder.UseNumber()
	return d
}

func (d *document) next() (item, error) {
	it, err := d.value()
	switch {
	case errors.Is(err, io.EOF):
		return it, io.EOF
	case err != nil:
		return it, i18n.Error("the JSON is broken or cut off after item {{.N}}: {{.Cause}}", i18n.Values{"N": d.number, "Cause": err})
	}
	d.leash.left = maxItem
	d.number++
	it.number = d.number
	return it, nil
}

func (d *document) value() (it item, err error) {
	if !d.array {
		err = d.decoder.Decode(&it.value)
		return it, err
	}
	if d.number == 0 {
		first, err := d.decoder.Token()
		if err != nil {
			return it, noEnd(err)
		}
		if first != json.Delim('[') {
			return it, i18n.Error("it is no list")
		}
	}
	if d.decoder.More() {
		return it, noEnd(d.decoder.Decode(&it.value))
	}
	if _, err := d.decoder.Token(); err != nil {
		return it, noEnd(err)
	}
	return it, io.EOF
}

// noEnd is for places where a file must not end.
func noEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// leash bounds how much is read before it is let out again.
type leash struct {
	r       io.Reader
	left    int64
	tooLong error // what ends the reading beyond
}

func (l *leash) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, l.tooLong
	}
	n, err := l.r.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}
