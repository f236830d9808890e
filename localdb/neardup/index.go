package neardup

import "slices"

// Index finds near-duplicates of a text among those added so far. Only one goroutine
// may use it at a time. A pair at the threshold is found with probability 0.999997, a
// more similar one with a higher probability; there are no false positives.
type Index struct {
	items []indexItem
	heads map[bandKey]int32 // the newest entry of a band's chain, plus one
	next  []int32           // items × bands: the entry before it
	seen  []int32           // the search that last compared an item
	round int32
	words shingler
}

type indexItem struct {
	id     int64
	sketch sketch
	set    []uint32
}

type bandKey struct {
	band uint32
	hash uint32
}

// NewIndex returns an empty index.
func NewIndex() *Index {
	return &Index{heads: map[bandKey]int32{}}
}

// Add adds a text under an id that the caller chooses.
func (x *Index) Add(id int64, text string) {
	set := slices.Clone(x.words.of(text))
	s := sign(set)
	at := int32(len(x.items)) // memory ends long before two billion messages
	x.items = append(x.items, indexItem{id: id, sketch: s.sketch, set: set})
	x.seen = append(x.seen, 0)
	for b, h := range s.band {
		key := bandKey{uint32(b), h} // below 24
		x.next = append(x.next, x.heads[key])
		x.heads[key] = at + 1
	}
}

// Find returns the most similar text and its Jaccard similarity; ok is false where none
// reaches Threshold.
func (x *Index) Find(text string) (id int64, near float64, ok bool) {
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
			if j >= Threshold && (j > near || j == near && item.id < id) {
				id, near, ok = item.id, j, true
			}
		}
	}
	return id, near, ok
}
