package ui

import "context"

// reader reads one thing at a time, off the main goroutine. Asked again meanwhile it
// reads once more afterwards, so that fast typing or scrolling piles nothing up.
type reader struct {
	jobs *jobs
	// begin notes on the main goroutine what is to be read; no work is fine.
	begin func() (work func(ctx context.Context) error, done func(error))

	busy, again bool
}

func (r *reader) read() {
	if r.busy {
		r.again = true
		return
	}
	work, done := r.begin()
	if work == nil {
		return
	}
	r.busy = true
	r.jobs.quietly(work, func(err error) {
		r.busy = false
		done(err)
		if r.again {
			r.again = false
			r.read()
		}
	})
}
