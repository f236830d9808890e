package ui

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"seedbed/assets/i18n"
	"seedbed/gen/starter"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
	"seedbed/ui/widget"
)

func TestSample(t *testing.T) {
	w := newTestApp(t)
	w.Letter('s')
	if n := w.Count(localdb.Filter{}); n != 640 {
		t.Fatalf("the sample has %d messages", n)
	}
	w.Sees("All 640 messages are in the dataset.", "640 of 640", "100 / 100", "Works offline")
	if w.Button("Pause") != nil || w.Button("Stop") != nil {
		t.Error("the run is over, and there are still its buttons")
	}
	w.Tap("Review them")
	if w.At() != shell.Review {
		t.Error("the note's button does not lead to Review")
	}
	w.Until("the navigation says how many wait", func() bool { return w.Remark(shell.Review) == "640" })
}

func TestOpenErrorsSayWhatToDo(t *testing.T) {
	tests := []struct {
		name   string
		file   func(path string)
		says   string
		button string
	}{
		{"not a dataset", func(path string) { _ = os.WriteFile(path, []byte("message,category\nhello,chitchat\n"), 0o600) }, "not a Seedbed dataset", "Import it as messages"},
		{"in use", func(path string) {
			other, err := localdb.Create(context.Background(), path, starter.Default().Categories)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = other.Close() })
		}, "already open", "Try again"},
		{"newer", func(path string) {
			d, err := localdb.Create(context.Background(), path, starter.Default().Categories)
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
			w.OpenFile(path)
			w.Sees("The dataset could not be opened", test.says, test.button)
			w.Tap("Copy the details")
			if !strings.Contains(w.App.Clipboard().Content(), test.says) {
				t.Errorf("the clipboard has %q", w.App.Clipboard().Content())
			}
			if !w.atHome() {
				t.Error("the app is not back on its home page")
			}
			w.Letter('n')
			w.Tap("Create")
			if w.Dataset() == nil {
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
	w.OpenFile(path)
	w.Tap("Import it as messages")
	w.Sees("2 messages are in the dataset")
	if w.Dataset().Path() == path {
		t.Error("the file itself was taken as the dataset")
	}
}

// TestACopyOfADatasetThatIsOpenElsewhere opens one that another program changes: the
// copy has what is saved there, and is one's own.
func TestACopyOfADatasetThatIsOpenElsewhere(t *testing.T) {
	w := newTestApp(t)
	path := filepath.Join(t.TempDir(), "shared.seedbed")
	other, err := localdb.Create(context.Background(), path, starter.Default().Categories)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.Add(context.Background(), i18n.T("Add"), shelltest.Messages(12)); err != nil {
		t.Fatal(err)
	}
	for n, name := range []string{"shared copy.seedbed", "shared copy 2.seedbed"} {
		w.OpenDataset(path)
		w.Tap("Open a copy")
		w.Sees("The copy is")
		if w.Dataset() == nil || filepath.Base(w.Dataset().Path()) != name || w.Count(localdb.Filter{}) != 12 {
			t.Fatalf("copy %d is not open", n+1)
		}
		if _, err := w.Dataset().Delete(context.Background(), []int64{1}, nil); err != nil {
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
	w.OpenFile(storage.NewFileURI(path).Path())
	w.Sees("2 messages are in the dataset, 1 line was left out", "chats")
	if n := w.Count(localdb.Filter{Sources: []localdb.Source{localdb.Real}}); n != 2 {
		t.Errorf("%d real messages", n)
	}
	w.OpenFile(filepath.Join(t.TempDir(), "none.seedbed"))
	w.Sees("The dataset could not be opened")
}

// TestAFileThatBecomesADatasetKeepsNobodysDetails drops a chat between two on the home
// page: what the assistant said is left out, and what tells who somebody is.
func TestAFileThatBecomesADatasetKeepsNobodysDetails(t *testing.T) {
	w := newTestApp(t)
	path := filepath.Join(t.TempDir(), "chats.csv")
	if err := os.WriteFile(path, []byte("role,message\nuser,write to ann.lee@example.com please\nassistant,I wrote to ann.lee@example.com\nuser,thank you\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.OpenFile(path)
	w.Sees("2 messages are in the dataset. Personal details are hidden in 1 of them")
	var texts []string
	for m, err := range w.Dataset().Messages(context.Background(), localdb.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, m.Text)
	}
	if len(texts) != 2 || strings.Contains(texts[0], "ann") || !strings.HasPrefix(texts[0], "write to ") || texts[1] != "thank you" {
		t.Errorf("the messages are %q", texts)
	}
	file, err := os.ReadFile(w.Dataset().Path())
	if err != nil || bytes.Contains(file, []byte("ann.lee")) {
		t.Errorf("the file holds the address, %v", err)
	}
}

func TestSaveACopy(t *testing.T) {
	w := newTestApp(t)
	w.T.Setenv("PATH", "")
	w.Open(shelltest.Messages(5)...)
	w.Key(fyne.KeyS, fyne.KeyModifierShift)
	w.Sees("Save a copy of the dataset")
	w.Tap("Save")
	copied := filepath.Join(filepath.Dir(w.Dataset().Path()), "test copy.seedbed")
	w.Sees("The copy is", "Open folder")
	original := w.Dataset().Path()
	w.OpenDataset(copied)
	w.Settle()
	if w.Dataset() == nil || w.Count(localdb.Filter{}) != 5 {
		t.Fatal("the copy does not have the messages")
	}
	w.OpenDataset(original)
	w.Settle()
	if w.Dataset() == nil || w.Dataset().Path() != original {
		t.Error("the original can't be opened after the copy")
	}
}

func TestSettingsWithoutADataset(t *testing.T) {
	w := newTestApp(t)
	w.Tap("Settings")
	w.Sees("Language model", "Prices")
	w.Letter('n')
	if w.Dataset() != nil {
		t.Error("N made a dataset from the settings")
	}
	w.Tap("Back")
	w.Sees("Try it now")
}

func TestOneIsNotManyInBothLanguages(t *testing.T) {
	for language, want := range map[string][]string{
		"en": {"1 message\n", "Merge 1 message\n", "1 accepted message in 1 category", "Export 1 file\n"},
		"de": {"1 Nachricht\n", "1 Nachricht aufnehmen\n", "1 angenommene Nachricht in 1 Kategorie", "1 Datei exportieren\n"},
	} {
		t.Run(language, func(t *testing.T) {
			if language == "de" {
				shelltest.InGerman(t)
			}
			w := newTestApp(t)
			w.Open(shelltest.Messages(1)...)
			w.Sees(want[0])
			path := filepath.Join(t.TempDir(), "one.csv")
			if err := os.WriteFile(path, []byte("message,category\nwhere is my bike,social\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			w.MergeFile(path)
			w.Until("the merge is previewed", func() bool { return strings.Contains(w.Words()+"\n", want[1]) })
			w.Visit(shell.Export)
			w.Sees(want[2])
			for _, o := range w.Screen() {
				if c, ok := o.(*widget.Check); ok && strings.HasPrefix(c.Text, "Train") {
					test.Tap(c)
				}
			}
			w.Sees(want[3])
		})
	}
}
