package reliability_test

import (
	"bytes"
	"encoding/binary"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"seedbed/localdb/backup"
	"seedbed/localdb/reliability"
)

// fixture makes a dataset once and copies it for each kill.
type fixture struct {
	once   sync.Once
	folder string
	make   func(path string) error
	// before and after are the states of a sound dataset without the work and with it.
	before, after string
}

const datasetName = "test.seedbed"

func pathIn(folder string) string { return filepath.Join(folder, datasetName) }

func (f *fixture) copyInto(t *testing.T, folder string) {
	t.Helper()
	f.once.Do(func() {
		var err error
		if f.folder, err = os.MkdirTemp(fixtures, "fixture-*"); err != nil {
			t.Fatal(err)
		}
		if err := f.make(pathIn(f.folder)); err != nil {
			t.Fatal(err)
		}
	})
	reliability.CopyFile(t, pathIn(f.folder), folder)
}

// changing is a trial of work that changes a dataset as one change.
func changing(work string, f *fixture) reliability.Trial {
	return reliability.Trial{
		Work:    work,
		Prepare: f.copyInto,
		Killed: func(t *testing.T, folder string, _ bool) bool {
			path := pathIn(folder)
			state := reliability.State(t, path)
			all := state == f.after
			if !all && state != f.before {
				t.Error("the change is half there")
			}
			if between := reliability.UndoAndRedo(t, path); all && work != "undo" && between != f.before {
				t.Error("undo doesn't lead back to what was before")
			}
			reliability.OnlyFiles(t, folder, datasetName)
			return all
		},
		Finished: func(t *testing.T, folder string) {
			if f.after != "" {
				return
			}
			f.before, f.after = reliability.State(t, pathIn(f.folder)), reliability.State(t, pathIn(folder))
			if f.before == f.after {
				t.Fatal("the work changed nothing")
			}
		},
	}
}

func TestKilledWhileMerging(t *testing.T) { changing("merge", small).Run(t) }

func TestKilledWhileRelabelling(t *testing.T) { changing("relabel", large).Run(t) }

func TestKilledWhileUndoing(t *testing.T) { changing("undo", relabelled).Run(t) }

// What a child has said to be stored is there, in whole changes.
func TestKilledBetweenChanges(t *testing.T) {
	trial := changing("changes", small)
	trial.Killed = func(t *testing.T, folder string, _ bool) bool {
		said, stored := changesSaid(t, folder), changesStored(t, pathIn(folder))
		if stored < said || stored > said+1 {
			t.Errorf("%d changes were said to be stored, and %d are", said, stored)
		}
		reliability.UndoAndRedo(t, pathIn(folder))
		reliability.State(t, pathIn(folder))
		reliability.OnlyFiles(t, folder, datasetName, saidName)
		return stored == changes
	}
	trial.Finished = nil
	trial.Run(t)
}

// making is a trial of work that makes a new dataset beside another, which stays as it is:
// unchanged judges that.
func making(work string, f *fixture, unchanged func(t *testing.T, was, is string)) reliability.Trial {
	want := ""
	return reliability.Trial{
		Work:    work,
		Prepare: f.copyInto,
		Killed: func(t *testing.T, folder string, _ bool) bool {
			made := filepath.Join(folder, newName)
			unchanged(t, pathIn(f.folder), pathIn(folder))
			_, err := os.Stat(made)
			all := err == nil
			if !all {
				again(t, work, folder)
			}
			if reliability.State(t, made) != want {
				t.Errorf("%s isn't what it should be; it was there at once: %v", newName, all)
			}
			reliability.OnlyFiles(t, folder, datasetName, newName)
			return all
		},
		Finished: func(t *testing.T, folder string) { want = reliability.State(t, filepath.Join(folder, newName)) },
	}
}

func sameState(t *testing.T, was, is string) {
	t.Helper()
	if reliability.State(t, was) != reliability.State(t, is) {
		t.Error("the dataset isn't what it was")
	}
}

func sameBytes(t *testing.T, was, is string) {
	t.Helper()
	one, err := os.ReadFile(was)
	if err != nil {
		t.Fatal(err)
	}
	if other, err := os.ReadFile(is); err != nil || !bytes.Equal(one, other) {
		t.Errorf("the file isn't what it was: %v", err)
	}
}

func TestKilledWhileImporting(t *testing.T) { making("import", small, sameBytes).Run(t) }

func TestKilledWhileRescuing(t *testing.T) { making("rescue", damaged, sameBytes).Run(t) }

func TestKilledWhileSharing(t *testing.T) { making("share", large, sameState).Run(t) }

// After a kill the messages are all there, or none is; forgetting again leaves no trace.
func TestKilledWhileForgetting(t *testing.T) {
	f := large
	gone := ""
	reliability.Trial{
		Work: "forget",
		Prepare: func(t *testing.T, folder string) {
			f.copyInto(t, folder)
			again(t, "backup", folder) // which has to forget them, too
		},
		Killed: func(t *testing.T, folder string, _ bool) bool {
			before := reliability.State(t, pathIn(f.folder))
			state := reliability.State(t, pathIn(folder))
			if state != gone && state != before {
				t.Error("they are forgotten in part")
			}
			again(t, "forget", folder)
			if reliability.State(t, pathIn(folder)) != gone {
				t.Error("forgotten again, the dataset isn't what it should be")
			}
			noTrace(t, folder)
			reliability.OnlyFiles(t, folder, datasetName, dataName)
			return state == gone
		},
		Finished: func(t *testing.T, folder string) {
			gone = reliability.State(t, pathIn(folder))
			noTrace(t, folder)
		},
	}.Run(t)
}

