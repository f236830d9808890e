// Package localdb is the dataset: a .seedbed file, which is a plain SQLite 3
// database, with its messages and categories, undo, migrations, the views that the
// grid pages through, merging, and the records of runs and checks.
package localdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	zombiezen "zombiezen.com/go/sqlite"

	"seedbed/assets/i18n"
	"seedbed/localdb/damage"
	"seedbed/localdb/lock"
	"seedbed/localdb/private"
	"seedbed/localdb/scratch"
	"seedbed/localdb/volume"
)

// ApplicationID marks a SQLite file as a dataset: "Seed". The file's user_version is
// the number of the newest migration it has.
const ApplicationID = 0x53656564

// Errors of opening a file, and of changing one that can only be read.
var (
	ErrInUse      = lock.ErrInUse
	ErrNotDataset = i18n.Error("this file is not a Seedbed dataset; nothing was changed: import it instead if it holds messages")
	ErrNewer      = i18n.Error("this dataset was made by a newer Seedbed; nothing was changed: update Seedbed to open it")
	ErrForeign    = i18n.Error("this dataset isn't as Seedbed makes it")
	ErrReadOnly   = i18n.Error("this dataset is open for reading only; nothing was changed")
)

// Dataset is an open dataset file. It is safe for use by many goroutines: changes are
// made one at a time, and readers neither wait for them nor delay them.
type Dataset struct {
	path     string
	file     string        // what is open: the file at path, or a private copy of it
	private  *private.Copy // nil without one
	readOnly error         // why nothing can be changed; nil where it can
	remarks  []i18n.Text   // on how it was opened
	lock     *lock.Lock
	writer   *sql.DB // one connection; nil without a way to write
	reader   *sql.DB // a few, read-only
	writing  sync.Mutex
	closed   bool // guarded by writing

	revision  atomic.Uint64
	listening sync.Mutex
	listeners map[int]func()
	nextKey   int

	index *messageIndex
}

// Create makes a new dataset with these categories and opens it. It never
// overwrites: where the file exists, the error is fs.ErrExist.
func Create(ctx context.Context, path string, categories []Category) (*Dataset, error) {
	path, err := realPath(path)
	if err != nil {
		return nil, err
	}
	held, err := lockName(path)
	if err != nil {
		return nil, err
	}
	if err := createFile(ctx, path, categories); err != nil {
		return nil, errors.Join(fmt.Errorf("creating %s: %w", filepath.Base(path), err), held.Release())
	}
	return open(ctx, path, held)
}

// CreateFilled makes a new dataset with what fill writes into it, and leaves it closed.
// Nobody sees the file before it is complete: fill writes without a log, and its
// connection doesn't check references between tables. It never overwrites, as Create.
func CreateFilled(ctx context.Context, path string, fill func(conn *zombiezen.Conn) error) error {
	path, err := realPath(path)
	if err != nil {
		return err
	}
	held, err := lockName(path)
	if err != nil {
		return err
	}
	if exists(path) {
		return errors.Join(fs.ErrExist, held.Release())
	}
	err = writeBeside(path, ownerOnly, func(beside string) error {
		if err := fillFile(ctx, beside, nil); err != nil {
			return err
		}
		return fillUnlogged(ctx, beside, fill)
	})
	return errors.Join(err, held.Release())
}

// createFile builds the file under another name and then renames it, so that a partial
// dataset never exists at path.
func createFile(ctx context.Context, path string, categories []Category) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		if err != nil {
			return err
		}
		return fs.ErrExist
	}
	return writeBeside(path, ownerOnly, func(beside string) error { return fillFile(ctx, beside, categories) })
}

// fillFile makes an empty file a dataset.
func fillFile(ctx context.Context, path string, categories []Category) error {
	db, err := sql.Open("sqlite", dataSource(path, "rw", "synchronous(FULL)"))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	err = migrate(ctx, db, shippedMigrations, func(tx *sql.Tx) error {
		return insertCategories(ctx, tx, categories)
	})
	return errors.Join(err, db.Close())
}

// Open opens a dataset for reading and changing, after bringing it up to date where
// it is older, of which it first keeps a copy beside it. Where the file can only be read,
// it is opened for that; ReadOnly says why. It fails with ErrInUse, ErrNotDataset,
// ErrNewer, ErrForeign or fs.ErrNotExist.
func Open(ctx context.Context, path string) (*Dataset, error) {
	path, err := realPath(path)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	held, err := lockName(path)
	if err == nil {
		if err = lockFile(held, path); err == nil {
			scratch.Clean(filepath.Dir(path))
			return open(ctx, path, held)
		}
		err = errors.Join(err, held.Release())
	}
	var place *readOnlyPlace
	if errors.As(err, &place) {
		return openPrivately(ctx, path, place.error, place.remark)
	}
	return nil, err
}

// open opens the file whose lock is held, and releases the lock if that fails.
func open(ctx context.Context, path string, held *lock.Lock) (*Dataset, error) {
	d := &Dataset{path: path, file: path, lock: held, index: newMessageIndex(path, false)}
	err := held.File() // of a new file, which had only its name locked
	if err == nil {
		err = d.openFiles(ctx)
	}
	if err != nil {
		return nil, errors.Join(openingError(path, err), d.closeFiles())
	}
	return d, nil
}

