//go:build !windows

package rowindex

import "os"

// unlinkedTempFile makes a temporary file that is gone when it is closed or the program ends.
func unlinkedTempFile() (*os.File, error) {
	file, err := os.CreateTemp("", "seedbed-")
	if err == nil {
		err = os.Remove(file.Name())
	}
	return file, err
}
