package rowindex

import (
	"crypto/rand"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// unlinkedTempFile makes a temporary file that is gone when it is closed or the program ends.
func unlinkedTempFile() (*os.File, error) {
	path := filepath.Join(os.TempDir(), "seedbed-"+rand.Text())
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL|windows.FILE_FLAG_DELETE_ON_CLOSE, 0o600)
}
