//go:build !windows

package volume

import "syscall"

const readOnlyDrive = syscall.EROFS
