//go:build !linux && !darwin && !freebsd && !windows

package volume

// networkType is always "": these systems tell no network drive from a disk.
func networkType(string) string { return "" }
