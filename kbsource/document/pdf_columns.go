package document

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// fragment is a stretch of a line without a wide gap.
type fragment struct {
	x0, x1, y float64
	size      float64
	bold      bool
	text      string
	cells     []string // the texts of a line that has wide gaps
}

// wideGap is how wide a gap is, in sizes of the font, that splits a line: more than a
// space in a justified line, and less than what separates two columns.
const wideGap = 1.2

// fragmentsOf joins the strings on a page to fragments of lines, from the top down.
func fragmentsOf(runs []run) []fragment {
	slices.SortStableFunc(runs, func(a, b run) int { return cmp.Compare(b.y, a.y) })
	var fragments []fragment
	for len(runs) > 0 {
		n, size := 1, runs[0].size
		for n < len(runs) && runs[0].y-runs[n].y < 0.5*max(size, runs[n].size) {
			size = max(size, runs[n].size)
			n++
		}
		fragments = append(fragments, lineOf(runs[:n], size)...)
		runs = runs[n:]
	}
	return fragments
}

// lineOf joins the strings of one line. Small raised numbers are marks of footnotes.
func lineOf(runs []run, size float64) (line []fragment) {
	slices.SortStableFunc(runs, func(a, b run) int { return cmp.Compare(a.x0, b.x0) })
	base := 0.0 // the baseline of the line's largest characters
	for _, r := range runs {
		if r.size == size {
			base = r.y
		}
	}
	var text strings.Builder
	end := func() {
		if len(line) > 0 {
			line[len(line)-1].text = oneLine(text.String())
			text.Reset()
			if line[len(line)-1].text == "" {
				line = line[:len(line)-1]
			}
		}
	}
	open := false
	var before run
	for _, r := range runs {
		if strings.TrimSpace(r.text) == "" || r.size < 0.75*size && r.y > base+0.15*size && strings.Trim(r.text, "0123456789*†‡ ") == "" {
			if open {
				text.WriteByte(' ')
			}
			continue
		}
		if open && r.text == before.text && math.Abs(r.x0-before.x0) < 0.1*size { // drawn twice to look bold
			continue
		}
		before = r
		if !open || r.x0-line[len(line)-1].x1 > wideGap*size {
			end()
			line = append(line, fragment{x0: r.x0, x1: r.x1, y: base, size: r.size, bold: r.bold})
			open = true
		} else if r.x0-line[len(line)-1].x1 > 0.15*size {
			text.WriteByte(' ')
		}
		last := &line[len(line)-1]
		last.x1, last.size, last.bold = max(last.x1, r.x1), max(last.size, r.size), last.bold && r.bold
		text.WriteString(r.text)
	}
	end()
	return line
}

// edge is how many lines at the top and at the bottom of a page may be running heads.
const edge = 3

// dropRunningHeads removes page numbers, and lines at the top and bottom that are at the
// same height on several pages, whatever numbers are in them.
func dropRunningHeads(pages [][]fragment) {
	heads := runningHeadsOf(pages)
	for n, page := range pages {
		pages[n] = slices.Concat(heads.drop(linesOf(page))...)
	}
}

// runningHeads is what the pages of a document have in common at their top and bottom.
type runningHeads struct {
	pages int
	body  float64         // the size of most text
	seen  map[string]int  // on how many pages a line is at a place
	outer map[float64]int // how many pages begin or end at a height
}

func runningHeadsOf(pages [][]fragment) runningHeads {
	heads := runningHeads{len(pages), newStyles(pages).body, map[string]int{}, map[float64]int{}}
	for _, page := range pages {
		lines := linesOf(page)
		here := map[string]bool{}
		if len(lines) > 1 {
			heads.outer[height(lines[0])]++
			heads.outer[height(lines[len(lines)-1])]++
		}
		for i, line := range lines {
			if i < edge || i >= len(lines)-edge {
				here[placeOf(line)] = true
			}
		}
		for place := range here {
			heads.seen[place]++
		}
	}
	return heads
}

