// Package backup keeps the last good states of each dataset, in the program's own
// folder, and goes back to one of them.
package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"seedbed/assets/i18n"
	"seedbed/localdb"
	"seedbed/localdb/damage"
)

// Interval is the least time between two backups of a dataset that changes.
const Interval = time.Hour

// askAgain is when to ask again whether a dataset has changed.
const askAgain = time.Minute

// Backup is an earlier state of a dataset: a dataset itself.
type Backup struct {
	Path         string
	Made         time.Time
	Size         int64 // in bytes
	BeforeUpdate bool  // kept beside the dataset when a newer Seedbed brought it up to date
}

// Folder is where all backups are.
func Folder() (string, error) {
	base, err := os.UserConfigDir()
	switch {
	case runtime.GOOS == "windows":
		base, err = os.UserCacheDir() // which stays on this computer
	case runtime.GOOS != "darwin" && os.Getenv("XDG_DATA_HOME") != "":
		base = os.Getenv("XDG_DATA_HOME")
	case runtime.GOOS != "darwin":
		if base, err = os.UserHomeDir(); err == nil {
			base = filepath.Join(base, ".local", "share")
		}
	}
	return filepath.Join(base, "seedbed", "backups"), err
}

// folderOf is the folder with the backups of the dataset at a path.
func folderOf(dataset string) (string, error) {
	base, err := Folder()
	if err != nil {
		return "", err
	}
	if dataset, err = filepath.Abs(dataset); err != nil {
		return "", err
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(dataset)); err == nil {
		dataset = filepath.Join(dir, filepath.Base(dataset))
	}
	if target, err := filepath.EvalSymlinks(dataset); err == nil {
		dataset = target
	}
	sum := sha256.Sum256([]byte(dataset))
	return filepath.Join(base, nameOf(dataset)+"-"+hex.EncodeToString(sum[:6])), nil
}

func nameOf(dataset string) string {
	return strings.TrimSuffix(filepath.Base(dataset), filepath.Ext(dataset))
}

// timeFormat is the name of a backup but for its ending, in UTC.
const timeFormat = "20060102T150405.000Z"

const ending = ".seedbed"

// List lists the backups of the dataset at a path, which itself may be gone, newest
// first.
func List(dataset string) ([]Backup, error) {
	folder, err := folderOf(dataset)
	if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var list []Backup
	for _, entry := range entries {
		made, err := time.Parse(timeFormat, strings.TrimSuffix(entry.Name(), ending))
		if info, infoErr := entry.Info(); err == nil && infoErr == nil && info.Mode().IsRegular() {
			list = append(list, Backup{Path: filepath.Join(folder, entry.Name()), Made: made, Size: info.Size()})
		}
	}
	beside, err := os.ReadDir(filepath.Dir(dataset))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, entry := range beside {
		if !strings.HasPrefix(entry.Name(), nameOf(dataset)+".before-v") || filepath.Ext(entry.Name()) != filepath.Ext(dataset) {
			continue
		}
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() {
			list = append(list, Backup{Path: filepath.Join(filepath.Dir(dataset), entry.Name()), Made: info.ModTime(), Size: info.Size(), BeforeUpdate: true})
		}
	}
	slices.SortFunc(list, func(a, b Backup) int { return b.Made.Compare(a.Made) })
	return list, nil
}

// Sound lists those backups of a dataset that can be gone back to, newest first.
func Sound(ctx context.Context, dataset string) ([]Backup, error) {
	list, err := List(dataset)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(b Backup) bool { return localdb.Restorable(ctx, b.Path) != nil })
	return list, ctx.Err()
}

// Remove removes all backups of the dataset at a path, for somebody who wants no trace
// of what was in it.
func Remove(dataset string) error {
	list, err := List(dataset)
	if err != nil {
		return err
	}
	var errs []error
	for _, b := range list {
		errs = append(errs, os.Remove(b.Path))
	}
	if folder, err := folderOf(dataset); err == nil {
		_ = os.Remove(folder) // stays where something else is in it
	}
	return errors.Join(errs...)
}

