package ui

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"seedbed/assets/i18n"
	"seedbed/gen"
	"seedbed/localdb"
)

// atHome reports whether the page without a dataset is up.
func (w *testApp) atHome() bool { return w.data == nil && w.shell == nil }

func TestHomeMakesDatasetsUnderFreeNames(t *testing.T) {
	w := newTestApp(t)
	w.sees("New dataset", "Open dataset", "Try it now", "Datasets you open will be listed here")
	w.letter('n')
	w.sees("This dataset is empty", "Generate messages")
	first := w.data.Path()
	w.key(fyne.KeyW)
	if !w.atHome() {
		t.Fatal("Ctrl+W did not close the dataset")
	}
	w.sees("My dataset.seedbed", "0 messages", "today")
	w.tap("New")
	if w.data.Path() == first || datasetName(w.data.Path()) != "My dataset 2" {
		t.Errorf("the second dataset is %s", w.data.Path())
	}
	if dir, _ := documents(); filepath.Dir(w.data.Path()) != dir {
		t.Errorf("it is not in the documents folder but in %s", w.data.Path())
	}
}

func TestHomeLettersAreForHome(t *testing.T) {
	w := newTestApp(t)
	w.t.Setenv("PATH", "") // no dialog of the system's
	w.tap("Save as…")
	w.letter('n')
	if !w.atHome() {
		t.Fatal("N made a dataset under a dialog")
	}
	w.escape()
	if w.asking() {
		t.Fatal("Escape did not close the dialog")
	}
	w.letter('N')
	path := w.data.Path()
	for _, r := range "nos" {
		w.letter(r)
	}
	if w.data.Path() != path || w.asking() {
		t.Error("a letter of the home page did something in the dataset")
	}
}

func TestSample(t *testing.T) {
	w := newTestApp(t)
	w.letter('s')
	if n := w.count(localdb.Filter{}); n != 640 {
		t.Fatalf("the sample has %d messages", n)
	}
	w.sees("All 640 messages are in the dataset.", "640 of 640", "100 / 100", "Works offline")
	if w.button("Pause") != nil || w.button("Stop") != nil {
		t.Error("the run is over, and there are still its buttons")
	}
	w.tap("Review them")
	if w.shell.at.id != atReview {
		t.Error("the note's button does not lead to Review")
	}
	w.until("the navigation says how many wait", func() bool { return w.place(atReview).item.Remark() == "640" })
}

func (w *testApp) place(id string) *place {
	at := slices.IndexFunc(w.shell.places, func(p *place) bool { return p.id == id })
	return w.shell.places[at]
}

func TestRecentDatasetsAndOneThatIsGone(t *testing.T) {
	w := newTestApp(t)
	w.open(some(3)...)
	kept := w.data.Path()
	w.key(fyne.KeyW)
	w.letter('n')
	gone := w.data.Path()
	w.key(fyne.KeyW)
	if err := os.Remove(gone); err != nil {
		t.Fatal(err)
	}
	w.home.shown()
	w.sees("test.seedbed", "3 messages", "My dataset.seedbed", "not there any more")
	w.openDataset(gone)
	w.sees("The dataset could not be opened", "It may have been moved, renamed or deleted.", "Open another…")
	w.tap("Close")
	if !w.atHome() {
		t.Error("the app is not back on its home page")
	}
	w.tap("Forget")
	w.seesNot("My dataset.seedbed", "not there any more")
	if _, err := os.Stat(kept); err != nil {
		t.Error("forgetting one took another file away")
	}
}

func TestOpenErrorsSayWhatToDo(t *testing.T) {
	tests := []struct {
		name   string
		file   func(path string)
		says   string
		button string
	}{
		{"not a dataset", func(path string) { _ = os.WriteFile(path, []byte("message,category\nhello,chitchat\n"), 0o600) }, "not a Seedbed dataset", "Read it as messages"},
		{"in use", func(path string) {
			other, err := localdb.Create(context.Background(), path, gen.Categories("en"))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = other.Close() })
		}, "open already", "Try again"},
		{"newer", func(path string) {
			d, err := localdb.Create(context.Background(), path, gen.Categories("en"))
			if err != nil {
				t.Fatal(err)
			}
			_ = d.Close()
			file, err := os.OpenFile(path, os.O_RDWR, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			_, _ = file.WriteAt([]byte{0, 0, 0x27, 0x10}, 60) // SQLite's user_version
		}, "newer Seedbed", "Copy the details"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newTestApp(t)
			path := filepath.Join(t.TempDir(), "some é 漢字 עברית.seedbed")
			test.file(path)
			w.openFile(path)
			w.sees("The dataset could not be opened", test.says, test.button)
			w.tap("Copy the details")
			if !strings.Contains(w.fyne.Clipboard().Content(), test.says) {
				t.Errorf("the clipboard has %q", w.fyne.Clipboard().Content())
			}
			if !w.atHome() || w.opening {
				t.Error("the app is not back on its home page")
			}
			w.letter('n')
			if w.data == nil {
				t.Error("nothing can be opened after an error")
			}
		})
	}
}

