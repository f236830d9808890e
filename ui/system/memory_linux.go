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

// TrimMemory gives back to the system what the C library keeps of the memory that the drawing
// driver has freed.
func TrimMemory() { C.trim() }
