// Package rowindex searches, filters, counts and sorts the rows of a large table in
// memory: about 20 bytes a row, and its text, most of which is kept in an unlinked
// temporary file. It knows neither the table nor its database.
//
// A row's place never changes, places are in id order, and deleted rows keep theirs.
// Any number of goroutines may read an index, while none changes it.
package rowindex

import (
	"slices"
	"sync"
)

// Index holds what rows are searched, filtered, counted and sorted by.
type Index struct {
	ids         []uint32
	category    []uint16
	state       []uint8
	flags       []uint8
	confidence  []float32
	uncertainty []float32
	texts       textStore
	tags        tagSets

	lastCategory uint16 // the highest category id of any row

	ordering sync.Mutex
	orders   map[Column][]uint32 // places in sorted order, made when first asked for
	ranks    []uint32            // by category id, its position among the categories
}

// The bits of Row.State.
const (
	StatusBits = 0b0011
	SourceBit  = 0b0100
	DeletedBit = 0b1000
	NoteBit    = 0b10000
)

// Row is a row of the table.
type Row struct {
	ID          uint32
	Category    uint16 // the category's id; 0 for none
	State       uint8  // status, source and deleted, as the bits above
	Flags       uint8
	Confidence  float32 // 0 or more; rows without one sort last with a large one
	Uncertainty float32 // 0 or more
	Text        []byte  // after Fold; the index keeps a copy
	Tags        string  // with commas between them; "" for none
}

// memoryLimit is how many bytes of text an index keeps in memory.
const memoryLimit = 1 << 20

// New returns an empty index with room for a number of rows.
func New(rows int) *Index {
	rows += rows/64 + 64
	return &Index{
		ids:         make([]uint32, 0, rows),
		category:    make([]uint16, 0, rows),
		state:       make([]uint8, 0, rows),
		flags:       make([]uint8, 0, rows),
		confidence:  make([]float32, 0, rows),
		uncertainty: make([]float32, 0, rows),
		texts:       textStore{limit: memoryLimit},
		tags:        newTagSets(),
	}
}

// Len is the number of rows, deleted ones included.
func (x *Index) Len() int { return len(x.ids) }

// LastID is the highest id, 0 for an empty index.
func (x *Index) LastID() uint32 {
	if len(x.ids) == 0 {
		return 0
	}
	return x.ids[len(x.ids)-1]
}

// Err is the first failure to read a text back from the temporary file. What was found
// since may be wrong.
func (x *Index) Err() error { return x.texts.err() }

// Close removes the temporary file.
func (x *Index) Close() error { return x.texts.close() }

// place finds a row by its id.
func (x *Index) place(id uint32) (int, bool) { return slices.BinarySearch(x.ids, id) }

// Set adds a row after all others, or replaces the one with its id, and returns its
// place. Flush must follow before the index is read.
func (x *Index) Set(r Row) (place uint32) {
	x.lastCategory = max(x.lastCategory, r.Category)
	at, known := x.place(r.ID)
	if !known {
		x.ids = append(x.ids, r.ID)
		x.category = append(x.category, r.Category)
		x.state = append(x.state, r.State)
		x.flags = append(x.flags, r.Flags)
		x.confidence = append(x.confidence, r.Confidence)
		x.uncertainty = append(x.uncertainty, r.Uncertainty)
	} else {
		x.category[at] = r.Category
		x.state[at] = r.State
		x.flags[at] = r.Flags
		x.confidence[at] = r.Confidence
		x.uncertainty[at] = r.Uncertainty
	}
	x.texts.set(at, r.Text)
	x.tags.set(at, r.Tags)
	return uint32(at)
}

// Flush ends a series of Set calls, whose places it is given, and updates the sorted
// orders. Where many rows changed, the orders are dropped and made anew when asked for.
func (x *Index) Flush(changed []uint32) {
	x.texts.flush()
	x.tags.order()
	x.reorder(changed)
}