// noTrace fails the test where a file below a folder still holds what was forgotten.
func noTrace(t *testing.T, folder string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(secret)) {
			t.Errorf("%s still holds what was forgotten", entry.Name())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// All backups that are listed are whole, and what half of one was is gone with the next.
func TestKilledWhileBackingUp(t *testing.T) {
	f := large
	reliability.Trial{
		Work: "backup",
		Prepare: func(t *testing.T, folder string) {
			f.copyInto(t, folder)
			again(t, "backup", folder) // an earlier one, which has to stay
		},
		Killed: func(t *testing.T, folder string, _ bool) bool {
			state := reliability.State(t, pathIn(folder))
			list := backupsOf(t, folder)
			if len(list) == 0 {
				t.Error("the earlier backup is gone")
			}
			again(t, "backup", folder)
			now := backupsOf(t, folder)
			if len(now) != len(list)+1 {
				t.Errorf("%d backups became %d with the next", len(list), len(now))
			}
			var names []string
			for _, b := range now {
				names = append(names, filepath.Base(b.Path))
				if reliability.State(t, b.Path) != state {
					t.Errorf("the backup %s is of another state", filepath.Base(b.Path))
				}
			}
			reliability.OnlyFiles(t, filepath.Dir(now[0].Path), names...)
			reliability.OnlyFiles(t, folder, datasetName, dataName)
			return len(list) > 1
		},
	}.Run(t)
}

func backupsOf(t *testing.T, folder string) []backup.Backup {
	t.Helper()
	t.Setenv("XDG_DATA_HOME", filepath.Join(folder, dataName))
	list, err := backup.List(pathIn(folder))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// After a kill the dataset is as it was or as the backup has it; what was is never lost.
func TestKilledWhileGoingBack(t *testing.T) {
	f := large
	backedUp, present := "", ""
	reliability.Trial{
		Work: "goback",
		Prepare: func(t *testing.T, folder string) {
			f.copyInto(t, folder)
			again(t, "backup", folder)
			again(t, "relabel", folder)
			if present == "" {
				present = reliability.State(t, pathIn(folder))
			}
		},
		Killed: func(t *testing.T, folder string, _ bool) bool {
			state := reliability.State(t, pathIn(folder))
			if state != backedUp && state != present {
				t.Error("the dataset is neither what it was nor what the backup has")
			}
			states := []string{state}
			for _, b := range backupsOf(t, folder) {
				elsewhere := t.TempDir()
				reliability.CopyFile(t, b.Path, elsewhere)
				states = append(states, reliability.State(t, filepath.Join(elsewhere, filepath.Base(b.Path))))
			}
			if !slices.Contains(states, backedUp) || !slices.Contains(states, present) {
				t.Error("a state is lost")
			}
			again(t, "goback", folder)
			if reliability.State(t, pathIn(folder)) != backedUp {
				t.Error("once more, it didn't go back")
			}
			reliability.OnlyFiles(t, folder, datasetName, dataName)
			return state == backedUp
		},
		Finished: func(t *testing.T, folder string) {
			backedUp = reliability.State(t, pathIn(folder))
			if backedUp == present {
				t.Fatal("going back changed nothing")
			}
		},
	}.Run(t)
}

// An old dataset that was being brought up to date opens with all that it held, and the
// copy of before is whole.
func TestKilledWhileMigrating(t *testing.T) {
	want := ""
	reliability.Trial{
		Work:    "migration",
		Prepare: old.copyInto,
		Killed: func(t *testing.T, folder string, _ bool) bool {
			all := versionOf(t, pathIn(folder)) > 1
			if reliability.State(t, pathIn(folder)) != want {
				t.Error("the dataset isn't what it was")
			}
			copies, err := filepath.Glob(filepath.Join(folder, "test.before-v*.seedbed"))
			if err != nil || len(copies) != 1 {
				t.Fatalf("the copies of before are %v, %v", copies, err)
			}
			reliability.OnlyFiles(t, folder, datasetName, filepath.Base(copies[0]))
			if versionOf(t, copies[0]) != 1 {
				t.Error("the copy of before isn't of before")
			}
			elsewhere := t.TempDir()
			reliability.CopyFile(t, copies[0], elsewhere)
			if reliability.State(t, filepath.Join(elsewhere, filepath.Base(copies[0]))) != want {
				t.Error("the copy of before isn't whole")
			}
			return all
		},
		Finished: func(t *testing.T, folder string) { want = reliability.State(t, pathIn(folder)) },
	}.Run(t)
}

// versionOf is the user_version in the header of a file.
func versionOf(t *testing.T, path string) uint32 {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil || len(data) < 100 {
		t.Fatalf("%d bytes, %v", len(data), err)
	}
	return binary.BigEndian.Uint32(data[60:])
}
