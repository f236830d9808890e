package export

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"seedbed/assets/i18n"
	"seedbed/localdb"
	"seedbed/localdb/exchange/formats"
	"seedbed/localdb/exchange/table"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
)

func open(t *testing.T, messages ...localdb.Message) (*shelltest.Window, *page) {
	t.Helper()
	return shelltest.OpenPage(t, newPage, (*page).declare, messages...)
}

func TestExportPreviewsAndWrites(t *testing.T) {
	w, p := open(t, shelltest.Messages(200)...)
	w.Sees("200 accepted messages in 4 categories", "combined.csv", "intent/train.csv", "160", "intent/val.csv", "intent/test.csv", "0 near-duplicates across the three files", "Export 4 files", "message,category,confidence")
	w.SeesNot("These files exist", "Open folder")
	w.Key(fyne.KeyReturn)
	w.Sees("4 files were written to", "Open folder", "These files exist and will be replaced; what they hold now is kept under the same names with ~ at the end: combined.csv")
	combined, err := os.ReadFile(filepath.Join(shell.FullPath(p.folder.Text), "combined.csv"))
	if err != nil || strings.Count(string(combined), "\n") != 201 || !strings.HasPrefix(string(combined), "message,category,confidence\n") {
		t.Errorf("combined.csv: %v, %d lines", err, strings.Count(string(combined), "\n"))
	}
	rows := 0
	for _, name := range []string{"train", "val", "test"} {
		data, err := os.ReadFile(filepath.Join(shell.FullPath(p.folder.Text), "intent", name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		rows += strings.Count(string(data), "\n") - 1
	}
	if rows != 200 {
		t.Errorf("the splits have %d rows", rows)
	}
	if leftovers, _ := filepath.Glob(filepath.Join(shell.FullPath(p.folder.Text), ".*")); len(leftovers) != 0 {
		t.Errorf("left behind: %v", leftovers)
	}
}

func TestExportFormats(t *testing.T) {
	w, p := open(t, shelltest.Messages(40)...)
	p.splits.SetChecked(false)
	p.card.SetChecked(true)
	for i, writer := range formats.Writers {
		file := "combined" + writer.Format.Extension
		p.format.SetSelectedIndex(i)
		w.Sees(file, "README.md", "Export 2 files")
		if writer.Format == table.CSV {
			w.Sees("CSV safe to open in Excel")
		} else {
			w.SeesNot("CSV safe to open in Excel")
		}
		w.Tap("Export 2 files")
		path := filepath.Join(shell.FullPath(p.folder.Text), file)
		if info, err := os.Stat(path); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", file, err)
		}
		if err := os.Remove(path); err != nil { // another format may have the same ending
			t.Error(err)
		}
	}
}

func TestNothingAcceptedYet(t *testing.T) {
	messages := shelltest.Messages(40)
	for i := range messages {
		messages[i].Status = localdb.ToReview
	}
	w, p := open(t, messages...)
	w.Sees("There are no messages to export", "0 accepted messages")
	if !p.write.Disabled() {
		t.Error("nothing can be exported")
	}
	w.Tap("All but rejected")
	w.Sees("combined.csv", "40", "Export 4 files")
	p.which.SetSelected(p.which.Options[0])
	w.Settle()
	w.Tap("Review")
	if w.At() != shell.Review {
		t.Error("the button does not lead to Review")
	}
}

func TestExportSaysWhatIsWrong(t *testing.T) {
	w, p := open(t, shelltest.Messages(40)...)
	tests := []struct {
		name string
		set  func()
		says string
	}{
		{"a share that is no number", func() { p.ratios[1].SetText("ten") }, "three shares are numbers"},
		{"nothing to train on", func() { p.ratios[0].SetText("0") }, "80"},
		{"no file", func() { p.combined.SetChecked(false); p.splits.SetChecked(false) }, "at least one file"},
		{"no folder", func() { p.folder.SetText(" ") }, "Choose a folder"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.set()
			w.Sees(test.says)
			if !p.write.Disabled() {
				t.Error("it can be exported")
			}
			w.SeesNot("All but rejected\nReview")
			for i, share := range []string{"80", "10", "10"} {
				p.ratios[i].SetText(share)
			}
			p.combined.SetChecked(true)
			p.splits.SetChecked(true)
			p.folder.SetText(p.defaultFolder())
			w.Sees("Export 4 files")
		})
	}
	blocked := filepath.Join(t.TempDir(), "a file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	p.folder.SetText(filepath.Join(blocked, "below"))
	w.Tap("Export 4 files")
	w.Sees("The export failed", "nothing was written")
}

func TestWhatHelpsStandsInsideTheNotice(t *testing.T) {
	w, p := shelltest.OpenPage(t, newPage, (*page).declare)
	w.Settle()
	w.Sees("There are no messages to export", "All but rejected")
	if has, needs := p.problem.Size().Height, p.problem.MinSize().Height; has < needs {
		t.Errorf("the notice is %v high and needs %v", has, needs)
	}
}

func TestExportIncludesNoneWhereItIsAskedTo(t *testing.T) {
	w, p := open(t, shelltest.Messages(40)...)
	w.SeesNot("kept out of training")
	if _, err := w.Dataset().AddCategory(t.Context(), localdb.Category{Name: "off_topic"}); err != nil { // Training is false
		t.Fatal(err)
	}
	if _, err := w.Dataset().Add(t.Context(), i18n.T("Add"), []localdb.Message{
		{Text: "the weather on the moon", Category: "off_topic", Confidence: 1, Status: localdb.Accepted},
		{Text: "which sauce for octopus", Category: "off_topic", Confidence: 1, Status: localdb.Accepted},
		{Text: "rejected", Category: "off_topic", Confidence: 1, Status: localdb.Rejected},
	}); err != nil {
		t.Fatal(err)
	}
	w.Visit(shell.Overview)
	w.Visit(shell.Export)
	w.Sees("Include messages of categories kept out of training as “none” (2)")
	p.splits.SetChecked(false)
	lines := func() string {
		w.Settle()
		w.Tap("Export 1 files")
		text, err := os.ReadFile(filepath.Join(shell.FullPath(p.folder.Text), "combined.csv"))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if text := lines(); strings.Contains(text, "octopus") || strings.Contains(text, "none") {
		t.Errorf("without being asked it wrote %s", text)
	}
	p.none.SetChecked(true)
	if text := lines(); strings.Count(text, ",none,") != 2 || strings.Contains(text, "off_topic") || strings.Contains(text, "rejected") {
		t.Errorf("it wrote %s", text)
	}
}
