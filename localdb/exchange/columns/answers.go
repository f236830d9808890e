package columns

import (
	"strings"

	"seedbed/localdb/exchange"
)

// What language models were trained on in pairs: the text, and what the model is to write.
var (
	askedNames    = wordSet("prompt input instruction inputtext")
	answeredNames = wordSet("completion output outputtext targettext")
)

const leastAnswers = 4 // records by which answers that are labels are told from others

// findAnswers takes as the category what a model is to answer, where the answers are few and
// short, and finds the mark that stands behind each prompt.
func (c *Columns) findAnswers(records [][]string, taken []bool) {
	asked := c.at[exchange.Message]
	if c.at[exchange.Category] >= 0 || asked < 0 || asked >= len(c.header) || !askedNames[exchange.Fold(c.header[asked])] || len(records) < leastAnswers {
		return
	}
	for i, name := range c.header {
		if taken[i] || !answeredNames[exchange.Fold(name)] || !areLabels(records, i) {
			continue
		}
		c.at[exchange.Category], taken[i] = i, true
		c.promptEnd = promptEnd(records, asked)
		return
	}
}

// areLabels tells whether the texts of a column are short and come again.
func areLabels(records [][]string, column int) bool {
	different := map[string]bool{}
	for _, r := range records {
		cell := cellAt(r, column)
		if len(cell) > longestListed || strings.ContainsAny(cell, "\n.!?") {
			return false
		}
		different[cell] = true
	}
	return len(different)*2 <= len(records)
}

// promptEnds are what stands behind prompts to tell the model that they end, after OpenAI's
// guide to the fine-tuning of completions.
var promptEnds = []string{"\n\n###\n\n", "\n\n###", "###", "\n\n===>", " ===>", " =>", " ->", "->", "\n\nIntent:", "\nIntent:", "\n\nLabel:", "\nLabel:", "\n\nCategory:", "\nCategory:"}

func promptEnd(records [][]string, column int) string {
	for _, end := range promptEnds {
		all := true
		for _, r := range records {
			all = all && column < len(r) && strings.HasSuffix(r[column], end)
		}
		if all {
			return end
		}
	}
	return ""
}
