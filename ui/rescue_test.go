package ui

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"seedbed/assets/i18n"
	"seedbed/gen/starter"
	"seedbed/localdb"
	"seedbed/localdb/backup"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
)

// datasetFile makes a dataset with n messages of some length and returns its path.
func datasetFile(t *testing.T, n, length int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "coaching.seedbed")
	d, err := localdb.Create(context.Background(), path, starter.Default().Categories)
	if err != nil {
		t.Fatal(err)
	}
	messages := shelltest.Messages(n)
	for i := range messages {
		messages[i].Text += strings.Repeat(" and so on", length/10)
	}
	if _, err = d.Add(context.Background(), i18n.T("Add"), messages); err == nil {
		err = d.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// zero overwrites a part of a file, from a share of its length on.
func zero(t *testing.T, path string, from float64, length int) (damaged []byte) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := int(from*float64(len(data))) / 4096 * 4096
	clear(data[at:min(at+length, len(data))])
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return data
}

func TestADamagedDatasetIsRescued(t *testing.T) {
	w := newTestApp(t)
	path := datasetFile(t, 400, 100)
	damaged := zero(t, path, 0.8, 8192)
	w.OpenFile(path)
	w.Sees("The dataset could not be opened", "The dataset file is damaged: parts of it are overwritten", "Rescue", "Go back to…")
	w.SeesNot("malformed")
	w.Tap("Go back to…")
	w.Sees("There are no backups yet")
	w.Tap("Close")
	w.OpenFile(path)
	w.Tap("Rescue")
	w.Sees("What was rescued", "Categories: 8 rescued, 0 lost.", "The damaged file", "is unchanged")
	if w.Dataset() == nil || filepath.Base(w.Dataset().Path()) != "coaching rescued.seedbed" {
		t.Fatal("the rescued dataset is not open")
	}
	if n := w.Count(localdb.Filter{}); n < 200 || n >= 400 {
		t.Errorf("%d messages of 400 were rescued", n)
	}
	if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, damaged) {
		t.Errorf("the damaged file was changed: %v", err)
	}
}

// TestADamagedDatasetGoesBackToABackup keeps the damaged file under another name.
func TestADamagedDatasetGoesBackToABackup(t *testing.T) {
	w := newTestApp(t)
	w.Settings.SetBackups(true)
	path := datasetFile(t, 400, 100)
	w.OpenFile(path)
	w.Settle()
	w.Key(fyne.KeyW)
	damaged := zero(t, path, 0.8, 8192)
	w.OpenFile(path)
	w.Tap("Go back to…")
	w.Sees("can't be compared")
	w.Tap("Go back")
	w.Sees("The damaged file was kept as")
	w.Tap("Close")
	if n := w.Count(localdb.Filter{}); w.Dataset().Path() != path || n != 400 {
		t.Errorf("%s has %d messages", w.Dataset().Path(), n)
	}
	if kept, err := os.ReadFile(filepath.Join(filepath.Dir(path), "coaching (damaged).seedbed")); err != nil || !bytes.Equal(kept, damaged) {
		t.Errorf("the damaged file was not kept: %v", err)
	}
}

// TestGoingBack returns to an earlier state, and from there to the later one.
func TestGoingBack(t *testing.T) {
	w := newTestApp(t)
	w.Settings.SetBackups(true)
	path := datasetFile(t, 30, 0)
	w.OpenFile(path)
	w.Settle()
	if _, err := w.Dataset().Delete(context.Background(), []int64{1, 2, 3, 4}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Dataset().SetStatus(context.Background(), []int64{5, 6}, localdb.Rejected, nil); err != nil {
		t.Fatal(err)
	}
	w.Settle()
	w.Key(fyne.KeyB, fyne.KeyModifierShift)
	w.Sees("Go back to an earlier state of coaching", "today, ", "Since then 0 messages were added, 4 deleted and 2 changed.")
	w.Tap("Go back")
	if n := w.Count(localdb.Filter{}); n != 30 || w.Dataset().Path() != path {
		t.Fatalf("%d messages after going back", n)
	}
	w.Sees("This is the dataset as it was")
	w.Tap("Undo")
	if n := w.Count(localdb.Filter{}); n != 26 {
		t.Fatalf("%d messages after returning", n)
	}
	if list, err := backup.List(path); err != nil || len(list) != 3 {
		t.Errorf("%d backups: %v", len(list), err)
	}
}

func TestNoBackupsWhereTheyAreSwitchedOff(t *testing.T) {
	w := newTestApp(t)
	path := datasetFile(t, 30, 0)
	w.OpenFile(path)
	w.Settle()
	if list, err := backup.List(path); err != nil || len(list) != 0 {
		t.Fatalf("%d backups: %v", len(list), err)
	}
	w.Visit(shell.SettingsPage)
	w.Sees("Keep backups of each dataset", "at most once an hour")
}

// TestDamageOfALargeDatasetIsFoundInTheBackground: opening doesn't read all of it.
func TestDamageOfALargeDatasetIsFoundInTheBackground(t *testing.T) {
	w := newTestApp(t)
	path := datasetFile(t, 1500, 2000)
	w.OpenFile(path)
	w.Settle()
	if r := w.Settings.Recents()[0]; time.Since(r.Checked) > time.Hour {
		t.Errorf("it was last checked at %v", r.Checked)
	}
	w.Key(fyne.KeyW)
	w.Settings.Remember(path, func(r *shell.Recent) { r.Checked = time.Now().AddDate(0, 0, -8) })
	zero(t, path, 0.5, 4096)
	w.OpenFile(path)
	w.Sees("damaged", "Rescue")
	w.Tap("Rescue")
	w.Sees("What was rescued")
}
