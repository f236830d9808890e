package localdb

import (
	"slices"
	"sync"

	zombiezen "zombiezen.com/go/sqlite"
)

// index holds what rows are searched, filtered, counted and sorted by: about 20 bytes
// a row in memory, and its text in lower case. A row's place never changes, and
// places are in id order; deleted rows keep theirs.
type index struct {
	ids        []uint32
	category   []uint16 // the category's id; 0 for none
	state      []uint8  // status, source and deleted, packed as below
	flags      []uint8
	confidence []float32 // 2 without a category: after every other
	doubt      []float32 // 1 without a category
	texts      texts

	ordering sync.Mutex
	orders   map[Column][]uint32 // places in sorted order, made when first asked for
	ranks    []uint32            // by category id, its place among the categories
}

// The bits of index.state.
const (
	statusBits = 0b0011
	realBit    = 0b0100
	deletedBit = 0b1000
)

// indexedRow is a row of a dataset as the index reads it.
type indexedRow struct {
	id         uint32
	category   uint16
	state      uint8
	flags      uint8
	confidence float32
	doubt      float32
	text       []byte // folded
}

// selectIndexed reads what an indexedRow holds; readIndexed knows its columns.
const selectIndexed = `
	SELECT id, coalesce(category, 0) + (status + source * 4 + deleted * 8 << 16) + (flags << 24),
	       coalesce(confidence, 2), iif(category IS NULL, 1, doubt), text
	FROM messages `

func readIndexed(row *zombiezen.Stmt, buffer []byte) indexedRow {
	packed := row.ColumnInt64(1)
	length := row.ColumnLen(4)
	buffer = slices.Grow(buffer[:0], length)[:length]
	row.ColumnBytes(4, buffer)
	return indexedRow{
		id:         uint32(row.ColumnInt64(0)),
		category:   uint16(packed),
		state:      uint8(packed >> 16),
		flags:      uint8(packed >> 24),
		confidence: float32(row.ColumnFloat(2)),
		doubt:      float32(row.ColumnFloat(3)),
		text:       foldBytes(buffer),
	}
}

// newIndex makes an empty index with room for so many rows.
func newIndex(rows int) *index {
	rows += rows/64 + 64
	return &index{
		ids:        make([]uint32, 0, rows),
		category:   make([]uint16, 0, rows),
		state:      make([]uint8, 0, rows),
		flags:      make([]uint8, 0, rows),
		confidence: make([]float32, 0, rows),
		doubt:      make([]float32, 0, rows),
		texts:      texts{limit: textsKept},
	}
}

// place finds a row by its id.
func (x *index) place(id uint32) (int, bool) { return slices.BinarySearch(x.ids, id) }

// put adds a row after the others, or replaces it, and says where it is. The orders
// are not kept up by it: see reorder.
func (x *index) put(r indexedRow) (place int) {
	place, known := x.place(r.id)
	if !known {
		x.ids = append(x.ids, r.id)
		x.category = append(x.category, r.category)
		x.state = append(x.state, r.state)
		x.flags = append(x.flags, r.flags)
		x.confidence = append(x.confidence, r.confidence)
		x.doubt = append(x.doubt, r.doubt)
		x.texts.put(place, r.text)
		return place
	}
	x.category[place] = r.category
	x.state[place] = r.state
	x.flags[place] = r.flags
	x.confidence[place] = r.confidence
	x.doubt[place] = r.doubt
	x.texts.put(place, r.text)
	return place
}
