package lock

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// newFile makes a file that can be locked.
func newFile(t *testing.T) (path string) {
	t.Helper()
	return newFileIn(t, t.TempDir(), "x.seedbed")
}

func newFileIn(t *testing.T, folder, name string) (path string) {
	t.Helper()
	path = filepath.Join(folder, name)
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func take(t *testing.T, path string) *Lock {
	t.Helper()
	l, err := Name(path, false)
	if err == nil {
		err = l.File()
	}
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestALockIsReleasedWithoutATrace(t *testing.T) {
	path := newFile(t)
	for range 2 {
		l := take(t, path)
		if _, err := Name(path, false); !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), "lock.test (process ") {
			t.Errorf("taken again: %v", err)
		}
		if err := l.Release(); err != nil {
			t.Fatal(err)
		}
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*")); len(left) != 1 {
			t.Errorf("left behind: %q", left)
		}
		if _, err := os.Stat(l.record); err == nil {
			t.Errorf("left behind: %q", l.record)
		}
	}
}

// A lock that another computer's program wrote down counts only where its own can't be seen.
func TestALockOfAnotherComputer(t *testing.T) {
	path := newFile(t)
	const record = "\n" + `{"program":"seedbed","process":7,"user":"ann","computer":"ann's \u001b[2J laptop","since":"2026-11-01T10:00:00Z"}`
	if err := os.WriteFile(path+".lock", []byte(record), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Name(path, true)
	if !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), "seedbed (process 7) of ann on the computer ann's [2J laptop since 2026-11-01") || !strings.Contains(err.Error(), "delete x.seedbed.lock") {
		t.Errorf("in a folder of several computers: %v", err)
	}
	if kept, _ := os.ReadFile(path + ".lock"); string(kept) != record {
		t.Errorf("the other computer's lock became %q", kept)
	}
	l, err := Name(path, false) // the other program was killed, and the drive plugged in here
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Release(); err != nil {
		t.Fatal(err)
	}
	if l, err = Name(path, true); err != nil {
		t.Fatalf("once the lock is gone: %v", err)
	}
	if err := l.Release(); err != nil {
		t.Fatal(err)
	}
}

func TestALockOfThisComputerThatWasLeftBehindIsTakenOver(t *testing.T) {
	path := newFile(t)
	for _, content := range []string{"", "\n", "\n{", "no record at all", strings.Repeat("x", 10_000)} {
		if err := os.WriteFile(path+".lock", []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := Name(path, true)
		if err != nil {
			t.Fatalf("%.20q: %v", content, err)
		}
		if err := l.Release(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOneFileByTwoNames(t *testing.T) {
	path := newFile(t)
	other := filepath.Join(t.TempDir(), "y.seedbed")
	if err := os.Link(path, other); err != nil {
		t.Fatal(err)
	}
	l := take(t, path)
	second, err := Name(other, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := second.File(); !errors.Is(err, ErrInUse) {
		t.Errorf("taken by its other name: %v", err)
	}
	if err := l.ReleaseFile(); err != nil {
		t.Fatal(err)
	}
	if err := second.File(); err != nil {
		t.Errorf("once it is free: %v", err)
	}
	if err := errors.Join(second.Release(), l.Release()); err != nil {
		t.Fatal(err)
	}
}

// What a killed program left is removed; what is held, of another computer or another
// program stays.
func TestLocksThatWereLeftBehindAreRemoved(t *testing.T) {
	folder := t.TempDir()
	held := take(t, newFileIn(t, folder, "held.seedbed"))
	t.Cleanup(func() {
		if err := held.Release(); err != nil {
			t.Error(err)
		}
	})
	left := thisProcess()
	if err := writeHolder(filepath.Join(folder, "killed.seedbed.lock"), left, 0o600); err != nil {
		t.Fatal(err)
	}
	left.Computer += "'s neighbour"
	if err := writeHolder(filepath.Join(folder, "elsewhere.seedbed.lock"), left, 0o600); err != nil {
		t.Fatal(err)
	}
	newFileIn(t, folder, "yarn.lock")
	for _, name := range []string{"killed-at-once.seedbed.lock", "poetry.lock"} {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	Clean(folder)
	var names []string
	entries, err := os.ReadDir(folder)
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	if want := []string{"elsewhere.seedbed.lock", "held.seedbed", "held.seedbed.lock", "poetry.lock", "yarn.lock"}; err != nil || !slices.Equal(names, want) {
		t.Errorf("there are %q, %v", names, err)
	}
}

// What is in the place of a lock and can't be one stays, and so does what a link leads to.
func TestWhatCannotBeALockIsKept(t *testing.T) {
	const text = "somebody's own words\n"
	for name, put := range map[string]func(beside, other string) error{
		"a file":            func(beside, _ string) error { return os.WriteFile(beside, []byte(text), 0o600) },
		"a link":            func(beside, other string) error { return os.Symlink(other, beside) },
		"a folder":          func(beside, _ string) error { return os.Mkdir(beside, 0o700) },
		"a link to nothing": func(beside, other string) error { return os.Symlink(other+"s", beside) },
	} {
		t.Run(name, func(t *testing.T) {
			path := newFile(t)
			if name == "a file" {
				path = newFileIn(t, t.TempDir(), "Cargo")
			}
			other := filepath.Join(t.TempDir(), "other")
			if err := os.WriteFile(other, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := put(path+besideEnding, other); err != nil {
				t.Fatal(err)
			}
			before, err := os.Lstat(path + besideEnding)
			if err != nil {
				t.Fatal(err)
			}
			if l, err := Name(path, false); err == nil || !strings.Contains(err.Error(), "is in the place of the file") {
				t.Errorf("%v, %v", l, err)
			}
			Clean(filepath.Dir(path))
			after, err := os.Lstat(path + besideEnding)
			if err != nil || after.Size() != before.Size() || after.Mode() != before.Mode() {
				t.Errorf("it is %v now, %v", after, err)
			}
			if _, err := os.Lstat(other + "s"); err == nil {
				t.Error("a file was made where the link leads")
			}
			if kept, err := os.ReadFile(other); err != nil || string(kept) != text {
				t.Errorf("the other file has %q, %v", kept, err)
			}
		})
	}
}
