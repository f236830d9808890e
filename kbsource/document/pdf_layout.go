package document

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// pdfSections finds the headings and paragraphs among the lines of all pages.
func pdfSections(pages [][]fragment) ([]section, error) {
	for i, page := range pages {
		pages[i] = joinedLines(inReadingOrder(page, 0))
	}
	s := newStyles(pages)
	r := paragraphReader{styles: s, hyphenated: hyphenatedWords(pages)}
	for i, page := range pages {
		r.page = i + 1
		for _, line := range page {
			r.line(line)
		}
	}
	r.end()
	return r.outline.done()
}

// joinedLines joins fragments that follow each other on the same line.
func joinedLines(fragments []fragment) []fragment {
	var lines []fragment
	for _, f := range fragments {
		f.text = readableText(f.text)
		if n := len(lines) - 1; n >= 0 && lines[n].y == f.y && f.x0 >= lines[n].x1 {
			l := &lines[n]
			if len(l.cells) == 0 {
				l.cells = []string{l.text}
			}
			l.cells = append(l.cells, f.text)
			l.text += " " + f.text
			l.x1, l.size, l.bold = f.x1, max(l.size, f.size), l.bold && f.bold
			continue
		}
		lines = append(lines, f)
	}
	return lines
}

// readableText takes ligatures apart and removes what a font can't name.
func readableText(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\uFFFD', unicode.Is(unicode.Co, r), unicode.IsControl(r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, text)
	if !strings.ContainsFunc(text, func(r rune) bool { return r >= '\uFB00' && r <= '\uFB06' }) {
		return text
	}
	return norm.NFKC.String(text)
}

// styles tells headings from text by the sizes of their fonts.
type styles struct {
	body     float64   // the size of most of the text
	bold     bool      // most of the text is bold
	headings []float64 // the sizes of headings, the largest first
}

func newStyles(pages [][]fragment) styles {
	bySize, bold, all := map[float64]int{}, 0, 0
	for _, page := range pages {
		for _, line := range page {
			n := len(line.text)
			bySize[rounded(line.size)] += n
			if all += n; line.bold {
				bold += n
			}
		}
	}
	s := styles{bold: 2*bold > all}
	most := 0
	for size, n := range bySize {
		if n > most || n == most && size < s.body {
			s.body, most = size, n
		}
	}
	for size := range bySize {
		if size >= 1.1*s.body {
			s.headings = append(s.headings, size)
		}
	}
	slices.Sort(s.headings)
	slices.Reverse(s.headings)
	return s
}

func rounded(size float64) float64 { return math.Round(2*size) / 2 }

// level is that of a heading; 0 means that a line is none.
func (s styles) level(line fragment) int {
	n := utf8.RuneCountInString(line.text)
	if n > maxHeading || !strings.ContainsFunc(line.text, unicode.IsLetter) {
		return 0
	}
	if at := slices.Index(s.headings, rounded(line.size)); at >= 0 {
		return at + 1
	}
	if line.bold && !s.bold && n <= 80 && rounded(line.size) >= s.body && !strings.HasSuffix(line.text, ".") && !strings.HasSuffix(line.text, ":") {
		return len(s.headings) + 1
	}
	return 0
}

// paragraphReader joins lines to headings, paragraphs and items of lists.
type paragraphReader struct {
	outline    outline
	styles     styles
	hyphenated map[string]bool // words that have a hyphen within a line

	rows   [][]string // the lines with wide gaps that are being read
	page   int
	open   []string // the lines of the paragraph that is being read
	level  int      // of the heading that is being read; 0 if it is no heading
	item   bool
	before fragment
	from   int     // the page that it began on
	pitch  float64 // the distance between its lines
	width  float64 // of its widest line
}

func (r *paragraphReader) line(line fragment) {
	mark := bullet().FindString(line.text)
	if len(line.cells) > 1 && mark == "" {
		if len(r.rows) > 0 && len(line.cells) != len(r.rows[0]) || len(r.rows) == 0 {
			r.end()
		}
		r.rows, r.from = append(r.rows, line.cells), r.page
		return
	}
	level := r.styles.level(line)
	if len(r.rows) > 0 {
		r.end()
	}
	if len(r.open) > 0 && !r.continues(line, level, mark != "") {
		r.end()
	}
	if len(r.open) == 0 {
		r.level, r.item, r.from, r.pitch, r.width = level, mark != "" && level == 0, r.page, 0, 0
		if r.item {
			line.text = line.text[len(mark):]
		}
	} else if line.y < r.before.y {
		r.pitch = r.before.y - line.y
	}
	r.width = max(r.width, line.x1-line.x0)
	r.open = append(r.open, line.text)
	r.before = line
}

