package gen

import (
	"context"
	"runtime"
	"slices"

	"seedbed/assets/crash"
	"seedbed/gen/questions"
	"seedbed/localdb"
)

// Statement is whether questions can be asked about a passage, as far as the program can
// tell.
type Statement uint8

// What a passage can be.
const (
	Askable    Statement = iota // every writer can ask
	NeedsModel                  // its language needs a language model
	Silent                      // it states nothing to ask about
)

// Knowledge is passages, read for what they state.
type Knowledge struct{ collection *questions.Collection }

// NewKnowledge prepares to read passages.
func NewKnowledge(passages []localdb.Passage) (*Knowledge, error) {
	texts := make([]questions.Passage, len(passages))
	for i, p := range passages {
		texts[i] = subjectOf(p)
	}
	collection, err := questions.NewCollection(texts)
	return &Knowledge{collection}, err
}

// Statements reads some of the passages, on all processors.
func (k *Knowledge) Statements(ctx context.Context, passages []localdb.Passage) ([]Statement, error) {
	found := make([]Statement, len(passages))
	workers := runtime.GOMAXPROCS(0)
	var reading crash.Group
	for worker := range workers {
		reading.Go(func() {
			for i := worker; i < len(passages) && ctx.Err() == nil; i += workers {
				switch p := passages[i]; {
				case !questions.Supports(p.Text):
					found[i] = NeedsModel
				case !k.collection.WorthAsking(subjectOf(p)):
					found[i] = Silent
				}
			}
		})
	}
	reading.Wait()
	return found, ctx.Err()
}

// QuestionCategory is the category whose messages ask about passages; not ok where there
// is none.
func QuestionCategory(categories []localdb.Category) (name string, ok bool) {
	at := slices.IndexFunc(categories, func(c localdb.Category) bool { return c.Kind == ragKind && !c.Archived })
	if at < 0 {
		return "", false
	}
	return categories[at].Name, true
}
