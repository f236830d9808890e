package shell

import (
	"sync"
	"time"
)

// latestEvery is how often a Latest hands its value on; Fyne's queue has no bound, so
// what comes faster is folded into the newest.
const latestEvery = 100 * time.Millisecond

// Latest hands values to the main goroutine at most ten times a second, and never loses
// the last one.
type Latest[T any] struct {
	post func(func())
	show func(T)

	mu      sync.Mutex
	value   T
	waiting bool
	last    time.Time
}

// NewLatest hands values to show by post.
func NewLatest[T any](post func(func()), show func(T)) *Latest[T] {
	return &Latest[T]{post: post, show: show}
}

// Set hands on a value; any goroutine may call it.
func (l *Latest[T]) Set(value T) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.value = value
	if l.waiting {
		return
	}
	l.waiting = true
	time.AfterFunc(time.Until(l.last.Add(latestEvery)), func() { l.post(l.flush) })
}

func (l *Latest[T]) flush() {
	l.mu.Lock()
	value := l.value
	l.waiting, l.last = false, time.Now()
	l.mu.Unlock()
	l.show(value)
}
