package shell

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"seedbed/assets/crash"
	"seedbed/localdb"
)

// Progress says how far a job is.
type Progress struct {
	What        string
	Done, Total int // 0 where that isn't known
}

// Job is one piece of work off the main goroutine, shown in the status bar.
type Job struct {
	// OnStop ends the job without losing what is in flight; nil where cancelling does.
	OnStop func()

	cancel  context.CancelFunc
	awaited bool // closing the dataset waits for it and does not stop it
}

// Stop asks the job to end; what it finished is kept.
func (j *Job) Stop() {
	if j.OnStop != nil {
		j.OnStop()
		return
	}
	j.cancel()
}

// Jobs runs work in the background and brings its results to the main goroutine.
// Where the dataset was closed meanwhile, results are dropped.
type Jobs struct {
	// Start begins work in the background, and Post calls something on the main
	// goroutine. Tests replace both to run everything in order.
	Start func(func())
	Post  func(func())
	// PaintTime is how long the window may need to paint a page for the first time.
	PaintTime time.Duration

	onProgress func(*Job, Progress) // a job began or went on; main goroutine
	onEnd      func(*Job)           // a job ended; main goroutine

	epoch atomic.Int64 // grows when a dataset closes

	mu       sync.Mutex
	running  map[*Job]struct{}
	changes  []func() // of the dataset, that wait for those before them
	changing bool
	working  int // what is under way, shown or not
	idle     *sync.Cond
	silent   context.Context // of the work that isn't shown
	cancel   context.CancelFunc
	watcher  func(running, working int) // nil where nobody watches
}

// NewJobs makes jobs that bring their results with post.
func NewJobs(post func(func())) *Jobs {
	s := &Jobs{
		Start: crash.Go,
		Post: func(do func()) {
			post(func() {
				defer crash.Catch()
				do()
			})
		},
		PaintTime: 150 * time.Millisecond,
		running:   map[*Job]struct{}{},
	}
	s.silent, s.cancel = context.WithCancel(context.Background())
	s.idle = sync.NewCond(&s.mu)
	return s
}

// Run starts work that the status bar shows, and calls done with its error on the main
// goroutine. Work that was stopped ends with context.Canceled.
func (s *Jobs) Run(title string, work func(ctx context.Context, report func(Progress)) error, done func(error)) *Job {
	ctx, cancel := context.WithCancel(context.Background())
	j := &Job{cancel: cancel}
	s.add(j)
	s.Post(func() { s.onProgress(j, Progress{What: title}) })
	run, end := s.reporting(ctx, j, work, done)
	s.begin()
	s.Start(func() { s.finish(run(), end, j) })
	return j
}

// change makes a person's change of the dataset, after those that were asked for
// before. Mostly it is done at once, so the status bar shows it only when it reports
// progress. Closing the dataset waits for it.
func (s *Jobs) change(title string, change func(ctx context.Context, report localdb.Report) error, done func(error)) {
	ctx, cancel := context.WithCancel(context.Background())
	j := &Job{cancel: cancel, awaited: true}
	run, end := s.reporting(ctx, j, func(ctx context.Context, report func(Progress)) error {
		return change(ctx, func(done, total int) {
			s.add(j)
			report(Progress{What: title, Done: done, Total: total})
		})
	}, done)
	s.begin()
	s.mu.Lock()
	s.changes = append(s.changes, func() { s.finish(run(), end, j) })
	first := !s.changing
	s.changing = true
	s.mu.Unlock()
	if first {
		s.Start(s.makeChanges)
	}
}

// makeChanges makes the changes that wait, one after the other.
func (s *Jobs) makeChanges() {
	for {
		s.mu.Lock()
		if len(s.changes) == 0 {
			s.changing = false
			s.mu.Unlock()
			return
		}
		next := s.changes[0]
		s.changes = s.changes[1:]
		s.mu.Unlock()
		next()
	}
}

// reporting gives work its progress in the status bar; end is for the main goroutine.
func (s *Jobs) reporting(ctx context.Context, j *Job, work func(ctx context.Context, report func(Progress)) error, done func(error)) (run func() error, end func(error)) {
	ended := false // main goroutine
	progress := NewLatest(s.Post, func(p Progress) {
		if !ended {
			s.onProgress(j, p)
		}
	})
	epoch := s.epoch.Load()
	return func() error { return try(func() error { return work(ctx, progress.Set) }) }, func(err error) {
		ended = true
		s.onEnd(j)
		if s.epoch.Load() == epoch {
			done(err)
		}
	}
}

// try does some work. A panic in it is told, and is its error.
func try(work func() error) error {
	err := crash.Try(work)
	if p := crash.In(err); p != nil {
		crash.Tell(p)
	}
	return err
}

// RunSilently is Run for short work that the status bar doesn't show. Closing the
// dataset cancels it and waits for its end.
func (s *Jobs) RunSilently(work func(ctx context.Context) error, done func(error)) {
	s.mu.Lock()
	ctx, epoch := s.silent, s.epoch.Load()
	s.mu.Unlock()
	s.begin()
	s.Start(func() {
		s.finish(try(func() error { return work(ctx) }), func(err error) {
			if s.epoch.Load() == epoch {
				done(err)
			}
		}, nil)
	})
}

// RunDetached is RunSilently for work that doesn't use the dataset: nobody waits for it
// when that closes.
func (s *Jobs) RunDetached(work func(ctx context.Context) error, done func(error)) {
	epoch := s.epoch.Load()
	s.Start(func() {
		err := try(func() error { return work(context.Background()) })
		s.Post(func() {
			if s.epoch.Load() == epoch {
				done(err)
			}
		})
	})
}

// AfterPaint calls do on the main goroutine once what is shown now is on the screen,
// for work that would delay that.
func (s *Jobs) AfterPaint(do func()) {
	s.RunDetached(func(context.Context) error {
		time.Sleep(s.PaintTime)
		return nil
	}, func(error) { do() })
}

// add counts a job among those that the status bar shows.
func (s *Jobs) add(j *Job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running[j] = struct{}{}
	s.tellWatcher()
}

// begin counts work that is about to start.
func (s *Jobs) begin() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.working++
	s.tellWatcher()
}

// finish brings the end of work to the main goroutine, and then counts it as ended. The
// job is nil for work that isn't shown.
func (s *Jobs) finish(err error, end func(error), j *Job) {
	s.Post(func() { end(err) })
	s.mu.Lock()
	defer s.mu.Unlock()
	if j != nil {
		j.cancel()
		delete(s.running, j)
	}
	s.working--
	s.tellWatcher()
	s.idle.Broadcast()
}

// Watch calls watcher now, and whenever work begins or ends, with how many jobs are
// shown and how much is under way in all. The watcher must not call s.
func (s *Jobs) Watch(watcher func(running, working int)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watcher = watcher
	s.tellWatcher()
}

func (s *Jobs) tellWatcher() {
	if s.watcher != nil {
		s.watcher(len(s.running), s.working)
	}
}

// isIdle reports whether all work but the detached has ended and posted its result.
func (s *Jobs) isIdle() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.working == 0
}

// drain stops all work but changes, waits for its end, and then does last. Results of
// work that began before are dropped.
func (s *Jobs) drain(last func() error, done func(error)) {
	s.mu.Lock()
	s.epoch.Add(1)
	s.cancel()
	s.silent, s.cancel = context.WithCancel(context.Background())
	s.mu.Unlock()
	s.Start(func() {
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
		err := try(last)
		s.Post(func() { done(err) })
	})
}

// IsStopped reports whether an error only says that a person stopped the work.
func IsStopped(err error) bool { return errors.Is(err, context.Canceled) }
