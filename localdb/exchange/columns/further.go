package columns

import (
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// findFurther finds the columns that are called like that of the category and hold further
// labels of a message, as Jira writes one column for each label.
func (c *Columns) findFurther(taken []bool) {
	category := c.at[exchange.Category]
	if category < 0 || category >= len(c.header) || c.List[category].Use == exchange.Category {
		return
	}
	for i, name := range c.header {
		if i != category && i < len(taken) && !taken[i] && strings.TrimSpace(name) == strings.TrimSpace(c.header[category]) {
			c.further = append(c.further, i)
			taken[i] = true
		}
	}
}

// withFurther gives the only label of a record that may have several.
func (c *Columns) withFurther(record []string, label string, note i18n.Text) (string, i18n.Text) {
	for _, i := range c.further {
		cell := cellAt(record, i)
		switch {
		case NoLabel(cell) || cell == label:
		case label == "":
			label = cell
		default:
			return "", exchange.SeveralLabels
		}
	}
	return label, note
}