func TestReadAsMessages(t *testing.T) {
	w := newTestApp(t)
	path := filepath.Join(t.TempDir(), "talks.seedbed")
	if err := os.WriteFile(path, []byte("message,category\nhello there,chitchat\nwhat is a CV,rag_query\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.openFile(path)
	w.tap("Read it as messages")
	w.sees("2 messages are in the dataset")
	if w.data.Path() == path {
		t.Error("the file itself was taken as the dataset")
	}
}

// TestACopyOfADatasetThatIsOpenElsewhere opens one that another program changes: the
// copy has what is saved there, and is one's own.
func TestACopyOfADatasetThatIsOpenElsewhere(t *testing.T) {
	w := newTestApp(t)
	path := filepath.Join(t.TempDir(), "shared.seedbed")
	other, err := localdb.Create(context.Background(), path, gen.Categories("en"))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.Add(context.Background(), i18n.T("Add"), some(12)); err != nil {
		t.Fatal(err)
	}
	for n, name := range []string{"shared copy.seedbed", "shared copy 2.seedbed"} {
		w.openDataset(path)
		w.tap("Open a copy")
		w.sees("The copy is")
		if w.data == nil || filepath.Base(w.data.Path()) != name || w.count(localdb.Filter{}) != 12 {
			t.Fatalf("copy %d is not open", n+1)
		}
		if _, err := w.data.Delete(context.Background(), []int64{1}); err != nil {
			t.Errorf("the copy can't be changed: %v", err)
		}
	}
	counts, err := other.Counts(context.Background())
	if err != nil || counts.Total != 12 {
		t.Errorf("the original has %d messages, %v", counts.Total, err)
	}
}

func TestDropAFileWithMessages(t *testing.T) {
	w := newTestApp(t)
	path := filepath.Join(t.TempDir(), "chats.csv")
	if err := os.WriteFile(path, []byte("message,category\nhello there,chitchat\nwhat is a CV,rag_query\n,chitchat\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.openFile(storage.NewFileURI(path).Path())
	w.sees("2 messages are in the dataset, 1 lines were left out", "chats")
	if n := w.count(localdb.Filter{Sources: []localdb.Source{localdb.Real}}); n != 2 {
		t.Errorf("%d real messages", n)
	}
	w.openFile(filepath.Join(t.TempDir(), "none.seedbed"))
	w.sees("The dataset could not be opened")
}

// TestAFileThatBecomesADatasetKeepsNobodysDetails drops a chat between two on the home
// page: what the assistant said is left out, and what tells who somebody is.
func TestAFileThatBecomesADatasetKeepsNobodysDetails(t *testing.T) {
	w := newTestApp(t)
	path := filepath.Join(t.TempDir(), "chats.csv")
	if err := os.WriteFile(path, []byte("role,message\nuser,write to ann.lee@example.com please\nassistant,I wrote to ann.lee@example.com\nuser,thank you\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.openFile(path)
	w.sees("2 messages are in the dataset. Personal details are hidden in 1 of them")
	var texts []string
	for m, err := range w.data.Messages(context.Background(), localdb.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, m.Text)
	}
	if len(texts) != 2 || strings.Contains(texts[0], "ann") || !strings.HasPrefix(texts[0], "write to ") || texts[1] != "thank you" {
		t.Errorf("the messages are %q", texts)
	}
	file, err := os.ReadFile(w.data.Path())
	if err != nil || bytes.Contains(file, []byte("ann.lee")) {
		t.Errorf("the file holds the address, %v", err)
	}
}

func TestSaveACopy(t *testing.T) {
	w := newTestApp(t)
	w.t.Setenv("PATH", "")
	w.open(some(5)...)
	w.key(fyne.KeyS, fyne.KeyModifierShift)
	w.sees("Save a copy of the dataset")
	w.tap("Save")
	copied := filepath.Join(filepath.Dir(w.data.Path()), "test copy.seedbed")
	w.sees("The copy is", "Open folder")
	original := w.data.Path()
	w.openDataset(copied)
	w.settle()
	if w.data == nil || w.count(localdb.Filter{}) != 5 {
		t.Fatal("the copy does not have the messages")
	}
	w.openDataset(original)
	w.settle()
	if w.data == nil || w.data.Path() != original {
		t.Error("the original can't be opened after the copy")
	}
}

func TestNewElsewhereNeverOverwrites(t *testing.T) {
	w := newTestApp(t)
	path := filepath.Join(t.TempDir(), "mine.seedbed")
	if err := os.WriteFile(path, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.newDataset(path)
	w.sees("There is a file of this name already, and nothing was changed.", "Open that one")
	if data, _ := os.ReadFile(path); !bytes.Equal(data, []byte("precious")) {
		t.Error("the file was overwritten")
	}
	w.escape()
	w.newDataset(strings.TrimSuffix(path, "mine.seedbed") + "other")
	w.settle()
	if w.data == nil || filepath.Base(w.data.Path()) != "other.seedbed" {
		t.Error("the dataset was not made")
	}
}

func TestSettingsWithoutADataset(t *testing.T) {
	w := newTestApp(t)
	w.tap("Settings")
	w.sees("Language model", "Prices")
	w.letter('n')
	if w.data != nil {
		t.Error("N made a dataset from the settings")
	}
	w.tap("Back")
	w.sees("Try it now")
}

func TestADatasetThatWasNeverClosed(t *testing.T) {
	w := newTestApp(t)
	path := filepath.Join(t.TempDir(), "cut off.seedbed")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	w.settings.remember(path, func(*recent) {}) // as when it opened, and then a power cut
	w.showHome()
	w.sees("cut off.seedbed")
	w.seesNot("\n0 messages")
}
