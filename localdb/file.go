package localdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/gofrs/flock"

	"seedbed/assets/i18n"
	"seedbed/localdb/scratch"
)

// ErrInUse means that a dataset is already open, here or in another program.
var ErrInUse = i18n.Error("this dataset is already open in another window or program; nothing was changed: continue there, or close it there and open it again")

// lock takes the dataset's lock: a file beside it, locked by the operating system,
// which releases it when the program ends for any reason. (A lock on the dataset
// itself would interfere with SQLite's.)
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

// unlock releases the lock and removes its file.
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

// Backup saves a copy of the dataset as it is now, including its undo log, to another
// file. The copy is written under another name and renamed. The dataset can be used
// meanwhile.
func (d *Dataset) Backup(ctx context.Context, to string) error {
	return d.BackupChanged(ctx, to, nil)
}

// BackupChanged is Backup of what change, which may be nil, makes of the copy. The copy
// gets its name afterwards.
func (d *Dataset) BackupChanged(ctx context.Context, to string, change func(ctx context.Context, conn *sql.Conn) error) error {
	to, err := realPath(to)
	if err != nil {
		return err
	}
	held, err := lock(to) // a dataset that is open must not be replaced
	if err != nil {
		return fmt.Errorf("saving a copy: %w", err)
	}
	return errors.Join(d.copyTo(ctx, d.reader, to, change), unlock(held))
}

// ownerOnly are the permissions of a new dataset: it may hold what real people wrote.
const ownerOnly fs.FileMode = 0o600

// copyTo writes the dataset to a file that as many may read as its own, compacted.
func (d *Dataset) copyTo(ctx context.Context, db *sql.DB, to string, change func(ctx context.Context, conn *sql.Conn) error) error {
	source, err := os.Stat(d.path)
	if err != nil {
		return err
	}
	return writeBeside(to, source.Mode().Perm(), func(beside string) error {
		if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, beside); err != nil || change == nil {
			return err
		}
		return rewriteFile(ctx, beside, change)
	})
}

// rewriteFile calls change with a connection to a database that nobody else has open.
func rewriteFile(ctx context.Context, path string, change func(ctx context.Context, conn *sql.Conn) error) (err error) {
	db, err := sql.Open("sqlite", dataSource(path, "rw"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	return errors.Join(change(ctx, conn), conn.Close())
}

// Rewrite calls do with the connection that changes are made with, while no change is
// under way. It is for what removes rows for good, which undo knows nothing of; everything
// is read anew afterwards.
func (d *Dataset) Rewrite(ctx context.Context, do func(ctx context.Context, conn *sql.Conn) error) error {
	if d.readOnly {
		return ErrReadOnly
	}
	d.writing.Lock()
	defer d.notify() // without the lock
	defer d.writing.Unlock()
	conn, err := d.writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer d.revision.Add(1)
	defer d.index.renew()
	defer conn.Close() // returns it
	return writeError(do(ctx, conn))
}

// writeBeside makes a database under another name in the same folder, makes sure it
// is on the disk, and renames it. The logs that the engine makes beside it have its
// permissions, too. Whenever that is interrupted, the path has either
// all that it had or all of the new file. Where the file that is replaced is a
// database that someone has open, the error is ErrInUse.
func writeBeside(path string, permissions fs.FileMode, write func(beside string) error) (err error) {
	folder, err := scratch.New(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, folder.Remove()) }()
	beside := folder.Join(filepath.Base(path))
	if err := os.WriteFile(beside, nil, permissions); err != nil { // the engine fills an empty file
		return err
	}
	if err := os.Chmod(beside, permissions); err != nil { // whatever the process's mask takes away
		return err
	}
	if err := write(beside); err != nil {
		return err
	}
	if err := syncFile(beside, os.O_RDWR); err != nil {
		return err
	}
	if err := absorbLogs(path); err != nil {
		return err
	}
	if err := os.Rename(beside, path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// absorbLogs makes the file at path do without the logs beside it, which must be gone
// before another file takes its place, since SQLite would apply them to that one.
// Committed rows that only a log holds are moved into the file first.
func absorbLogs(path string) (err error) {
	logs := []string{path + "-wal", path + "-shm", path + "-journal"}
	if !slices.ContainsFunc(logs, exists) {
		return nil
	}
	if exists(path) {
		if err := closeJournal(path); err != nil && !hasCode(err, sqliteNotADB) {
			return err
		}
	}
	for _, log := range logs {
		if err := os.Remove(log); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// closeJournal writes what the journal of a database holds into the database, and
// leaves the write-ahead mode, which works only while nobody else has the file open.
func closeJournal(path string) (err error) {
	db, err := sql.Open("sqlite", dataSource(path, "rw", "synchronous(FULL)", "busy_timeout(500)"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var mode string
	err = db.QueryRowContext(context.Background(), `PRAGMA journal_mode = DELETE`).Scan(&mode)
	if hasCode(err, sqliteBusy) || hasCode(err, sqliteLocked) || err == nil && mode != "delete" {
		return fmt.Errorf("%s: %w", filepath.Base(path), ErrInUse)
	}
	return err
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// syncFolder flushes a rename to the disk.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil // where folders can't be flushed, and renaming is journalled
	}
	return syncFile(path, os.O_RDONLY)
}

func syncFile(path string, flag int) error {
	f, err := os.OpenFile(path, flag, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
