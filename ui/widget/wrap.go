package widget

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"github.com/go-text/typesetting/segmenter"
)

// wrapText cuts a text into lines of at most a width: where lines can be broken, after the
// marks that hold names together, and in longer words between any characters.
func wrapText(text string, width, size float32, style fyne.TextStyle) (lines []string) {
	fits := func(s string) bool { return fyne.MeasureText(trimEnd(s), size, style).Width <= width }
	if fits(text) {
		return []string{text}
	}
	line := ""
	for _, part := range breakable(text) {
		if line != "" && !fits(line+part) {
			lines, line = append(lines, trimEnd(line)), ""
		}
		for !fits(part) {
			first := ""
			for _, character := range characters(part) {
				if first != "" && !fits(first+character) {
					break
				}
				first += character
			}
			lines, part = append(lines, first), part[len(first):]
		}
		line += part
	}
	if line != "" {
		lines = append(lines, trimEnd(line))
	}
	return lines
}

func trimEnd(s string) string { return strings.TrimRightFunc(s, unicode.IsSpace) }

// breakable cuts a text at all places where a line can be broken (Unicode Annex 14), and
// after marks within names and addresses.
func breakable(text string) (parts []string) {
	var s segmenter.Segmenter
	s.Init([]rune(text))
	for lines := s.LineIterator(); lines.Next(); {
		rest := string(lines.Line().Text)
		for {
			mark := strings.IndexAny(rest, "_./&=?") + 1
			if mark == 0 || mark == len(rest) {
				break
			}
			parts, rest = append(parts, rest[:mark]), rest[mark:]
		}
		parts = append(parts, rest)
	}
	return parts
}

// characters cuts a text into what people take for one character each.
func characters(text string) (parts []string) {
	var s segmenter.Segmenter
	s.Init([]rune(text))
	for clusters := s.GraphemeIterator(); clusters.Next(); {
		parts = append(parts, string(clusters.Grapheme().Text))
	}
	return parts
}
