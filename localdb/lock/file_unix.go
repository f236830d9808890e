//go:build unix

package lock

import (
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// identity names a file by its device and inode.
func identity(file *os.File) (string, error) {
	info, err := file.Stat()
	if err != nil {
		return "", err
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return "", fs.ErrInvalid
	}
	return fmt.Sprintf("%x-%x", stat.Dev, stat.Ino), nil
}

func isOurs(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Getuid()
}
