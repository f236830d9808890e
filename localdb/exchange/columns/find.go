package columns

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"seedbed/localdb/exchange"
)

// byName gives each field that has no column yet the one with its likeliest name.
func (c *Columns) byName(taken []bool, records [][]string) {
	best := [fieldCount]int{}
	var at [fieldCount]int
	for f := range at {
		at[f] = -1
	}
	for i, name := range c.header {
		k := c.meaningAt(i, name, records)
		if k.field != exchange.Ignore && !taken[i] && c.at[k.field] < 0 && (at[k.field] < 0 || k.rank < best[k.field]) {
			at[k.field], best[k.field] = i, k.rank
		}
	}
	for f, i := range at {
		if i >= 0 {
			c.at[f] = i
			taken[i] = true
		}
	}
	c.findRemarks(taken, at[exchange.Note])
	c.findAsked(taken, records)
	if c.ratesOtherLabel() {
		taken[c.at[exchange.Confidence]] = false
		c.at[exchange.Confidence] = -1
	}
}

// findAsked takes as the category the answers to a question of a form that asks for it
// ("Which topic is it about?"), where they come again.
func (c *Columns) findAsked(taken []bool, records [][]string) {
	if c.at[exchange.Category] >= 0 {
		return
	}
	for i, name := range c.header {
		words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) })
		if taken[i] || len(words) < 3 || !strings.ContainsAny(name, "?？") {
			continue
		}
		asks := slices.ContainsFunc(words, func(word string) bool { return known[exchange.Fold(word)].field == exchange.Category })
		if asks && comesAgain(records, i) {
			c.at[exchange.Category], taken[i] = i, true
			return
		}
	}
}

// comesAgain tells whether the texts of a column are short and at least one comes again.
func comesAgain(records [][]string, column int) bool {
	different, cells := map[string]bool{}, 0
	for _, r := range records {
		cell := cellAt(r, column)
		if len(cell) > longestListed {
			return false
		}
		if cell != "" {
			different[cell] = true
			cells++
		}
	}
	return len(different) < cells
}

// findRemarks takes a column called tags for one of tags, where another is the category; else
// it may be the category itself. Of a file without a column for messages, the notes may be
// the messages.
func (c *Columns) findRemarks(taken []bool, note int) {
	if note >= 0 && c.at[exchange.Message] < 0 {
		c.at[exchange.Note], taken[note] = -1, false
	}
	category := c.at[exchange.Category]
	for i, name := range c.header {
		if exchange.Fold(name) == "tags" && !taken[i] && category >= 0 && category != i && c.at[exchange.Tags] < 0 {
			c.at[exchange.Tags], taken[i] = i, true
		}
	}
}

// meaningAt gives what a column's name says it is for; Ignore where its values say otherwise.
func (c *Columns) meaningAt(column int, name string, records [][]string) meaning {
	k := meaningOf(name)
	if k.field == exchange.Confidence && rates(records, column) {
		return meaning{field: exchange.Ignore}
	}
	if c.isTracker() && exchange.Fold(name) == "summary" {
		k = meaning{exchange.Message, len(names[exchange.Message])} // where no issue is described
	}
	if k.field == exchange.Message && logsComments(records, column) {
		return meaning{field: exchange.Ignore}
	}
	if c.List[column].Example == "" {
		k.rank += len(names[exchange.Message]) // an empty column, if no other has such a name
	}
	return k
}

// ratesOtherLabel tells whether the confidence that was found is how sure a model is of
// another label than the category.
func (c *Columns) ratesOtherLabel() bool {
	score, category := c.at[exchange.Confidence], c.at[exchange.Category]
	if score < 0 || category < 0 || score >= len(c.header) || category >= len(c.header) {
		return false
	}
	of, label := parent(c.header[score]), parent(c.header[category])
	return of != label && strings.HasPrefix(exchange.Fold(of), "predict") && c.List[score].Use == exchange.Ignore
}

// rates is true of scores that aren't confidences, such as stars: most are above 1.
func rates(records [][]string, column int) bool {
	above, cells := 0, 0
	for _, r := range records {
		cell := cellAt(r, column)
		if cell == "" {
			continue
		}
		cells++
		if _, ok := parseConfidence(cell); !ok && isNumber(cell) {
			above++
		}
	}
	return above*2 >= cells && above > 0
}

// parent is the path of the object that a column is of.
func parent(name string) string { return name[:max(0, strings.LastIndex(name, "."))] }