// openingError says what is wrong with a file that did not open.
func openingError(path string, err error) error {
	if errors.Is(err, ErrNotDataset) {
		err = damage.Examine(path, err)
	}
	return fmt.Errorf("opening %s: %w", filepath.Base(path), damage.Explain(err))
}

// OpenReadOnly opens a dataset for reading, also while it is being changed
// elsewhere. Every change fails with ErrReadOnly.
func OpenReadOnly(ctx context.Context, path string) (*Dataset, error) {
	path, err := realPath(path)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	if volume.Of(path).Kind != volume.Local {
		return openPrivately(ctx, path, ErrReadOnly) // where logs aren't safe to share
	}
	d := &Dataset{path: path, file: path, readOnly: ErrReadOnly, index: newMessageIndex(path, true)}
	asItIs, err := d.openAsItIs(ctx)
	if err == nil && asItIs {
		return d, nil
	}
	if err = errors.Join(err, d.closeFiles()); err != nil {
		return nil, openingError(path, err)
	}
	return openPrivately(ctx, path, ErrReadOnly)
}

// openPrivately opens a private copy of the file. What a person changes is refused with the
// error readOnly; what the program notes lasts until it is closed.
func openPrivately(ctx context.Context, path string, readOnly error, remarks ...i18n.Text) (*Dataset, error) {
	copied, err := private.New(ctx, path)
	if err != nil {
		return nil, openingError(path, err)
	}
	d := &Dataset{path: path, file: copied.Path(), private: copied, readOnly: readOnly, remarks: remarks, index: newMessageIndex(copied.Path(), false)}
	if err := d.openFiles(ctx); err != nil {
		return nil, errors.Join(openingError(path, err), d.closeFiles())
	}
	return d, nil
}

// Path is the file's full path, links resolved.
func (d *Dataset) Path() string { return d.path }

// ReadOnly is nil for a dataset that can be changed, and else says why it can't.
func (d *Dataset) ReadOnly() error { return d.readOnly }

// Remarks are what a person should know of how the dataset was opened: what was removed
// from it, and what the place that it is in asks for.
func (d *Dataset) Remarks() []i18n.Text { return d.remarks }

// Revision grows with every change.
func (d *Dataset) Revision() uint64 { return d.revision.Load() }

// OnChange calls f after every change, on the goroutine that made it, so f must be
// quick. No lock is held meanwhile: f may use the dataset and call stop, after which f
// is called no more, but for calls that other goroutines have begun.
func (d *Dataset) OnChange(f func()) (stop func()) {
	d.listening.Lock()
	defer d.listening.Unlock()
	if d.listeners == nil {
		d.listeners = map[int]func(){}
	}
	key := d.nextKey
	d.nextKey++
	d.listeners[key] = f
	return func() {
		d.listening.Lock()
		defer d.listening.Unlock()
		delete(d.listeners, key)
	}
}

func (d *Dataset) notify() {
	d.listening.Lock()
	keys := slices.Sorted(maps.Keys(d.listeners))
	d.listening.Unlock()
	for _, key := range keys {
		d.listening.Lock()
		f := d.listeners[key]
		d.listening.Unlock()
		if f != nil { // a listener before it may have stopped it
			f()
		}
	}
}

// Close drops undo entries beyond the limit, oldest first, and closes the file.
// Everything is on the disk already. Closing twice does nothing more.
func (d *Dataset) Close() error {
	d.writing.Lock()
	defer d.writing.Unlock()
	if d.closed {
		return nil
	}
	d.closed = true
	errs := []error{d.index.close()}
	if d.readOnly == nil {
		errs = append(errs, d.trim(context.Background()))
	}
	return errors.Join(append(errs, d.closeFiles())...)
}

// closeFiles closes what is open; the writer goes last, since the last connection
// tidies up the log beside the file.
func (d *Dataset) closeFiles() error {
	var errs []error
	for _, db := range []*sql.DB{d.reader, d.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if d.readOnly != nil && d.private == nil {
		dropEmptyLog(d.path)
	}
	if d.lock != nil {
		errs = append(errs, d.lock.Release())
	}
	if d.private != nil {
		errs = append(errs, d.private.Remove())
	}
	return errors.Join(errs...)
}

// dropEmptyLog removes the empty log that reading has left beside the file: connections
// that only read don't. The engine does so itself when the last connection that may write
// is closed, and leaves the log to others that have the file open. Where that fails, it stays.
func dropEmptyLog(path string) {
	if log, err := os.Stat(path + "-wal"); err != nil || log.Size() > 0 {
		return
	}
	if db, err := sql.Open("sqlite", dataSource(path, "rw")); err == nil {
		_, _ = checkFile(context.Background(), db)
		_ = db.Close()
	}
}

// Setting returns a setting of the dataset; "" if it was never set.
func (d *Dataset) Setting(ctx context.Context, key string) (value string, err error) {
	err = d.reader.QueryRowContext(ctx, `SELECT value FROM settings WHERE key = ?`, key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

// SetSetting stores a setting in the dataset. Undo leaves settings alone. A secret
// must never be one. A dataset that can only be read keeps it until it is closed.
func (d *Dataset) SetSetting(ctx context.Context, key, value string) error {
	return d.note(ctx, func(tx *writeTx) error { return tx.setSetting(key, value) })
}

func (tx *writeTx) setSetting(key, value string) error {
	_, err := tx.execUnrecorded(`INSERT INTO settings (key, value) VALUES (?, ?)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
	return err
}
