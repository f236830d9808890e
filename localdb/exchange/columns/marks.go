package columns

import (
	"regexp"
	"slices"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// mark is a column that stands for a category: it is marked where a message has that.
type mark struct {
	column int
	label  string
}

// markStyle is how the cells of such columns say yes and no.
type markStyle int

const (
	noMarks     markStyle = iota
	blankMarks            // nothing stands in the column so far
	digitMarks            // 1 and 0, or nothing
	wordMarks             // true and false, yes and no
	crossMarks            // a cross or a tick, or nothing
	maxMarkName = 60
)

var crosses = wordSet("x ✓ ✔ ✗ ✘ ☑ ☒ ● • * + ■ ×")

// marked tells whether a cell is marked, and in which style.
func marked(cell string) (set bool, style markStyle) {
	word := strings.ToLower(strings.TrimSpace(cell))
	switch {
	case word == "" || word == "☐" || word == "-":
		return false, blankMarks
	case word == "1" || word == "1.0":
		return true, digitMarks
	case word == "0" || word == "0.0":
		return false, digitMarks
	case crosses[word]:
		return true, crossMarks
	case len(word) > 1 && yesWords[word], word == "y", word == "j":
		return true, wordMarks
	case len(word) > 1 && noWords[word], word == "n":
		return false, wordMarks
	case NoLabel(word):
		return false, blankMarks
	}
	return false, noMarks
}

// flagNames are columns of yes and no that say something else of a message than what it
// is about.
var (
	flagNames = wordSet(`resolved solved closed open escalated vip urgent read seen unread answered replied deleted verified active inactive flagged attachment
		attachments public private internal favourite favorite starred edited pinned archived retweet quote reply truncated enabled disabled new test
		train duplicate handled processed assigned gelöst erledigt offen geschlossen gelesen dringend beantwortet eskaliert bearbeitet aktiv résolu fermé ouvert lu
		résolue resuelto cerrado abierto leído urgente first firstcontact sla slabreached breached reopened successful success optin consent valid`)
	flagPrefix = regexp.MustCompile(`(?i)^(?:has|had|was|were|hat|war|contains|enthält|can|should|needs|did|does)[ _.-]`)
	isPrefix   = regexp.MustCompile(`(?i)^(?:is|ist|est|es)[ _.-]`)
)

// findMarks finds the columns that each stand for a category. Columns of yes and no may
// mean anything, so that many rows have to show that they exclude one another.
func (c *Columns) findMarks(records [][]string, taken []bool, chosen map[string]exchange.Field) {
	for i, column := range c.List {
		if chosen[column.Name] == exchange.Marked {
			c.marks = append(c.marks, mark{i, column.Name})
		}
	}
	if len(c.marks) == 0 && c.header != nil && c.at[exchange.Category] < 0 && !slices.ContainsFunc(c.List, func(l exchange.Column) bool { return chosen[l.Name] == exchange.Category }) {
		for _, group := range c.markGroups(records, taken) {
			if c.excludeOneAnother(records, group) && len(group) > len(c.marks) {
				c.marks = group
			}
		}
	}
	if c.at[exchange.Category] >= 0 {
		c.marks = nil
	}
	prefix := c.markPrefix()
	for i, m := range c.marks {
		taken[m.column] = true
		c.List[m.column].Use = exchange.Marked
		c.marks[i].label = strings.TrimSpace(m.label[len(prefix):])
	}
}

// markGroups gives the columns of yes and no by their style. Blank ones belong to those
// among which they stand.
func (c *Columns) markGroups(records [][]string, taken []bool) [][]mark {
	groups := make([][]mark, crossMarks+1)
	var blank []mark
	last := noMarks
	for i, column := range c.List {
		style := styleOf(records, i)
		name := strings.TrimSpace(c.header[min(i, len(c.header)-1)])
		bare := exchange.Fold(isPrefix.ReplaceAllString(name, ""))
		if taken[i] || name == "" || len(name) > maxMarkName || style == noMarks || flagNames[bare] || flagPrefix.MatchString(name) {
			last, blank = noMarks, nil
			continue
		}
		m := mark{i, column.Name}
		if style == blankMarks {
			if last != noMarks {
				blank = append(blank, m)
			}
			continue
		}
		if style == last {
			groups[style] = append(groups[style], blank...)
		}
		blank, last = nil, style
		groups[style] = append(groups[style], m)
	}
	return groups
}

func styleOf(records [][]string, column int) markStyle {
	style := blankMarks
	for _, r := range records {
		if column >= len(r) {
			continue
		}
		_, s := marked(r[column])
		switch {
		case s == blankMarks || s == style:
		case style != blankMarks:
			return noMarks
		default:
			style = s
		}
	}
	return style
}

// What shows that columns stand for categories: so many rows with one of them, and so many
// of all rows with not more than one.
const (
	leastMarked     = 3
	shareOfOne      = 0.9  // where there are but two columns, all rows have one
	shareOfAtMost   = 0.75 // of three columns and more
	shareOfLabelled = 0.4
)

func (c *Columns) excludeOneAnother(records [][]string, group []mark) bool {
	one, none, several := 0, 0, 0
	used := map[int]bool{}
	for _, r := range records {
		set := 0
		for _, m := range group {
			if m.column < len(r) {
				if yes, _ := marked(r[m.column]); yes {
					set++
					used[m.column] = true
				}
			}
		}
		switch set {
		case 0:
			none++
		case 1:
			one++
		default:
			several++
		}
	}
	all := one + none + several
	named := FieldOf(strings.TrimRight(prefixOf(group), "._- ")) == exchange.Category // intent_greet, intent_bye
	switch {
	case len(group) < 2 || len(used) < 2 || one < leastMarked:
		return false
	case named:
		return true
	case len(group) == 2:
		return one == all && all > leastMarked
	case isPrefix.MatchString(group[0].label) || float64(one) >= shareOfOne*float64(all):
		return float64(one) >= shareOfOne*float64(all)
	}
	return float64(one+none) >= shareOfAtMost*float64(all) && float64(one) >= shareOfLabelled*float64(one+several)
}

// markPrefix is what all names of the marked columns begin with where that says that they
// are categories: "intent_", "labels.".
func (c *Columns) markPrefix() string {
	prefix := prefixOf(c.marks)
	if bare := strings.TrimRight(prefix, "._- :="); FieldOf(bare) == exchange.Category || isPrefix.MatchString(prefix) && len(prefix) <= len("ist_") {
		return prefix
	}
	return ""
}

// prefixOf is what all names begin with, up to a sign between words; "" for nothing.
func prefixOf(marks []mark) string {
	if len(marks) < 2 {
		return ""
	}
	end := strings.IndexAny(marks[0].label, "._- :=")
	if end < 0 {
		return ""
	}
	prefix := marks[0].label[:end+1]
	for _, m := range marks {
		if !strings.HasPrefix(m.label, prefix) || len(m.label) == len(prefix) {
			return ""
		}
	}
	return prefix
}

// markedLabel is the category whose column is marked; none where several are.
func (c *Columns) markedLabel(record []string) (label string, note i18n.Text) {
	n := 0
	for _, m := range c.marks {
		if m.column < len(record) {
			if set, _ := marked(record[m.column]); set {
				label = m.label
				n++
			}
		}
	}
	if n > 1 {
		return "", exchange.SeveralLabels
	}
	return label, note
}
