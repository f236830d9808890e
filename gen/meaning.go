package gen

import (
	"context"
	"fmt"
	"sync"

	"seedbed/gen/intent"
	"seedbed/localdb"
)

// Meanings finds messages of a dataset that say much the same in other words. It reads
// the dataset when it is first asked and again after a change, and may be used from many
// goroutines.
type Meanings struct {
	dataset *localdb.Dataset

	mu       sync.Mutex
	revision uint64
	ids      []int64
	places   map[int64]int
	meaning  *intent.Meaning // nil before the first question
}

// NewMeanings prepares to compare the messages of a dataset.
func NewMeanings(d *localdb.Dataset) *Meanings { return &Meanings{dataset: d} }

// LikeMessage is a message and how like another it is: 1 says the same, 0 something
// else altogether.
type LikeMessage struct {
	ID       int64
	Likeness float64
}

// MoreLike lists the n messages most like a message, the most like first, rejected ones
// left out.
func (m *Meanings) MoreLike(ctx context.Context, id int64, n int) ([]LikeMessage, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.read(ctx); err != nil {
		return nil, err
	}
	place, ok := m.places[id]
	if !ok {
		message, err := m.dataset.Message(ctx, id)
		if err != nil {
			return nil, err
		}
		return m.likes(m.meaning.MoreLike(message.Text, n)), nil
	}
	return m.likes(m.meaning.More(place, n)), nil
}

func (m *Meanings) likes(found []intent.Like) []LikeMessage {
	list := make([]LikeMessage, 0, len(found))
	for _, l := range found {
		if l.Likeness > 0 {
			list = append(list, LikeMessage{m.ids[l.Index], l.Likeness})
		}
	}
	return list
}

// Paraphrases maps each message that says what an earlier one says to that one.
func (m *Meanings) Paraphrases(ctx context.Context) (map[int64]LikeMessage, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.read(ctx); err != nil {
		return nil, err
	}
	found, err := m.meaning.Paraphrases(ctx, intent.AsParaphrase)
	if err != nil {
		return nil, err
	}
	of := make(map[int64]LikeMessage, len(found))
	for _, p := range found {
		of[m.ids[p.Index]] = LikeMessage{m.ids[p.Of], p.Likeness}
	}
	return of, nil
}

// read reads the messages where they changed since the last time.
func (m *Meanings) read(ctx context.Context) error {
	revision := m.dataset.Revision()
	if m.meaning != nil && m.revision == revision {
		return nil
	}
	var ids []int64
	var texts []string
	places := map[int64]int{}
	for message, err := range m.dataset.Messages(ctx, localdb.Filter{Statuses: []localdb.Status{localdb.ToReview, localdb.Accepted}}) {
		if err != nil {
			return err
		}
		places[message.ID] = len(ids)
		ids, texts = append(ids, message.ID), append(texts, message.Text)
	}
	meaning, err := intent.NewMeaning(texts)
	if err != nil {
		return fmt.Errorf("compare the messages: %w", err)
	}
	m.revision, m.ids, m.places, m.meaning = revision, ids, places, meaning
	return nil
}
