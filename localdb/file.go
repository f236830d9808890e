package localdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"modernc.org/sqlite"
	zombiezen "zombiezen.com/go/sqlite"

	"seedbed/localdb/damage"
	"seedbed/localdb/lock"
	"seedbed/localdb/scratch"
)

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
	held, err := lockToReplace(to)
	if err != nil {
		return fmt.Errorf("saving a copy: %w", err)
	}
	return errors.Join(d.copyTo(ctx, d.reader, to, change), held.Release())
}

// lockToReplace locks the name of a file that is going to be replaced or made: a dataset
// that is open must not be replaced.
func lockToReplace(path string) (*lock.Lock, error) {
	held, err := lockName(path)
	if err != nil {
		return nil, err
	}
	if err = lockFile(held, path); err == nil {
		err = held.ReleaseFile()
	} else if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err != nil {
		return nil, errors.Join(err, held.Release())
	}
	return held, nil
}

// ownerOnly are the permissions of a new dataset: it may hold what real people wrote.
const ownerOnly fs.FileMode = 0o600

// copyAsReceived copies a dataset that isn't as this program makes it beside itself, page by
// page, so that nothing in it runs: file.as-received.seedbed, or with the first number that
// is free.
func copyAsReceived(ctx context.Context, db *sql.DB, file string) (to string, err error) {
	extension := filepath.Ext(file)
	base := strings.TrimSuffix(file, extension) + ".as-received"
	for n := 1; ; n++ {
		if to = base + extension; n > 1 {
			to = fmt.Sprintf("%s-%d%s", base, n, extension)
		}
		if !exists(to) {
			break
		}
	}
	source, err := os.Stat(file)
	if err != nil {
		return "", err
	}
	return to, writeBeside(to, source.Mode().Perm(), func(beside string) (err error) {
		conn, err := db.Conn(ctx)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, conn.Close()) }()
		return conn.Raw(func(engine any) error { return copyPages(ctx, engine, beside) })
	})
}

// pagesAtOnce is how many pages are copied before it is seen whether to stop.
const pagesAtOnce = 1000

func copyPages(ctx context.Context, engine any, to string) (err error) {
	source, ok := engine.(interface {
		NewBackup(to string) (*sqlite.Backup, error)
	})
	if !ok {
		return fmt.Errorf("the engine %T can't copy pages", engine)
	}
	pages, err := source.NewBackup(ownSource(to, "rwc"))
	if err != nil {
		return err
	}
	for more := true; more && err == nil; {
		if err = ctx.Err(); err == nil {
			more, err = pages.Step(pagesAtOnce)
		}
	}
	return errors.Join(err, pages.Finish())
}

// copyTo writes the dataset to a file that as many may read as its own, compacted.
func (d *Dataset) copyTo(ctx context.Context, db *sql.DB, to string, change func(ctx context.Context, conn *sql.Conn) error) error {
	source, err := os.Stat(d.path)
	if err != nil {
		return err
	}
	return compactInto(ctx, db, to, source.Mode().Perm()|ownerOnly, change)
}

// compactInto writes what change, which may be nil, makes of a database's compacted copy.
func compactInto(ctx context.Context, db *sql.DB, to string, permissions fs.FileMode, change func(ctx context.Context, conn *sql.Conn) error) error {
	return writeBeside(to, permissions, func(beside string) error {
		if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, beside); err != nil || change == nil {
			return err
		}
		return rewriteFile(ctx, beside, change)
	})
}

// Restorable returns an error if a file can't be restored: it is damaged, no dataset, or a
// newer program's.
func Restorable(ctx context.Context, path string) (err error) {
	db, err := sql.Open("sqlite", dataSource(path, "ro"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := checkFile(ctx, db); err != nil {
		return openingError(path, err)
	}
	return damage.Full(ctx, path)
}

// Restore puts a copy of one dataset, which may be of an older version, in the place of
// another, which must not be open. The copy is written under another name and renamed.
func Restore(ctx context.Context, from, to string) (err error) {
	if to, err = realPath(to); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", dataSource(from, "ro"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := checkFile(ctx, db); err != nil {
		return openingError(from, err)
	}
	source, err := os.Stat(from)
	if err != nil {
		return err
	}
	permissions := source.Mode().Perm()
	if replaced, err := os.Stat(to); err == nil {
		permissions = replaced.Mode().Perm()
	}
	held, err := lockToReplace(to)
	if err != nil {
		return err
	}
	return errors.Join(compactInto(ctx, db, to, permissions, nil), held.Release())
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
	if d.readOnly != nil {
		return d.readOnly
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
	defer func() { err = errors.Join(notWritten(err), folder.Remove()) }()
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

// mostBytes bounds what is read of a text in the file, in bytes: one of hundreds of megabytes
// would take all memory. Messages are far shorter, and readers of files take 64 MB at most.
const mostBytes = 65 << 20

// connect opens a connection that only reads, without database/sql. It does without SQLite's
// defensive mode, which is about writing: zombiezen's SetDefensive passes one argument where
// the engine reads two, and then writes to wherever the second happens to point.
func connect(path string) (*zombiezen.Conn, error) {
	conn, err := zombiezen.OpenConn(path, zombiezen.OpenReadOnly)
	if err != nil {
		return nil, err
	}
	conn.Limit(zombiezen.LimitLength, mostBytes)
	for _, pragma := range safePragmas {
		if err == nil {
			name, value, _ := strings.Cut(strings.TrimSuffix(pragma, ")"), "(")
			err = execute(conn, "PRAGMA "+name+" = "+value, nil)
		}
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

// safePragmas are those of every connection to a file that may be a stranger's: functions
// with side effects and virtual tables can't be used from its schema, and pages are checked.
// See https://sqlite.org/security.html.
var safePragmas = []string{"trusted_schema(0)", "cell_size_check(1)"}

// dataSource names the file at path to the engine, for a connection that no content of the
// file can make do harm.
func dataSource(path, mode string, pragmas ...string) string {
	return ownSource(path, mode, append(safePragmas[:len(safePragmas):len(safePragmas)], pragmas...)...) + "&_defensive=1"
}

// ownSource names a file that this program is making to the engine, for a connection that
// may do without a journal. Paths go in as URIs, so that no character of a file's name is
// mistaken for an option.
func ownSource(path, mode string, pragmas ...string) string {
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

// realPath is the full path with links resolved.
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
