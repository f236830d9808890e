package prompt

import (
	"strings"

	"seedbed/gen/openai/quote"
)

// LongestPassage is how many bytes of a passage are quoted: enough for two questions.
const LongestPassage = 2000

// quotePassage keeps a passage inside its tags: whatever it says, it can't end them.
func quotePassage(text string) string {
	return quote.Block(Shortened(text, LongestPassage))
}

// Shortened is a text of at most so many bytes, and a sign that there is more.
func Shortened(text string, most int) string {
	if len(text) > most {
		text = strings.TrimSuffix(strings.ToValidUTF8(text[:most], ""), " …") + " …"
	}
	return text
}

// quoteTitle keeps a passage's title inside its attribute.
func quoteTitle(title string) string {
	title = strings.Join(strings.Fields(title), " ")
	return strings.ReplaceAll(quotePassage(title), `"`, "'")
}