// SaveIfDue saves the present state of an open dataset if it has messages and has changed
// since the last backup, which is older than Interval. It returns when to ask again.
func SaveIfDue(ctx context.Context, d *localdb.Dataset) (next time.Time, err error) {
	now := time.Now()
	list, err := List(d.Path())
	if err != nil {
		return now.Add(Interval), err
	}
	list = slices.DeleteFunc(list, func(b Backup) bool { return b.BeforeUpdate })
	if len(list) > 0 {
		last := list[0].Made
		if due := last.Add(Interval); now.Before(due) && now.After(last) {
			return due, nil
		}
		if !changedSince(d.Path(), last) {
			return now.Add(askAgain), nil
		}
	}
	empty, err := isEmpty(ctx, d)
	if err != nil || empty {
		return now.Add(askAgain), err
	}
	_, err = Save(ctx, d)
	return now.Add(Interval), err
}

func changedSince(path string, last time.Time) bool {
	for _, file := range []string{path, path + "-wal"} {
		if info, err := os.Stat(file); err == nil && info.Size() > 0 && info.ModTime().After(last) {
			return true
		}
	}
	return false
}

func isEmpty(ctx context.Context, d *localdb.Dataset) (bool, error) {
	for _, err := range d.Messages(ctx, localdb.Filter{}) {
		return false, err
	}
	return true, nil
}

// Save saves the present state of an open dataset, which can be used meanwhile. A damaged
// one is not saved: the good states that are there would make room for it.
func Save(ctx context.Context, d *localdb.Dataset) (Backup, error) {
	folder, err := folderOf(d.Path())
	if err == nil {
		err = os.MkdirAll(folder, 0o700)
	}
	if err != nil {
		return Backup{}, i18n.Error("the backup could not be made: {{.Cause}}", i18n.Values{"Cause": err})
	}
	b := Backup{Made: time.Now().UTC().Truncate(time.Millisecond)}
	b.Path = filepath.Join(folder, b.Made.Format(timeFormat)+ending)
	if err := d.Backup(ctx, b.Path); err != nil {
		return Backup{}, i18n.Error("the backup could not be made: {{.Cause}}", i18n.Values{"Cause": damage.Explain(err)})
	}
	if err := errors.Join(os.Chmod(b.Path, 0o600), damage.Full(ctx, b.Path)); err != nil {
		return Backup{}, errors.Join(err, os.Remove(b.Path))
	}
	info, err := os.Stat(b.Path)
	if err != nil {
		return Backup{}, err
	}
	b.Size = info.Size()
	return b, thin(d.Path(), b.Made)
}

// What is kept of each dataset: the newest backups, then one a day, and of those as many
// as fit, but always the two newest.
const (
	newestKept = 6
	daysKept   = 6
	bytesKept  = 1 << 30
	alwaysKept = 2
)

// thin removes backups beyond what is kept.
func thin(dataset string, now time.Time) error {
	list, err := List(dataset)
	if err != nil {
		return err
	}
	var errs []error
	for _, b := range beyond(list, now) {
		errs = append(errs, os.Remove(b.Path))
	}
	return errors.Join(errs...)
}

// beyond are the backups of a list, newest first, that aren't kept.
func beyond(list []Backup, now time.Time) (gone []Backup) {
	kept, size := 0, int64(0)
	days := map[string]bool{}
	for _, b := range list {
		if b.BeforeUpdate {
			continue
		}
		day := b.Made.Format(time.DateOnly)
		keep := kept < newestKept || len(days) < daysKept && !days[day] && now.Sub(b.Made) < 90*24*time.Hour
		if keep && kept >= newestKept {
			days[day] = true
		}
		if size += b.Size; kept >= alwaysKept && size > bytesKept {
			keep = false
		}
		if keep {
			kept++
		} else {
			gone = append(gone, b)
		}
	}
	return gone
}
