package ui

import (
	"context"
	"errors"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// progressEvery is how often a job's progress reaches the window; Fyne's queue
// has no bound, so what comes faster is folded into the newest.
const progressEvery = 100 * time.Millisecond

// progress says how far a job is, with numbers.
type progress struct {
	what        string
	done, total int
}

// job is one piece of work off the main goroutine.
type job struct {
	title  string
	cancel context.CancelFunc
}

// stop asks the job to end; what it finished is kept.
func (j *job) stop() { j.cancel() }

// jobs runs work in the background and brings its news to the main goroutine.
// Tests replace start and post to run everything in order.
type jobs struct {
	start func(func())
	post  func(func())
	onRun func(j *job, p progress) // a job began or went on; main goroutine
	onEnd func(j *job)             // a job ended; main goroutine

	mu      sync.Mutex
	running map[*job]struct{}
	idle    *sync.Cond
}

func newJobs() *jobs {
	j := &jobs{
		start:   func(f func()) { go f() },
		post:    fyne.Do,
		onRun:   func(*job, progress) {},
		onEnd:   func(*job) {},
		running: map[*job]struct{}{},
	}
	j.idle = sync.NewCond(&j.mu)
	return j
}

// run starts work and calls done with its error on the main goroutine. Work
// that was stopped ends with context.Canceled, which done may show as it likes.
func (s *jobs) run(title string, work func(ctx context.Context, report func(progress)) error, done func(error)) *job {
	ctx, cancel := context.WithCancel(context.Background())
	j := &job{title: title, cancel: cancel}
	s.mu.Lock()
	s.running[j] = struct{}{}
	s.mu.Unlock()
	s.post(func() { s.onRun(j, progress{what: title}) })
	news := newLatest(s.post, func(p progress) { s.onRun(j, p) })
	s.start(func() {
		err := work(ctx, news.set)
		cancel()
		s.mu.Lock()
		delete(s.running, j)
		s.idle.Broadcast()
		s.mu.Unlock()
		s.post(func() {
			s.onEnd(j)
			done(err)
		})
	})
	return j
}

// quietly is run for short work that needs no place in the status bar.
func (s *jobs) quietly(work func(ctx context.Context) error, done func(error)) {
	s.start(func() {
		err := work(context.Background())
		s.post(func() { done(err) })
	})
}

// stopAll stops every job and waits until each has put down what it had.
func (s *jobs) stopAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for j := range s.running {
		j.cancel()
	}
	for len(s.running) > 0 {
		s.idle.Wait()
	}
}

// latest hands values on no faster than progressEvery and never loses the last one.
type latest[T any] struct {
	post func(func())
	show func(T)

	mu      sync.Mutex
	value   T
	waiting bool
	last    time.Time
}

func newLatest[T any](post func(func()), show func(T)) *latest[T] {
	return &latest[T]{post: post, show: show}
}

func (l *latest[T]) set(value T) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.value = value
	if l.waiting {
		return
	}
	l.waiting = true
	time.AfterFunc(time.Until(l.last.Add(progressEvery)), func() { l.post(l.flush) })
}

func (l *latest[T]) flush() {
	l.mu.Lock()
	value := l.value
	l.waiting, l.last = false, time.Now()
	l.mu.Unlock()
	l.show(value)
}

// stopped reports whether an error only says that a person stopped the work.
func stopped(err error) bool { return errors.Is(err, context.Canceled) }
