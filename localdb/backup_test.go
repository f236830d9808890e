package localdb

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestBackup(t *testing.T) {
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
		if title, err := saved.Undo(t.Context()); err != nil {
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
	d := newDataset(t)
	to := filepath.Join(t.TempDir(), "missing folder", "copy.seedbed")
	if err := d.Backup(t.Context(), to); err == nil {
		t.Fatal("a copy was saved into a folder that isn't there")
	}
	if got := integrity(t, d.Path()); got != "ok" {
		t.Fatal(got)
	}
}
