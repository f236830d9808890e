package home

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"seedbed/gen/starter"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
)

func TestNewDatasetsGetFreeNames(t *testing.T) {
	w := shelltest.OpenHome(t, New)
	w.Sees("New dataset", "Open dataset", "Try it now", "Datasets you open will be listed here")
	w.Letter('n')
	if w.At() != shell.Overview {
		t.Errorf("the new dataset opens on page %q", w.At())
	}
	first := w.Dataset().Path()
	w.Key(fyne.KeyW)
	if w.Dataset() != nil {
		t.Fatal("Ctrl+W did not close the dataset")
	}
	w.Sees("My dataset.seedbed", "0 messages", "today")
	w.Tap("New")
	if w.Dataset().Path() == first || shell.DatasetName(w.Dataset().Path()) != "My dataset 2" {
		t.Errorf("the second dataset is %s", w.Dataset().Path())
	}
	if dir, _ := shell.DocumentsDir(); filepath.Dir(w.Dataset().Path()) != dir {
		t.Errorf("it is not in the documents folder but in %s", w.Dataset().Path())
	}
}

func TestLettersWorkOnlyOnTheHomePage(t *testing.T) {
	w := shelltest.OpenHome(t, New)
	w.T.Setenv("PATH", "") // no dialog of the system's
	w.Tap("Save as…")
	w.Letter('n')
	if w.Dataset() != nil {
		t.Fatal("N made a dataset under a dialog")
	}
	w.Escape()
	if w.HasDialog() {
		t.Fatal("Escape did not close the dialog")
	}
	w.Letter('N')
	path := w.Dataset().Path()
	for _, r := range "nos" {
		w.Letter(r)
	}
	if w.Dataset().Path() != path || w.HasDialog() {
		t.Error("a letter of the home page did something in the dataset")
	}
}

func TestRecentDatasetsAndOneThatIsGone(t *testing.T) {
	w := shelltest.OpenHome(t, New)
	w.Open(shelltest.Messages(3)...)
	kept := w.Dataset().Path()
	w.Key(fyne.KeyW)
	w.Letter('n')
	gone := w.Dataset().Path()
	w.Key(fyne.KeyW)
	if err := os.Remove(gone); err != nil {
		t.Fatal(err)
	}
	w.ShowHome()
	w.Sees("test.seedbed", "3 messages", "My dataset.seedbed", "file not found")
	w.OpenDataset(gone)
	w.Sees("The dataset could not be opened", "It may have been moved, renamed or deleted.", "Open another…")
	w.Tap("Close")
	if w.Dataset() != nil {
		t.Error("the app is not back on its home page")
	}
	w.Tap("Forget")
	w.SeesNot("My dataset.seedbed", "file not found")
	if _, err := os.Stat(kept); err != nil {
		t.Error("forgetting one took another file away")
	}
}

func TestSaveAsNeverOverwrites(t *testing.T) {
	w := shelltest.OpenHome(t, New)
	path := filepath.Join(t.TempDir(), "mine.seedbed")
	if err := os.WriteFile(path, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.NewDataset(path, starter.Default())
	w.Sees("A file with this name already exists; nothing was changed.", "Open that file")
	if data, _ := os.ReadFile(path); !bytes.Equal(data, []byte("precious")) {
		t.Error("the file was overwritten")
	}
	w.Escape()
	w.NewDataset(strings.TrimSuffix(path, "mine.seedbed")+"other", starter.Default())
	w.Settle()
	if w.Dataset() == nil || filepath.Base(w.Dataset().Path()) != "other.seedbed" {
		t.Error("the dataset was not made")
	}
}

func TestADatasetThatWasNeverClosedIsListedWithoutACount(t *testing.T) {
	w := shelltest.OpenHome(t, New)
	path := filepath.Join(t.TempDir(), "cut off.seedbed")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	w.Settings.Remember(path, func(*shell.Recent) {}) // as when it opened, and then a power cut
	w.ShowHome()
	w.Sees("cut off.seedbed")
	w.SeesNot("\n0 messages")
}
