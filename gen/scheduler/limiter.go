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
	startParallel = 4   // once the first answer was useful
	worthwhile    = 1.2 // a higher limit has to bring as many times more tokens a second
	inFull        = 0.8 // of what a limit can bring; then the next step is twice as large
	settledRounds = 24  // with the limit found, before a higher one is tried again
)

// limiter adapts how many requests are in flight, and holds all of them back when the
// endpoint asks for it or keeps failing.
//
// The first request goes alone. Then the limit at least doubles with each round of answers,
// as long as the endpoint writes clearly more tokens a second for it: one that works for
// many does, a single processor doesn't. After the first error it grows by one a round.
// An error at the endpoint halves it, once for all requests that were in flight together
// (additive increase, multiplicative decrease).
type limiter struct {
	clock     Clock
	limit     int
	most      int
	congested bool      // there has been an error
	epoch     int       // counts halvings; a request of an earlier epoch tells nothing new
	failures  int       // in a row
	holdUntil time.Time // nothing is sent before

	began           time.Time // the round: as many answers as the limit
	answers, tokens int       // in it
	before          speed     // of the round before; zero if it can't be compared
	vain            bool      // the last raise has brought nothing so far
	settled         int       // rounds for which the limit stays
}

// speed is what a limit brought.
type speed struct {
	limit           int
	tokensPerSecond float64
}

func newLimiter(c Clock, most int) *limiter {
	l := &limiter{clock: c, most: max(1, most)}
	l.setLimit(1)
	return l
}

// allows reports whether another request may be sent beside those in flight.
func (l *limiter) allows(inFlight int) bool {
	return inFlight < l.limit && l.held() <= 0
}

// held is how long everything is still held back.
func (l *limiter) held() time.Duration { return l.holdUntil.Sub(l.clock.Now()) }

// succeed notes a good answer with its tokens; 0 if they are unknown.
func (l *limiter) succeed(tokens int) {
	l.failures = 0
	l.answers++
	l.tokens += tokens
	if l.answers >= l.limit {
		l.endRound()
	}
}

// endRound raises the limit, or lowers it again if the last raise was in vain.
func (l *limiter) endRound() {
	now := speed{l.limit, float64(l.tokens) / max(l.clock.Now().Sub(l.began).Seconds(), 1e-9)}
	before := l.before
	if before.limit > 0 && 2*now.limit >= 3*before.limit && now.tokensPerSecond > 0 && now.tokensPerSecond < worthwhile*before.tokensPerSecond {
		if l.vain = !l.vain; l.vain { // one slow round may be chance
			l.setLimit(l.limit)
			return
		}
		l.settled = settledRounds
		l.setLimit(before.limit)
		return
	}
	l.before, l.vain = now, false
	switch {
	case l.settled > 0:
		l.settled--
		l.setLimit(l.limit)
	case l.congested:
		l.setLimit(l.limit + 1)
	case before.limit > 0 && now.tokensPerSecond > inFull*before.tokensPerSecond*float64(now.limit)/float64(before.limit):
		l.setLimit(4 * l.limit)
	default:
		l.setLimit(max(2*l.limit, startParallel))
	}
}

// setLimit begins a round.
func (l *limiter) setLimit(n int) {
	l.limit = min(max(n, 1), l.most)
	l.began, l.answers, l.tokens = l.clock.Now(), 0, 0
}

// interrupt begins a round that can't be compared with the one before.
func (l *limiter) interrupt() {
	l.before, l.vain = speed{}, false
	l.setLimit(l.limit)
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
	l.limit /= 2
	l.interrupt()
	l.failures++
	if retryAfter == 0 && (rateLimited || l.failures > 1) {
		l.holdFor(backoff(l.failures))
	}
}

func (l *limiter) holdFor(d time.Duration) { l.holdTo(l.clock.Now().Add(d)) }

// holdTo sends nothing before a time.
func (l *limiter) holdTo(until time.Time) {
	if until.After(l.holdUntil) {
		l.holdUntil = until
	}
}

// backoff is how long to wait before try n+1: it doubles, with jitter so that requests
// that failed together aren't repeated together.
func backoff(n int) time.Duration {
	wait := min(firstBackoff<<min(n-1, 20), longestWait)
	return wait/2 + rand.N(wait/2+1) // needn't be unpredictable
}
