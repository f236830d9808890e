package localdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"modernc.org/sqlite"
	zombiezen "zombiezen.com/go/sqlite"

	"seedbed/assets/i18n"
	"seedbed/localdb/damage"
	"seedbed/localdb/lock"
	"seedbed/localdb/schema"
	"seedbed/localdb/volume"
)

// SQLite's locks on the file belong to the connection where the system allows, not to the
// process, which would lose them whenever it reads and closes the same file elsewhere.
var _, _ = sqlite.OFDLocking(true)

// lockName locks the name of a file that exists or is to be made, after removing the locks
// that killed programs left in its folder.
func lockName(path string) (*lock.Lock, error) {
	lock.Clean(filepath.Dir(path))
	held, err := lock.Name(path, volume.Of(path).Kind != volume.Local)
	return held, placeError(path, err, volume.ReadOnlyFolder)
}

// lockFile locks the file itself.
func lockFile(held *lock.Lock, path string) error {
	return placeError(path, held.File(), volume.ReadOnlyFile)
}

// readOnlyPlace is an ErrReadOnly: a file is in a place that can only be read.
type readOnlyPlace struct {
	error            // of every change
	remark i18n.Text // on opening it
}

func (p *readOnlyPlace) Unwrap() error { return p.error }

// placeError is a readOnlyPlace where that is what the error of locking a file comes from;
// denied is why, where permission was denied.
func placeError(path string, err error, denied i18n.Text) error {
	why, readOnly := volume.WhyReadOnly(err, denied)
	values := i18n.Values{"Why": why, "Kind": ErrReadOnly, "Cause": err}
	switch {
	case err == nil:
		return nil
	case readOnly && !exists(path):
		err = i18n.Error("a dataset can't be made here, because {{.Why}}; choose another folder", values)
	case readOnly:
		err = &readOnlyPlace{
			i18n.Error("this dataset can only be read, because {{.Why}}; nothing was changed: save a copy in a folder of yours and change the copy", values),
			i18n.T("This dataset can only be read, because {{.Why}}. Everything works but changes; to make some, save a copy in a folder of yours.", values),
		}
	case !errors.Is(err, ErrInUse):
		err = i18n.Error("this dataset can't be locked, so that two programs could change it at once; nothing was changed: copy it to a folder of this computer and open the copy: {{.Cause}}", values)
	}
	return fmt.Errorf("%s: %w", filepath.Base(path), err)
}

// openFiles opens the file for reading and changing, once it is clear that nothing in it is
// foreign, and after bringing it up to date.
func (d *Dataset) openFiles(ctx context.Context) (err error) {
	place := volume.Of(d.file)
	if d.writer, err = sql.Open("sqlite", dataSource(d.file, "rw", writerPragmas(place)...)); err != nil {
		return err
	}
	version, found, err := examine(ctx, d.writer)
	if err != nil {
		return err
	}
	if !found.IsZero() {
		if err := d.dropForeign(ctx, version, found); err != nil {
			return err
		}
	}
	// Its check runs expressions of the schema, which are known by now.
	if err := damage.Quick(ctx, d.file); errors.Is(err, damage.ErrDamaged) {
		return err
	}
	if version < shippedMigrations.newest() {
		if d.private == nil {
			if err := d.copyBeforeMigrating(ctx); err != nil {
				return err
			}
		}
		if err := migrate(ctx, d.writer, shippedMigrations, nil); err != nil {
			return err
		}
	}
	if err := d.setJournal(ctx, place); err != nil {
		return err
	}
	if err := d.openReader(); err != nil {
		return err
	}
	return d.limitTexts()
}

// readers is how many may read the dataset at once.
const readers = 4

// writerPragmas set up the connection that changes the file. Where only a rollback journal
// is safe, a large change must stay in memory until it is committed: written to the file
// earlier, it would shut out those who read.
func writerPragmas(place volume.Place) []string {
	if place.Kind == volume.Local {
		return []string{"cache_size(-16000)"}
	}
	return []string{"cache_size(-16000)", "cache_spill(0)", "synchronous(FULL)", "busy_timeout(60000)"}
}

