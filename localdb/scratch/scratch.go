// Package scratch makes folders for files that are not finished. They are private to
// their owner and locked while the program that made them runs; what programs that were
// killed left behind is recognised by that and removed.
package scratch

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"github.com/gofrs/flock"
)

// The names of the folders: pattern makes them, and names recognises them.
const pattern = ".seedbed-*"

var names = regexp.MustCompile(`^\.seedbed-\d+$`)

// lockName is the file in a folder that is locked while its program runs.
const lockName = ".seedbed-lock"

// lockTime is how old a folder without a lock has to be until it counts as left behind:
// one that is just being made has none yet.
const lockTime = 24 * time.Hour

// Folder is a folder for files that are not finished.
type Folder struct {
	path string
	lock *flock.Flock
}

// New makes a folder in parent, or where that is "" in the system's folder for temporary
// files. What killed programs left in parent is removed first.
func New(parent string) (*Folder, error) {
	if parent == "" {
		parent = os.TempDir()
	}
	Clean(parent)
	for {
		path, err := os.MkdirTemp(parent, pattern)
		if err != nil {
			return nil, err
		}
		f := &Folder{path, flock.New(filepath.Join(path, lockName))}
		taken, err := f.lock.TryLock()
		switch {
		case err == nil && taken && f.locked():
			return f, nil
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return f, nil // nothing can be locked here, and so nothing is removed by others
		}
		if err := f.Remove(); err != nil {
			return nil, err
		}
	}
}

// locked reports whether the lock is on the file that others find: they may have removed
// the folder between its making and its locking.
func (f *Folder) locked() bool {
	held, err := f.lock.Stat()
	if err != nil {
		return false
	}
	present, err := os.Stat(f.lock.Path())
	return err == nil && os.SameFile(held, present)
}

// Join is the path of a file in the folder.
func (f *Folder) Join(name string) string { return filepath.Join(f.path, name) }

// Remove removes the folder with all that is in it.
func (f *Folder) Remove() error {
	if err := f.lock.Close(); err != nil { // Windows removes no open file
		return err
	}
	return removeAll(f.path)
}

// removeAll removes a folder with all that is in it. Wine lacks what os.RemoveAll is made of.
func removeAll(path string) error {
	if os.RemoveAll(path) == nil {
		return nil
	}
	var folders []string
	err := filepath.WalkDir(path, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			folders = append(folders, path)
			return err
		}
		return os.Remove(path) //nolint:gosec // the folder is its owner's alone
	})
	for _, folder := range slices.Backward(folders) {
		err = errors.Join(err, os.Remove(folder))
	}
	return err
}

// Clean removes what killed programs left in a folder. What it can't remove, as it
// belongs to another user, stays.
func Clean(parent string) {
	entries, err := os.ReadDir(parent)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if entry.IsDir() && names.MatchString(entry.Name()) {
			cleanFolder(filepath.Join(parent, entry.Name()))
		}
	}
}

func cleanFolder(path string) {
	info, err := os.Lstat(filepath.Join(path, lockName))
	if os.IsNotExist(err) {
		if folder, err := os.Lstat(path); err == nil && time.Since(folder.ModTime()) > lockTime {
			_ = removeAll(path)
		}
		return
	}
	if err != nil || !info.Mode().IsRegular() {
		return
	}
	l := flock.New(filepath.Join(path, lockName), flock.SetFlag(os.O_RDWR)) // never makes the file
	taken, err := l.TryLock()
	_ = l.Close()
	if err == nil && taken {
		_ = removeAll(path)
	}
}
