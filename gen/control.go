package gen

import "sync"

// Controls are the buttons of a run. They may be pressed from any goroutine, before
// and while it runs.
type Controls struct {
	mu              sync.Mutex
	paused, stopped bool
	pressed         chan struct{}
}

// NewControls returns controls with nothing pressed.
func NewControls() *Controls {
	return &Controls{pressed: make(chan struct{}, 1)}
}

// Pause sends no more requests until Continue. What is on its way is paid for, and
// comes in.
func (c *Controls) Pause() { c.press(func() { c.paused = true }) }

// Continue goes on after Pause.
func (c *Controls) Continue() { c.press(func() { c.paused = false }) }

// Stop ends the run as soon as what is on its way has come in. It can be resumed.
func (c *Controls) Stop() { c.press(func() { c.stopped = true }) }

func (c *Controls) press(button func()) {
	c.mu.Lock()
	button()
	c.mu.Unlock()
	select {
	case c.pressed <- struct{}{}:
	default: // the run has not looked yet, and will see both
	}
}

func (c *Controls) state() (paused, stopped bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.paused, c.stopped
}
