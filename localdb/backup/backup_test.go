package backup

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"seedbed/assets/i18n"
	"seedbed/localdb"
)

// newDataset makes a dataset with n messages, with backups in a folder of the test.
func newDataset(t *testing.T, n int) *localdb.Dataset {
	t.Helper()
	t.Setenv("HOME", t.TempDir())
	t.Setenv("XDG_DATA_HOME", "")
	d, err := localdb.Create(t.Context(), filepath.Join(t.TempDir(), "mine.seedbed"), []localdb.Category{{Name: "chitchat"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	add(t, d, n)
	return d
}

func add(t *testing.T, d *localdb.Dataset, n int) {
	t.Helper()
	messages := make([]localdb.Message, n)
	for i := range messages {
		messages[i] = localdb.Message{Text: fmt.Sprint("message ", i), Category: "chitchat"}
	}
	if _, err := d.Add(context.Background(), i18n.T("Add"), messages); err != nil {
		t.Fatal(err)
	}
}

func list(t *testing.T, d *localdb.Dataset) []Backup {
	t.Helper()
	all, err := List(d.Path())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// age makes all backups of a dataset older.
func age(t *testing.T, d *localdb.Dataset, by time.Duration) {
	t.Helper()
	for _, b := range list(t, d) {
		if err := os.Rename(b.Path, filepath.Join(filepath.Dir(b.Path), b.Made.Add(-by).Format(timeFormat)+ending)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestABackupAnHourWhileItChanges(t *testing.T) {
	d := newDataset(t, 0)
	due := func(what string, want int) {
		t.Helper()
		next, err := SaveIfDue(t.Context(), d)
		if err != nil || time.Now().After(next) {
			t.Fatalf("%s: %v, again at %v", what, err, next)
		}
		if got := len(list(t, d)); got != want {
			t.Fatalf("%s: %d backups, not %d", what, got, want)
		}
	}
	due("of nothing", 0)
	add(t, d, 5)
	due("the first", 1)
	add(t, d, 5)
	due("within the hour", 1)
	age(t, d, 2*time.Hour)
	due("after an hour", 2)
	past := time.Now().Add(-3 * time.Hour)
	age(t, d, 2*time.Hour)
	for _, log := range []string{"", "-wal"} {
		if err := os.Chtimes(d.Path()+log, past, past); err != nil {
			t.Fatal(err)
		}
	}
	due("unchanged", 2)
	for _, b := range list(t, d) {
		info, err := os.Stat(b.Path)
		folder, folderErr := os.Stat(filepath.Dir(b.Path))
		if err != nil || folderErr != nil || info.Mode().Perm() != 0o600 || folder.Mode().Perm() != 0o700 {
			t.Errorf("others can read %s: %v", b.Path, info)
		}
	}
}

func TestGoingBackAndReturning(t *testing.T) {
	d := newDataset(t, 10)
	path := d.Path()
	if _, err := Save(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	add(t, d, 3)
	if _, err := d.Delete(t.Context(), []int64{1, 2}, nil); err != nil {
		t.Fatal(err)
	}
	earlier := list(t, d)[0]
	if c, err := ChangesSince(t.Context(), earlier, path); err != nil || c != (Changes{Added: 3, Deleted: 2}) {
		t.Errorf("since then %+v, %v", c, err)
	}
	if _, err := GoBack(t.Context(), earlier, path); err == nil {
		t.Error("an open dataset was replaced")
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{10, 11} { // back, and back from there
		if _, err := GoBack(t.Context(), earlier, path); err != nil {
			t.Fatal(err)
		}
		if d, err := localdb.OpenReadOnly(t.Context(), path); err != nil {
			t.Fatal(err)
		} else {
			counts, err := d.Counts(t.Context())
			if err != nil || counts.Total != want {
				t.Errorf("%d messages, not %d: %v", counts.Total, want, err)
			}
			d.Close()
		}
		all, err := Sound(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		earlier = all[0]
	}
}

// TestADamagedDatasetIsNotBackedUp: it would take the place of good states.
func TestADamagedDatasetIsNotBackedUp(t *testing.T) {
	d := newDataset(t, 2000)
	path := d.Path()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	clear(data[len(data)/2 : len(data)/2+8192])
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if d, err = localdb.OpenReadOnly(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	if _, err := Save(t.Context(), d); err == nil || len(list(t, d)) != 0 {
		t.Errorf("a damaged dataset was backed up: %v", err)
	}
}

func TestRemoveLeavesNoBackup(t *testing.T) {
	d := newDataset(t, 10)
	if _, err := Save(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	snapshot := filepath.Join(filepath.Dir(d.Path()), "mine.before-v7.seedbed")
	if err := localdb.Restore(t.Context(), d.Path(), snapshot); err != nil {
		t.Fatal(err)
	}
	all := list(t, d)
	if len(all) != 2 || !all[0].BeforeUpdate {
		t.Fatalf("%+v", all)
	}
	if err := Remove(d.Path()); err != nil {
		t.Fatal(err)
	}
	if len(list(t, d)) != 0 {
		t.Error("a backup is left")
	}
	if folder, _ := folderOf(d.Path()); folder != "" {
		if _, err := os.Stat(folder); err == nil {
			t.Error("the folder is left")
		}
	}
}

func TestWhichBackupsAreKept(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	hourly := func(n int, size int64) (all []Backup) {
		for i := range n {
			all = append(all, Backup{Made: now.Add(-time.Duration(i) * time.Hour), Size: size})
		}
		return all
	}
	tests := []struct {
		name string
		all  []Backup
		kept int
	}{
		{"few", hourly(6, 1), 6},
		{"the newest of a day", hourly(12, 1), 7},
		{"of six days", hourly(24*20, 1), newestKept + daysKept},
		{"as many as fit", hourly(6, bytesKept/4), 4},
		{"two in any case", hourly(6, 10*bytesKept), alwaysKept},
	}
	for _, test := range tests {
		gone := beyond(test.all, now)
		if kept := len(test.all) - len(gone); kept != test.kept {
			t.Errorf("%s: %d are kept, not %d", test.name, kept, test.kept)
		}
		for _, b := range gone {
			if b.Made.Equal(now) {
				t.Errorf("%s: the newest is gone", test.name)
			}
		}
	}
}
