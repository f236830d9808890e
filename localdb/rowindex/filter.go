package rowindex

import (
	"math/bits"
	"slices"
	"sync/atomic"

	"seedbed/assets/crash"
)

// Filter picks rows. The fields that are set must all match; deleted rows never do.
type Filter struct {
	Search     string   // a part of the text, whatever its case
	Categories []uint16 // any of these, 0 for rows without one; nil for all
	Statuses   []int    // any of these; nil for all
	Sources    []int    // any of these; nil for all
	Flags      uint8    // any of these; 0 for all
	IDs        []int64  // any of these; nil for all
	Tags       []string // any of these; nil for all
	Noted      bool     // only rows with NoteBit
}

// bitSet is a set of places.
type bitSet []uint64

func (s bitSet) has(place uint32) bool { return s[place/64]&(1<<(place%64)) != 0 }
func (s bitSet) add(place uint32)      { s[place/64] |= 1 << (place % 64) }

// matcher is a filter prepared for an index. It answers for each field separately, so
// that the count of a facet can leave its own out.
type matcher struct {
	needle   []byte
	category []bool // by category id
	status   [4]bool
	source   [2]bool
	flags    uint8  // any of these; 0 for all
	tags     []bool // by number in tagSets; nil for all
	noted    bool
	places   bitSet // the rows asked for by id; nil for all
}

func (x *Index) matcher(f Filter) *matcher {
	m := &matcher{needle: []byte(Fold(f.Search)), flags: f.Flags, category: make([]bool, int(x.lastCategory)+1)}
	for id := range m.category {
		m.category[id] = f.Categories == nil
	}
	for _, id := range f.Categories {
		if int(id) < len(m.category) {
			m.category[id] = true
		}
	}
	for s := range m.status {
		m.status[s] = f.Statuses == nil || slices.Contains(f.Statuses, s)
	}
	for s := range m.source {
		m.source[s] = f.Sources == nil || slices.Contains(f.Sources, s)
	}
	m.noted, m.tags = f.Noted, x.tags.matching(f.Tags)
	if f.IDs != nil {
		m.places = make(bitSet, (len(x.ids)+63)/64)
		for _, id := range f.IDs {
			if place, ok := x.place(uint32(id)); ok && int64(uint32(id)) == id {
				m.places.add(uint32(place))
			}
		}
	}
	return m
}

// candidates sets the bits of the block's rows that exist, were asked for by id
// and contain the search text. There are blockRows/64 words of bits.
func (m *matcher) candidates(x *Index, number int, set bitSet) {
	first, last := number*blockRows, min((number+1)*blockRows, len(x.ids))
	if len(m.needle) > 0 {
		x.texts.find(number, m.needle, func(row int) { set.add(uint32(row)) })
	} else {
		for row := range last - first {
			set.add(uint32(row))
		}
	}
	for row := range last - first {
		if x.state[first+row]&DeletedBit != 0 {
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

// misses are the fields of a filter that a row does not match, one bit each.
type misses uint8

const (
	wrongCategory misses = 1 << iota
	wrongStatus
	wrongSource
	wrongFlags
	wrongTags
)

func (m *matcher) misses(x *Index, place int) (wrong misses) {
	if !m.category[x.category[place]] {
		wrong |= wrongCategory
	}
	state := x.state[place]
	if !m.status[state&StatusBits] {
		wrong |= wrongStatus
	}
	if !m.source[state&SourceBit/SourceBit] {
		wrong |= wrongSource
	}
	if m.flags != 0 && x.flags[place]&m.flags == 0 {
		wrong |= wrongFlags
	}
	if m.noted && state&NoteBit == 0 || m.tags != nil && !m.tags[x.tags.at(place)] {
		wrong |= wrongTags
	}
	return wrong
}

// matching returns the rows that match the whole filter.
func (x *Index) matching(f Filter) bitSet {
	m := x.matcher(f)
	set := make(bitSet, len(x.texts.blocks)*blockRows/64)
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

// EachText calls do with the text of every row that isn't deleted, from two goroutines. The text
// is valid until do returns.
func (x *Index) EachText(do func(id uint32, text []byte)) {
	x.eachBlock(func(number int) {
		b := &x.texts.blocks[number]
		all, done := x.texts.whole(b)
		defer done()
		for row, end := range b.ends {
			if place := number*blockRows + row; x.state[place]&DeletedBit == 0 {
				do(x.ids[place], all[b.start(row):end])
			}
		}
	})
}

// eachBlock calls work with the number of every block, on two goroutines.
func (x *Index) eachBlock(work func(number int)) {
	var next atomic.Int64
	var workers crash.Group
	for range 2 {
		workers.Go(func() {
			for number := int(next.Add(1)) - 1; number < len(x.texts.blocks); number = int(next.Add(1)) - 1 {
				work(number)
			}
		})
	}
	workers.Wait()
}
