package phrases_test

import (
	"errors"
	"testing"

	"seedbed/gen/phrases"
	"seedbed/localdb/neardup"
)

// shipped are the categories with a bank.
var shipped = []string{"rag_query", "professional", "psychological", "learning", "social", "emotional", "aspirational", "chitchat"}

func newWriter(t testing.TB, seed uint64) *phrases.Writer {
	t.Helper()
	return newWriterIn(t, "en", seed)
}

func newWriterIn(t testing.TB, language string, seed uint64) *phrases.Writer {
	t.Helper()
	w, err := phrases.New(language, seed, func() phrases.Index { return neardup.NewIndex() })
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// write takes n messages, or as many as there are.
func write(t testing.TB, w *phrases.Writer, about phrases.Subject, n int) []string {
	t.Helper()
	texts, err := w.Write(about, n)
	if err != nil && !errors.Is(err, phrases.ErrExhausted) {
		t.Fatal(err)
	}
	return texts
}
