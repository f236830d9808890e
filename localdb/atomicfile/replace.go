package atomicfile

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"seedbed/assets/i18n"
)

// CheckReplace returns an error if writing to path would destroy what isn't of the
// same kind: a folder, a dataset or any other database, or a file whose first 512 bytes
// same denies. A nil same takes every other file. What doesn't exist, is empty, or is no
// regular file (a terminal, /dev/null or a pipe) can be written to.
func CheckReplace(path string, same func(head []byte) bool) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return unreadable(path, err)
	case info.IsDir():
		return i18n.Error("{{.Path}} is a folder; nothing was written: name a file", i18n.Values{"Path": path})
	case info.Mode()&fs.ModeDevice != 0 && info.Mode()&fs.ModeCharDevice == 0:
		return i18n.Error("{{.Path}} is a disk and is left unchanged; name a file", i18n.Values{"Path": path})
	case belongsToDatabase(path):
		return i18n.Error("{{.Path}} belongs to the database beside it and is left unchanged; name another file", i18n.Values{"Path": path})
	case !info.Mode().IsRegular() || info.Size() == 0:
		return nil
	}
	file, err := os.Open(path)
	if err != nil {
		return unreadable(path, err)
	}
	defer file.Close()
	head := make([]byte, 512)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return unreadable(path, err)
	}
	switch head = head[:n]; {
	case bytes.HasPrefix(head, []byte("SQLite format 3\x00")):
		return i18n.Error("{{.Path}} is a dataset or another database and is left unchanged; name another file", i18n.Values{"Path": path})
	case same != nil && !same(head):
		return i18n.Error("{{.Path}} holds something other than what would replace it and is left unchanged; name another file", i18n.Values{"Path": path})
	}
	return nil
}

// belongsToDatabase reports whether a file is what SQLite keeps beside a database.
func belongsToDatabase(path string) bool {
	for _, ending := range []string{"-wal", "-shm", "-journal", ".lock"} {
		database, ok := strings.CutSuffix(path, ending)
		if ending == ".lock" && filepath.Ext(database) != ".seedbed" {
			continue // a file of that name is anybody's
		}
		if _, err := os.Stat(database); ok && err == nil {
			return true
		}
	}
	return false
}

func unreadable(path string, err error) error {
	return i18n.Error("{{.Path}} can't be read, so it is unknown what would be replaced; nothing was written: {{.Cause}}", i18n.Values{"Path": path, "Cause": err})
}

// CheckFolder returns an error if path is no folder that files can be written into; it
// need not exist.
func CheckFolder(path string) error {
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		return i18n.Error("{{.Path}} is a file and is left unchanged; name a folder", i18n.Values{"Path": path})
	}
	return nil
}

// IsText reports whether a file that begins with head is text.
func IsText(head []byte) bool {
	return strings.HasPrefix(http.DetectContentType(head), "text/")
}

// IsPNG reports whether a file that begins with head is a PNG picture.
func IsPNG(head []byte) bool { return http.DetectContentType(head) == "image/png" }

// linkTarget follows symbolic links to the file that is to be written, which need not
// exist.
func linkTarget(path string) string {
	const most = 40 // as Linux follows
	for range most {
		if target, err := filepath.EvalSymlinks(path); err == nil {
			return target
		}
		target, err := os.Readlink(path)
		if err != nil {
			return path
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(path), target)
		}
		if _, err := os.Stat(path); err == nil {
			return path // an open file of a process, which has no other name
		}
		path = target
	}
	return path
}
