package localdb

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestBackup(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	add(t, d, textsOf("one", "two")...)
	to := filepath.Join(t.TempDir(), "copy ü?.seedbed")
	for range 2 { // the second time replaces the first copy
		// A log that an earlier file at this place left behind is not this copy's.
		if err := os.WriteFile(to+"-wal", []byte("stale"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := d.Backup(t.Context(), to); err != nil {
			t.Fatal(err)
		}
		if files := folder(t, to); len(files) != 1 {
			t.Fatalf("left behind: %q", files)
		}
		saved := openDataset(t, to)
		if got, want := dump(t, saved), dump(t, d); got != want {
			t.Fatalf("the copy holds\n%s\nwant\n%s", got, want)
		}
		if title, err := saved.Undo(t.Context(), nil); err != nil {
			t.Fatalf("undo in the copy: %q, %v", title, err)
		}
		if err := d.Backup(t.Context(), to); !errors.Is(err, ErrInUse) {
			t.Fatalf("over a dataset that is open: %v, want ErrInUse", err)
		}
		if err := saved.Close(); err != nil {
			t.Fatal(err)
		}
		add(t, d, textsOf("three")...)
	}
	if err := d.Backup(t.Context(), d.Path()); !errors.Is(err, ErrInUse) {
		t.Fatalf("over itself: %v, want ErrInUse", err)
	}
}

func TestBackupThatFails(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	to := filepath.Join(t.TempDir(), "missing folder", "copy.seedbed")
	if err := d.Backup(t.Context(), to); err == nil {
		t.Fatal("a copy was saved into a folder that isn't there")
	}
	if got := integrity(t, d.Path()); got != "ok" {
		t.Fatal(got)
	}
}

// crashed copies a dataset while its last changes are in the log only, as a program
// leaves it that is killed.
func crashed(t *testing.T, texts ...string) (path string) {
	t.Helper()
	d := newDataset(t)
	add(t, d, textsOf(texts...)...)
	path = filepath.Join(t.TempDir(), "crashed.seedbed")
	for _, log := range []string{"", "-wal"} {
		content, err := os.ReadFile(d.Path() + log)
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, path+log, string(content))
	}
	return path
}

// Until another file takes its place, a dataset has all its rows: also where its last
// changes are in the log only, which must be gone by then.
func TestReplacingKeepsTheOldRowsToTheEnd(t *testing.T) {
	t.Parallel()
	path := crashed(t, "only in the log")
	if err := absorbLogs(path); err != nil {
		t.Fatal(err)
	}
	if files := folder(t, path); len(files) != 1 {
		t.Fatalf("left behind: %q", files)
	}
	if got := all(t, openDataset(t, path), Filter{}); len(got) != 1 || got[0].Text != "only in the log" {
		t.Errorf("the old dataset holds %v", got)
	}
}

func TestBackupOverACrashedDataset(t *testing.T) {
	t.Parallel()
	path := crashed(t, "old")
	d := newDataset(t)
	add(t, d, textsOf("new", "newer")...)
	if err := d.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	if got := all(t, openDataset(t, path), Filter{}); len(got) != 2 || got[0].Text != "new" {
		t.Errorf("the copy holds %v", got)
	}
}

func TestBackupOverADatasetThatIsBeingRead(t *testing.T) {
	t.Parallel()
	old := newDataset(t)
	add(t, old, textsOf("old")...)
	reader, err := OpenReadOnly(t.Context(), old.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	d := newDataset(t)
	if err := d.Backup(t.Context(), old.Path()); !errors.Is(err, ErrInUse) {
		t.Errorf("over a dataset that is being read: %v, want ErrInUse", err)
	}
	if got := all(t, reader, Filter{}); len(got) != 1 || got[0].Text != "old" {
		t.Errorf("its reader sees %v", got)
	}
}

func TestBackupOverAFileThatIsNoDatabase(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "notes.txt")
	writeFile(t, path, "these are notes, and many more of them than a page of a database holds")
	writeFile(t, path+"-wal", "more notes")
	d := newDataset(t)
	if err := d.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	if files := folder(t, path); len(files) != 1 {
		t.Errorf("left behind: %q", files)
	}
}