// continues reports whether a line goes on with the paragraph before it.
func (r *paragraphReader) continues(line fragment, level int, marked bool) bool {
	last := r.open[len(r.open)-1]
	ended := endsSentence(last)
	down := r.before.y - line.y
	newColumn := down < 0 || r.page != r.from && r.before.y < line.y
	switch {
	case level != r.level || marked:
		return false
	case newColumn && r.level > 0:
		return false
	case newColumn:
		return r.continuesInColumn(line, last)
	case math.Abs(line.size-r.before.size) > 0.15*r.styles.body && r.level == 0:
		return false
	case r.pitch > 0 && down > 1.3*r.pitch, down > 2.2*line.size:
		return false
	case r.level > 0:
		return true
	case r.item: // the lines of an item are indented
		return line.x0 > r.before.x0-0.5*line.size
	case ended && line.x0 > r.before.x0+0.7*line.size:
		return false
	case ended && r.before.x1-r.before.x0 < 0.7*r.width:
		return false
	}
	return true
}

// continuesInColumn reports whether the first line of a column or page goes on with the
// paragraph whose last line is before it.
func (r *paragraphReader) continuesInColumn(line fragment, last string) bool {
	if endsSentence(last) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(line.text)
	fullWidth := r.before.x1-r.before.x0 > 0.85*r.width
	return unicode.IsLower(first) || strings.HasSuffix(last, "-") || fullWidth && !r.item
}

func endsSentence(line string) bool {
	return strings.ContainsAny(line[len(line)-1:], ".!?:;") || strings.HasSuffix(line, "”") || strings.HasSuffix(line, "“")
}

// end adds what is open to the document.
func (r *paragraphReader) end() {
	rows, text := r.rows, joinLines(r.open, r.hyphenated)
	r.rows, r.open = nil, nil
	switch {
	case len(rows) > 0:
		r.startPage()
		r.table(rows)
	case text == "":
	case r.level > 0:
		r.outline.heading(r.level, text)
	case r.item:
		r.startPage()
		r.outline.item(0, text)
	default:
		r.startPage()
		r.outline.paragraph(text)
	}
}

// startPage starts a section for a page of a document without headings.
func (r *paragraphReader) startPage() {
	title := fmt.Sprintf("page %d", r.from)
	if n := len(r.outline.sections); len(r.outline.path) == 0 && (n == 0 || r.outline.sections[n-1].title != title) {
		r.outline.endList()
		r.outline.sections = append(r.outline.sections, section{title: title})
	}
}

// table adds lines with wide gaps: at least three with as many cells are a table, others
// may be anything, and stay as they are.
func (r *paragraphReader) table(rows [][]string) {
	if len(rows) >= 3 {
		r.outline.table(grid{rows: rows})
		return
	}
	for _, row := range rows {
		r.outline.paragraph(strings.Join(row, " "))
	}
}

// joinLines joins the lines of a paragraph, and the words that were hyphenated at their
// ends.
func joinLines(lines []string, hyphenated map[string]bool) string {
	var text strings.Builder
	for i, line := range lines {
		if line = strings.TrimSpace(line); i+1 < len(lines) {
			line = lineEnd(line, strings.TrimSpace(lines[i+1]), hyphenated)
		}
		text.WriteString(line)
	}
	return strings.TrimSpace(strings.ReplaceAll(text.String(), "\u00ad", ""))
}

// lineEnd is a line as it stands before the next in one paragraph.
func lineEnd(line, next string, hyphenated map[string]bool) string {
	var stem string
	switch {
	case strings.HasSuffix(line, "\u00ad"): // a soft hyphen
		return line
	case strings.HasSuffix(line, "-"):
		stem = strings.TrimSuffix(line, "-")
	case strings.HasSuffix(line, "‐"):
		stem = strings.TrimSuffix(line, "‐")
	default:
		return line + " "
	}
	head, word := lastWord(stem), firstWord(next)
	initial, _ := utf8.DecodeRuneInString(next)
	switch {
	case head == "": // a dash
		return line + " "
	case word == "und" || word == "oder" || word == "and" || word == "or" || word == "bzw": // "Arbeits- und Ruhezeit"
		return line + " "
	case !unicode.IsLower(initial), strings.HasSuffix(head, "-"), hyphenated[strings.ToLower(head+"-"+word)]:
		return line
	}
	return stem
}

// hyphenatedWords are the words of a document that have a hyphen within a line, which
// therefore keep it at the end of one.
func hyphenatedWords(pages [][]fragment) map[string]bool {
	found := map[string]bool{}
	for _, page := range pages {
		for _, line := range page {
			for _, word := range strings.Fields(line.text) {
				if word = strings.ToLower(strings.TrimFunc(word, notLetter)); strings.Contains(word, "-") {
					found[word] = true
				}
			}
		}
	}
	return found
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

func lastWord(text string) string {
	return text[strings.LastIndexFunc(text, func(r rune) bool { return notLetter(r) && r != '-' })+1:]
}

func firstWord(text string) string {
	if at := strings.IndexFunc(text, notLetter); at >= 0 {
		return text[:at]
	}
	return text
}
