package home

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"seedbed/gen/starter"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
)

func TestTheThreeWays(t *testing.T) {
	w := shelltest.OpenHome(t, New)
	w.Sees("New dataset", "Open dataset", "Try it now", "Datasets you open will be listed here")
}

func TestLettersWorkOnlyOnTheHomePage(t *testing.T) {
	w := shelltest.OpenHome(t, New)
	w.Tell("A dialog", "is up")
	w.Letter('n')
	w.Escape()
	w.Sees("Try it now")
	w.Letter('N')
	w.SeesNot("Try it now")
	w.Letter('s')
	if w.Dataset() != nil {
		t.Error("a letter of the home page did something on another page")
	}
	w.Tap("Back")
	w.Letter('s')
	if w.Dataset() == nil {
		t.Fatal("S made no sample")
	}
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
	gone := filepath.Join(t.TempDir(), "gone.seedbed")
	d, err := starter.Default().Create(t.Context(), gone)
	if err == nil {
		err = d.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	w.OpenDataset(gone)
	w.Settle()
	w.Key(fyne.KeyW)
	if err := os.Remove(gone); err != nil {
		t.Fatal(err)
	}
	w.ShowHome()
	w.Sees("test.seedbed", "3 messages", "gone.seedbed", "file not found")
	w.OpenDataset(gone)
	w.Sees("The dataset could not be opened", "It may have been moved, renamed or deleted.", "Open another…")
	w.Tap("Close")
	if w.Dataset() != nil {
		t.Error("the app is not back on its home page")
	}
	w.Tap("Forget")
	w.SeesNot("gone.seedbed", "file not found")
	if _, err := os.Stat(kept); err != nil {
		t.Error("forgetting one took another file away")
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