// byContent finds a message in a file that does not name one: the column with
// the longest texts. Where no column has a name it first finds the confidence
// (numbers from 0 to 1) and the category (the same short texts again and again).
func (c *Columns) byContent(records [][]string, taken []bool) {
	take := func(f exchange.Field, column int) {
		if column >= 0 && c.at[f] < 0 {
			c.at[f] = column
			taken[column] = true
		}
	}
	if guarded := c.guarded(records, taken); count(guarded, false) > 0 {
		take(exchange.Confidence, best(guarded, func(i int) int { return confidences(records, i) }))
		guarded = c.guarded(records, taken)
		if c.at[exchange.Message] >= 0 || count(guarded, false) > 1 {
			few := best(guarded, func(i int) int { return variety(records, i) })
			switch {
			case c.namesSpeakers(records, few):
				take(exchange.Role, few)
			case !sentences(records, few):
				take(exchange.Category, few)
			}
		}
	}
	take(exchange.Message, best(taken, func(i int) int { return -totalLength(records, i) }))
	if c.at[exchange.Category] < 0 && c.at[exchange.Role] < 0 && len(taken) == 2 && len(records) >= leastAnswers {
		other := 1 - c.at[exchange.Message]
		switch {
		case taken[other] || c.List[other].Use != exchange.Ignore || notCategories[exchange.Fold(c.List[other].Name)] || formBelow(records, other) != worded || !areLabels(records, other):
		case namesSides(records, other):
			take(exchange.Role, other)
		default:
			take(exchange.Category, other)
		}
	}
}

// namesSpeakers tells whether a column says who wrote a message.
func (c *Columns) namesSpeakers(records [][]string, column int) bool {
	return namesSides(records, column) || c.header == nil && logsChat(records, column)
}

// logsChat tells whether a table without a header has columns of times and of telephone
// numbers: what comes again in another is who wrote.
func logsChat(records [][]string, column int) bool {
	times, numbers := false, false
	if len(records) > 0 && !sentences(records, column) {
		for i := range records[0] {
			f := formBelow(records, i)
			times, numbers = times || f == moment, numbers || f == address && isPhone().MatchString(cellAt(records[0], i))
		}
	}
	return times && numbers
}

// guarded adds to the taken columns those that aren't guessed at, but for the message:
// those that the file names, and those of times or addresses.
func (c *Columns) guarded(records [][]string, taken []bool) []bool {
	out := slices.Clone(taken)
	for i := range out {
		f := formBelow(records, i)
		out[i] = out[i] || f == moment || f == address
	}
	for i := range min(len(out), len(c.header)) {
		out[i] = out[i] || !strings.HasPrefix(c.header[i], "column ") && !numberedName.MatchString(c.header[i])
	}
	return out
}

// isTracker tells whether a file is of issues, as Jira exports them.
func (c *Columns) isTracker() bool {
	return slices.ContainsFunc(c.header, func(name string) bool { return exchange.Fold(name) == "issuekey" })
}

// loggedComment is a comment as Jira exports it: when it was written, by whom, and its text.
var loggedComment = regexp.MustCompile(`^[^;\n]*\d[^;\n]*[:/.-][^;\n]*;[^;\n]{1,80};`)

// logsComments is true of a column of comments, each with its time and author.
func logsComments(records [][]string, column int) bool {
	cells, logged := 0, 0
	for _, r := range records {
		if cell := cellAt(r, column); cell != "" {
			cells++
			if loggedComment.MatchString(cell) {
				logged++
			}
		}
	}
	return logged > 0 && logged*10 >= cells*8
}

// best gives the free column with the least weight, the last of several; 0 is
// for columns that are out of the question. It is -1 where all are.
func best(taken []bool, weight func(column int) int) int {
	least, at := 0, -1
	for i := range taken {
		if taken[i] {
			continue
		}
		if w := weight(i); w != 0 && (at < 0 || w <= least) {
			least, at = w, i
		}
	}
	return at
}

func count(list []bool, value bool) (n int) {
	for _, v := range list {
		if v == value {
			n++
		}
	}
	return n
}

// confidences is 1 for a column of nothing but numbers from 0 to 1.
func confidences(records [][]string, column int) (one int) {
	for _, r := range records {
		if column >= len(r) || r[column] == "" {
			continue
		}
		if _, ok := parseConfidence(r[column]); !ok {
			return 0
		}
		one = 1
	}
	return one
}

func totalLength(records [][]string, column int) (n int) {
	for _, r := range records {
		if column < len(r) {
			n += len(r[column])
		}
	}
	if formBelow(records, column) != worded {
		return min(n, 1) // numbers, times and addresses are messages only where nothing else is
	}
	return n
}

// variety counts the different values of a column; 0 where one is too long for a category's name.
func variety(records [][]string, column int) int {
	seen := map[string]bool{}
	for _, r := range records {
		if column < len(r) && r[column] != "" {
			if len(r[column]) > 60 {
				return 0
			}
			seen[r[column]] = true
		}
	}
	return len(seen)
}

// sentences is true of a column of texts of which none comes again and that have more words
// than labels do.
func sentences(records [][]string, column int) bool {
	cells, words := 0, 0
	for _, r := range records {
		if cell := cellAt(r, column); cell != "" {
			cells++
			words += len(strings.Fields(cell))
		}
	}
	return cells > 1 && variety(records, column) == cells && words > 3*cells
}

// namesSides is true of a column of nothing but names for the sides of conversations.
func namesSides(records [][]string, column int) bool {
	var sides [exchange.OtherSide + 1]int
	for _, r := range records {
		if column >= 0 && column < len(r) && strings.TrimSpace(r[column]) != "" {
			sides[exchange.RoleSide(r[column])]++
		}
	}
	return sides[exchange.UserSide] > 0 && sides[exchange.OtherSide] > 0 && sides[exchange.NoSide] == 0
}
