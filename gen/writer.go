package gen

import (
	"context"
	"errors"

	"seedbed/gen/llm"
)

// Writer makes messages. Write may be called from as many goroutines at once as Info
// allows.
type Writer interface {
	Info() llm.Info
	// Query is what a request for a batch asks a model for; zero for a writer without one.
	Query(Batch) (llm.Query, error)
	// Write requests a batch once, without retries. Known reports, on any goroutine,
	// whether the dataset has a text or the run has discarded it, for a writer that can
	// choose. A draft that is returned with an error holds what arrived all the same.
	Write(ctx context.Context, b Batch, known func(text string) bool) (Draft, error)
}

// Draft is what a writer made of a batch, before the filter.
type Draft struct {
	Items   []Item
	Prompt  string // the whole prompt, to recognise echoes of it
	Arrived bool   // an answer came, good or bad, and may have been charged for
	Model   string // that answered, as the endpoint names it

	Usage      llm.Usage
	UsageKnown bool
	CostUSD    *float64 // as the endpoint says; nil where it doesn't
	Thoughts   int      // tokens of the usage that were thoughts
	Thinks     bool     // the model has shown that it thinks before it answers, or is known for it
	PromptCut  bool     // the endpoint read less than was sent
	Context    int      // the size of the context that the prompt was cut to; 0 for unknown
}

// Item is one message of a draft.
type Item struct {
	Text      string
	PassageID int64 // the passage it asks about; 0 for none
}

// ErrExhausted means that a writer has nothing new left for a category.
var ErrExhausted = errors.New("the writer has nothing new left")
