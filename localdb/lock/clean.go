package lock

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// Clean removes the locks of files that killed programs of this computer left in a folder:
// nobody would ever lock the names of files again that were never made. Others that it
// can't remove stay.
func Clean(folder string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), besideEnding) {
			cleanLock(filepath.Join(folder, entry.Name()))
		}
	}
}

func cleanLock(path string) {
	if holder, found := readHolder(path); found && holder.Computer != thisProcess().Computer || !found && !unfinished(path) {
		return
	}
	l := flock.New(path, flock.SetFlag(os.O_RDWR)) // never makes the file
	if taken, err := l.TryLock(); err == nil && taken {
		_ = (&Lock{path: strings.TrimSuffix(path, besideEnding), beside: l}).Release()
		return
	}
	_ = l.Close()
}

// unfinished reports whether a lock is that of a dataset whose program was killed before it
// had written down who it was.
func unfinished(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.Mode().IsRegular() && info.Size() <= int64(len(recordStart)) && strings.HasSuffix(path, ownEnding)
}
