package grid

// cache keeps what was used last, up to a limit of cost. It has two generations:
// what is asked for lives in the young one, and when that has used half of the
// limit it becomes the old one and what was old is let go.
type cache[K comparable, V any] struct {
	limit      int
	cost       int // of the young generation
	young, old map[K]kept[V]
}

type kept[V any] struct {
	value V
	cost  int
}

// get gives what is kept under a key.
func (c *cache[K, V]) get(key K) (V, bool) {
	if k, ok := c.young[key]; ok {
		return k.value, true
	}
	k, ok := c.old[key]
	if ok {
		c.put(key, k.value, k.cost)
	}
	return k.value, ok
}

// put keeps a value at a cost.
func (c *cache[K, V]) put(key K, value V, cost int) {
	if c.young == nil || c.cost+cost > c.limit/2 {
		c.old, c.young, c.cost = c.young, map[K]kept[V]{}, 0
	}
	c.young[key] = kept[V]{value, cost}
	c.cost += cost
}
