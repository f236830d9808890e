package gen

import (
	"context"
	"errors"
)

// Writer makes messages. Write may be called from several goroutines at once, as
// many as About allows.
type Writer interface {
	About() About
	// Worst is the most that one batch can be charged for.
	Worst(Batch) (Usage, error)
	// Write asks for a batch once, without retries. Known tells the texts that the
	// dataset has or the run has refused, for a writer that can choose; only one that
	// writes one batch at a time may call it. A draft that came with an error holds
	// what arrived all the same.
	Write(ctx context.Context, b Batch, known func(text string) bool) (Draft, error)
}

// About is what a run has to know of its writer.
type About struct {
	Name     string // "builtin" or "openai"
	Model    string // "" for a writer without one
	Price    *Price // nil: nobody knows
	Parallel int    // requests at a time, at most
}

// Draft is what a writer made of a batch, before the filter.
type Draft struct {
	Items   []Item
	Asked   string // all that a model was told, for recognising an echo of it
	Arrived bool   // an answer came, good or bad, and may have been charged for

	Usage
	UsageKnown bool
}

// Item is one message of a draft.
type Item struct {
	Text      string
	PassageID int64 // the passage it asks about; 0 for none
}

// ErrDry says that a writer has nothing new left for a category.
var ErrDry = errors.New("the writer has run dry")
