package atomicfile

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"seedbed/localdb/scratch"
)

// OldCopy is where what a file held is kept when another replaces it.
func OldCopy(path string) string { return path + "~" }

// keepOld keeps a file that is about to be replaced as its old copy, in the place of an
// earlier one. A file that the new one repeats needs none.
func keepOld(path, next string) (err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.Size() == 0:
		return nil
	}
	if same, err := sameContent(path, next); err != nil || same {
		return err
	}
	old := OldCopy(path)
	if err := CheckReplace(old, nil); err != nil {
		return err
	}
	folder, err := scratch.New(filepath.Dir(path)) // whatever is left there by a kill is cleaned up
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, folder.Remove()) }()
	beside := folder.Join("old")
	if os.Link(path, beside) != nil { // a file system without hard links
		file, err := os.Open(path) // the path is the caller's choice
		if err != nil {
			return err
		}
		defer file.Close()
		if err := writeWhole(beside, info.Mode().Perm(), func(w io.Writer) error { _, err := io.Copy(w, file); return err }); err != nil {
			return err
		}
	}
	return os.Rename(beside, old)
}

// sameContent reports whether two files hold the same.
func sameContent(one, other string) (bool, error) {
	a, err := os.Open(one) // the paths are the caller's choice
	if err != nil {
		return false, err
	}
	defer a.Close()
	b, err := os.Open(other)
	if err != nil {
		return false, err
	}
	defer b.Close()
	first, second := make([]byte, 1<<16), make([]byte, 1<<16)
	for {
		n, errA := io.ReadFull(a, first)
		m, errB := io.ReadFull(b, second)
		switch {
		case !bytes.Equal(first[:n], second[:m]):
			return false, nil
		case errA != nil || errB != nil:
			return errors.Is(errA, io.EOF) || errors.Is(errA, io.ErrUnexpectedEOF), nil
		}
	}
}
