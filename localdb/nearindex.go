package localdb

import "slices"

// NearIndex finds the near-duplicates of a message among those added so far. It
// is for one goroutine at a time. A pair at the threshold is found with
// probability 0.999997, a nearer one more surely, and what is found is exact.
type NearIndex struct {
	items []nearItem
	heads map[bandKey]int32 // the newest entry of a band's chain, plus one
	next  []int32           // items × bands: the entry before it
	seen  []int32           // which search last looked at an item
	round int32
	words shingler
}

type nearItem struct {
	id     int64
	sketch sketch
	set    []uint32
}

type bandKey struct {
	band uint32
	hash uint32
}

// NewNearIndex returns an empty index.
func NewNearIndex() *NearIndex {
	return &NearIndex{heads: map[bandKey]int32{}}
}

// Add puts a message into the index under an id of the caller's.
func (x *NearIndex) Add(id int64, text string) {
	set := slices.Clone(x.words.of(text))
	s := sign(set)
	at := int32(len(x.items)) // memory ends long before two billion messages
	x.items = append(x.items, nearItem{id: id, sketch: s.sketch, set: set})
	x.seen = append(x.seen, 0)
	for b, h := range s.band {
		key := bandKey{uint32(b), h} // below 24
		x.next = append(x.next, x.heads[key])
		x.heads[key] = at + 1
	}
}

// Find returns the message most like the text, and how like, where one is at
// NearThreshold or above.
func (x *NearIndex) Find(text string) (id int64, near float64, ok bool) {
	set := x.words.of(text)
	s := sign(set)
	x.round++
	for b, h := range s.band {
		for at := x.heads[bandKey{uint32(b), h}]; at > 0; at = x.next[int(at-1)*bands+b] { // below 24
			item := &x.items[at-1]
			if x.seen[at-1] == x.round {
				continue
			}
			x.seen[at-1] = x.round
			if !mayBeNear(s.sketch, item.sketch) {
				continue
			}
			j := jaccard(set, item.set)
			if j >= NearThreshold && (j > near || j == near && item.id < id) {
				id, near, ok = item.id, j, true
			}
		}
	}
	return id, near, ok
}
