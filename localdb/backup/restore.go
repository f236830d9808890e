package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"seedbed/localdb"
	"seedbed/localdb/damage"
)

// GoBack puts the dataset at a path, which must not be open, back to a backup. Its
// present state becomes a backup first, to which it can be put back in turn. Where it is
// damaged, the file is renamed and stays beside the new one; kept is its path then.
func GoBack(ctx context.Context, b Backup, dataset string) (kept string, err error) {
	if err := localdb.Restorable(ctx, b.Path); err != nil {
		return "", err
	}
	present, err := localdb.Open(ctx, dataset)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case errors.Is(err, damage.ErrDamaged), errors.Is(err, localdb.ErrNotDataset):
		if kept, err = putAside(dataset); err != nil {
			return "", err
		}
	case err != nil:
		return "", err
	default:
		_, err = Save(ctx, present)
		if err := errors.Join(err, present.Close()); err != nil {
			return "", err
		}
	}
	return kept, localdb.Restore(ctx, b.Path, dataset)
}

// putAside renames a damaged dataset and its logs to a name that is free.
func putAside(dataset string) (string, error) {
	extension := filepath.Ext(dataset)
	name := strings.TrimSuffix(dataset, extension)
	for n := 1; ; n++ {
		to := fmt.Sprintf("%s (damaged)%s", name, extension)
		if n > 1 {
			to = fmt.Sprintf("%s (damaged %d)%s", name, n, extension)
		}
		if _, err := os.Lstat(to); err == nil {
			continue
		}
		for _, log := range []string{"-wal", "-shm", "-journal", ""} {
			if err := os.Rename(dataset+log, to+log); err != nil && (log == "" || !errors.Is(err, fs.ErrNotExist)) {
				return "", err
			}
		}
		return to, nil
	}
}

// Changes is what has become different in a dataset since a backup, in messages.
type Changes struct {
	Added   int `json:"added"`
	Deleted int `json:"deleted"`
	Changed int `json:"changed"` // their text, category, status or flags
}

// ChangesSince counts what has changed in the dataset at a path, which may be open, since
// a backup of it.
func ChangesSince(ctx context.Context, b Backup, dataset string) (c Changes, err error) {
	conn, err := sqlite.OpenConn(dataset, sqlite.OpenReadOnly)
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	conn.SetInterrupt(ctx.Done())
	if err := sqlitex.ExecuteTransient(conn, `ATTACH ? AS old`, &sqlitex.ExecOptions{Args: []any{b.Path}}); err != nil {
		return c, err
	}
	const present, earlier = `SELECT * FROM main.messages WHERE deleted = 0`, `SELECT * FROM old.messages WHERE deleted = 0`
	for query, count := range map[string]*int{
		`SELECT count(*) FROM (` + present + `) n WHERE NOT EXISTS (SELECT 1 FROM old.messages o WHERE o.id = n.id AND o.deleted = 0)`:  &c.Added,
		`SELECT count(*) FROM (` + earlier + `) o WHERE NOT EXISTS (SELECT 1 FROM main.messages n WHERE n.id = o.id AND n.deleted = 0)`: &c.Deleted,
		`SELECT count(*) FROM (` + present + `) n JOIN old.messages o ON o.id = n.id WHERE o.deleted = 0 AND
			(n.text, n.category, n.status, n.flags) IS NOT (o.text, o.category, o.status, o.flags)`: &c.Changed,
	} {
		err := sqlitex.ExecuteTransient(conn, query, &sqlitex.ExecOptions{ResultFunc: func(row *sqlite.Stmt) error {
			*count = row.ColumnInt(0)
			return nil
		}})
		if err != nil {
			return c, damage.Explain(err)
		}
	}
	return c, nil
}