// drop returns the lines of a page without its running heads.
func (h runningHeads) drop(lines [][]fragment) [][]fragment {
	if len(lines) > 1 && h.isApart(lines[0], lines[1]) {
		lines = lines[1:]
	}
	if n := len(lines); n > 1 && h.isApart(lines[n-1], lines[n-2]) {
		lines = lines[:n-1]
	}
	for i := 0; i < edge && len(lines) > 0 && h.isHead(lines[0], i == 0); i++ {
		lines = lines[1:]
	}
	for i := 0; i < edge && len(lines) > 0 && h.isHead(lines[len(lines)-1], i == 0); i++ {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// isHead reports whether a line is on several pages, or is the number of its page.
func (h runningHeads) isHead(line []fragment, outermost bool) bool {
	count := h.seen[placeOf(line)]
	return count >= 3 || count == 2 && h.pages <= 4 || outermost && isPageNumber(textOfLine(line))
}

// isApart reports whether a line is at the height of other pages' heads, away from the
// line next to it. The name of a chapter is on few pages, but at the height of others.
func (h runningHeads) isApart(line, next []fragment) bool {
	n := h.outer[height(line)]
	return n >= 3 && 2*n >= h.pages && line[0].size <= h.body && math.Abs(line[0].y-next[0].y) > 2*h.body
}

// linesOf groups the fragments of a page by line.
func linesOf(page []fragment) (lines [][]fragment) {
	for len(page) > 0 {
		n := 1
		for n < len(page) && page[n].y == page[0].y {
			n++
		}
		lines = append(lines, page[:n])
		page = page[n:]
	}
	return lines
}

func textOfLine(line []fragment) string {
	texts := make([]string, len(line))
	for i, f := range line {
		texts[i] = f.text
	}
	return strings.Join(texts, " ")
}

// placeOf is a line's text without its numbers, and its height on the page.
func placeOf(line []fragment) string {
	text := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return r
	}, strings.ToLower(textOfLine(line)))
	return fmt.Sprint(text, " ", height(line))
}

// height is where a line is on the page, about.
func height(line []fragment) float64 { return math.Round(line[0].y / 4) }

func isPageNumber(text string) bool {
	text = strings.ToLower(strings.Trim(text, " -–—|[]()."))
	for _, word := range []string{"page", "seite", "p.", "s."} {
		text = strings.TrimSpace(strings.TrimPrefix(text, word))
	}
	for _, separator := range []string{" of ", " von ", "/", "|"} {
		if first, last, ok := strings.Cut(text, separator); ok {
			_, err := strconv.Atoi(strings.TrimSpace(last))
			if err != nil {
				return false
			}
			text = strings.TrimSpace(first)
			break
		}
	}
	n, err := strconv.Atoi(text)
	return err == nil && n < 10_000 || text != "" && len(text) <= 6 && strings.Trim(text, "ivxlc") == ""
}

// inReadingOrder orders the fragments of a page column by column. A line across the
// columns, such as a heading, comes before the columns below it.
func inReadingOrder(fragments []fragment, depth int) []fragment {
	gutter, ok := gutterOf(fragments)
	if !ok || depth == maxDepth {
		return fragments
	}
	var ordered, left, right []fragment
	flush := func() {
		ordered = append(append(ordered, inReadingOrder(left, depth+1)...), inReadingOrder(right, depth+1)...)
		left, right = nil, nil
	}
	for _, f := range fragments {
		switch {
		case f.x1 <= gutter:
			left = append(left, f)
		case f.x0 >= gutter:
			right = append(right, f)
		default:
			flush()
			ordered = append(ordered, f)
		}
	}
	flush()
	return ordered
}

const (
	minColumn   = 4   // lines of a column
	maxCrossing = 0.3 // the share of lines that may run across columns
	// minLine is how many characters half of the lines of a column have at least; a
	// table's columns mostly have fewer, and are read line by line.
	minLine = 15
)

// gutterOf finds where two columns of running text meet.
func gutterOf(fragments []fragment) (gutter float64, ok bool) {
	tried := map[int]bool{}
	best := 0
	for _, f := range fragments {
		x := f.x1 + 2
		if tried[int(x)] || len(tried) > 500 {
			continue
		}
		tried[int(x)] = true
		var left, right []fragment
		crossing := 0
		for _, g := range fragments {
			switch {
			case g.x1 <= x:
				left = append(left, g)
			case g.x0 >= x+2:
				right = append(right, g)
			default:
				crossing++
			}
		}
		score := min(len(left), len(right)) - crossing
		if min(len(left), len(right)) >= minColumn && float64(crossing) <= maxCrossing*float64(len(fragments)) && score > best && isColumn(left) && isColumn(right) && besideEachOther(left, right) {
			best, gutter, ok = score, x, true
		}
	}
	return gutter, ok
}

// isColumn reports whether lines are those of running text, which fill the column.
func isColumn(lines []fragment) bool {
	x0, x1, width := math.Inf(1), math.Inf(-1), 0.0
	long := 0
	for _, f := range lines {
		x0, x1, width = min(x0, f.x0), max(x1, f.x1), width+f.x1-f.x0
		if utf8.RuneCountInString(f.text) >= minLine {
			long++
		}
	}
	return 2*long >= len(lines) && width/float64(len(lines)) >= 0.5*(x1-x0)
}

// besideEachOther reports whether two sets of lines share most of the height of the
// lower one.
func besideEachOther(a, b []fragment) bool {
	topA, bottomA, topB, bottomB := a[0].y, a[len(a)-1].y, b[0].y, b[len(b)-1].y
	shared := min(topA, topB) - max(bottomA, bottomB)
	return shared >= 0.5*min(topA-bottomA, topB-bottomB)
}
