package knowledge

import (
	"context"
	"runtime"

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

// Reader reads passages for what they state.
type Reader struct{ collection *questions.Collection }

// NewReader prepares to read passages.
func NewReader(passages []localdb.Passage) (*Reader, error) {
	texts := make([]questions.Passage, len(passages))
	for i, p := range passages {
		texts[i] = Subject(p)
	}
	collection, err := questions.NewCollection(texts)
	return &Reader{collection}, err
}

// Statements reads some of the passages, on all processors.
func (r *Reader) Statements(ctx context.Context, passages []localdb.Passage) ([]Statement, error) {
	found := make([]Statement, len(passages))
	workers := runtime.GOMAXPROCS(0)
	var reading crash.Group
	for worker := range workers {
		reading.Go(func() {
			for i := worker; i < len(passages) && ctx.Err() == nil; i += workers {
				switch p := passages[i]; {
				case !questions.Supports(p.Text):
					found[i] = NeedsModel
				case !r.collection.WorthAsking(Subject(p)):
					found[i] = Silent
				}
			}
		})
	}
	reading.Wait()
	return found, ctx.Err()
}
