package shell

import (
	"context"
	"sync"
	"time"
)

// Loader reads what a page shows, off the main goroutine and one reading at a time.
// Asked again meanwhile it reads once more afterwards, so that fast typing or
// scrolling piles nothing up. A reading that fails is told in a dialog.
type Loader struct {
	window *Window
	begin  func() (read func(context.Context) error, show func(error))

	busy, again bool
}

// NewLoader makes a loader. Begin notes on the main goroutine what is to be read, and
// may return nil for nothing; show gets the result on the main goroutine, unless the
// dataset was closed meanwhile. Failed is the dialog's title; without one a failure is
// only logged.
func NewLoader[T any](w *Window, failed string, begin func() func(context.Context) (T, error), show func(T)) *Loader {
	return &Loader{window: w, begin: func() (func(context.Context) error, func(error)) {
		read := begin()
		if read == nil {
			return nil, nil
		}
		var result T
		return func(ctx context.Context) (err error) {
				result, err = read(ctx)
				return err
			}, func(err error) {
				switch {
				case err == nil:
					show(result)
					w.fitPage()
					w.refreshMenu()
				case failed == "":
					LogError("reading what the window shows", err)
				default:
					w.Fail(failed, err)
				}
			}
	}}
}

// Load reads now, or once more after the reading under way.
func (l *Loader) Load() {
	if l.busy {
		l.again = true
		return
	}
	read, show := l.begin()
	if read == nil {
		return
	}
	l.busy = true
	l.window.Jobs.RunSilently(read, func(err error) {
		l.busy = false
		show(err)
		if l.again {
			l.again = false
			l.Load()
		}
	})
}

// Pending reports whether there will be another reading after the one under way.
func (l *Loader) Pending() bool { return l.again }

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
