package phrases_test

import (
	"errors"
	"io/fs"
	"slices"
	"testing"

	"seedbed/gen/phrases"
	"seedbed/localdb"
)

// shipped are the categories with a bank.
var shipped = []string{"rag_query", "professional", "psychological", "learning", "social", "emotional", "aspirational", "chitchat"}

func TestStreamsDoNotDependOnEachOther(t *testing.T) {
	about := phrases.Subject{Category: "social"}
	whole := write(t, newWriter(t, 42), about, 8)
	cut := newWriter(t, 42)
	first := write(t, cut, about, 3)
	write(t, cut, phrases.Subject{Category: "learning"}, 5)
	if got := append(first, write(t, cut, about, 5)...); !slices.Equal(got, whole) {
		t.Errorf("3 and 5 messages with others between them are\n%q\n8 at once are\n%q", got, whole)
	}
	if slices.Equal(write(t, newWriter(t, 43), about, 8), whole) {
		t.Error("another seed gives the same messages")
	}
}

func TestUnknownLanguage(t *testing.T) {
	_, err := phrases.New("tlh", 1, func() phrases.Index { return localdb.NewNearIndex() })
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want an error that says that there is no such language", err)
	}
}
