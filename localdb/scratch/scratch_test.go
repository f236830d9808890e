package scratch

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestMain is also the program that the tests kill.
func TestMain(m *testing.M) {
	if parent := os.Getenv("SEEDBED_TEST_SCRATCH_IN"); parent != "" {
		f, err := New(parent)
		if err != nil {
			panic(err)
		}
		fmt.Println(f.Join(""))
		_, _ = io.Copy(io.Discard, os.Stdin) // until it is killed
		_ = f.Remove()
	}
	os.Exit(m.Run())
}

// worker is another program with a folder in parent.
func worker(t *testing.T, parent string) (path string, kill func()) {
	t.Helper()
	program := exec.CommandContext(t.Context(), os.Args[0])
	program.Env = append(os.Environ(), "SEEDBED_TEST_SCRATCH_IN="+parent)
	out, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := program.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatal("the other program made no folder")
	}
	return filepath.Clean(lines.Text()), func() {
		_ = program.Process.Kill()
		_ = program.Wait()
	}
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func TestWhatAKilledProgramLeftIsRemoved(t *testing.T) {
	t.Parallel()
	parent := t.TempDir()
	killed, kill := worker(t, parent)
	running, stop := worker(t, parent)
	defer stop()
	for _, path := range []string{killed, running} {
		if err := os.WriteFile(filepath.Join(path, "half.seedbed"), []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kill()
	f, err := New(parent)
	if err != nil {
		t.Fatal(err)
	}
	if exists(killed) {
		t.Error("what the killed program left is still there")
	}
	if !exists(filepath.Join(running, "half.seedbed")) {
		t.Error("the folder of a running program was removed")
	}
	if err := f.Remove(); err != nil || exists(f.path) {
		t.Errorf("the own folder stays: %v", err)
	}
}

func TestOnlyTheProgramsOwnFoldersAreRemoved(t *testing.T) {
	t.Parallel()
	parent := t.TempDir()
	long := time.Now().Add(-48 * time.Hour)
	for name, stays := range map[string]bool{
		".seedbed-1234567890": false, // made by an earlier version, without a lock
		".seedbed-notes":      true,
		"seedbed-1234567890":  true,
		".seedbed-12.old":     true,
		".other-1234567890":   true,
	} {
		path := filepath.Join(parent, name)
		if err := os.Mkdir(path, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(path, "file"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, long, long); err != nil {
			t.Fatal(err)
		}
		defer func() {
			if exists(path) != stays {
				t.Errorf("%s stays: %t, want %t", name, exists(path), stays)
			}
		}()
	}
	fresh, file := filepath.Join(parent, ".seedbed-1"), filepath.Join(parent, ".seedbed-2")
	if err := os.Mkdir(fresh, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	elsewhere := t.TempDir()
	if err := os.Symlink(elsewhere, filepath.Join(parent, ".seedbed-3")); err != nil {
		t.Fatal(err)
	}
	Clean(parent)
	for _, path := range []string{fresh, file, elsewhere} {
		if !exists(path) {
			t.Errorf("%s was removed", path)
		}
	}
}
