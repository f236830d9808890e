package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"seedbed/localdb"
)

func openExport(t *testing.T, messages ...localdb.Message) (*testApp, *exportPage) {
	t.Helper()
	w := newTestApp(t)
	w.open(messages...)
	w.goTo(atExport)
	w.settle()
	return w, w.shell.at.page.(*exportPage)
}

func TestExportPreviewsAndWrites(t *testing.T) {
	w, p := openExport(t, some(200)...)
	w.sees("200 accepted messages in 4 categories", "combined.csv", "intent/train.csv", "160", "intent/val.csv", "intent/test.csv", "0 leaks", "Export 4 files", "message,category,confidence")
	w.seesNot("Already there", "Open folder")
	w.key(fyne.KeyReturn)
	w.sees("4 files are in", "Open folder", "Already there, and written anew: combined.csv")
	combined, err := os.ReadFile(filepath.Join(fullPath(p.folder.Text), "combined.csv"))
	if err != nil || strings.Count(string(combined), "\n") != 201 || !strings.HasPrefix(string(combined), "message,category,confidence\n") {
		t.Errorf("combined.csv: %v, %d lines", err, strings.Count(string(combined), "\n"))
	}
	rows := 0
	for _, name := range []string{"train", "val", "test"} {
		data, err := os.ReadFile(filepath.Join(fullPath(p.folder.Text), "intent", name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		rows += strings.Count(string(data), "\n") - 1
	}
	if rows != 200 {
		t.Errorf("the splits have %d rows", rows)
	}
	if leftovers, _ := filepath.Glob(filepath.Join(fullPath(p.folder.Text), ".*")); len(leftovers) != 0 {
		t.Errorf("left behind: %v", leftovers)
	}
}

func TestExportFormats(t *testing.T) {
	w, p := openExport(t, some(40)...)
	p.splits.SetChecked(false)
	p.card.SetChecked(true)
	for i, file := range []string{"combined.csv", "combined.xlsx", "combined.jsonl", "combined.parquet"} {
		p.format.SetSelectedIndex(i)
		w.sees(file, "README.md", "Export 2 files")
		if off := p.excel.Disabled(); off != (i > 0) {
			t.Errorf("%s: the choice for Excel is off: %v", file, off)
		}
		w.tap("Export 2 files")
		if info, err := os.Stat(filepath.Join(fullPath(p.folder.Text), file)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func TestNothingAcceptedYet(t *testing.T) {
	messages := some(40)
	for i := range messages {
		messages[i].Status = localdb.ToReview
	}
	w, p := openExport(t, messages...)
	w.sees("There is no message to export", "0 accepted messages")
	if !p.write.Disabled() {
		t.Error("nothing can be exported")
	}
	w.tap("All but rejected")
	w.sees("combined.csv", "40", "Export 4 files")
	p.which.SetSelected(p.which.Options[0])
	w.settle()
	w.tap("Review")
	if w.shell.at.id != atReview {
		t.Error("the button does not lead to Review")
	}
}

func TestExportSaysWhatIsWrong(t *testing.T) {
	w, p := openExport(t, some(40)...)
	tests := []struct {
		name string
		set  func()
		says string
	}{
		{"a share that is no number", func() { p.ratios[1].SetText("ten") }, "shares are numbers"},
		{"nothing to train on", func() { p.ratios[0].SetText("0") }, "80"},
		{"no file", func() { p.combined.SetChecked(false); p.splits.SetChecked(false) }, "at least one file"},
		{"no folder", func() { p.folder.SetText(" ") }, "Choose a folder"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.set()
			w.sees(test.says)
			if !p.write.Disabled() {
				t.Error("it can be exported")
			}
			w.seesNot("All but rejected\nReview")
			for i, share := range []string{"80", "10", "10"} {
				p.ratios[i].SetText(share)
			}
			p.combined.SetChecked(true)
			p.splits.SetChecked(true)
			p.folder.SetText(p.defaultFolder())
			w.sees("Export 4 files")
		})
	}
	blocked := filepath.Join(t.TempDir(), "a file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	p.folder.SetText(filepath.Join(blocked, "below"))
	w.tap("Export 4 files")
	w.sees("The export did not finish", "nothing was written")
}

func TestFoldersAreSaidFromHome(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	inside, outside := filepath.Join(home, "Documents", "Seedbed"), t.TempDir()
	for _, path := range []string{inside, outside} {
		if got := fullPath(shortPath(path)); got != path {
			t.Errorf("%s becomes %s", path, got)
		}
	}
	for typed, want := range map[string]string{"out": filepath.Join(home, "out"), " ~/out ": filepath.Join(home, "out"), " ": ""} {
		if got := fullPath(typed); got != want {
			t.Errorf("%q means %s", typed, got)
		}
	}
}
