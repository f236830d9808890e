//go:build linux || darwin

package lock

import (
	"errors"
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// lockByte locks the byte with a lock of the open file description, which, unlike one of
// the process, isn't released when another descriptor of the file is closed. Where the file
// system has no such locks, the one on the name has to do.
func lockByte(file *os.File) (taken bool, err error) {
	err = setByte(file, unix.F_WRLCK)
	switch {
	case errors.Is(err, unix.EAGAIN), errors.Is(err, unix.EACCES):
		return false, nil
	case errors.Is(err, unix.EINVAL), errors.Is(err, unix.ENOSYS), errors.Is(err, unix.ENOTSUP), errors.Is(err, unix.ENOLCK):
		return true, nil
	}
	return err == nil, err
}

// unlockByte releases the lock also where a process that is just being started has a copy of
// the descriptor.
func unlockByte(file *os.File) { _ = setByte(file, unix.F_UNLCK) } // closing it follows

func setByte(file *os.File, to int16) error {
	return unix.FcntlFlock(file.Fd(), setLock, &unix.Flock_t{Type: to, Whence: io.SeekStart, Start: byteLocked, Len: 1})
}
