// Package atomicfile writes files so that a path holds either all of the new content or what it
// held before, keeps what is replaced, and refuses to replace what must not be.
package atomicfile

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"

	"seedbed/assets/i18n"
	"seedbed/localdb/scratch"
)

// Write writes a file so that path holds either all of it or what it held
// before: it is written beside the target, flushed to the disk and renamed. A
// folder that is missing is made. What write is given is buffered. A dataset is never
// replaced. A symbolic link stays one: the file that it points to is replaced. A device
// or a named pipe is written to. Only its owner can read a new file, since it may hold
// what real people wrote; one that is replaced keeps its permissions, and is kept once, as
// path~.
func Write(path string, write func(io.Writer) error) error {
	path = linkTarget(path)
	if err := CheckReplace(path, nil); err != nil {
		return err
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return writeInto(path, write)
	}
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return i18n.Error("could not make the folder {{.Folder}}; nothing was written: {{.Cause}}", i18n.Values{"Folder": folder, "Cause": err})
	}
	if err := replace(path, write); err != nil {
		return i18n.Error("could not write {{.Path}}; {{.Kept}}: {{.Cause}}", i18n.Values{"Path": path, "Kept": kept(path), "Cause": err})
	}
	return nil
}

func replace(path string, write func(io.Writer) error) (err error) {
	beside, err := scratch.New(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, beside.Remove()) }()
	if err := writeWhole(beside.Join("file"), Permissions(path), write); err != nil {
		return err
	}
	return putInPlace(beside.Join("file"), path)
}

// putInPlace renames a whole file to the place that is its own. What is there is kept as a
// copy whose name ends in ~, unless it is the same.
func putInPlace(beside, path string) error {
	if err := keepOld(path, beside); err != nil {
		return err
	}
	if err := os.Rename(beside, path); err != nil {
		return err
	}
	syncFolder(filepath.Dir(path))
	return nil
}

func writeWhole(path string, mode os.FileMode, write func(io.Writer) error) (err error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode) // the path is the caller's choice
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := file.Chmod(mode); err != nil { // whatever the process's mask takes away
		return err
	}
	if err := buffered(file, write); err != nil {
		return err
	}
	return file.Sync()
}

// writeInto writes to a device or a named pipe, which can't be replaced.
func writeInto(path string, write func(io.Writer) error) (err error) {
	file, err := os.OpenFile(path, os.O_WRONLY, 0) // the path is the caller's choice
	if err != nil {
		return i18n.Error("could not write to {{.Path}}: {{.Cause}}", i18n.Values{"Path": path, "Cause": err})
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := buffered(file, write); err != nil {
		return i18n.Error("could not write all to {{.Path}}: {{.Cause}}", i18n.Values{"Path": path, "Cause": err})
	}
	return nil
}

func buffered(to io.Writer, write func(io.Writer) error) error {
	buffer := bufio.NewWriterSize(to, 1<<18)
	if err := write(buffer); err != nil {
		return err
	}
	return buffer.Flush()
}

// Permissions are those of the file that is replaced at path, or its owner's alone where
// there is none.
func Permissions(path string) os.FileMode {
	if info, err := os.Stat(path); err == nil {
		return info.Mode().Perm()
	}
	return 0o600
}

// kept says what a failed write leaves behind.
func kept(path string) i18n.Text {
	if _, err := os.Stat(path); err == nil {
		return i18n.T("what it held before is unchanged")
	}
	return i18n.T("nothing was left behind")
}

// syncFolder makes the rename itself durable. Windows cannot flush a folder and
// needs not, so a failure is no failure of the write.
func syncFolder(folder string) {
	if d, err := os.Open(folder); err == nil { // the folder just written to
		_ = d.Sync()
		_ = d.Close()
	}
}
