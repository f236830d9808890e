package ui

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"seedbed/gen/starter"
	"seedbed/localdb"
)

func TestWhatWasRemovedFromAStrangersDatasetIsSaid(t *testing.T) {
	w := newTestApp(t)
	path := filepath.Join(t.TempDir(), "strange.seedbed")
	d, err := localdb.Create(context.Background(), path, starter.Default().Categories)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), `CREATE TRIGGER evil AFTER INSERT ON messages BEGIN DELETE FROM messages; END`); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	w.OpenFile(path)
	w.Sees(`trigger "evil"`, "strange.as-received.seedbed", "All changes saved")
	w.Tap("Got it")
	w.SeesNot("evil")
}

func TestADatasetInASynchronisedFolderIsSaid(t *testing.T) {
	w := newTestApp(t)
	folder := filepath.Join(t.TempDir(), "Dropbox", "team")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	w.Create(filepath.Join(folder, "shared.seedbed"), starter.Default())
	w.Sees("a folder that Dropbox synchronises")
	if _, err := os.Stat(filepath.Join(folder, "shared.seedbed-wal")); err == nil {
		t.Error("it has a log, which isn't safe there")
	}
}
