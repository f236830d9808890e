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

// tighter is the smaller of two limits each.
func (l Limits) tighter(o Limits) Limits {
	return Limits{Context: lower(l.Context, o.Context), Answer: lower(l.Answer, o.Answer)}
}

// lower is the smaller of two limits of which 0 is none.
func lower(a, b int) int {
	if a == 0 || b > 0 && b < a {
		return b
	}
	return a
}

// Shown is what an endpoint has shown of its model so far. It outweighs what a name suggests.
type Shown struct {
	Limits Limits // the tightest that errors told

	// Thinks is true for a model that thinks before it answers; Thoughts is the most tokens
	// that it has thought in one answer, 0 where none has shown any. They are charged, and
	// most endpoints count them towards ChatRequest.MaxTokens: leave room for them.
	Thinks   bool
	Thoughts int

	// Beyond is the most tokens that an answer was charged beyond its MaxTokens: where it is
	// not 0, thoughts aren't bound by that.
	Beyond int

	plain int // answers without any thought
}

// enoughPlain is how many answers without a thought show that a model doesn't think whose name
// suggests it.
const enoughPlain = 3

// Shown returns what the endpoint has shown of its model so far.
func (c *Client) Shown() Shown {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.shown
	s.Thinks = s.Thinks || s.plain < enoughPlain && (Thinks(c.model) || c.learned.thinks())
	return s
}

// observe learns from an answer.
func (c *Client) observe(r ChatRequest, a ChatAnswer, thought bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if thought = thought || a.ReasoningTokens > 0; thought || hidden(a) {
		c.shown.Thinks = true
		c.shown.Thoughts = max(c.shown.Thoughts, a.ReasoningTokens)
		if hidden(a) {
			c.shown.Thoughts = max(c.shown.Thoughts, a.CompletionTokens-len(a.Text))
		}
	} else if a.Text != "" && a.UsageKnown {
		c.shown.plain++
	}
	if r.MaxTokens > 0 {
		c.shown.Beyond = max(c.shown.Beyond, a.CompletionTokens-r.MaxTokens)
	}
}

// observeLimits learns from an error.
func (c *Client) observeLimits(l Limits) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shown.Limits = c.shown.Limits.tighter(l)
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
