package openai

import (
	"strings"
	"unicode"

	goopenai "github.com/sashabaranov/go-openai"
)

// Limits are what a model takes, in tokens, as far as an endpoint has told; 0 is unknown.
type Limits struct {
	Context int // of the prompt and the answer together
	Answer  int // of the answer alone: the most that ChatRequest.MaxTokens may be
	Prompt  int // in an Error: how many tokens the endpoint counted in the prompt
}

// enoughPlain is how many answers without a thought show that a model doesn't think whose name
// suggests it.
const enoughPlain = 3

// Thinks reports whether the model thinks before it answers, by what its endpoint has shown and
// else by its name.
func (c *Client) Thinks() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.thinks || c.plain < enoughPlain && (Thinks(c.model) || c.learned.thinks())
}

// observe learns from an answer.
func (c *Client) observe(a ChatAnswer, thought bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case thought, a.ReasoningTokens > 0, hidden(a):
		c.thinks = true
	case a.Text != "" && a.UsageKnown:
		c.plain++
	}
}

// hiddenRoom is how many tokens an answer may be charged for what surrounds its text.
const hiddenRoom = 32

// hidden reports whether more tokens were charged than the text can have: a token is at least
// one byte. The model must have thought without saying so.
func hidden(a ChatAnswer) bool {
	return a.UsageKnown && a.CompletionTokens > len(a.Text)+hiddenRoom
}

// cut reports whether an endpoint counted fewer tokens than a prompt can be, and the size of the
// context that it was cut to, 0 for unknown. No common tokenizer makes one token of two words.
// Where Ollama cuts a prompt, its count is telling too: the context's size, or half of it and 2:
// https://github.com/ollama/ollama/issues/17427
func cut(q goopenai.ChatCompletionRequest, counted int) (short bool, context int) {
	const step = 1024 // of which people and programs make the sizes of contexts
	words := 0
	for _, m := range q.Messages {
		words += countWords(m.Content)
	}
	switch {
	case counted >= 2*step && counted%step == 0:
		context = counted
	case counted > step && (counted-2)%step == 0:
		context = 2 * (counted - 2)
	}
	if counted > 0 && counted < words || context > 0 && counted < words+words/4 {
		return true, context
	}
	return false, 0
}

// countWords counts the words of a text that have more than one letter.
func countWords(text string) int {
	n := 0
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(word) > 1 {
			n++
		}
	}
	return n
}
