package spreadsheet

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// texts are those that the cells of a workbook share. Only where each begins is held in
// memory, and the short ones that were read last.
type texts struct {
	part  *exchange.File
	begin []int64
	known map[int]string
}

const maxKnown = 10_000 // short texts that are held

func (b *workbook) openTexts(name string) error {
	b.texts = &texts{known: map[int]string{}}
	if name == "" || b.entries[name] == nil {
		return nil
	}
	part, err := b.part(name)
	if err != nil {
		return err
	}
	b.texts.part = part
	s := newScanner(part.Read())
	for {
		s.begin()
		at := s.InputOffset()
		token, err := s.next()
		if errors.Is(err, io.EOF) && s.depth == 0 {
			return nil
		}
		if err != nil {
			return i18n.Error("the texts of the workbook are broken: {{.Cause}}", i18n.Values{"Cause": cutOff(err)})
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "si" {
			b.texts.begin = append(b.texts.begin, at)
			if err := s.pass(); err != nil {
				return i18n.Error("the texts of the workbook are broken: {{.Cause}}", i18n.Values{"Cause": err})
			}
		}
	}
}

// at gives a text by its number.
func (t *texts) at(number string) (string, error) {
	i, err := strconv.Atoi(strings.TrimSpace(number))
	if err != nil || i < 0 || i >= len(t.begin) {
		return "", i18n.Error("a cell refers to shared text {{.Text}}, which does not exist", i18n.Values{"Text": exchange.Beginning(number, 20)})
	}
	if text, ok := t.known[i]; ok {
		return text, nil
	}
	s := newScanner(io.NewSectionReader(t.part.Read(), t.begin[i], t.part.Size()-t.begin[i]))
	if _, err := s.next(); err != nil {
		return "", cutOff(err)
	}
	text, err := richText(s)
	if err == nil && len(text) <= 64 {
		if len(t.known) >= maxKnown {
			clear(t.known)
		}
		t.known[i] = text
	}
	return text, err
}

// richText reads the text of the element that has just begun: its runs one after another,
// without the signs for how to say it.
func richText(s *scanner) (string, error) {
	var text strings.Builder
	inText := 0
	err := s.inside(func(token xml.Token) (bool, error) {
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local == "t" {
				inText = s.depth
			}
			return e.Name.Local == "t" || e.Name.Local == "r", nil
		case xml.CharData:
			if inText == s.depth {
				text.Write(e)
			}
		}
		return true, nil
	})
	return unescape(text.String()), err
}

var escape = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescape reads the characters that XML can't hold, which Excel writes as _x000D_.
func unescape(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	text = escape.ReplaceAllStringFunc(text, func(escaped string) string {
		code, err := strconv.ParseUint(escaped[2:6], 16, 16)
		if r := rune(code); err == nil && !utf16.IsSurrogate(r) {
			return string(r)
		}
		return escaped
	})
	return strings.ReplaceAll(text, "\r\n", "\n")
}
