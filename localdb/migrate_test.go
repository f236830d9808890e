package localdb

import (
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// oldDataset makes a dataset as the first version made them, with one message.
func oldDataset(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "old.seedbed")
	db := openFile(t, path, "rwc")
	defer db.Close()
	if err := migrate(t.Context(), db, shippedMigrations[:1], nil); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`INSERT INTO messages (text) VALUES ('from long ago')`); err != nil {
		t.Fatal(err)
	}
	return path
}

func openFile(t *testing.T, path, mode string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", dataSource(path, mode))
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	return db
}

// schemaOf is the version of a database and all its tables.
func schemaOf(t *testing.T, db *sql.DB) (version int, tables string) {
	t.Helper()
	err := db.QueryRow(`SELECT user_version, (SELECT coalesce(group_concat(sql, ';'), '') FROM sqlite_schema) FROM pragma_user_version`).Scan(&version, &tables)
	if err != nil {
		t.Fatal(err)
	}
	return version, tables
}

func TestAnOldDatasetIsBroughtUpToDate(t *testing.T) {
	t.Parallel()
	path := oldDataset(t)
	before, _ := os.ReadFile(path)
	reader, err := OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if got := all(t, reader, Filter{}); len(got) != 1 || got[0].Text != "from long ago" {
		t.Fatalf("read-only, it holds %v", got)
	}
	if err := reader.Close(); err != nil {
		t.Fatal(err)
	}
	if after, _ := os.ReadFile(path); string(after) != string(before) || len(folder(t, path)) != 1 {
		t.Fatalf("reading it changed it, or left %q", folder(t, path))
	}
	d := openDataset(t, path)
	if got := all(t, d, Filter{}); len(got) != 1 || got[0].Text != "from long ago" {
		t.Fatalf("it holds %v", got)
	}
	if version, _ := schemaOf(t, d.writer); version != shippedMigrations.newest() {
		t.Fatalf("it is of version %d", version)
	}

	names := folder(t, path)
	var kept string
	for _, name := range names {
		if strings.HasPrefix(name, "old.before-v") && strings.HasSuffix(name, ".seedbed") {
			kept = filepath.Join(filepath.Dir(path), name)
		}
	}
	if kept == "" {
		t.Fatalf("no copy of what it was among %q", names)
	}
	if version, _ := schemaOf(t, openFile(t, kept, "ro")); version != 1 {
		t.Fatalf("the copy is of version %d", version)
	}
	if got := integrity(t, kept); got != "ok" {
		t.Fatalf("the copy's integrity_check: %s", got)
	}
	reopen(t, d)
	if got := folder(t, path); len(got) > len(names)+1 {
		t.Fatalf("opening it again left %q", got)
	}
}

func TestABrokenMigrationChangesNothing(t *testing.T) {
	t.Parallel()
	db := openFile(t, oldDataset(t), "rw")
	versionBefore, before := schemaOf(t, db)
	broken := append(slices.Clone(shippedMigrations[:1]), migration{2, "0002_broken.sql", `
		CREATE TABLE half_done (id INTEGER);
		DROP TABLE messages;
		INSERT INTO nowhere VALUES (1);`})
	err := migrate(t.Context(), db, broken, nil)
	if err == nil || !strings.Contains(err.Error(), "0002_broken.sql") {
		t.Fatalf("got %v, want an error that names the step", err)
	}
	if version, after := schemaOf(t, db); version != versionBefore || after != before {
		t.Fatalf("version %d became %d, with\n%s", versionBefore, version, after)
	}
}

func TestMigrationsAreInOrder(t *testing.T) {
	t.Parallel()
	list, err := readMigrations(fstest.MapFS{
		"migrations/0010_c.sql": {Data: []byte("c")},
		"migrations/0002_b.sql": {Data: []byte("b")},
		"migrations/0001_a.sql": {Data: []byte("a")},
	})
	if err != nil || len(list) != 3 || list[0].script != "a" || list.newest() != 10 {
		t.Fatalf("got %v, %v", list, err)
	}
	if _, err := readMigrations(fstest.MapFS{"migrations/first.sql": {}}); err == nil {
		t.Fatal("a migration without a number was taken")
	}
	for i, m := range shippedMigrations {
		if m.number != i+1 {
			t.Errorf("migration %s is number %d of the list", m.name, i+1)
		}
	}
}
