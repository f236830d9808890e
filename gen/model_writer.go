package gen

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"seedbed/gen/llm"
	"seedbed/gen/openai"
)

// tokensPerMessage is room for a message in an answer: most are about 20 tokens, a long
// one in a script of which a tokeniser makes a token of each letter about 100.
const tokensPerMessage = 100

// modelWriter writes with a language model.
type modelWriter struct {
	client *openai.Client
	info   llm.Info
}

// NewModelWriter returns a writer that uses the model behind an endpoint. Price is nil if
// it is unknown; see [llm.Prices.Of].
func NewModelWriter(client *openai.Client, price *llm.Price) Writer {
	return modelWriter{client, llm.InfoOf(client, price)}
}

// OpenModelWriter returns a writer that uses the model which [llm.OpenListed] chooses.
func OpenModelWriter(ctx context.Context, config openai.Config, own map[string]llm.Price) (Writer, error) {
	client, price, err := llm.OpenListed(ctx, config, own)
	if err != nil {
		return nil, err
	}
	return NewModelWriter(client, price), nil
}

func (w modelWriter) Info() llm.Info { return w.info }

func (w modelWriter) Query(b Batch) (llm.Query, error) {
	r, err := w.request(b)
	return llm.QueryOf(r, b.Count, tokensPerMessage), err
}

func (w modelWriter) request(b Batch) (openai.ChatRequest, error) {
	p, err := b.template.Fill(promptData(b))
	return openai.ChatRequest{
		ID:        fmt.Sprintf("batch-%d-%d", b.ID, b.RequestID),
		System:    p.System,
		User:      p.User,
		Schema:    openai.MessagesSchema(),
		Name:      "messages",
		MaxTokens: b.MaxTokens,
	}, err
}

func (w modelWriter) Write(ctx context.Context, b Batch, _ func(string) bool) (Draft, error) {
	request, err := w.request(b)
	if err != nil {
		return Draft{}, err
	}
	answer, err := w.client.Complete(ctx, request)
	draft := Draft{
		Prompt:     request.System + "\n" + request.User,
		Arrived:    answer.Arrived,
		Usage:      llm.Usage{Prompt: answer.PromptTokens, Completion: answer.CompletionTokens, Cached: answer.CachedTokens},
		UsageKnown: answer.UsageKnown,
		CostUSD:    answer.CostUSD,
		Thoughts:   answer.ReasoningTokens,
		Thinks:     w.client.Shown().Thinks,
		PromptCut:  answer.PromptCut,
	}
	if answer.Text == "" {
		return draft, err
	}
	texts, parseErr := openai.ParseItems(answer.Text)
	if err == nil {
		err = parseErr
	}
	for i, text := range texts {
		draft.Items = append(draft.Items, Item{text, passageOf(b, text, i, len(texts))})
	}
	return draft, err
}

// passageOf finds the passage that the ith of n messages asks about: the one it
// shares the most words with, else the one whose turn it is.
func passageOf(b Batch, text string, i, n int) int64 {
	if len(b.Passages) == 0 {
		return 0
	}
	turn := i * len(b.Passages) / n
	best, most := b.Passages[turn].ID, 0
	asked := contentWords(text)
	for at, p := range b.Passages {
		shared := 0
		for word := range contentWords(p.Title + " " + p.Text) {
			if asked[word] {
				shared += 2
			}
		}
		if at == turn {
			shared++ // decides a tie
		}
		if shared > most {
			best, most = p.ID, shared
		}
	}
	return best
}

// contentWords are the words of a text that are long enough to mean something.
func contentWords(text string) map[string]bool {
	words := map[string]bool{}
	for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if utf8.RuneCountInString(word) >= 4 {
			words[word] = true
		}
	}
	return words
}
