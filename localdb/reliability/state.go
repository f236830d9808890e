package reliability

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"seedbed/localdb"
	"seedbed/localdb/damage"
)

// State opens a dataset as the next start of the program does and returns a hash of all that
// a person sees of it. It fails the test where the file isn't sound.
func State(t testing.TB, path string) (state string) {
	t.Helper()
	d, err := localdb.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	state = stateOf(t, d)
	if err := damage.Full(t.Context(), path); err != nil { // which is integrity_check
		t.Errorf("%s: %v", filepath.Base(path), err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return state
}

func stateOf(t testing.TB, d *localdb.Dataset) string {
	t.Helper()
	hash := sha256.New()
	categories, err := d.Categories(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	passages, err := d.Passages(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(hash, "%+v\n%+v\n", categories, passages)
	for m, err := range d.Messages(t.Context(), localdb.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		m.Created = time.Time{} // which differs between two who do the same
		fmt.Fprintf(hash, "%+v\n", m)
	}
	return fmt.Sprintf("%x", hash.Sum(nil)[:8])
}

// UndoAndRedo takes back the last change of a dataset, if there is one, and makes it again.
// It returns the state between, and fails the test where the state after isn't that of
// before.
func UndoAndRedo(t testing.TB, path string) (between string) {
	t.Helper()
	d, err := localdb.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	before := stateOf(t, d)
	if title, err := d.Undo(t.Context(), nil); err != nil {
		t.Errorf("undo after the kill: %q, %v", title, err)
	}
	between = stateOf(t, d)
	if title, err := d.Redo(t.Context(), nil); err != nil {
		t.Errorf("redo after the kill: %q, %v", title, err)
	}
	if after := stateOf(t, d); after != before {
		t.Error("undo and redo left another state than before")
	}
	return between
}

// OnlyFiles fails the test where anything but files of some names is in a folder.
func OnlyFiles(t testing.TB, folder string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !slices.Contains(names, entry.Name()) {
			t.Errorf("%s was left behind", entry.Name())
		}
	}
}

// CopyFile copies a file into a folder, under its own name.
func CopyFile(t testing.TB, path, folder string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, filepath.Base(path)), data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
