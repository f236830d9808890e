package localdb

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"seedbed/localdb/mounttest"
)

// A second name is the same file, whichever way it came about.
func TestOneFileHasOneWriter(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	hard := filepath.Join(t.TempDir(), "other name.seedbed")
	if err := os.Link(d.Path(), hard); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), hard); !errors.Is(err, ErrInUse) {
		t.Errorf("opened by a hard link in this program: %v, want ErrInUse", err)
	}
	host, _ := os.Hostname()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), "SEEDBED_TEST_OPEN="+hard)
	output, err := child.CombinedOutput()
	if err == nil {
		t.Fatal("another process opened it by a hard link")
	}
	for _, said := range []string{"other name.seedbed: this dataset is already open in", "localdb.test", "on " + host, "of root", "since 20"} {
		if said == "of root" && os.Getuid() != 0 {
			continue
		}
		if !strings.Contains(string(output), said) {
			t.Errorf("it doesn't say %q: %s", said, output)
		}
	}
	if got := integrity(t, d.Path()); got != "ok" {
		t.Fatal(got)
	}
	add(t, d, textsOf("still mine")...)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if got := all(t, openDataset(t, hard), Filter{}); len(got) != 1 {
		t.Errorf("afterwards, the other name has %v", got)
	}
}

func TestOneFileInTwoFoldersHasOneWriter(t *testing.T) {
	mounttest.Bound(t, func(t *testing.T, folder string) {
		d, err := Create(t.Context(), filepath.Join(folder, "x.seedbed"), testCategories)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}, func(t *testing.T, folder, second string) {
		d := openDataset(t, filepath.Join(folder, "x.seedbed"))
		if _, err := Open(t.Context(), filepath.Join(second, "x.seedbed")); !errors.Is(err, ErrInUse) {
			t.Errorf("opened by a bind mount: %v, want ErrInUse", err)
		}
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), "SEEDBED_TEST_OPEN="+filepath.Join(second, "x.seedbed"))
		if output, err := child.CombinedOutput(); err == nil || !strings.Contains(string(output), "already open in") {
			t.Errorf("another process opened it by a bind mount: %v %s", err, output)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		openDataset(t, filepath.Join(second, "x.seedbed"))
	})
}

// readEverything reads what the window and the terminal read, and keeps the dataset as it is.
func readEverything(t *testing.T, path string, want ...string) {
	t.Helper()
	for name, open := range map[string]func() (*Dataset, error){
		"Open":         func() (*Dataset, error) { return Open(t.Context(), path) },
		"OpenReadOnly": func() (*Dataset, error) { return OpenReadOnly(t.Context(), path) },
	} {
		d, err := open()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d.ReadOnly() == nil {
			t.Errorf("%s: it seems that it can be changed", name)
		}
		if name == "Open" && (len(d.Remarks()) == 0 || !strings.Contains(d.Remarks()[0].String(), "can only be read, because")) {
			t.Errorf("%s: it says %q", name, d.Remarks())
		}
		var got []string
		for _, m := range all(t, d, Filter{}) {
			got = append(got, m.Text)
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%s: it holds %q, want %q", name, got, want)
		}
		if shown := view(t, d, Filter{Search: want[0]}, Sort{}); len(shown) != 1 {
			t.Errorf("%s: searching finds %q", name, shown)
		}
		if _, err := d.Add(t.Context(), notUndoable, textsOf("more")); !errors.Is(err, ErrReadOnly) {
			t.Errorf("%s: changing it: %v, want ErrReadOnly", name, err)
		}
		to := filepath.Join(t.TempDir(), "copy.seedbed")
		if err := d.Backup(t.Context(), to); err != nil {
			t.Errorf("%s: saving a copy: %v", name, err)
		} else if copied := openDataset(t, to); len(all(t, copied, Filter{})) != len(want) || copied.ReadOnly() != nil {
			t.Errorf("%s: the copy holds %v", name, all(t, copied, Filter{}))
		}
		if err := d.Close(); err != nil {
			t.Errorf("%s: closing it: %v", name, err)
		}
		if left, _ := filepath.Glob(filepath.Join(os.TempDir(), ".seedbed-*", filepath.Base(path))); len(left) > 0 {
			t.Errorf("%s: left behind: %q", name, left)
		}
	}
}

