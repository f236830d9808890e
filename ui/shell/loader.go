package shell

import (
	"context"
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
