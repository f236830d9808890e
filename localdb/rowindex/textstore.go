package rowindex

import (
	"bytes"
	"os"
	"slices"
	"sync"
	"sync/atomic"
)

// blockRows is how many rows share one piece of text. Changing a text rewrites its
// block; two goroutines search different blocks.
const blockRows = 4096

// textStore holds the folded texts of all rows, by their places, in blocks of
// neighbouring rows. Blocks beyond the limit go to an unlinked temporary file, since
// they would be most of the memory of a large dataset; the operating system caches
// those that are searched.
//
// Any number of goroutines may read it, while none changes it. flush ends a series of
// changes.
type textStore struct {
	blocks []block
	limit  int // how many bytes stay in memory
	kept   int // bytes of blocks in memory, without the open one

	open    int  // the block that is being changed, one more than its number; 0 for none
	changed bool // the open block differs from what was written
	spare   []byte

	file   *os.File
	end    int64
	failed atomic.Pointer[error] // the first failure to read
}

// rowEnd separates the rows of a block. No UTF-8 text contains it, so a match never
// spans two rows.
const rowEnd = 0xFF

// block is the text of blockRows neighbouring rows.
type block struct {
	bytes []byte   // nil where it is in the file
	ends  []uint32 // where each row's rowEnd is
	at    int64    // where in the file it has its place
	room  int      // how large that is; 0 for none
}

func (b *block) size() int { return int(b.start(len(b.ends))) }

func (b *block) start(row int) uint32 {
	if row == 0 {
		return 0
	}
	return b.ends[row-1] + 1
}

// set sets the text of a known place or of the next one.
func (t *textStore) set(place int, text []byte) {
	t.openBlock(place / blockRows)
	b, row := &t.blocks[place/blockRows], place%blockRows
	if row == len(b.ends) {
		b.bytes = append(append(b.bytes, text...), rowEnd)
		b.ends = append(b.ends, uint32(len(b.bytes)-1))
		t.changed = true
		return
	}
	old := b.bytes[b.start(row):b.ends[row]]
	if bytes.Equal(old, text) {
		return
	}
	longer := uint32(len(text)) - uint32(len(old)) // wraps around where it is shorter
	b.bytes = slices.Replace(b.bytes, int(b.start(row)), int(b.ends[row]), text...)
	for i := row; i < len(b.ends); i++ {
		b.ends[i] += longer
	}
	t.changed = true
}

// openBlock makes a block the one that is being changed.
func (t *textStore) openBlock(number int) {
	if t.open == number+1 {
		return
	}
	t.flush()
	if number == len(t.blocks) {
		t.blocks = append(t.blocks, block{bytes: t.spare, ends: make([]uint32, 0, blockRows)})
		t.spare = nil
	}
	if b := &t.blocks[number]; b.room > 0 {
		b.bytes, t.spare = t.read(b, t.spare), nil
	} else {
		t.kept -= len(b.bytes)
	}
	t.open, t.changed = number+1, false
}

// flush ends a series of changes: the open block is kept in memory where there is room,
// and written to the file otherwise.
func (t *textStore) flush() {
	if t.open == 0 {
		return
	}
	b := &t.blocks[t.open-1]
	t.open = 0
	if (b.room > 0 || t.kept+len(b.bytes) > t.limit) && t.writeBlock(b) {
		t.spare, b.bytes = b.bytes[:0], nil
		return
	}
	t.spare, b.bytes = b.bytes[:0], bytes.Clone(b.bytes)
	t.kept += len(b.bytes)
}

// writeBlock writes a block to the file and reports whether that worked. Where it
// doesn't, as on a full disk, the block stays in memory.
func (t *textStore) writeBlock(b *block) bool {
	if b.room > 0 && !t.changed {
		return true
	}
	if t.file == nil {
		file, err := unlinkedTempFile()
		if err != nil {
			return false
		}
		t.file = file
	}
	if len(b.bytes) > b.room { // with room to grow, so that changes seldom need a new place
		b.at, b.room = t.end, len(b.bytes)+len(b.bytes)/16
	}
	if _, err := t.file.WriteAt(b.bytes, b.at); err != nil {
		b.room = 0
		return false
	}
	t.end = max(t.end, b.at+int64(b.room))
	return true
}

// read reads a block from the file into a buffer, which grows where it has to.
func (t *textStore) read(b *block, buffer []byte) []byte {
	buffer = slices.Grow(buffer[:0], b.size())[:b.size()]
	t.readAt(buffer, b.at)
	return buffer
}

func (t *textStore) readAt(buffer []byte, at int64) {
	if _, err := t.file.ReadAt(buffer, at); err != nil {
		t.failed.CompareAndSwap(nil, &err)
	}
}

// err is the first failure to read a text.
func (t *textStore) err() error {
	if err := t.failed.Load(); err != nil {
		return *err
	}
	return nil
}

// close removes the file.
func (t *textStore) close() error {
	if t.file == nil {
		return nil
	}
	return t.file.Close()
}

// text returns the text of a place. It is valid until the row changes.
func (t *textStore) text(place int) []byte {
	b, row := &t.blocks[place/blockRows], place%blockRows
	first, end := b.start(row), b.ends[row]
	if b.bytes != nil {
		return b.bytes[first:end]
	}
	text := make([]byte, end-first)
	t.readAt(text, b.at+int64(first))
	return text
}

var searchBuffers = sync.Pool{New: func() any { return new([]byte) }}

// whole is all of a block's text, valid until done is called.
func (t *textStore) whole(b *block) (text []byte, done func()) {
	if b.bytes != nil {
		return b.bytes, func() {}
	}
	buffer := searchBuffers.Get().(*[]byte)
	*buffer = t.read(b, *buffer)
	return *buffer, func() { searchBuffers.Put(buffer) }
}

// find calls found with each row of a block that contains needle, which is folded and
// not empty.
func (t *textStore) find(number int, needle []byte, found func(row int)) {
	b := &t.blocks[number]
	text, done := t.whole(b)
	defer done()
	row := 0
	for from := 0; ; from = int(b.ends[row-1]) + 1 {
		hit := bytes.Index(text[from:], needle)
		if hit < 0 {
			return
		}
		for int(b.ends[row]) < from+hit {
			row++
		}
		found(row)
		if row++; row == len(b.ends) {
			return
		}
	}
}

// loaded is a copy with all texts in memory, for random access.
func (t *textStore) loaded() *textStore {
	all := &textStore{blocks: slices.Clone(t.blocks)}
	for i := range all.blocks {
		if b := &all.blocks[i]; b.bytes == nil {
			b.bytes = t.read(b, nil)
		}
	}
	return all
}
