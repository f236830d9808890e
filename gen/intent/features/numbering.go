package features

import "math/bits"

// Numbering finds the number of an n-gram by its hash. It is a Go map in effect,
// and several times as fast, for the keys are hashes already: each stands at
// the place its own bits name or, where that is taken, at the next free one.
type Numbering struct {
	keys    []uint64 // 0 is a free place
	numbers []int32
	used    int
}

// NewNumbering makes room for about n n-grams.
func NewNumbering(n int) *Numbering {
	places := 1 << max(4, bits.Len(uint(2*n)))
	return &Numbering{keys: make([]uint64, places), numbers: make([]int32, places)}
}

// place is where a hash stands, or would.
func (c *Numbering) place(hash uint64) int {
	last := len(c.keys) - 1
	at := int(hash*0x9e3779b97f4a7c15>>32) & last
	for c.keys[at] != hash && c.keys[at] != 0 {
		at = (at + 1) & last
	}
	return at
}

// Get finds the number of a hash.
func (c *Numbering) Get(hash uint64) (number int32, ok bool) {
	at := c.place(hash)
	return c.numbers[at], c.keys[at] == hash && hash != 0
}

// Put numbers a hash that is not there yet.
func (c *Numbering) Put(hash uint64, number int32) {
	if 2*c.used >= len(c.keys) {
		grown := NewNumbering(2 * c.used)
		for h, number := range c.All {
			grown.Put(h, number)
		}
		*c = *grown
	}
	at := c.place(hash)
	c.keys[at], c.numbers[at] = hash, number
	c.used++
}

// All passes on every hash with its number, in no order that matters.
func (c *Numbering) All(yield func(hash uint64, number int32) bool) {
	for at, hash := range c.keys {
		if hash != 0 && !yield(hash, c.numbers[at]) {
			return
		}
	}
}
