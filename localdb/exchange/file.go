package exchange

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange/charset"
)

// headSize is how much of a file is looked at to recognise it, in bytes.
const headSize = 1 << 18

// File is a file to be read, on the disk or inside a zip file. It is not for use by
// several goroutines.
type File struct {
	Name     string           // its path, for people; inside a zip file the path there
	Encoding charset.Encoding // as a person chose it; "" to find it out

	file   io.ReaderAt
	size   int64
	close  func() error
	depth  int     // how many zip files it is inside of
	budget *budget // shared by all that is unpacked of one file

	head    []byte
	guess   *charset.Guess
	found   map[any]any
	entries []*Entry
}

// OpenFile opens a file of the disk.
func OpenFile(path string) (*File, error) {
	file, err := os.Open(path) // the file that the person chose
	if err != nil {
		return nil, i18n.Error("could not open the file: {{.Cause}}", i18n.Values{"Cause": err})
	}
	info, err := file.Stat()
	if err == nil && info.IsDir() {
		err = i18n.Error("{{.Path}} is a folder; choose a file", i18n.Values{"Path": path})
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	f := NewFile(filepath.Base(path), file, info.Size())
	f.close = file.Close
	return f, nil
}

// NewFile makes a file of size bytes of file.
func NewFile(name string, file io.ReaderAt, size int64) *File {
	return &File{Name: name, file: file, size: size, budget: &budget{left: maxUnpacked}, close: func() error { return nil }}
}

// BytesFile makes a file of what is in memory.
func BytesFile(name string, content []byte) *File {
	return NewFile(name, bytes.NewReader(content), int64(len(content)))
}

// Close lets go of the file.
func (f *File) Close() error { return f.close() }

// Size is the file's length in bytes.
func (f *File) Size() int64 { return f.size }

// Read gives the file's bytes from the first on; each call begins anew.
func (f *File) Read() *io.SectionReader { return io.NewSectionReader(f.file, 0, f.size) }

// Head is how the file begins: its first 256 KB as they are.
func (f *File) Head() ([]byte, error) {
	if f.head != nil {
		return f.head, nil
	}
	head := make([]byte, min(f.size, headSize))
	n, err := io.ReadFull(f.Read(), head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, Unreadable(err)
	}
	f.head = head[:n]
	return f.head, nil
}

// Guess says by which encoding the file is text. Where the beginning is plain ASCII, it
// is found out by the first other bytes.
func (f *File) Guess() charset.Guess {
	if f.guess == nil {
		guess := charset.Guess{Encoding: f.Encoding, Sureness: 1}
		if f.Encoding == "" && !f.IsZip() {
			head, _ := f.Head()
			if charset.ASCII(head) && f.size > int64(len(head)) {
				head = f.firstBeyondASCII(int64(len(head)))
			}
			guess = charset.Detect(head)
		}
		f.guess = &guess
	}
	return *f.guess
}

// firstBeyondASCII gives a piece of the file around its first byte that isn't ASCII; nil
// where there is none.
func (f *File) firstBeyondASCII(from int64) []byte {
	buffer := make([]byte, 1<<20)
	for from < f.size {
		n, err := f.file.ReadAt(buffer, from)
		if i := charset.BeyondASCII(buffer[:n]); i >= 0 {
			piece := make([]byte, headSize)
			n, _ := f.file.ReadAt(piece, from+int64(i)) // what can't be read is told by who reads all of it
			return piece[:n]
		}
		if err != nil {
			break
		}
		from += int64(n)
	}
	return nil
}

// Text gives all of the file as UTF-8 without a byte order mark. Of a file that is UTF-8
// it gives the bytes as they are, and some lines may be broken: see charset.Repair.
func (f *File) Text() io.Reader {
	return f.Guess().Encoding.Reader(f.Read())
}

// Sample is how the text of the file begins, in UTF-8, at most 256 KB; "" for a file that
// isn't text. It may end inside a line.
func (f *File) Sample() string {
	return Once(f, "sample", func() string {
		head, _ := f.Head()
		e := f.Guess().Encoding
		if e == charset.UTF8 || e == "" {
			e = charset.UTF8
		}
		text, _ := io.ReadAll(e.Reader(bytes.NewReader(head)))
		if f.IsZip() || binary(text) {
			return ""
		}
		return string(text)
	})
}

// binary tells whether there are too many control characters for a text.
func binary(text []byte) bool {
	controls := 0
	text = bytes.TrimRight(text, "\x00") // what some programs fill a file up with
	for _, b := range text {
		if b < ' ' && (b < '\t' || b > '\r') {
			controls++
		}
	}
	return controls > len(text)/8
}

// Once gives what a reader found out about a file by its beginning, and finds it out only
// once, however many readers ask. The key is one of the package that asks.
func Once[T any](f *File, key any, find func() T) T {
	if known, ok := f.found[key]; ok {
		found, _ := known.(T) // but for a nil, it is one
		return found
	}
	found := find()
	if f.found == nil {
		f.found = map[any]any{}
	}
	f.found[key] = found
	return found
}

// Unreadable is the error for a file that the disk doesn't give.
func Unreadable(err error) error {
	return i18n.Error("could not read the file: {{.Cause}}", i18n.Values{"Cause": err})
}
