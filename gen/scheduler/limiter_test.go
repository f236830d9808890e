package scheduler

import (
	"testing"
	"time"
)

// stoppedClock shows the time that a test sets.
func stoppedClock(at *time.Time) Clock {
	return Clock{Now: func() time.Time { return *at }, After: time.After}
}

// The first request goes alone; then the limit grows as long as that brings more.
func TestLimiterGrowsInARoundTrip(t *testing.T) {
	now := time.Now()
	p := newLimiter(stoppedClock(&now), 32)
	for _, want := range []int{4, 16, 32, 32} {
		now = now.Add(3 * time.Second)
		for range p.limit {
			p.succeed(200)
		}
		if p.limit != want {
			t.Errorf("%d at a time, want %d", p.limit, want)
		}
	}
}

// One processor writes no more tokens a second for many requests than for few: the limit
// goes back to what was worthwhile, and a higher one is tried again much later.
func TestLimiterStaysWhereMoreBringsNothing(t *testing.T) {
	now := time.Now()
	p := newLimiter(stoppedClock(&now), 32)
	most, sum := 0, 0
	for range 200 { // one answer after the other, whatever is in flight
		now = now.Add(10 * time.Second)
		p.succeed(200)
		most, sum = max(most, p.limit), sum+p.limit
	}
	if most > startParallel || sum > 2*200 {
		t.Errorf("up to %d at a time, %d in 200 answers", most, sum)
	}
}

// Many requests that meet the same rate limit halve the limit once, and later it grows
// with care.
func TestLimiterHalvesOnce(t *testing.T) {
	now := time.Now()
	p := newLimiter(stoppedClock(&now), 32)
	p.limit = 32
	epoch := p.epoch
	for range 32 {
		p.slowDown(epoch, true, 0)
	}
	if p.limit != 16 || p.failures != 1 {
		t.Errorf("%v at a time after %d troubles", p.limit, p.failures)
	}
	now = now.Add(3 * time.Second)
	for range 16 {
		p.succeed(200)
	}
	if p.limit != 17 {
		t.Errorf("%v at a time after a round trip", p.limit)
	}
	for range 100 {
		p.slowDown(p.epoch, true, 0)
	}
	if p.limit != 1 {
		t.Errorf("%v at a time, want 1 at the least", p.limit)
	}
}

func TestLimiterHoldsAsAsked(t *testing.T) {
	now := time.Now()
	p := newLimiter(stoppedClock(&now), 32)
	p.slowDown(p.epoch, true, 20*time.Second)
	if got := p.holdUntil.Sub(now); got != 20*time.Second {
		t.Errorf("holds for %v", got)
	}
	p.slowDown(p.epoch, true, time.Second)
	if got := p.holdUntil.Sub(now); got != 20*time.Second {
		t.Errorf("a shorter wait cut the longer one to %v", got)
	}
}

// A single hiccup holds back its own batch, not the others.
func TestLimiterOneHiccup(t *testing.T) {
	now := time.Now()
	p := newLimiter(stoppedClock(&now), 32)
	p.slowDown(p.epoch, false, 0)
	if p.holdUntil.After(now) {
		t.Error("one server error holds everything back")
	}
	p.slowDown(p.epoch, false, 0)
	if !p.holdUntil.After(now) {
		t.Error("an endpoint that goes on failing is not left alone")
	}
}

func TestBackoff(t *testing.T) {
	for n, most := range map[int]time.Duration{1: firstBackoff, 2: 2 * firstBackoff, 4: 8 * firstBackoff, 8: longestWait, 1000: longestWait} {
		for range 100 {
			if got := backoff(n); got < most/2 || got > most {
				t.Fatalf("try %d waits %v, want between %v and %v", n, got, most/2, most)
			}
		}
	}
}
