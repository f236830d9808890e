package shell

import (
	"path/filepath"
	"testing"
)

func TestFoldersAreSaidFromHome(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	inside, outside := filepath.Join(home, "Documents", "Seedbed"), t.TempDir()
	for _, path := range []string{inside, outside} {
		if got := FullPath(ShortPath(path)); got != path {
			t.Errorf("%s becomes %s", path, got)
		}
	}
	for typed, want := range map[string]string{"out": filepath.Join(home, "out"), " ~/out ": filepath.Join(home, "out"), " ": ""} {
		if got := FullPath(typed); got != want {
			t.Errorf("%q means %s", typed, got)
		}
	}
}
