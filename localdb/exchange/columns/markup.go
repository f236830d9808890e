package columns

import "seedbed/localdb/exchange"

// markup is what only a text in HTML has.
var markup = exchange.Pattern(`(?i)^\s*<(?:!doctype|html|body|div|p|span|table|br ?/?|b|strong|a|font)(?:\s[^<>]*)?>|</(?:p|div|span|a|b|strong|li|font)>|<br ?/?>|&nbsp;`)

// markedUp tells whether the messages of a column are HTML, as help desks keep them: more
// than half are.
func markedUp(records [][]string, column int) bool {
	cells, html := 0, 0
	for _, r := range records {
		if cell := cellAt(r, column); cell != "" {
			cells++
			if markup().MatchString(cell) {
				html++
			}
		}
	}
	return html*2 > cells
}
