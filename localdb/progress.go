package localdb

import (
	"context"
	"slices"
)

// changedAtOnce is how many messages one statement of a change deals with: few enough
// that its progress can be told several times a second, and so many that the
// statements themselves take no time.
const changedAtOnce = 10_000

type progressKey struct{}

// WithProgress has a change of many messages that is made with the context tell how
// far it is: done messages of total, on the goroutine of the change. A change of few
// tells nothing. When the context ends, the change is taken back whole.
func WithProgress(ctx context.Context, tell func(done, total int)) context.Context {
	return context.WithValue(ctx, progressKey{}, tell)
}

// progress counts what a change has done so far.
type progress struct {
	done, total int
	tell        func(done, total int) // nil where nobody asked
}

func progressIn(ctx context.Context) progress {
	tell, _ := ctx.Value(progressKey{}).(func(done, total int))
	return progress{tell: tell}
}

// begin is called before a change of total messages, and add with each part of it
// that is done.
func (p *progress) begin(total int) {
	p.done, p.total = 0, total
	p.add(0)
}

func (p *progress) add(n int) {
	p.done += n
	if p.tell != nil && p.total > changedAtOnce {
		p.tell(min(p.done, p.total), p.total)
	}
}

// inParts calls do with the ids in their order, as many at a time as one statement
// takes, and counts them. It stops at the first error.
func (tx *writeTx) inParts(ids []int64, do func(part []int64) error) error {
	if !slices.IsSorted(ids) { // so that each part lies together in the file
		ids = slices.Sorted(slices.Values(ids))
	}
	tx.progress.begin(len(ids))
	for part := range slices.Chunk(ids, changedAtOnce) {
		if err := do(part); err != nil {
			return err
		}
		tx.progress.add(len(part))
	}
	return nil
}
