package localdb

import (
	"crypto/rand"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// namelessFile makes a file that is gone when it is closed or the program ends.
func namelessFile() (*os.File, error) {
	path := filepath.Join(os.TempDir(), "seedbed-"+rand.Text())
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL|windows.FILE_FLAG_DELETE_ON_CLOSE, 0o600)
}
