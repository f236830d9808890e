package localdb

import (
	"cmp"
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"seedbed/assets/i18n"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one step of the file's schema: a file NNNN_name.sql, whose number the
// file's user_version becomes.
type migration struct {
	number int
	name   string
	script string
}

// migrations are in ascending order.
type migrations []migration

func (m migrations) newest() int { return m[len(m)-1].number }

// upTo are the migrations that make a file of a version.
func (m migrations) upTo(version int) migrations {
	return slices.DeleteFunc(slices.Clone(m), func(step migration) bool { return step.number > version })
}

var shippedMigrations = mustReadMigrations(migrationFiles)

func mustReadMigrations(files fs.FS) migrations {
	list, err := readMigrations(files)
	if err != nil {
		panic(err) // a broken build
	}
	return list
}

func readMigrations(files fs.FS) (migrations, error) {
	paths, err := fs.Glob(files, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var list migrations
	for _, p := range paths {
		number, _, _ := strings.Cut(path.Base(p), "_")
		n, err := strconv.Atoi(number)
		if err != nil {
			return nil, fmt.Errorf("%s doesn't start with a number: %w", p, err)
		}
		script, err := fs.ReadFile(files, p)
		if err != nil {
			return nil, err
		}
		list = append(list, migration{n, path.Base(p), string(script)})
	}
	slices.SortFunc(list, func(a, b migration) int { return cmp.Compare(a.number, b.number) })
	return list, nil
}

// migrate brings a file up to date in one transaction, so that a step that fails, or a kill
// between two, changes nothing, and the copy of before stays one of before. Finish, which
// may be nil, comes after the last step.
func migrate(ctx context.Context, db *sql.DB, list migrations, finish func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit this does nothing
	var version int
	if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return err
	}
	for _, m := range list {
		if m.number <= version {
			continue
		}
		if _, err := tx.ExecContext(ctx, m.script); err != nil {
			return migrationError(m, err)
		}
	}
	if list.newest() > version {
		_, err := tx.ExecContext(ctx, fmt.Sprintf(`PRAGMA application_id = %d; PRAGMA user_version = %d`, ApplicationID, list.newest()))
		if err == nil && finish != nil {
			err = finish(tx)
		}
		if err == nil {
			err = tx.Commit()
		}
		if err != nil {
			return migrationError(list[len(list)-1], err)
		}
	}
	return nil
}

func migrationError(m migration, cause error) error {
	return i18n.Error("upgrading the dataset failed at {{.Step}}, which changed nothing: {{.Cause}}", i18n.Values{"Step": m.name, "Cause": cause})
}

// copyBeforeMigrating copies the dataset beside itself before it is migrated.
func (d *Dataset) copyBeforeMigrating(ctx context.Context) error {
	to := pathBeforeMigrating(d.path, shippedMigrations.newest())
	if err := d.copyTo(ctx, d.writer, to, nil); err != nil {
		return i18n.Error("the dataset is of an older version and could not be copied to {{.File}} first, so nothing was changed: {{.Cause}}", i18n.Values{"File": filepath.Base(to), "Cause": err})
	}
	return nil
}

// pathBeforeMigrating is where a dataset is copied to before it becomes of a version:
// file.before-vN.seedbed.
func pathBeforeMigrating(path string, version int) string {
	extension := filepath.Ext(path)
	return fmt.Sprintf("%s.before-v%d%s", strings.TrimSuffix(path, extension), version, extension)
}
