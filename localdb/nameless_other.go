//go:build !windows

package localdb

import "os"

// namelessFile makes a file that is gone when it is closed or the program ends.
func namelessFile() (*os.File, error) {
	file, err := os.CreateTemp("", "seedbed-")
	if err == nil {
		err = os.Remove(file.Name())
	}
	return file, err
}
