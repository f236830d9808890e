package gen

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"seedbed/gen/intent"
	"seedbed/localdb"
)

// Similar finds messages of a dataset that mean about the same as another one, by their
// words' meaning, in English. It reads all messages at its first search, and again
// after the dataset changed. It may be used from many goroutines.
type Similar struct {
	mu       sync.Mutex
	of       *localdb.Dataset
	revision uint64
	ids      []int64
	meaning  *intent.Meaning
}

// To returns the ids of up to n messages, the most like first, the message itself on
// top. The progress, which may be nil, reports how many of all messages are read.
func (s *Similar) To(ctx context.Context, d *localdb.Dataset, id int64, n int, progress func(done, total int)) ([]int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.read(ctx, d, progress); err != nil {
		return nil, err
	}
	place, ok := slices.BinarySearch(s.ids, id)
	if !ok {
		return nil, fmt.Errorf("message %d: %w", id, localdb.ErrNoMessage)
	}
	ids := []int64{id}
	for _, like := range s.meaning.More(place, n) {
		if like.Likeness > 0 { // without a word in common, or a similar one, it is not similar
			ids = append(ids, s.ids[like.Index])
		}
	}
	return ids, nil
}

// read takes the messages' meanings in, unless they are those of this revision.
func (s *Similar) read(ctx context.Context, d *localdb.Dataset, progress func(done, total int)) error {
	revision := d.Revision()
	if s.meaning != nil && s.of == d && s.revision == revision {
		return nil
	}
	counts, err := d.Counts(ctx)
	if err != nil {
		return err
	}
	s.ids, s.meaning = nil, nil
	var texts []string
	for m, err := range d.Messages(ctx, localdb.Filter{}) {
		if err != nil {
			return err
		}
		s.ids, texts = append(s.ids, m.ID), append(texts, m.Text)
		if progress != nil && len(texts)%10_000 == 0 {
			progress(len(texts), counts.Total)
		}
	}
	if s.meaning, err = intent.NewMeaning(texts); err != nil {
		return err
	}
	s.of, s.revision = d, revision
	return nil
}

// Paraphrase is a message that means the same as an earlier one.
type Paraphrase struct {
	Of       int64
	Likeness float64 // 1 for the same
}

// Paraphrases maps messages that mean the same as an earlier one to that one. The
// progress, which may be nil, reports how many of all messages are read.
func (s *Similar) Paraphrases(ctx context.Context, d *localdb.Dataset, progress func(done, total int)) (map[int64]Paraphrase, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.read(ctx, d, progress); err != nil {
		return nil, err
	}
	found, err := s.meaning.Paraphrases(ctx, intent.AsParaphrase)
	if err != nil {
		return nil, err
	}
	of := make(map[int64]Paraphrase, len(found))
	for _, p := range found {
		of[s.ids[p.Index]] = Paraphrase{s.ids[p.Of], p.Likeness}
	}
	return of, nil
}
