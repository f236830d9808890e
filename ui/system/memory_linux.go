//go:build linux && !ci

package system

/*
#include <malloc.h>

static void trim(void) {
#ifdef __GLIBC__
	malloc_trim(0);
#endif
}
*/
import "C"

import (
	"os"

	"golang.org/x/sys/unix"
)

// TrimMemory gives back to the system what the C library keeps of the memory that the drawing
// driver has freed, and the pages of program files in memory: most were needed to start only.
func TrimMemory() {
	C.trim()
	smaps, err := os.Open("/proc/self/smaps")
	if err != nil {
		return // then they stay
	}
	defer smaps.Close()
	for _, m := range unchangedFiles(smaps) {
		// The system reads them again, from its cache, where they are needed.
		_, _, _ = unix.Syscall(unix.SYS_MADVISE, m.start, m.end-m.start, unix.MADV_DONTNEED)
	}
}
