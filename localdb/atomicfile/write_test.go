package atomicfile

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWriteFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "folder", "file.csv")
	hello := func(text string) func(io.Writer) error {
		return func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		}
	}
	for _, text := range []string{"first", "second"} {
		if err := Write(path, hello(text)); err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(path); string(got) != text {
			t.Fatalf("got %q, want %q", got, text)
		}
	}

	broken := errors.New("no more rows")
	err := Write(path, func(w io.Writer) error {
		_, _ = io.WriteString(w, strings.Repeat("half", 1<<18))
		return broken
	})
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "what it held before is unchanged") {
		t.Errorf("got %v", err)
	}
	if got, _ := os.ReadFile(path); string(got) != "second" {
		t.Errorf("a failed write left %q", got)
	}
	if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 2 { // with the old copy
		t.Errorf("a failed write left %v beside", files)
	}
	if err := Write(path, hello("second")); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(OldCopy(path)); string(got) != "first" {
		t.Errorf("the old copy holds %q after the same was written again", got)
	}

	link := filepath.Join(filepath.Dir(path), "link")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	if err := Write(link, hello("third")); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(path); string(got) != "third" {
		t.Errorf("through a link: %q", got)
	}
	if got, _ := os.ReadFile(OldCopy(path)); string(got) != "second" {
		t.Errorf("the old copy holds %q", got)
	}
	if err := Write(filepath.Join(path, "below"), hello("x")); err == nil || !strings.Contains(err.Error(), "nothing was written") {
		t.Errorf("in a folder that is a file: %v", err)
	}
}
