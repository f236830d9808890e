package localdb

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"seedbed/assets/i18n"
)

// ErrInUse says that a dataset is open already, here or in another program.
var ErrInUse = i18n.Error("this dataset is open already, in another window or program; nothing was changed: go on there, or close it there and open it again")

// lock takes the dataset's lock: a file beside it, locked by the operating system,
// which lets go of it when the program ends, however it ends. (A lock on the dataset
// itself would get into SQLite's way.)
func lock(path string) (*flock.Flock, error) {
	beside := path + ".lock"
	for {
		l := flock.New(beside)
		taken, err := l.TryLock()
		if err != nil {
			return nil, i18n.Error("can't write beside {{.File}}, which editing it needs: {{.Cause}}; copy it to a folder of yours and open the copy", i18n.Values{"File": filepath.Base(path), "Cause": err})
		}
		if !taken {
			return nil, fmt.Errorf("%s: %w", filepath.Base(path), ErrInUse)
		}
		// Who held it before may have removed the file between our opening and
		// our locking it; then the lock is on a file that nobody else will find.
		locked, err := l.Stat()
		if err == nil {
			var present fs.FileInfo
			if present, err = os.Stat(beside); err == nil && os.SameFile(locked, present) {
				return l, nil
			}
		}
		if closeErr := l.Close(); closeErr != nil {
			return nil, closeErr
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
}

// unlock lets go of the lock and takes its file away.
func unlock(l *flock.Flock) error {
	// Removed while still held, so that nobody else can hold it; Windows removes
	// no open file, and there the file just stays.
	removeErr := os.Remove(l.Path())
	err := l.Close()
	if removeErr != nil && err == nil {
		_ = os.Remove(l.Path())
	}
	return err
}
