//go:build darwin || freebsd

package volume

import (
	"golang.org/x/sys/unix"
)

// networkType is what a folder is reached by; "" for a disk of this computer.
func networkType(folder string) string {
	var stat unix.Statfs_t
	if unix.Statfs(folder, &stat) != nil || uint64(stat.Flags)&unix.MNT_LOCAL != 0 {
		return ""
	}
	return unix.ByteSliceToString(stat.Fstypename[:])
}
