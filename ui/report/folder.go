// Package report keeps the log and makes reports of crashes. What goes into either names
// no messages, keys, passwords or people.
package report

import (
	"os"
	"path/filepath"
)

// Folder is the folder of the log and of what crashes leave.
func Folder() string {
	base, err := os.UserCacheDir()
	if err != nil {
		base = os.TempDir()
	}
	return filepath.Join(base, "seedbed")
}

// Files are the files in the folder that hold text.
func Files() []string {
	entries, err := os.ReadDir(Folder())
	if err != nil {
		return nil
	}
	var files []string
	for _, entry := range entries {
		if entry.Type().IsRegular() && filepath.Ext(entry.Name()) != lockEnding {
			files = append(files, filepath.Join(Folder(), entry.Name()))
		}
	}
	return files
}