// setJournal chooses how changes are written. A write-ahead log needs memory that is shared
// by all who have the file open, and a file that goes together with its log: neither is so on
// a network drive or in a folder that is synchronised (https://sqlite.org/wal.html).
func (d *Dataset) setJournal(ctx context.Context, place volume.Place) error {
	mode := "wal"
	switch place.Kind {
	case volume.Local:
	case volume.Network:
		mode = "delete"
		d.remarks = append(d.remarks, i18n.T("This dataset is on a network drive ({{.Name}}). It is saved in a way that is safe there, which is slower; open it on one computer at a time.", i18n.Values{"Name": place.Name}))
	case volume.Synchronised:
		mode = "delete"
		d.remarks = append(d.remarks, i18n.T("This dataset is in a folder that {{.Name}} synchronises. It is saved in a way that is safe there; close it, and wait until the folder is up to date, before you open it on another computer.", i18n.Values{"Name": place.Name}))
	}
	var now string
	err := d.writer.QueryRowContext(ctx, `PRAGMA journal_mode = `+mode).Scan(&now)
	switch {
	case hasCode(err, sqliteBusy) || hasCode(err, sqliteLocked):
		return ErrInUse // it is being read
	case err == nil && now != mode:
		return i18n.Error("the way in which changes are written can't be set to {{.Mode}}; nothing was changed", i18n.Values{"Mode": mode})
	}
	return err
}

// openAsItIs opens the file for reading only; ok is false where that needs a copy of it:
// its place, its age or what is in it doesn't allow reading it as it is.
func (d *Dataset) openAsItIs(ctx context.Context) (ok bool, err error) {
	if err := d.openReader(); err != nil {
		return false, err
	}
	version, found, err := examine(ctx, d.reader)
	if hasCode(err, sqliteCantOpen) || hasCode(err, sqliteReadOnly) {
		return false, nil
	}
	if err != nil || version < shippedMigrations.newest() || !found.IsZero() {
		return false, err
	}
	return true, d.limitTexts()
}

func (d *Dataset) openReader() (err error) {
	pragmas := []string{"cache_size(-2000)"}
	if volume.Of(d.file).Kind != volume.Local {
		pragmas = append(pragmas, "busy_timeout(60000)") // commits shut readers out
	}
	d.reader, err = sql.Open("sqlite", dataSource(d.file, "ro", pragmas...))
	if err != nil {
		return err
	}
	d.reader.SetMaxOpenConns(readers)
	d.reader.SetMaxIdleConns(readers)
	return nil
}

