package atomicfile

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"seedbed/assets/i18n"
)

// MoveAll moves whole files of one folder to their names in another, as [Write] writes
// them there. The names may have folders, parted by slashes. What the files replace is kept
// first; then they are renamed one right after another, so that a program which is killed
// leaves the files of before or those of after, unless it is in that fraction of a
// millisecond.
func MoveAll(from, to string, names []string) error {
	ready := map[string]string{} // where the files go that only need to be renamed
	for _, name := range names {
		path := linkTarget(filepath.Join(to, filepath.FromSlash(name)))
		ok, err := makeRoom(filepath.Join(from, filepath.FromSlash(name)), path)
		if err != nil {
			return notMoved(path, err)
		}
		if ok {
			ready[name] = path
		}
	}
	var others []string
	for _, name := range names {
		if path, ok := ready[name]; !ok || os.Rename(filepath.Join(from, filepath.FromSlash(name)), path) != nil {
			others = append(others, name)
		}
	}
	for _, path := range ready {
		syncFolder(filepath.Dir(path))
	}
	for _, name := range others { // a device, or a place on another disk
		path := filepath.Join(to, filepath.FromSlash(name))
		if err := copyInto(filepath.Join(from, filepath.FromSlash(name)), path); err != nil {
			return notMoved(path, err)
		}
	}
	return nil
}

// makeRoom prepares all for a file to be renamed to path; ok is false where that can't be
// done there.
func makeRoom(from, path string) (ok bool, err error) {
	if err := CheckReplace(path, nil); err != nil {
		return false, err
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return false, nil
	}
	return os.MkdirAll(filepath.Dir(path), 0o700) == nil && os.Chmod(from, Permissions(path)) == nil && keepOld(path, from) == nil, nil
}

func copyInto(from, path string) error {
	file, err := os.Open(from)
	if err != nil {
		return unreadable(from, err)
	}
	err = Write(path, func(w io.Writer) error { _, err := io.Copy(w, file); return err })
	return errors.Join(err, file.Close(), os.Remove(from))
}

func notMoved(path string, cause error) error {
	return i18n.Error("could not move {{.Path}} into place: {{.Cause}}", i18n.Values{"Path": path, "Cause": cause})
}
