package localdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Backup saves a copy of the dataset, as it stands at this moment, to another file.
// It is written beside that file and renamed over it. Work on the dataset goes on
// meanwhile. The copy has the undo log too.
func (d *Dataset) Backup(ctx context.Context, to string) error {
	to, err := realPath(to)
	if err != nil {
		return err
	}
	held, err := lock(to) // a dataset that is open must not be replaced
	if err != nil {
		return fmt.Errorf("saving a copy: %w", err)
	}
	return errors.Join(copyTo(ctx, d.reader, to), unlock(held))
}

// copyTo writes the database to a file, compacted.
func copyTo(ctx context.Context, db *sql.DB, to string) error {
	return writeBeside(to, func(beside string) error {
		_, err := db.ExecContext(ctx, `VACUUM INTO ?`, beside)
		return err
	})
}

// writeBeside has a file made under another name in the same folder, makes sure it
// is on the disk, and renames it.
func writeBeside(path string, write func(beside string) error) (err error) {
	folder, err := os.MkdirTemp(filepath.Dir(path), ".seedbed-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	beside := filepath.Join(folder, filepath.Base(path))
	if err := write(beside); err != nil {
		return err
	}
	f, err := os.OpenFile(beside, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	// A log left behind by the file that is replaced would be taken for this one's.
	for _, log := range []string{path + "-wal", path + "-shm"} {
		if err := os.Remove(log); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return os.Rename(beside, path)
}
