package gen

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"seedbed/gen/openai"
)

// The writer behind an endpoint sends at most this many requests at a time. A program
// on this computer has one processor to share.
const (
	parallelHosted = 32
	parallelLocal  = 4
)

// modelWriter writes with a language model.
type modelWriter struct {
	client *openai.Client
	about  About
}

// NewModelWriter is the writer behind an endpoint. Price is nil where nobody knows
// it; see [Prices.Of].
func NewModelWriter(client *openai.Client, price *Price) Writer {
	return modelWriter{client, aboutModel(client, price)}
}

// aboutModel is what there is to know of a model behind an endpoint.
func aboutModel(client *openai.Client, price *Price) About {
	about := About{Name: "openai", Model: client.Model(), Price: price, Parallel: parallelHosted}
	if openai.RunsHere(client.BaseURL()) {
		about.Parallel = parallelLocal
	}
	return about
}

func (w modelWriter) About() About { return w.about }

// Room for an answer, in tokens: a message is about 20, a wordy one in a script that
// a tokeniser takes apart letter by letter about 100. Some models think before they
// write.
const (
	tokensPerMessage  = 100
	tokensForForm     = 256
	tokensForThoughts = 4096
)

// framing is room for the tokens that an endpoint puts around the messages.
const framing = 256

func (w modelWriter) Worst(b Batch) (Usage, error) {
	r, err := w.request(b)
	return worstOf(r), err
}

// worstOf is the most that a request can be charged for. It relies on a token being a
// byte at the least, which holds for every byte-level tokeniser.
func worstOf(r openai.Request) Usage {
	return Usage{Prompt: len(r.System) + len(r.User) + len(r.Schema) + framing, Completion: r.MaxTokens}
}

func (w modelWriter) request(b Batch) (openai.Request, error) {
	p, err := newPrompt(b)
	room := tokensForForm + b.Count*tokensPerMessage
	if openai.Thinks(w.about.Model) {
		room += tokensForThoughts
	}
	return openai.Request{
		ID:        fmt.Sprintf("batch-%d-%d", b.ID, b.Request),
		System:    p.System,
		User:      p.User,
		Schema:    openai.MessagesSchema(),
		Name:      "messages",
		MaxTokens: room,
	}, err
}

func (w modelWriter) Write(ctx context.Context, b Batch, _ func(string) bool) (Draft, error) {
	request, err := w.request(b)
	if err != nil {
		return Draft{}, err
	}
	answer, err := w.client.Complete(ctx, request)
	draft := Draft{
		Asked:      request.System + "\n" + request.User,
		Arrived:    err == nil || answer.UsageKnown || answer.Text != "",
		Usage:      Usage{answer.PromptTokens, answer.CompletionTokens},
		UsageKnown: answer.UsageKnown,
	}
	if answer.Text == "" {
		return draft, err
	}
	texts, unreadable := openai.ParseItems(answer.Text)
	if err == nil {
		err = unreadable
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
