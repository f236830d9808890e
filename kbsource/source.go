// Package kbsource reads knowledge from a PostgreSQL table or a folder of documents, and real
// conversations from PostgreSQL. It never writes.
package kbsource

import (
	"context"
	"strings"
)

// Passage is a piece of knowledge text.
type Passage struct {
	Origin    string    // where it comes from: "host/database, table" or a file's name
	Ref       string    // the row's id, or file#part
	Title     string    // the heading above it; may be empty
	Text      string    // never empty, at most about MaxPassage characters
	Embedding []float32 // as stored beside it; nil if there is none or it was not requested
}

// Source is where passages can be read from.
type Source interface {
	// Describe names the source in a few words for people, without a password.
	Describe() string
	// Passages returns at most limit passages spread over the whole source.
	Passages(ctx context.Context, limit int) ([]Passage, error)
}

// MaxPassage is the most characters of a passage: about what a person reads at once and
// a small model still handles well.
const MaxPassage = 1200

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

// clean removes what can't be part of a text: NUL, invalid UTF-8 and the white space
// around it.
func clean(text string) string {
	return strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), ""))
}

// cutPassage splits a clean text into a passage of at most MaxPassage characters, which
// ends with a sentence or a word where possible, and the rest. The passage is empty
// only if the text is.
func cutPassage(text string) (passage, rest string) { return cutText(text, MaxPassage) }

// cutText splits a clean text as cutPassage does, after at most size characters.
func cutText(text string, size int) (first, rest string) {
	end, characters := len(text), 0
	for i := range text {
		if characters == size {
			end = i
			break
		}
		characters++
	}
	if end == len(text) {
		return text, ""
	}
	for _, separator := range []string{". ", "\n", " "} {
		if at := strings.LastIndex(text[:end], separator); at > end/2 {
			end = at + 1
			break
		}
	}
	return strings.TrimRight(text[:end], " \n"), strings.TrimSpace(text[end:])
}
