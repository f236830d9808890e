package privacy

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"seedbed/localdb"
	"seedbed/localdb/backup"
	"seedbed/localdb/scratch"
)

// copies are the files that the program made of a dataset by itself.
func copies(path string) ([]string, error) {
	backups, err := backup.List(path)
	paths := make([]string, len(backups))
	for i, b := range backups {
		paths[i] = b.Path
	}
	return paths, err
}

// clearCopy forgets in a copy, too. One that this version of the program can't open for
// editing is deleted, as its contents can't be judged.
func (w *what) clearCopy(ctx context.Context, path string, passages bool) error {
	current, err := localdb.OpenReadOnly(ctx, path)
	if err != nil {
		return deleteDatabase(path)
	}
	if err := current.Close(); err != nil {
		return err
	}
	d, err := localdb.Open(ctx, path)
	if err != nil {
		return err
	}
	err = d.Rewrite(ctx, func(ctx context.Context, conn *sql.Conn) error {
		return w.remove(ctx, conn, passages, &Forgotten{})
	})
	return errors.Join(err, d.Close())
}

func deleteDatabase(path string) error {
	var errs []error
	for _, ending := range []string{"", "-wal", "-shm", "-journal"} {
		if err := os.Remove(path + ending); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// clearLogs drops the lines of text files that hold what is forgotten. The files are
// written in place, since the program may have them open.
func (w *what) clearLogs(paths []string) error {
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			return err
		}
		var kept strings.Builder
		for line := range strings.Lines(string(text)) {
			if !w.inLine(line) {
				kept.WriteString(line)
			}
		}
		if kept.Len() == len(text) {
			continue
		}
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, 0)
		if err != nil {
			return err
		}
		_, err = file.WriteString(kept.String())
		if err := errors.Join(err, file.Close()); err != nil {
			return err
		}
	}
	return nil
}

func (w *what) inLine(line string) bool {
	for _, text := range w.literally() {
		if strings.Contains(line, string(text)) {
			return true
		}
	}
	return w.mentions(line)
}

// shortest is how long a whole message must be, in bytes, to be told from a part of other
// texts.
const shortest = 12

// literally are the texts to forget as the bytes that files hold: also as CSV and JSON
// have them.
func (w *what) literally() [][]byte {
	var list [][]byte
	add := func(text string) {
		list = append(list, []byte(text))
		if doubled := strings.ReplaceAll(text, `"`, `""`); doubled != text {
			list = append(list, []byte(doubled))
		}
		if quoted, err := json.Marshal(text); err == nil && string(quoted[1:len(quoted)-1]) != text {
			list = append(list, quoted[1:len(quoted)-1])
		}
	}
	for text := range w.texts {
		if len(text) >= shortest {
			add(text)
		}
	}
	if w.needle != "" {
		add(w.needle)
	}
	return list
}

// largestSearched is the size in bytes up to which files beside the dataset are searched.
const largestSearched = 1 << 30

// findBeside lists the other files in a dataset's folder that hold what is forgotten, such
// as exports. Half-finished ones of programs that were killed are removed.
func (w *what) findBeside(path string, except []string) ([]string, error) {
	folder := filepath.Dir(path)
	scratch.Clean(folder)
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !info.Mode().IsRegular() || info.Size() > largestSearched {
			continue
		}
		beside := filepath.Join(folder, entry.Name())
		if slices.Contains(except, beside) {
			continue
		}
		if holds, err := w.inFile(beside); err == nil && holds { // what can't be read is another's
			found = append(found, beside)
		}
	}
	return found, nil
}

// inFile reports whether a file holds any of the texts, in the case in which they were
// given or in small letters.
func (w *what) inFile(path string) (bool, error) {
	file, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer file.Close()
	texts, longest := w.literally(), 0
	if len(texts) == 0 {
		return false, nil
	}
	for _, text := range texts {
		longest = max(longest, len(text))
	}
	in := bufio.NewReader(file)
	buffer := make([]byte, 0, 1<<20+longest)
	for {
		n, err := io.ReadFull(in, buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+n]
		small := bytes.ToLower(buffer)
		for _, text := range texts {
			if bytes.Contains(buffer, text) || bytes.Contains(small, text) {
				return true, nil
			}
		}
		if err != nil {
			return false, nil
		}
		rest := copy(buffer, buffer[len(buffer)-longest:])
		buffer = buffer[:rest]
	}
}
