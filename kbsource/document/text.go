package document

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"seedbed/localdb/exchange/charset"
)

// decode gives a text as UTF-8, without NUL, and with line feeds as its only line ends.
func decode(data []byte) string {
	return decodeAs(charset.Detect(data[:min(len(data), 1<<16)]).Encoding, data)
}

func decodeAs(encoding charset.Encoding, data []byte) string {
	text, err := io.ReadAll(encoding.Reader(strings.NewReader(string(data))))
	if err != nil { // the decoders replace what they don't understand
		text = data
	}
	return Clean(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(text)))
}

// declaredCharset matches the encoding that a page declares.
var declaredCharset = pattern(`(?i)<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?([\w-]+)`)

// decodePage decodes a page; one that isn't UTF-8 is in the encoding that it declares.
func decodePage(data []byte) string {
	head := data[:min(len(data), 1<<16)]
	encoding := charset.Detect(head).Encoding
	if declared := declaredCharset().FindSubmatch(head); declared != nil && !slices.Contains([]charset.Encoding{charset.UTF8, charset.UTF16LE, charset.UTF16BE}, encoding) {
		if known, err := charset.Parse(string(declared[1])); err == nil && known != charset.UTF8 {
			encoding = known
		}
	}
	return decodeAs(encoding, data)
}

// bullet matches the mark of a list's item, and listNumber its number.
var bullet = pattern(`^\s*([-*•‣▪●○◦–—·]|\d{1,2}[.)]|[a-z]\))\s+`)

// underline matches the line below a heading.
var underline = pattern(`^(=|-|~|\*){3,}\s*$`)

// readText splits a text into paragraphs at empty lines, into lists, and under headings
// that are underlined.
func readText(_ context.Context, data []byte) ([]section, error) {
	var o outline
	lines := strings.Split(decode(data), "\n")
	for i := 0; i < len(lines); {
		line := strings.TrimRightFunc(lines[i], unicode.IsSpace)
		if line == "" {
			i++
			continue
		}
		if i+1 < len(lines) && underline().MatchString(lines[i+1]) && !underline().MatchString(line) {
			level := 2
			if lines[i+1][0] == '=' {
				level = 1
			}
			o.heading(level, line)
			i += 2
			continue
		}
		isItem := bullet().MatchString(line)
		if isItem {
			line = bullet().ReplaceAllString(line, "")
		}
		var text strings.Builder
		text.WriteString(line)
		for i++; i < len(lines) && strings.TrimSpace(lines[i]) != "" && !bullet().MatchString(lines[i]); i++ {
			text.WriteByte(' ')
			text.WriteString(lines[i])
		}
		if isItem {
			o.item(0, text.String())
		} else {
			o.paragraph(text.String())
		}
	}
	return o.done()
}

// readCSV makes a block of each line, its cells under the names of their columns. Cells
// without a word of prose, such as numbers and codes, are left out.
func readCSV(_ context.Context, data []byte) ([]section, error) {
	text := decode(data)
	reader := csv.NewReader(strings.NewReader(text))
	reader.FieldsPerRecord, reader.LazyQuotes, reader.ReuseRecord = -1, true, true
	reader.Comma = delimiterOf(text)
	var sections []section
	for line := 0; ; line++ {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return sections, nil
		}
		if err != nil {
			return nil, ErrBroken
		}
		var words []string
		for _, cell := range record {
			if cell = oneLine(cell); strings.Contains(cell, " ") {
				words = append(words, cell)
			}
		}
		if line > 0 && len(words) > 0 {
			sections = append(sections, section{blocks: []block{{lines: words}}})
		}
	}
}

// delimiterOf finds the character between the cells by the first line.
func delimiterOf(text string) rune {
	first, _, _ := strings.Cut(text, "\n")
	best := ','
	for _, delimiter := range ";\t|" {
		if strings.Count(first, string(delimiter)) > strings.Count(first, string(best)) {
			best = delimiter
		}
	}
	return best
}

// pattern compiles a regular expression when it is first used; most starts of the program
// need none.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
