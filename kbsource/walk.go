package kbsource

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"seedbed/kbsource/document"
)

// documents lists the documents that can be read, in the order of their names, and
// notes what else is there. closeAll is called when they have been read.
func (f *Folder) documents(ctx context.Context) (list []file, closeAll func(), err error) {
	root, err := filepath.EvalSymlinks(f.path)
	if err != nil {
		return nil, nil, err
	}
	info, err := os.Stat(root)
	if err != nil {
		return nil, nil, err
	}
	closeAll = func() {}
	switch {
	case info.IsDir():
		list, err = f.inFolder(ctx, root)
	case strings.EqualFold(filepath.Ext(root), ".zip"):
		list, closeAll, err = f.inZip(root)
	default:
		list = f.add(nil, file{filepath.Base(f.path), func() ([]byte, error) { return readFile(root) }})
	}
	slices.SortFunc(list, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return list, closeAll, err
}

// add adds a document if there is a reader for it, and else notes why it is left out.
func (f *Folder) add(list []file, d file) []file {
	if err := document.Unreadable(d.name); err != nil {
		f.skip(d.name, err)
		return list
	}
	return append(list, d)
}

func (f *Folder) inFolder(ctx context.Context, root string) (list []file, err error) {
	err = filepath.WalkDir(root, func(at string, entry fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if at == root {
			return err
		}
		name := at
		if relative, err := filepath.Rel(root, at); err == nil {
			name = filepath.ToSlash(relative)
		}
		switch {
		case isIgnored(path.Base(name)):
			f.ignored++
			if entry.IsDir() {
				return fs.SkipDir
			}
		case err != nil:
			f.skip(name, err)
		case entry.IsDir():
		default:
			if reason := linkedTo(at, entry); reason != nil {
				f.skip(name, reason)
				return nil
			}
			list = f.add(list, file{name, func() ([]byte, error) { return readFile(at) }})
		}
		return nil
	})
	return list, err
}

// linkedTo returns why a file isn't read: a link to a folder might lead back to where it
// is, and reading a pipe never ends.
func linkedTo(at string, entry fs.DirEntry) error {
	if entry.Type().IsRegular() {
		return nil
	}
	info, err := os.Stat(at)
	switch {
	case err != nil:
		return err
	case info.IsDir():
		return errFolder
	case !info.Mode().IsRegular():
		return errDevice
	}
	return nil
}

func readFile(at string) ([]byte, error) {
	file, err := os.Open(at) // the person chose the folder
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errDevice
	case info.Size() > document.MaxSize:
		return nil, document.ErrTooLarge
	}
	data, err := io.ReadAll(io.LimitReader(file, document.MaxSize+1))
	if err == nil && len(data) > document.MaxSize {
		err = document.ErrTooLarge
	}
	return data, err
}

// maxUnpacked is how many bytes are unpacked of a zip file of documents.
const maxUnpacked = 2 << 30

func (f *Folder) inZip(root string) (list []file, closeAll func(), err error) {
	archive, err := zip.OpenReader(root)
	if errors.Is(err, zip.ErrFormat) || errors.Is(err, zip.ErrAlgorithm) {
		f.skip(filepath.Base(f.path), document.ErrBroken)
		return nil, func() {}, nil
	}
	if err != nil {
		return nil, func() {}, err
	}
	left := int64(maxUnpacked)
	ignored := map[string]bool{}
	for _, entry := range archive.File {
		name := path.Clean(strings.ReplaceAll(document.Clean(entry.Name), `\`, "/"))
		if hidden := firstIgnored(name); hidden != "" {
			ignored[hidden] = true
			continue
		}
		if entry.FileInfo().IsDir() {
			continue
		}
		list = f.add(list, file{name, func() ([]byte, error) {
			if left <= 0 {
				return nil, errFull
			}
			data, err := document.Unpack(entry, document.MaxSize)
			left -= int64(len(data))
			return data, err
		}})
	}
	f.ignored = len(ignored)
	return list, func() { _ = archive.Close() }, nil
}

// firstIgnored returns the first part of a path that is ignored, with those before it.
func firstIgnored(name string) string {
	for i, part := range strings.Split(name, "/") {
		if isIgnored(part) {
			return strings.Join(strings.Split(name, "/")[:i+1], "/")
		}
	}
	return ""
}

// isIgnored reports whether a file or folder isn't a person's own: it is hidden, or
// kept by a program.
func isIgnored(name string) bool {
	switch strings.ToLower(name) {
	case "node_modules", "bower_components", "__pycache__", "venv", "__macosx", "$recycle.bin", "system volume information", "thumbs.db", "desktop.ini":
		return true
	}
	return strings.HasPrefix(name, ".") && name != "." && name != ".." || strings.HasPrefix(name, "~$") // Word's while a document is open
}
