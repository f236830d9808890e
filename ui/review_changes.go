package ui

// changes carries out one change after the other, in the order of the keys, so that
// undo takes them back in that order.
type changes struct {
	waiting []func(next func())
	busy    bool
}

// add puts a change at the end; it calls next when it is done.
func (c *changes) add(change func(next func())) {
	c.waiting = append(c.waiting, change)
	if !c.busy {
		c.next()
	}
}

func (c *changes) next() {
	c.busy = len(c.waiting) > 0
	if !c.busy {
		return
	}
	change := c.waiting[0]
	c.waiting = c.waiting[1:]
	change(c.next)
}
