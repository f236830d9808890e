// Package pages reads the pages of a SQLite database without the engine, which refuses
// a damaged file as a whole: whatever page, cell or record is still sound can be read
// here. The format is that of https://www.sqlite.org/fileformat2.html.
package pages

import (
	"encoding/binary"
	"errors"
	"io"
	"os"

	"seedbed/assets/i18n"
)

const (
	// Magic is what every SQLite database begins with.
	Magic = "SQLite format 3\x00"

	headerSize = 100
	// usualSize is the page size of every dataset, for files whose header is lost, in bytes.
	usualSize = 4096
)

// ErrNotFile is returned for folders, pipes and devices.
var ErrNotFile = i18n.Error("this is no file, but a folder, a pipe or a device")

// LogUse says what is made of the write-ahead log beside a file.
type LogUse int

// The uses of a log.
const (
	WithLog    LogUse = iota // as the engine does: up to the last transaction before the first broken frame
	WithAllLog               // also the frames behind a broken one
	WithoutLog
)

// File is a database file that is open for reading, sound or not.
type File struct {
	file, log *os.File
	size      int64
	pageSize  int
	usable    int              // bytes of a page that hold data
	missing   int64            // bytes that are cut off the beginning of the file
	frames    map[uint32]int64 // where in the log a page's newest content is
	count     uint32
	header    []byte // the first bytes of page 1; nil where they are not a header
	chained   int64  // how many overflow pages were read
}

// Open opens the file at path, and the log beside it, if there is one. It changes neither.
func Open(path string, use LogUse) (*File, error) {
	// A pipe would wait for somebody to write into it.
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, ErrNotFile
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	f := &File{file: file, frames: map[uint32]int64{}}
	if err := f.begin(path, use); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func (f *File) begin(path string, use LogUse) error {
	info, err := f.file.Stat()
	if err != nil {
		return err
	}
	f.size = info.Size()
	f.pageSize, f.usable = usualSize, usualSize
	if use != WithoutLog && HasLog(path) {
		if f.log, err = os.Open(path + "-wal"); err != nil {
			return err
		}
	}
	head := make([]byte, headerSize)
	if _, err := f.file.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	f.takeHeader(head)
	if f.log != nil {
		if err := f.readLog(use == WithAllLog); err != nil {
			return err
		}
		if first, err := f.read(1); err == nil {
			f.takeHeader(first[:headerSize])
		}
	}
	if f.count == 0 { // the log doesn't say
		f.count = f.pagesOf(f.missing)
	}
	if f.header == nil {
		f.align()
	}
	return nil
}

// pagesOf is how many pages the file is long with what is missing at its beginning.
func (f *File) pagesOf(missing int64) uint32 {
	return uint32(min((f.size+missing+int64(f.pageSize)-1)/int64(f.pageSize), 1<<31))
}

// takeHeader reads the page size from the header, where that is sound.
func (f *File) takeHeader(head []byte) {
	if string(head[:len(Magic)]) != Magic {
		return
	}
	f.header = head
	size := int(binary.BigEndian.Uint16(head[16:]))
	if size == 1 {
		size = 1 << 16
	}
	reserved := int(head[20])
	if size >= 512 && size&(size-1) == 0 && size-reserved >= 480 {
		f.pageSize, f.usable = size, size-reserved
	}
}

// Close closes the file.
func (f *File) Close() error {
	err := f.file.Close()
	if f.log != nil {
		err = errors.Join(err, f.log.Close())
	}
	return err
}

// HasHeader reports whether the file begins as a database does.
func (f *File) HasHeader() bool { return f.header != nil }

// ApplicationID is the header's mark of the program that the database belongs to.
func (f *File) ApplicationID() uint32 {
	if f.header == nil {
		return 0
	}
	return binary.BigEndian.Uint32(f.header[68:])
}

// Count is how many pages there are; the last may be cut off.
func (f *File) Count() uint32 { return f.count }

// Claimed is how many pages the header says that there are; 0 where it doesn't say.
func (f *File) Claimed() uint32 {
	if f.header == nil {
		return 0
	}
	return binary.BigEndian.Uint32(f.header[28:])
}

var errNoPage = errors.New("there is no such page")

// read returns the bytes of a page; what is cut off its end is zero.
func (f *File) read(number uint32) ([]byte, error) {
	data := make([]byte, f.pageSize)
	if at, ok := f.frames[number]; ok {
		_, err := f.log.ReadAt(data, at)
		return data, err
	}
	at := int64(number-1)*int64(f.pageSize) - f.missing
	switch {
	case number == 0 || at >= f.size || at <= -int64(f.pageSize):
		return nil, errNoPage
	case at < 0:
		_, err := f.file.ReadAt(data[-at:], 0)
		return data, ignoreEOF(err)
	}
	_, err := f.file.ReadAt(data, at)
	return data, ignoreEOF(err)
}

func ignoreEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// align finds how much is cut off the beginning of a file without a header: with the
// right number of bytes, most pages are sound and lead to sound ones.
func (f *File) align() {
	const tried, sampled = 8, 200
	part := int64(f.pageSize) - f.size%int64(f.pageSize)
	best := -1
	for k := range int64(2 * tried) {
		missing := k / 2 * int64(f.pageSize)
		if k%2 == 1 {
			missing += part % int64(f.pageSize)
		}
		trial := *f
		trial.missing = missing
		trial.count = f.pagesOf(missing)
		score := 0
		for n := range min(trial.count, sampled) {
			if page, err := trial.Page(n + 1); err == nil {
				score += trial.fit(page)
			}
		}
		if score > best {
			best, f.missing, f.count = score, trial.missing, trial.count
		}
	}
}

// fit is how many of a page's cells or children are what they should be.
func (f *File) fit(p *Page) (sound int) {
	for _, c := range p.Cells {
		switch p.Kind {
		case TableLeaf:
			if _, err := c.Record(); err == nil {
				sound++
			}
		case TableInterior:
			child, err := f.Page(c.Child)
			if err == nil && child.Kind == TableLeaf && len(child.Cells) > 0 && child.Cells[len(child.Cells)-1].RowID == c.RowID {
				sound++
			}
		}
	}
	return sound
}

// Free returns the pages of the free list, which hold nothing, or only what was
// deleted. Where the list itself is broken, it returns none.
func (f *File) Free() map[uint32]bool {
	free := map[uint32]bool{}
	if f.header == nil {
		return free
	}
	next, claimed := binary.BigEndian.Uint32(f.header[32:]), int(binary.BigEndian.Uint32(f.header[36:]))
	for next != 0 {
		trunk, err := f.read(next)
		if err != nil || free[next] {
			return map[uint32]bool{}
		}
		free[next] = true
		n := int(binary.BigEndian.Uint32(trunk[4:]))
		if n < 0 || n > f.usable/4-2 {
			return map[uint32]bool{}
		}
		for i := range n {
			leaf := binary.BigEndian.Uint32(trunk[8+4*i:])
			if leaf == 0 || leaf > f.count || free[leaf] {
				return map[uint32]bool{}
			}
			free[leaf] = true
		}
		next = binary.BigEndian.Uint32(trunk)
	}
	if len(free) != claimed {
		return map[uint32]bool{}
	}
	return free
}
