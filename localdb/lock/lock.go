// Package lock makes sure that one program at a time changes a file, whatever name the
// file is opened by, and says who has it open.
//
// A lock has two parts, which the operating system releases when the program ends for any
// reason. One is on a file beside the file, and also serves a file that is yet to be made.
// The other is on a byte of the file itself, far behind those that SQLite locks, and so
// holds for hard links, bind mounts and names in other letters, too.
package lock

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/gofrs/flock"

	"seedbed/assets/i18n"
)

// ErrInUse means that the file is already open for changing, here or in another program.
var ErrInUse = i18n.Error("this dataset is already open in another window or program; nothing was changed: continue there, or close it there and open it again")

// Lock is a lock that is held.
type Lock struct {
	path   string
	holder Holder
	beside *flock.Flock
	file   *os.File // nil while only the name is locked
	info   fs.FileInfo
	record string // where other names of the file find the holder
}

// ofThisProcess are the locks on files that this process holds. Asking them first spares
// opening a file that is in use here: closing it would release SQLite's own locks where
// those belong to the process.
var ofThisProcess struct {
	sync.Mutex
	locks map[*Lock]bool
}

// byteLocked is the place of the byte of the file that is locked; SQLite locks bytes from
// 0x40000000 to 0x400001FF (https://www.sqlite.org/src/file/src/os.h).
const byteLocked = 0x7fffffff

// Name locks the name of a file, whether the file exists or not. Where remote is set, the
// folder is reached from other computers, but their locks may not be seen: then what a
// program on another computer wrote into the file beside counts as its lock. The error is
// ErrInUse with the holder, or says why nothing can be written beside the file.
func Name(path string, remote bool) (*Lock, error) {
	l := &Lock{path: path, holder: thisProcess()}
	for {
		if err := checkOwn(l.besidePath()); err != nil {
			return nil, err
		}
		l.beside = flock.New(l.besidePath(), flock.SetPermissions(0o600))
		taken, err := l.beside.TryLock()
		if err != nil {
			return nil, err
		}
		if !taken {
			holder, _ := readHolder(l.besidePath())
			return nil, inUse(holder)
		}
		// Who held it before may have removed the file between our opening and
		// our locking it; then the lock is on a file that nobody else will find.
		locked, err := l.beside.Stat()
		if err == nil {
			var present fs.FileInfo
			if present, err = os.Lstat(l.besidePath()); err == nil && os.SameFile(locked, present) {
				break
			}
		}
		if closeErr := l.beside.Close(); closeErr != nil {
			return nil, closeErr
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	if holder, found := readHolder(l.besidePath()); remote && found && holder.Computer != l.holder.Computer {
		return nil, errors.Join(inUseElsewhere(holder, l.besidePath()), l.beside.Close())
	}
	if err := writeHolder(l.besidePath(), l.holder, 0o600); err != nil {
		return nil, errors.Join(err, l.Release())
	}
	return l, nil
}

// checkOwn returns an error if something else is in the place of a lock, which would be
// overwritten: a link, a folder or a pipe; or, where the dataset's name doesn't end as the
// program's own names do, another program's file, such as Cargo.lock.
func checkOwn(path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return nil //nolint:nilerr // it isn't there, or locking it says why not
	}
	if info.Mode().IsRegular() {
		if _, found := readHolder(path); found || info.Size() <= int64(len(recordStart)) || strings.HasSuffix(path, ownEnding) {
			return nil
		}
	}
	return i18n.Error("{{.Lock}} is in the place of the file with which Seedbed locks this dataset, and is something else; nothing was changed: rename it or the dataset, and open the dataset again",
		i18n.Values{"Lock": filepath.Base(path)})
}

// besideEnding is what the name of the file beside adds.
const besideEnding = ".lock"

// ownEnding ends the names of the locks that can only be this program's.
const ownEnding = ".seedbed" + besideEnding

func (l *Lock) besidePath() string { return l.path + besideEnding }

// File locks the file itself, which must exist and be writable. It does nothing where that
// is locked already.
func (l *Lock) File() error {
	if l.file != nil {
		return nil
	}
	info, err := os.Stat(l.path)
	if err != nil {
		return err
	}
	ofThisProcess.Lock()
	defer ofThisProcess.Unlock()
	for other := range ofThisProcess.locks {
		if os.SameFile(info, other.info) {
			return inUse(other.holder)
		}
	}
	file, err := os.OpenFile(l.path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	taken, err := lockByte(file)
	if err != nil || !taken {
		if err == nil {
			holder, _ := findRecord(file)
			err = inUse(holder)
		}
		return errors.Join(err, file.Close())
	}
	if info, err = file.Stat(); err != nil {
		return errors.Join(err, file.Close())
	}
	l.file, l.info, l.record = file, info, writeRecord(file, l.holder)
	if ofThisProcess.locks == nil {
		ofThisProcess.locks = map[*Lock]bool{}
	}
	ofThisProcess.locks[l] = true
	return nil
}

// ReleaseFile releases the lock on the file itself, so that another file can take its
// place, and keeps the one on its name.
func (l *Lock) ReleaseFile() error {
	if l.file == nil {
		return nil
	}
	ofThisProcess.Lock()
	defer ofThisProcess.Unlock()
	if l.record != "" {
		_ = os.Remove(l.record) // while the lock is held, so that it is nobody else's
	}
	unlockByte(l.file)
	err := l.file.Close()
	l.file = nil
	delete(ofThisProcess.locks, l)
	return err
}

// Release releases the lock. What uses the file must be closed before.
func (l *Lock) Release() error {
	err := l.ReleaseFile()
	// Removed while still held, so that nobody else can hold it; Windows removes
	// no open file, and there it is removed afterwards.
	removeErr := os.Remove(l.besidePath())
	err = errors.Join(err, l.beside.Close())
	if removeErr != nil && err == nil {
		_ = os.Remove(l.besidePath())
	}
	return err
}

func inUse(holder Holder) error {
	if holder == (Holder{}) {
		return ErrInUse
	}
	return i18n.Error("this dataset is already open in {{.Program}} (process {{.Process}}) of {{.User}} on {{.Computer}} since {{.Since}}; nothing was changed: continue there, or close it there and open it again",
		holder.values())
}

func inUseElsewhere(holder Holder, beside string) error {
	values := holder.values()
	values["Lock"] = filepath.Base(beside)
	return i18n.Error("this dataset is already open in {{.Program}} (process {{.Process}}) of {{.User}} on the computer {{.Computer}} since {{.Since}}; nothing was changed: close it there and wait until the folder is up to date. If it isn't open there any more, delete {{.Lock}} beside it and open it again",
		values)
}