// limitTexts opens all the connections that read, and bounds the texts that they read. They
// stay open.
func (d *Dataset) limitTexts() error {
	for range readers {
		conn, err := d.reader.Conn(context.Background())
		if err == nil {
			defer conn.Close() // back into the pool, when all are open
			_, err = sqlite.Limit(conn, int(zombiezen.LimitLength), mostBytes)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// readError explains a failure to read the messages.
func readError(err error) error {
	if hasCode(err, sqliteTooBig) || zombiezen.ErrCode(err).ToPrimary() == zombiezen.ResultTooBig {
		return i18n.Error("the dataset holds a text of more than {{.N}} MB, which is too long for a message; it was not read: {{.Cause}}", i18n.Values{"N": mostBytes >> 20, "Cause": err})
	}
	return fmt.Errorf("reading the messages: %w", err)
}

// openingLimit is how long looking at a file's schema may take: less than a second, unless
// it was made to take longer.
const openingLimit = 20 * time.Second

// examine makes sure that the file is a dataset that this program can read, and returns its
// version and what in it isn't the program's own. Nothing that is in the file runs.
func examine(ctx context.Context, db *sql.DB) (version int, found schema.Difference, err error) {
	err = limited(ctx, func(ctx context.Context) error {
		if version, err = checkFile(ctx, db); err != nil {
			return err
		}
		own, err := ownSchema(version)
		if err != nil {
			return err
		}
		objects, err := schema.Read(ctx, db)
		found = schema.Compare(objects, own)
		return err
	})
	return version, found, err
}

// limited bounds how long something may take that a stranger's file can make long.
func limited(ctx context.Context, do func(ctx context.Context) error) error {
	limit, stop := context.WithTimeout(ctx, openingLimit)
	defer stop()
	err := do(limit)
	if err != nil && limit.Err() != nil && ctx.Err() == nil {
		return i18n.Error("looking at it took more than {{.N}} seconds, so it was given up; nothing was changed: copy it to a folder of this computer and open the copy, and don't if you don't trust who sent it",
			i18n.Values{"N": int(openingLimit.Seconds()), "Kind": ErrForeign})
	}
	return err
}

// checkFile makes sure that the file is a dataset that this program can read, and
// returns its version. The statements read the file's header only: a table in the file can't
// take the place of a pragma.
func checkFile(ctx context.Context, db *sql.DB) (version int, err error) {
	var id int
	err = db.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&id)
	if err == nil {
		err = db.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version)
	}
	switch {
	case hasCode(err, sqliteNotADB) || err == nil && (id != ApplicationID || version < 1):
		return 0, ErrNotDataset
	case err == nil && version > shippedMigrations.newest():
		return 0, ErrNewer
	}
	return version, err
}

// ownSchemas are the schemas that the program itself makes, by version.
var ownSchemas sync.Map

// ownSchema is what a dataset of a version consists of.
func ownSchema(version int) ([]schema.Object, error) {
	if own, ok := ownSchemas.Load(version); ok {
		return own.([]schema.Object), nil
	}
	ctx := context.Background()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if err := migrate(ctx, db, shippedMigrations.upTo(version), nil); err != nil {
		return nil, err
	}
	own, err := schema.Read(ctx, db)
	if err == nil {
		ownSchemas.Store(version, own)
	}
	return own, err
}

// dropForeign drops what isn't the program's own from the file, of which it first keeps a
// copy as it is, or refuses the file with ErrForeign.
func (d *Dataset) dropForeign(ctx context.Context, version int, found schema.Difference) error {
	if !found.Droppable() {
		return i18n.Error("{{.Kind}}: {{.Found}}. Nothing was changed, and nothing in it was run: ask for the messages as a CSV file, or for a dataset that only Seedbed has changed",
			i18n.Values{"Kind": ErrForeign, "Found": found.Found()})
	}
	said := i18n.T("Seedbed removed from its private copy of this dataset what isn't its own: {{.Objects}}. The file is as it was.", i18n.Values{"Objects": schema.Names(found.Foreign)})
	if d.private == nil {
		kept, err := copyAsReceived(ctx, d.writer, d.file)
		if err != nil {
			return i18n.Error("{{.Kind}}: {{.Found}}. It could not be copied beside itself first, so nothing was changed: {{.Cause}}", i18n.Values{"Kind": ErrForeign, "Found": found.Found(), "Cause": err})
		}
		said = i18n.T("Seedbed removed from this dataset what isn't its own: {{.Objects}}. None of it was run. The file as it was is {{.Copy}} beside it.",
			i18n.Values{"Objects": schema.Names(found.Foreign), "Copy": filepath.Base(kept)})
	}
	err := limited(ctx, func(ctx context.Context) error {
		if _, err := d.writer.ExecContext(ctx, `PRAGMA foreign_keys = 0`); err != nil {
			return err
		}
		tx, err := d.writer.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer func() { _ = tx.Rollback() }() // after a commit this does nothing
		if err := found.Drop(ctx, tx); err != nil {
			return err
		}
		own, err := ownSchema(version)
		if err != nil {
			return err
		}
		objects, err := schema.Read(ctx, tx)
		if err == nil && !schema.Compare(objects, own).IsZero() {
			err = fmt.Errorf("the schema is still not the program's: %w", schema.Compare(objects, own).Found())
		}
		if err == nil {
			err = tx.Commit()
		}
		return err
	})
	if err != nil {
		return i18n.Error("{{.Kind}}: {{.Found}}. It could not be removed, so nothing was changed: {{.Cause}}", i18n.Values{"Kind": ErrForeign, "Found": found.Found(), "Cause": err})
	}
	d.remarks = append(d.remarks, said)
	_, err = d.writer.ExecContext(ctx, `PRAGMA foreign_keys = 1`)
	return err
}
