package columns

import (
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// responses is where a table has what annotators answered to the question whose answer is the
// category, as Argilla 2 writes its records into tables: label.responses, label.responses.status,
// label.suggestion. A column that isn't there is -1.
type responses struct {
	question                                 string
	answers, status, suggestion, suggestedBy int
}

// findResponses takes the question whose name is the likeliest for a category; of several
// that say nothing, the first.
func (c *Columns) findResponses(taken []bool) {
	if c.at[exchange.Category] >= 0 && c.List[c.at[exchange.Category]].Use == exchange.Category { // as a person chose
		return
	}
	best := meaning{rank: 1 << 20}
	for _, name := range c.header {
		question, ok := strings.CutSuffix(strings.TrimSpace(name), ".responses")
		if !ok || c.named(question+".responses.status") < 0 && c.named(question+".suggestion") < 0 {
			continue
		}
		m := meaningOf(question)
		if m.field != exchange.Category {
			m.rank = 1 << 10
		}
		if m.rank < best.rank {
			best = m
			c.responses = &responses{question, c.named(question + ".responses"), c.named(question + ".responses.status"), c.named(question + ".suggestion"), c.named(question + ".suggestion.score")}
		}
	}
	if r := c.responses; r != nil {
		if before := c.at[exchange.Category]; before >= 0 {
			taken[before] = false
		}
		c.at[exchange.Category], taken[r.answers] = r.answers, true
		if score := c.at[exchange.Confidence]; score >= 0 && strings.HasPrefix(c.header[score], r.question+".") {
			c.at[exchange.Confidence] = -1 // of the suggestion, which counts only where nobody answered
		}
		for i, name := range c.header {
			taken[i] = taken[i] || strings.HasPrefix(name, r.question+".")
		}
	}
}

// named is the number of the column of a name; -1 for none.
func (c *Columns) named(name string) int {
	for i, has := range c.header {
		if strings.TrimSpace(has) == name {
			return i
		}
	}
	return -1
}

var (
	wasDiscarded = i18n.T("discarded by the annotator")
	disagree     = i18n.T("annotators disagree, so it has no category")
)

// discarded tells whether all who answered discarded the record.
func (r *responses) discarded(record []string) bool {
	status := listIn(record, r.status)
	for _, s := range status {
		if s != "discarded" {
			return false
		}
	}
	return len(status) > 0
}

// label gives the label on which all submitted responses agree; where there are none, that of
// the suggestion, with how sure it is.
func (r *responses) label(record []string) (label, score string, note i18n.Text) {
	answers, status := listIn(record, r.answers), listIn(record, r.status)
	submitted := map[string]bool{}
	for i, answer := range answers {
		if (i >= len(status) || status[i] == "submitted") && !NoLabel(answer) {
			submitted[answer] = true
			label = answer
		}
	}
	switch len(submitted) {
	case 0:
		if label = cellAt(record, r.suggestion); NoLabel(label) {
			return "", "", note
		}
		return label, cellAt(record, r.suggestedBy), note
	case 1:
		if several, ok := LabelList(label); ok && len(several) != 1 {
			return "", "", exchange.SeveralLabels
		} else if ok {
			label = several[0]
		}
		return label, "", note
	}
	return "", "", disagree
}

// listIn gives the values in a cell that holds one for each annotator, or the only one.
func listIn(record []string, column int) []string {
	cell := cellAt(record, column)
	if list, ok := LabelList(cell); ok {
		return list
	}
	if NoLabel(cell) {
		return nil
	}
	return []string{cell}
}
