package gen

import (
	"context"
	"errors"

	"seedbed/gen/knowledge"
	"seedbed/gen/llm"
	"seedbed/gen/phrases"
	"seedbed/localdb"
	"seedbed/localdb/neardup"
)

// builtinWriter writes without a network or a key. What it writes about a subject is one
// stream, the same for the same seed: skipping what is known resumes it where an earlier
// session ended.
type builtinWriter struct {
	phrases *phrases.Writer
}

// NewBuiltinWriter returns the writer that ships with the program. It fails with an
// [*llm.PlanError] for a language that it knows for no category at all.
func NewBuiltinWriter(language string, seed uint64) (Writer, error) {
	if err := checkLanguage(language, phrases.Languages("")); err != nil {
		return nil, err
	}
	w, err := phrases.New(language, seed, func() phrases.Index { return neardup.NewIndex() })
	return builtinWriter{w}, err
}

func (w builtinWriter) Info() llm.Info {
	return llm.Info{Name: builtinName, Price: llm.Free, Parallel: 1}
}

func (w builtinWriter) Query(Batch) (llm.Query, error) { return llm.Query{}, nil }

func (w builtinWriter) Write(_ context.Context, b Batch, known func(string) bool) (Draft, error) {
	general := subjectOfBatch(b)
	var err error
	var items []Item
	ask := func(passages []localdb.Passage, again int) error {
		subjects := make([]subject, len(passages))
		for i, p := range passages {
			about := general
			about.Passage, about.Again = knowledge.Subject(p), again
			subjects[i] = subject{about, p.ID}
		}
		more, err := inTurn(w.phrases, subjects, b.Count-len(items), known)
		items = append(items, more...)
		return err
	}
	// Every fact of every passage is asked about once before any is asked about again.
	for again := 0; len(b.Passages) > 0 && again < phrases.Askings && len(items) < b.Count && err == nil; again++ {
		if err = ask(b.Passages, again); err == nil && len(items) < b.Count {
			err = ask(b.Others(), again)
		}
	}
	if err == nil && len(items) == 0 && !b.Targeted {
		items, err = inTurn(w.phrases, []subject{{about: general}}, b.Count, known)
	}
	if err == nil && len(items) == 0 {
		err = ErrExhausted
	}
	return Draft{Items: items, Arrived: true, UsageKnown: true}, err
}

// subjectOfBatch is what a batch asks for, its passages aside.
func subjectOfBatch(b Batch) phrases.Subject {
	return phrases.Subject{
		Category: b.Category.Name, Bank: b.Category.Bank, Is: b.Category.Is, Examples: b.Category.Examples, Accepted: b.Accepted,
		Wanted: b.Wanted, Style: b.Style, Habits: b.Habits, Knowledge: b.Knowledge,
	}
}

// subject is what to write about, with the id of its passage or 0.
type subject struct {
	about   phrases.Subject
	passage int64
}

// inTurn takes a new message of each subject in turn, up to count, until all are exhausted.
func inTurn(w *phrases.Writer, subjects []subject, count int, known func(string) bool) (items []Item, err error) {
	for len(items) < count && len(subjects) > 0 {
		next := subjects[0]
		subjects = subjects[1:]
		text, err := fresh(w, next.about, known)
		switch {
		case errors.Is(err, phrases.ErrExhausted):
			continue
		case err != nil:
			return nil, err
		}
		items = append(items, Item{text, next.passage})
		subjects = append(subjects, next)
	}
	return items, nil
}

// fresh is the next message about a subject that isn't known yet.
func fresh(w *phrases.Writer, about phrases.Subject, known func(string) bool) (string, error) {
	for {
		texts, err := w.Write(about, 1)
		if err != nil {
			return "", err
		}
		if !known(texts[0]) {
			return texts[0], nil
		}
	}
}
