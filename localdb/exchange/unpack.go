package exchange

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/scratch"
)

// Limits on what zip files may unpack to, against those that are made to fill a disk.
const (
	maxUnpacked = 4 << 30  // bytes of everything that is unpacked of one file, the beginnings counted again
	maxInMemory = 16 << 20 // what is larger is unpacked into a temporary file
	maxEntries  = 200_000
	maxDepth    = 2   // a zip file inside a zip file is opened, one inside that isn't
	maxRatio    = 200 // how much smaller a large file is when packed; text is 3 to 20 times smaller
)

// ErrUnpacksTooLarge is returned for a zip file that unpacks to more than 4 GB.
var ErrUnpacksTooLarge = i18n.Error("the zip file unpacks to more than 4 GB")

// ErrEncrypted is returned for a zip file with a password.
var ErrEncrypted = i18n.Error("the zip file has a password; unpack it first")

// budget is how many bytes may still be unpacked.
type budget struct{ left int64 }

// Entry is one file inside a zip file.
type Entry struct {
	Name   string // its path in the zip file, with slashes
	Size   int64  // bytes unpacked, as the zip file says
	file   *zip.File
	parent *File
}

// IsZip tells whether the file is a zip file, as Excel files are, too.
func (f *File) IsZip() bool {
	head, _ := f.Head()
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06"))
}

// Entries lists the files inside a zip file, without folders and what systems add for
// themselves; nil where it is none.
func (f *File) Entries() ([]*Entry, error) {
	if f.entries != nil || !f.IsZip() {
		return f.entries, nil
	}
	if f.depth >= maxDepth {
		return nil, i18n.Error("it is a zip file inside a zip file inside a zip file; unpack it first")
	}
	archive, err := zip.NewReader(f.file, f.size)
	if err != nil {
		return nil, i18n.Error("the zip file is broken or cut off: {{.Cause}}", i18n.Values{"Cause": err})
	}
	if len(archive.File) > maxEntries {
		return nil, i18n.Error("the zip file holds more than {{.N}} files; unpack it and choose the ones to read", i18n.Values{"N": maxEntries})
	}
	entries := make([]*Entry, 0, len(archive.File))
	for _, packed := range archive.File {
		if name := packed.Name; strings.HasSuffix(name, "/") || strings.HasPrefix(name, "__MACOSX/") || strings.HasSuffix(name, ".DS_Store") {
			continue
		}
		entries = append(entries, &Entry{Name: packed.Name, Size: int64(min(packed.UncompressedSize64, 1<<62)), file: packed, parent: f})
	}
	f.entries = entries
	return entries, nil
}

// Open unpacks the file. It must be closed.
func (e *Entry) Open() (_ *File, err error) {
	switch budget := e.parent.budget; {
	case e.file.Flags&1 != 0:
		return nil, ErrEncrypted
	case e.Size > maxInMemory && e.file.UncompressedSize64/maxRatio > e.file.CompressedSize64:
		return nil, i18n.Error("{{.File}} unpacks to more than {{.N}} times its size, as no file of messages does; it was not unpacked", i18n.Values{"File": e.Name, "N": maxRatio})
	case e.Size > budget.left:
		return nil, unpackError(e.Name, ErrUnpacksTooLarge)
	}
	packed, err := e.file.Open()
	if err != nil {
		return nil, unpackError(e.Name, err)
	}
	defer func() { err = errors.Join(err, packed.Close()) }()
	counted := &Leash{R: packed, Left: e.Size + 1, TooLong: ErrUnpacksTooLarge}
	defer func() { e.parent.budget.left -= e.Size + 1 - counted.Left }()
	unpacked, err := e.unpack(counted)
	if err != nil {
		return nil, unpackError(e.Name, err)
	}
	unpacked.depth, unpacked.budget, unpacked.Encoding = e.parent.depth+1, e.parent.budget, e.parent.Encoding
	return unpacked, nil
}

func unpackError(name string, err error) error {
	return i18n.Error("could not unpack {{.File}}: {{.Cause}}", i18n.Values{"File": name, "Cause": err})
}

func (e *Entry) unpack(r io.Reader) (_ *File, err error) {
	var begun bytes.Buffer
	if _, err := io.CopyN(&begun, r, maxInMemory); errors.Is(err, io.EOF) {
		return BytesFile(e.Name, begun.Bytes()), nil
	} else if err != nil {
		return nil, err
	}
	folder, err := scratch.New("")
	if err != nil {
		return nil, err
	}
	file, err := os.OpenFile(folder.Join("unpacked"), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, errors.Join(err, folder.Remove())
	}
	remove := func() error { return errors.Join(file.Close(), folder.Remove()) }
	n, err := io.Copy(file, io.MultiReader(&begun, r))
	if err != nil {
		return nil, errors.Join(err, remove())
	}
	unpacked := NewFile(e.Name, file, n)
	unpacked.close = remove
	return unpacked, nil
}

// Leash bounds how much is read of R before Left is set again: one item of a file, or
// everything that is unpacked.
type Leash struct {
	R       io.Reader
	Left    int64 // bytes
	TooLong error // what ends the reading beyond
}

func (l *Leash) Read(p []byte) (int, error) {
	if l.Left <= 0 {
		return 0, l.TooLong
	}
	n, err := l.R.Read(p[:min(int64(len(p)), l.Left)])
	l.Left -= int64(n)
	return n, err
}
