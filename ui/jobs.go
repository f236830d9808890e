package ui

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"seedbed/localdb"
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
	cancel  context.CancelFunc
	gently  func() // ends it without loss of what is on its way; nil where cancel does
	awaited bool   // closing the dataset waits for it and does not stop it
}

// stop asks the job to end; what it finished is kept.
func (j *job) stop() {
	if j.gently != nil {
		j.gently()
		return
	}
	j.cancel()
}

// jobs runs work in the background and brings its news to the main goroutine.
// Tests replace start and post to run everything in order.
type jobs struct {
	start func(func())
	post  func(func())
	onRun func(j *job, p progress) // a job began or went on; main goroutine
	onEnd func(j *job)             // a job ended; main goroutine

	painting time.Duration // how long the window may need to paint a page

	age atomic.Int64 // grows when a dataset closes; older work has no news any more

	mu      sync.Mutex
	running map[*job]struct{}
	working int // what is under way, quiet or not
	idle    *sync.Cond
	see     func(running, working int) // nil where nobody watches
}

func newJobs(post func(func())) *jobs {
	j := &jobs{
		start:   func(f func()) { go f() },
		post:    post,
		onRun:   func(*job, progress) {},
		onEnd:   func(*job) {},
		running: map[*job]struct{}{},

		painting: paintingTime,
	}
	j.idle = sync.NewCond(&j.mu)
	return j
}

// run starts work and calls done with its error on the main goroutine. Work
// that was stopped ends with context.Canceled, which done may show as it likes. Where
// the dataset was closed meanwhile, done is not called.
func (s *jobs) run(title string, work func(ctx context.Context, report func(progress)) error, done func(error)) *job {
	ctx, cancel := context.WithCancel(context.Background())
	j := &job{cancel: cancel}
	s.begin(j)
	s.post(func() { s.onRun(j, progress{what: title}) })
	s.carryOut(ctx, j, work, done)
	return j
}

// change is run for a person's change of the dataset. Mostly it is done at once, so it
// has a place in the status bar only from when it tells how far it is. Closing the
// dataset waits for it.
func (s *jobs) change(title string, change func(ctx context.Context) error, done func(error)) {
	ctx, cancel := context.WithCancel(context.Background())
	j := &job{cancel: cancel, awaited: true}
	s.carryOut(ctx, j, func(ctx context.Context, report func(progress)) error {
		return change(localdb.WithProgress(ctx, func(done, total int) {
			s.begin(j)
			report(progress{what: title, done: done, total: total})
		}))
	}, done)
}

// begin counts a job among those that run.
func (s *jobs) begin(j *job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running[j] = struct{}{}
	s.tell()
}

// carryOut does a job's work and brings its news to the main goroutine.
func (s *jobs) carryOut(ctx context.Context, j *job, work func(ctx context.Context, report func(progress)) error, done func(error)) {
	ended := false // main goroutine
	news := newLatest(s.post, func(p progress) {
		if !ended {
			s.onRun(j, p)
		}
	})
	s.work(func() error { return work(ctx, news.set) }, func() {
		ended = true
		s.onEnd(j)
	}, done, func() {
		j.cancel()
		delete(s.running, j)
	})
}

// watch has somebody told now, and whenever work begins or ends, how many jobs run and
// how much is under way with the quiet work. See is called with s locked.
func (s *jobs) watch(see func(running, working int)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.see = see
	s.tell()
}

func (s *jobs) tell() {
	if s.see != nil {
		s.see(len(s.running), s.working)
	}
}

// quietly is run for short work that needs no place in the status bar.
func (s *jobs) quietly(work func(ctx context.Context) error, done func(error)) {
	s.work(func() error { return work(context.Background()) }, func() {}, done, func() {})
}

// aside is quietly for work that looks around and has no need of the dataset: nobody
// waits for it when the dataset closes.
func (s *jobs) aside(work func(ctx context.Context) error, done func(error)) {
	age := s.age.Load()
	s.start(func() {
		err := work(context.Background())
		s.post(func() {
			if s.age.Load() == age {
				done(err)
			}
		})
	})
}

// work does work and brings its end to the main goroutine. Its news is on the way
// before it counts as ended.
func (s *jobs) work(work func() error, end func(), done func(error), forget func()) {
	age := s.age.Load()
	s.mu.Lock()
	s.working++
	s.tell()
	s.mu.Unlock()
	s.start(func() {
		err := work()
		s.post(func() {
			end()
			if s.age.Load() == age {
				done(err)
			}
		})
		s.mu.Lock()
		defer s.mu.Unlock()
		forget()
		s.working--
		s.tell()
		s.idle.Broadcast()
	})
}

// paintingTime is how long the window may need to paint a page for the first time.
const paintingTime = 150 * time.Millisecond

// later calls do on the main goroutine once what is shown now is on the screen, for
// work that would slow that down. Where the dataset was closed meanwhile, it doesn't.
func (s *jobs) later(do func()) {
	s.aside(func(context.Context) error {
		time.Sleep(s.painting)
		return nil
	}, func(error) { do() })
}

// atRest reports whether all work has ended and put its news on the way, but for that
// done later or aside.
func (s *jobs) atRest() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.working == 0
}

// leave stops every job but changes, waits until each has put down what it had, and
// then does last; no work that began before has news any more.
func (s *jobs) leave(last func() error, done func(error)) {
	s.age.Add(1)
	s.start(func() {
		s.mu.Lock()
		for j := range s.running {
			if !j.awaited {
				j.cancel()
			}
		}
		for s.working > 0 {
			s.idle.Wait()
		}
		s.mu.Unlock()
		err := last()
		s.post(func() { done(err) })
	})
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
