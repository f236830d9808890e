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
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/gofrs/flock"
	_ "modernc.org/sqlite" // registers the engine

	"seedbed/assets/i18n"
	"seedbed/localdb/scratch"
)

// ApplicationID marks a SQLite file as a dataset: "Seed". The file's user_version is
// the number of the newest migration it has.
const ApplicationID = 0x53656564

// Errors of opening a file.
var (
	ErrNotDataset = i18n.Error("this file is not a Seedbed dataset; nothing was changed: import it instead if it holds messages")
	ErrNewer      = i18n.Error("this dataset was made by a newer Seedbed; nothing was changed: update Seedbed to open it")
	ErrOlder      = i18n.Error("this dataset was made by an older Seedbed; open it once for editing, which brings it up to date")
	ErrReadOnly   = i18n.Error("this dataset is open for reading only; nothing was changed")
)

// Dataset is an open dataset file. It is safe for use by many goroutines: changes are
// made one at a time, and readers neither wait for them nor delay them.
type Dataset struct {
	path     string
	readOnly bool
	lock     *flock.Flock
	writer   *sql.DB // one connection
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
	held, err := lock(path)
	if err != nil {
		return nil, err
	}
	if err := createFile(ctx, path, categories); err != nil {
		return nil, errors.Join(fmt.Errorf("creating %s: %w", filepath.Base(path), err), unlock(held))
	}
	return open(ctx, path, held)
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
// it is older, of which it first keeps a copy beside it. It fails with ErrInUse,
// ErrNotDataset, ErrNewer or fs.ErrNotExist.
func Open(ctx context.Context, path string) (*Dataset, error) {
	path, err := realPath(path)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	held, err := lock(path)
	if err != nil {
		return nil, err
	}
	scratch.Clean(filepath.Dir(path))
	return open(ctx, path, held)
}

// open opens the file whose lock is held, and releases the lock if that fails.
func open(ctx context.Context, path string, held *flock.Flock) (*Dataset, error) {
	d := &Dataset{path: path, lock: held, index: newMessageIndex(path, false)}
	if err := d.openFiles(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("opening %s: %w", filepath.Base(path), err), d.closeFiles())
	}
	return d, nil
}

func (d *Dataset) openFiles(ctx context.Context) (err error) {
	if d.writer, err = sql.Open("sqlite", dataSource(d.path, "rw", "cache_size(-16000)")); err != nil {
		return err
	}
	d.writer.SetMaxOpenConns(1)
	version, err := checkFile(ctx, d.writer)
	if err != nil {
		return err
	}
	if version < shippedMigrations.newest() {
		if err := d.copyBeforeMigrating(ctx); err != nil {
			return err
		}
		if err := migrate(ctx, d.writer, shippedMigrations, nil); err != nil {
			return err
		}
	}
	if _, err := d.writer.ExecContext(ctx, `PRAGMA journal_mode = WAL`); err != nil {
		return err
	}
	return d.openReader()
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
	d := &Dataset{path: path, readOnly: true, index: newMessageIndex(path, true)}
	if err := d.openReader(); err != nil {
		return nil, err
	}
	version, err := checkFile(ctx, d.reader)
	if err == nil && version < shippedMigrations.newest() {
		err = ErrOlder
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening %s: %w", filepath.Base(path), err), d.closeFiles())
	}
	return d, nil
}

func (d *Dataset) openReader() (err error) {
	d.reader, err = sql.Open("sqlite", dataSource(d.path, "ro", "cache_size(-2000)"))
	if err != nil {
		return err
	}
	d.reader.SetMaxOpenConns(4)
	d.reader.SetMaxIdleConns(4)
	return nil
}

// Path is the file's full path, links resolved.
func (d *Dataset) Path() string { return d.path }

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
	if !d.readOnly {
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
	if d.readOnly {
		dropEmptyLog(d.path)
	}
	if d.lock != nil {
		errs = append(errs, unlock(d.lock))
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
// must never be one.
func (d *Dataset) SetSetting(ctx context.Context, key, value string) error {
	return d.write(ctx, notUndoable, func(tx *writeTx) error { return tx.setSetting(key, value) })
}

func (tx *writeTx) setSetting(key, value string) error {
	_, err := tx.execUnrecorded(`INSERT INTO settings (key, value) VALUES (?, ?)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
	return err
}

// checkFile makes sure that the file is a dataset that this program can read, and
// returns its version.
func checkFile(ctx context.Context, db *sql.DB) (version int, err error) {
	var id int
	err = db.QueryRowContext(ctx, `SELECT application_id, user_version FROM pragma_application_id, pragma_user_version`).Scan(&id, &version)
	switch {
	case hasCode(err, sqliteNotADB) || err == nil && id != ApplicationID:
		return 0, ErrNotDataset
	case err == nil && version > shippedMigrations.newest():
		return 0, ErrNewer
	}
	return version, err
}

// dataSource names the file at path to the engine. Paths go in as URIs, so that no
// character of a file's name is mistaken for an option.
func dataSource(path, mode string, pragmas ...string) string {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/…
	}
	options := url.Values{"mode": {mode}, "_txlock": {"immediate"}}
	for _, p := range append([]string{"busy_timeout(5000)", "foreign_keys(1)", "temp_store(MEMORY)", "synchronous(NORMAL)"}, pragmas...) {
		options.Add("_pragma", p)
	}
	return "file://" + (&url.URL{Path: slashed}).EscapedPath() + "?" + options.Encode()
}

// realPath is the full path with links resolved, so that one file has one lock.
func realPath(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(path))
	if err != nil {
		return "", err
	}
	path = filepath.Join(dir, filepath.Base(path))
	if target, err := filepath.EvalSymlinks(path); err == nil {
		return target, nil
	}
	return path, nil
}
