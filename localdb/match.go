package localdb

import (
	"math/bits"
	"slices"
	"sync"
	"sync/atomic"
)

// matcher is a filter made ready to be held against the index, one question at a
// time, so that a facet can leave its own out.
type matcher struct {
	needle   []byte
	category []bool // by category id
	status   [3]bool
	source   [2]bool
	flags    uint8    // any of these; 0 for all
	places   []uint64 // the rows asked for by id, as a bit set; nil for all
}

func (x *index) matcher(f Filter, categories []Category) *matcher {
	m := &matcher{needle: []byte(fold(f.Search)), flags: uint8(f.Flags)}
	every := len(f.Categories) == 0 && !f.Uncategorised
	m.category = make([]bool, 1, len(categories)+1)
	m.category[0] = every || f.Uncategorised
	for _, c := range categories {
		for int(c.ID) >= len(m.category) {
			m.category = append(m.category, false)
		}
		m.category[c.ID] = every || slices.Contains(f.Categories, c.Name)
	}
	for s := range m.status {
		m.status[s] = len(f.Statuses) == 0 || slices.Contains(f.Statuses, Status(s))
	}
	for s := range m.source {
		m.source[s] = len(f.Sources) == 0 || slices.Contains(f.Sources, Source(s))
	}
	if f.Queue.Kind == MostDoubtful {
		m.status[Accepted], m.status[Rejected] = false, false
	}
	if f.IDs != nil {
		m.places = make([]uint64, (len(x.ids)+63)/64)
		for _, id := range f.IDs {
			if place, ok := x.place(uint32(id)); ok && int64(uint32(id)) == id {
				m.places[place/64] |= 1 << (place % 64)
			}
		}
	}
	return m
}

// candidates sets the bits of the block's rows that are there, were asked for and
// contain what is searched for. There are blockRows/64 words of bits.
func (m *matcher) candidates(x *index, number int, set []uint64) {
	first, last := number*blockRows, min((number+1)*blockRows, len(x.ids))
	if len(m.needle) > 0 {
		x.texts.find(number, m.needle, func(row int) { set[row/64] |= 1 << (row % 64) })
	} else {
		for row := range last - first {
			set[row/64] |= 1 << (row % 64)
		}
	}
	for row := range last - first {
		if x.state[first+row]&deletedBit != 0 {
			set[row/64] &^= 1 << (row % 64)
		}
	}
	if m.places != nil {
		for word := range set {
			if at := first/64 + word; at < len(m.places) {
				set[word] &= m.places[at]
			}
		}
	}
}

// misses are the questions that a row does not answer rightly, one bit each.
type misses uint8

const (
	wrongCategory misses = 1 << iota
	wrongStatus
	wrongSource
	wrongFlags
)

func (m *matcher) misses(x *index, place int) (wrong misses) {
	if category := int(x.category[place]); category >= len(m.category) || !m.category[category] {
		wrong |= wrongCategory
	}
	state := x.state[place]
	if !m.status[state&statusBits] {
		wrong |= wrongStatus
	}
	if !m.source[state&realBit/realBit] {
		wrong |= wrongSource
	}
	if m.flags != 0 && x.flags[place]&m.flags == 0 {
		wrong |= wrongFlags
	}
	return wrong
}

// matching is the set of rows that pass the whole filter, as bits by place.
func (x *index) matching(m *matcher) []uint64 {
	set := make([]uint64, len(x.texts.blocks)*blockRows/64)
	x.eachBlock(func(number int) {
		words := set[number*blockRows/64 : (number+1)*blockRows/64]
		m.candidates(x, number, words)
		for word, candidates := range words {
			for ; candidates != 0; candidates &= candidates - 1 {
				bit := bits.TrailingZeros64(candidates)
				if m.misses(x, number*blockRows+word*64+bit) != 0 {
					words[word] &^= 1 << bit
				}
			}
		}
	})
	return set
}

// eachBlock works on the blocks, two at a time.
func (x *index) eachBlock(work func(number int)) {
	var next atomic.Int64
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			for number := int(next.Add(1)) - 1; number < len(x.texts.blocks); number = int(next.Add(1)) - 1 {
				work(number)
			}
		})
	}
	both.Wait()
}
