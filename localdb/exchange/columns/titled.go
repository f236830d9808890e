package columns

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	leastTitled  = 5  // records by which titles are told from the first message
	longestTitle = 40 // in bytes
)

// titled tells whether the first record has titles of columns that no program and no language
// is known to give: they are short, in the form of titles, and come once, whereas a column
// below them is of labels that all come again, and another of longer texts.
func titled(records [][]string) bool {
	head, below := records[0], records[1:]
	width := Width(head)
	if width < 2 || len(below) < leastTitled || width != UsualWidth(below) {
		return false
	}
	for i, cell := range head[:width] {
		if !isTitle(cell) || recurs(records, i) || slices.Contains(head[:i], cell) {
			return false
		}
	}
	labels, texts := false, false
	for i, cell := range head[:width] {
		labels = labels || allRecur(below, i)
		texts = texts || longerBelow(cell, below, i)
	}
	return labels && texts
}

// isTitle is true of a few words with a capital, where the script has any, and no punctuation
// of sentences.
func isTitle(cell string) bool {
	cell = strings.TrimSpace(cell)
	first, _ := utf8.DecodeRuneInString(cell)
	return cell != "" && len(cell) <= longestTitle && len(strings.Fields(cell)) <= 4 &&
		unicode.IsLetter(first) && !unicode.IsLower(first) && !strings.ContainsAny(cell, ".!?;,\"")
}

// allRecur is true of a column of short texts each of which comes again.
func allRecur(records [][]string, column int) bool {
	count := map[string]int{}
	for _, r := range records {
		cell := cellAt(r, column)
		if cell == "" || len(cell) > longestListed || isNumber(cell) {
			return false
		}
		count[cell]++
	}
	for _, n := range count {
		if n < 2 {
			return false
		}
	}
	return len(count) > 1
}

// longerBelow is true of a column most of whose texts have more words than its title.
func longerBelow(title string, records [][]string, column int) bool {
	longer := 0
	for _, r := range records {
		if cell := cellAt(r, column); len(strings.Fields(cell)) > len(strings.Fields(title)) && len(cell) > len(title) {
			longer++
		}
	}
	return longer*10 >= len(records)*8
}
