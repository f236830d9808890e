package atomicfile

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestNoDatasetIsReplaced(t *testing.T) {
	dataset := filepath.Join(t.TempDir(), "notes.csv")
	const content = "SQLite format 3\x00 and the rest"
	if err := os.WriteFile(dataset, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(filepath.Dir(dataset), "link.csv")
	if err := os.Symlink("notes.csv", link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dataset, link} {
		err := Write(path, func(io.Writer) error { t.Error("written"); return nil })
		if err == nil || !strings.Contains(err.Error(), "left unchanged") {
			t.Errorf("%s: %v", path, err)
		}
		if got, _ := os.ReadFile(dataset); string(got) != content {
			t.Fatalf("%s: %q", path, got)
		}
	}
}

func TestCheckReplaceLooksAtTheKind(t *testing.T) {
	for content, want := range map[string]bool{
		"": true, "message,category\n": true, "\xff\xfem\x00e\x00": true, "caf\xe9;b\n": true, `{"a": 1}`: true,
		"PK\x03\x04\x14\x00": false, "%PDF-1.7\n": false, "\x89PNG\r\n\x1a\n": false, "SQLite format 3\x00": false, "\x00\x01\x02": false,
	} {
		path := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := CheckReplace(path, IsText); (err == nil) != want {
			t.Errorf("%q: %v", content, err)
		}
	}
	if err := CheckReplace(t.TempDir(), nil); err == nil {
		t.Error("a folder can be replaced")
	}
	if err := CheckReplace(filepath.Join(t.TempDir(), "new"), IsText); err != nil {
		t.Error(err)
	}
}

func TestDanglingLinkStaysALink(t *testing.T) {
	folder := t.TempDir()
	link := filepath.Join(folder, "link")
	if err := os.Symlink("target", link); err != nil {
		t.Fatal(err)
	}
	if err := Write(link, func(w io.Writer) error { _, err := io.WriteString(w, "x"); return err }); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(filepath.Join(folder, "target")); string(got) != "x" {
		t.Errorf("%q", got)
	}
	if _, err := os.Readlink(link); err != nil {
		t.Error(err)
	}
}