func TestADatasetOnAReadOnlyDrive(t *testing.T) {
	mounttest.ReadOnly(t, func(t *testing.T, folder string) {
		d, err := Create(t.Context(), filepath.Join(folder, "read only drive.seedbed"), testCategories)
		if err != nil {
			t.Fatal(err)
		}
		add(t, d, textsOf("one", "two")...)
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		old := oldDataset(t)
		left := crashed(t, "in the log only")
		for from, to := range map[string]string{old: "older.seedbed", left: "crashed.seedbed", left + "-wal": "crashed.seedbed-wal"} {
			content, err := os.ReadFile(from)
			if err != nil {
				t.Fatal(err)
			}
			writeFile(t, filepath.Join(folder, to), string(content))
		}
	}, func(t *testing.T, folder string) {
		readEverything(t, filepath.Join(folder, "read only drive.seedbed"), "one", "two")
		readEverything(t, filepath.Join(folder, "older.seedbed"), "from long ago")
		readEverything(t, filepath.Join(folder, "crashed.seedbed"), "in the log only")
		if _, err := Create(t.Context(), filepath.Join(folder, "new.seedbed"), nil); err == nil || !strings.Contains(err.Error(), "choose another folder") {
			t.Errorf("making one there: %v", err)
		}
	})
}

func TestAWriteProtectedDataset(t *testing.T) {
	mounttest.Protected(t, func(t *testing.T, folder string) { protect(t, folder, 0o400, 0o700) }, func(t *testing.T, folder string) {
		readEverything(t, filepath.Join(folder, "protected.seedbed"), "one", "two")
	})
}

func TestADatasetInAWriteProtectedFolder(t *testing.T) {
	mounttest.Protected(t, func(t *testing.T, folder string) { protect(t, folder, 0o600, 0o500) }, func(t *testing.T, folder string) {
		readEverything(t, filepath.Join(folder, "protected.seedbed"), "one", "two")
	})
}

// protect makes a dataset with these permissions in the folder with those.
func protect(t *testing.T, folder string, ofFile, ofFolder os.FileMode) {
	t.Helper()
	d, err := Create(t.Context(), filepath.Join(folder, "protected.seedbed"), testCategories)
	if err != nil {
		t.Fatal(err)
	}
	add(t, d, textsOf("one", "two")...)
	if err := errors.Join(d.Close(), os.Chmod(d.Path(), ofFile), os.Chmod(folder, ofFolder)); err != nil {
		t.Fatal(err)
	}
}

// What the program notes of a dataset that can only be read lasts until it is closed.
func TestChecksOfADatasetThatCanOnlyBeReadAreNotedUntilItIsClosed(t *testing.T) {
	mounttest.ReadOnly(t, func(t *testing.T, folder string) {
		d, err := Create(t.Context(), filepath.Join(folder, "checked.seedbed"), testCategories)
		if err != nil {
			t.Fatal(err)
		}
		add(t, d, Message{Text: "hello", Category: "social", Confidence: 1})
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}, func(t *testing.T, folder string) {
		for range 2 {
			d := openDataset(t, filepath.Join(folder, "checked.seedbed"))
			if checks, err := d.Checks(t.Context()); err != nil || len(checks) != 0 {
				t.Fatalf("it has %v, %v", checks, err)
			}
			if _, err := d.StoreCheck(t.Context(), []byte(`{}`), []Prediction{{ID: 1, Category: "social", Predicted: "chitchat", Score: 1, Suspect: true}}); err != nil {
				t.Fatal(err)
			}
			if got := all(t, d, Filter{Flags: Mislabelled}); len(got) != 1 {
				t.Fatalf("it shows %v", got)
			}
			if err := d.Close(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
