// Package kbsource reads knowledge from a PostgreSQL table or a folder of documents, and real
// conversations from PostgreSQL. It never writes.
package kbsource

import (
	"context"
)

// Passage is a piece of knowledge text.
type Passage struct {
	Origin    string    // where it comes from: "host/database, table" or a file's name
	Ref       string    // the row's id, or file#part
	Title     string    // the heading above it; may be empty
	Text      string    // never empty, at most about document.MaxPassage characters
	Embedding []float32 // as stored beside it; nil if there is none or it was not requested
}

// Source is where passages can be read from.
type Source interface {
	// Describe names the source in a few words for people, without a password.
	Describe() string
	// Passages returns at most limit passages spread over the whole source.
	Passages(ctx context.Context, limit int) ([]Passage, error)
}

// minPassage is the fewest characters of a passage worth asking about.
const minPassage = 40

// spread picks at most limit of the items at even distances.
func spread[T any](items []T, limit int) []T {
	if limit <= 0 || len(items) <= limit {
		return items
	}
	picked := make([]T, limit)
	for i := range picked {
		picked[i] = items[(2*i+1)*len(items)/(2*limit)]
	}
	return picked
}
