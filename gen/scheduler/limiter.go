package scheduler

import (
	"math/rand/v2"
	"time"
)

// Clock is the time, and waits. Tests and benchmarks let it run faster.
type Clock struct {
	Now   func() time.Time
	After func(time.Duration) <-chan time.Time
}

// RealTime is the computer's clock.
var RealTime = Clock{time.Now, time.After}

const (
	firstBackoff  = 500 * time.Millisecond // before the second try; doubles with each further one
	longestWait   = time.Minute
	startParallel = 4
)

// limiter adapts how many requests are in flight, and holds all of them back when the
// endpoint asks for it or keeps failing. It starts low and adds one for each success,
// which doubles the limit with each round trip; after the first error it adds one a
// round trip. An error at the endpoint halves it, once for all requests that were in
// flight together (additive increase, multiplicative decrease).
type limiter struct {
	clock     Clock
	limit     float64
	most      int
	congested bool      // there has been an error
	epoch     int       // counts halvings; a request of an earlier epoch tells nothing new
	failures  int       // in a row
	holdUntil time.Time // nothing is sent before
}

func newLimiter(c Clock, most int) *limiter {
	return &limiter{clock: c, limit: float64(min(startParallel, most)), most: most}
}

// allows reports whether another request may be sent beside those in flight.
func (l *limiter) allows(inFlight int) bool {
	return inFlight < int(l.limit) && l.held() <= 0
}

// held is how long everything is still held back.
func (l *limiter) held() time.Duration { return l.holdUntil.Sub(l.clock.Now()) }

// succeed notes a good answer.
func (l *limiter) succeed() {
	l.failures = 0
	step := 1.0
	if l.congested {
		step = 1 / l.limit
	}
	l.limit = min(l.limit+step, float64(l.most))
}

// slowDown notes that a request of an epoch failed at the endpoint, because of its rate
// limit or otherwise, and how long the endpoint asks to wait; 0 if it doesn't say.
func (l *limiter) slowDown(epoch int, rateLimited bool, retryAfter time.Duration) {
	if retryAfter > 0 {
		l.holdFor(retryAfter)
	}
	if epoch != l.epoch {
		return
	}
	l.epoch++
	l.congested = true
	l.limit = max(1, l.limit/2)
	l.failures++
	if retryAfter == 0 && (rateLimited || l.failures > 1) {
		l.holdFor(backoff(l.failures))
	}
}

func (l *limiter) holdFor(d time.Duration) {
	if until := l.clock.Now().Add(d); until.After(l.holdUntil) {
		l.holdUntil = until
	}
}

// backoff is how long to wait before try n+1: it doubles, with jitter so that requests
// that failed together aren't repeated together.
func backoff(n int) time.Duration {
	wait := min(firstBackoff<<min(n-1, 20), longestWait)
	return wait/2 + rand.N(wait/2+1) // needn't be unpredictable
}
