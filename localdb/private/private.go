// Package private makes a copy of a database for this program alone, where the file can't be
// opened in its place: in a folder for temporary files, which is removed afterwards, also when
// the program was ended before it could do so itself.
package private

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"seedbed/assets/i18n"
	"seedbed/localdb/scratch"
)

// Copy is a copy of a database that only this program uses.
type Copy struct {
	folder *scratch.Folder
	path   string
}

// ErrChanging means that the database changed while it was copied.
var ErrChanging = i18n.Error("another program is changing this dataset right now; nothing was changed: try again when it is done")

// New copies the database at path together with the log and the journal beside it, which
// hold its last changes where a program was ended. It first removes copies that programs
// left that were ended.
func New(ctx context.Context, path string) (*Copy, error) {
	folder, err := scratch.New("")
	if err != nil {
		return nil, err
	}
	c := &Copy{folder: folder, path: folder.Join(filepath.Base(path))}
	if err := copyUnchanged(ctx, path, c.path); err != nil {
		return nil, errors.Join(err, c.Remove())
	}
	return c, nil
}

// Path is the path of the copy.
func (c *Copy) Path() string { return c.path }

// Remove removes the copy, which must be closed.
func (c *Copy) Remove() error { return c.folder.Remove() }

// endings are those of the files that make up a database.
var endings = []string{"", "-wal", "-journal"}

// attempts is how often copying is tried while the files change.
const attempts = 3

// copyUnchanged copies the files as they are at one moment.
func copyUnchanged(ctx context.Context, from, to string) error {
	for range attempts {
		before, err := state(from)
		if err != nil {
			return err
		}
		for _, ending := range endings {
			if err := copyFile(ctx, from+ending, to+ending); err != nil && (ending == "" || !errors.Is(err, fs.ErrNotExist)) {
				return err
			}
		}
		after, err := state(from)
		if err != nil || before == after {
			return err
		}
		for _, ending := range endings[1:] { // it may be gone the next time
			if err := os.Remove(to + ending); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return ErrChanging
}

// stamp is what changes with a file.
type stamp struct {
	size    int64
	changed time.Time
}

func state(path string) (stamps [3]stamp, err error) {
	for i, ending := range endings {
		info, err := os.Stat(path + ending)
		if err != nil {
			if ending != "" && errors.Is(err, fs.ErrNotExist) {
				continue
			}
			return stamps, err
		}
		stamps[i] = stamp{info.Size(), info.ModTime()}
	}
	return stamps, nil
}

func copyFile(ctx context.Context, from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, stopped{ctx, in})
	return errors.Join(err, out.Close())
}

// stopped reads until the context ends.
type stopped struct {
	ctx context.Context
	in  io.Reader
}

func (s stopped) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.in.Read(p)
}
