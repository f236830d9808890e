package lock

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"seedbed/assets/i18n"
)

// Holder is who has a file open.
type Holder struct {
	Program  string    `json:"program"`
	Process  int       `json:"process"`
	User     string    `json:"user"`
	Computer string    `json:"computer"`
	Since    time.Time `json:"since"`
}

func thisProcess() Holder {
	h := Holder{Process: os.Getpid(), Since: time.Now().Truncate(time.Second)}
	if program, err := os.Executable(); err == nil {
		h.Program = strings.TrimSuffix(filepath.Base(program), ".exe")
	}
	if u, err := user.Current(); err == nil {
		h.User = u.Username
	}
	h.Computer, _ = os.Hostname()
	return h
}

func (h Holder) values() i18n.Values {
	return i18n.Values{
		"Program": h.Program, "Process": h.Process, "User": h.User, "Computer": h.Computer,
		"Since": h.Since.Local().Format("2006-01-02 15:04"), "Cause": ErrInUse,
	}
}

// recordStart is the byte of a lock file that the operating system may lock, on Windows
// against reading, too; the record comes after it.
const recordStart = "\n"

// mostRecord bounds what is read of a record, in bytes.
const mostRecord = 4096

func writeHolder(path string, h Holder, mode os.FileMode) error {
	record, err := json.Marshal(h)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, mode)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := file.Truncate(int64(len(recordStart))); err != nil {
		return err
	}
	if _, err := file.WriteAt(record, int64(len(recordStart))); err != nil {
		return err
	}
	return file.Close()
}

// readHolder reads a record; ok is false where there is none.
func readHolder(path string) (h Holder, ok bool) {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		return Holder{}, false
	}
	file, err := os.Open(path)
	if err != nil {
		return Holder{}, false
	}
	defer file.Close()
	record, err := io.ReadAll(io.NewSectionReader(file, int64(len(recordStart)), mostRecord))
	if err != nil || json.Unmarshal(bytes.TrimSpace(record), &h) != nil || h.Program == "" {
		return Holder{}, false
	}
	for _, field := range []*string{&h.Program, &h.User, &h.Computer} {
		*field = printable(*field)
	}
	return h, true
}

// printable is a text of another program without control characters, and short.
func printable(text string) string {
	runes := []rune(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, text))
	return string(runes[:min(len(runes), 100)])
}

// recordFolders are the folders, one for each user of this computer, in which holders are
// found by the file's identity.
const recordFolders = "seedbed-open-"

// writeRecord writes down who holds the file, for those who open it by another name, and
// returns where; "" where that can't be done: the lock holds all the same.
func writeRecord(file *os.File, h Holder) string {
	id, err := identity(file)
	if err != nil {
		return ""
	}
	folder := filepath.Join(os.TempDir(), recordFolders+printable(strings.NewReplacer(`\`, "-", "/", "-").Replace(h.User)))
	if err := os.Mkdir(folder, 0o755); err != nil && !os.IsExist(err) { //nolint:gosec // for other users to read
		return ""
	}
	if info, err := os.Lstat(folder); err != nil || !info.IsDir() || !isOurs(info) {
		return "" // somebody else's, who could lead us to another file
	}
	path := filepath.Join(folder, id)
	if writeHolder(path, h, 0o644) != nil {
		return ""
	}
	return path
}

func findRecord(file *os.File) (h Holder, ok bool) {
	id, err := identity(file)
	if err != nil {
		return Holder{}, false
	}
	records, _ := filepath.Glob(filepath.Join(os.TempDir(), recordFolders+"*", id)) // the pattern is sound
	for _, record := range records {
		if h, ok = readHolder(record); ok {
			return h, true
		}
	}
	return Holder{}, false
}
