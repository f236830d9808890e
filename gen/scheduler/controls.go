package scheduler

import "sync"

// Controls pause and stop a run. They may be used from any goroutine, before and while
// it runs.
type Controls struct {
	mu              sync.Mutex
	paused, stopped bool
	changed         chan struct{}
}

// NewControls returns controls that neither pause nor stop.
func NewControls() *Controls {
	return &Controls{changed: make(chan struct{}, 1)}
}

// Pause sends no more requests until Continue. Those in flight are paid for, and their
// answers are stored.
func (c *Controls) Pause() { c.change(func() { c.paused = true }) }

// Continue goes on after Pause.
func (c *Controls) Continue() { c.change(func() { c.paused = false }) }

// Stop ends the run. Requests in flight whose answers don't come within a moment are
// cancelled: what they may have cost counts as spent. It can be resumed.
func (c *Controls) Stop() { c.change(func() { c.stopped = true }) }

func (c *Controls) change(set func()) {
	c.mu.Lock()
	set()
	c.mu.Unlock()
	select {
	case c.changed <- struct{}{}:
	default: // a change that the run has not seen yet; it will see both
	}
}

// State reports whether the run is to pause or to stop.
func (c *Controls) State() (paused, stopped bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.paused, c.stopped
}
