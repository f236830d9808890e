package openai

import (
	"context"
	"errors"
	"sync"
	"time"
)

// patience is how long a client waits for the first byte of an answer, and then for the rest.
// Without a stream the first byte comes when the model has written all of it. What an endpoint
// shows counts more than where it is: patience doubles where it was too short, and covers a
// multiple of the longest wait that brought an answer.
type patience struct {
	mu   sync.Mutex
	now  time.Duration
	most time.Duration
}

// Patience covers answers that take slack times as long as one before, up to longest times what
// it was at first.
const (
	slack   = 4
	longest = 4
)

func newPatience(first time.Duration) *patience {
	return &patience{now: first, most: longest * first}
}

// errImpatient is why the context of a request ended that took too long.
var errImpatient = errors.New("it took too long")

// wait is a request that is waited for.
type wait struct {
	*patience
	given time.Duration
	begun time.Time
	timer *time.Timer
}

// wait returns a context that ends when the patience with a request does, and how to end it.
func (p *patience) wait(ctx context.Context) (context.Context, *wait, context.CancelFunc) {
	p.mu.Lock()
	defer p.mu.Unlock()
	ctx, cancel := context.WithCancelCause(ctx)
	w := &wait{patience: p, given: p.now, begun: time.Now()}
	w.timer = time.AfterFunc(w.given, func() { cancel(errImpatient) })
	return ctx, w, func() { w.timer.Stop(); cancel(nil) }
}

// more gives the rest of an answer as long as its first byte had.
func (w *wait) more() { w.timer.Reset(w.given) }

// done learns from an answer that came.
func (w *wait) done() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = min(max(w.now, slack*time.Since(w.begun)), w.most)
}

// tooShort learns from an answer that didn't come in time; of those that were waited for together,
// from one.
func (w *wait) tooShort() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.given == w.now {
		w.now = min(2*w.now, w.most)
	}
}
