package gen

import (
	"math/rand/v2"
	"time"
)

// clock is the time a run goes by; tests and benchmarks make it faster.
type clock struct {
	now   func() time.Time
	after func(time.Duration) <-chan time.Time
}

var realTime = clock{time.Now, time.After}

const (
	firstWait       = 500 * time.Millisecond // before a second try; doubles with each further one
	longestWait     = time.Minute
	startParallel   = 4
	troublesInARow  = 12 // a run stops after this many
	triesPerRequest = 6  // a batch is given up after this many
)

// pace adapts how many requests are on their way, and how long to hold back. It
// starts low and adds one for each success, which doubles it in each round trip; after
// the first trouble it adds one a round trip. Trouble at the endpoint halves it, once
// for all the requests that were on their way together.
type pace struct {
	clock   clock
	limit   float64
	most    int
	careful bool // there has been trouble
	epoch   int  // counts halvings; a request of an older epoch knows nothing new
	row     int  // troubles in a row
	hold    time.Time
}

func newPace(c clock, most int) *pace {
	return &pace{clock: c, limit: float64(min(startParallel, most)), most: most}
}

// well notes a good answer.
func (p *pace) well() {
	p.row = 0
	step := 1.0
	if p.careful {
		step = 1 / p.limit
	}
	p.limit = min(p.limit+step, float64(p.most))
}

// slowDown notes that the endpoint was in trouble with a request of an epoch. It
// holds everything back where the endpoint asks for it or goes on being in trouble.
func (p *pace) slowDown(epoch int, limited bool, asked time.Duration) {
	if asked > 0 {
		p.holdFor(asked)
	}
	if epoch != p.epoch {
		return
	}
	p.epoch++
	p.careful = true
	p.limit = max(1, p.limit/2)
	p.row++
	if asked == 0 && (limited || p.row > 1) {
		p.holdFor(backoff(p.row))
	}
}

func (p *pace) holdFor(d time.Duration) {
	if until := p.clock.now().Add(d); until.After(p.hold) {
		p.hold = until
	}
}

// backoff is how long to wait before try n+1: doubling, with jitter so that requests
// that failed together don't come back together.
func backoff(n int) time.Duration {
	wait := min(firstWait<<min(n-1, 20), longestWait)
	return wait/2 + rand.N(wait/2+1) // nobody gains by guessing it
}
