package check

import (
	"context"
	"sync"

	"seedbed/gen"
	"seedbed/gen/check"
	"seedbed/gen/intent"
	"seedbed/localdb"
)

// trained is a model of the dataset, and the dataset's messages to compare others with.
type trained struct {
	*intent.Model
	near     *gen.Neighbours
	revision uint64 // of the dataset that it learned from
}

// models keeps the newest model of the dataset: trained when it is first wanted, and
// again once the dataset has changed. It may be used from many goroutines.
type models struct {
	training sync.Mutex // one at a time

	mu     sync.Mutex
	newest *trained
}

// last is the newest model, which may be of an earlier revision; nil before there is one.
func (m *models) last() *trained {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.newest
}

// of is the model of the dataset as it is. It is slow where it has to be trained, and not
// for the main goroutine.
func (m *models) of(ctx context.Context, d *localdb.Dataset) (*trained, error) {
	m.training.Lock()
	defer m.training.Unlock()
	revision := d.Revision()
	if last := m.last(); last != nil && last.revision == revision {
		return last, nil
	}
	model, err := check.Train(ctx, d)
	if err != nil {
		return nil, err
	}
	near, err := gen.NewNeighbours(ctx, d)
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.newest = &trained{model, near, revision}
	return m.newest, nil
}
