package categories

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"seedbed/gen/starter"
	"seedbed/localdb"
	"seedbed/ui/shell/shelltest"
	"seedbed/ui/widget"
)

func TestCategoriesAreExported(t *testing.T) {
	t.Setenv("PATH", "") // no file dialog of the system: the path is typed
	w, p := open(t, shelltest.Messages(8)...)
	p.is.SetText("typed just now")
	if err := w.Dataset().ArchiveCategory(t.Context(), w.Category("social").ID, true); err != nil {
		t.Fatal(err)
	}
	w.Tap("Export categories…")
	w.Sees("Export the categories")
	path := filepath.Join(t.TempDir(), "for a colleague")
	typePath(w, path)
	w.Tap("Save")
	w.Sees("The categories are in", "Open folder")
	found, err := starter.ReadFile(t.Context(), path+".json")
	if err != nil {
		t.Fatal(err)
	}
	if len(found.Categories) != 7 || found.About != starter.Default().About {
		t.Errorf("%d categories of %q", len(found.Categories), found.About)
	}
	i := slices.IndexFunc(found.Categories, func(c localdb.Category) bool { return c.Name == "rag_query" })
	if i < 0 || found.Categories[i].Is != "typed just now" {
		t.Errorf("what was typed is not in %+v", found.Categories)
	}
	if text, err := os.ReadFile(path + ".json"); err != nil || strings.Contains(string(text), shelltest.Messages(1)[0].Text) {
		t.Errorf("a message is in the file, or %v", err)
	}

	w.Tap("Export categories…")
	typePath(w, w.Dataset().Path())
	w.Tap("Save")
	w.Sees("The categories could not be exported")
	if n := w.Count(localdb.Filter{}); n != 8 {
		t.Errorf("%d messages are left", n)
	}
}

// typePath types where a file is saved.
func typePath(w *shelltest.Window, path string) {
	w.T.Helper()
	for _, o := range w.Screen() {
		if f, ok := o.(*widget.Field); ok {
			f.SetText(path)
			return
		}
	}
	w.T.Fatalf("no path can be typed:\n%s", w.Words())
}
