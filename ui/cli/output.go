package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"seedbed/localdb/exchange"
)

// isStandardOutput reports whether a command is to write its file to standard output.
func isStandardOutput(path string) bool { return path == "-" || path == "/dev/stdout" }

// checkOutput refuses an output file that would destroy something of another kind; every
// command calls it before any work. same is as in exchange.CheckReplace.
func (t *terminal) checkOutput(path string, same func(head []byte) bool) error {
	if isStandardOutput(path) {
		t.toOutput = true
		return nil
	}
	if strings.EqualFold(filepath.Ext(path), ".seedbed") {
		return usageError{fmt.Errorf("--output: %s is the name of a dataset, which this doesn't write; name another file", path)}
	}
	if err := exchange.CheckReplace(path, same); err != nil {
		return usageError{fmt.Errorf("--output: %w", err)}
	}
	return nil
}

// checkNewDataset refuses a path at which no dataset can be made: one that is taken, has
// another ending, or is in a folder that isn't there.
func checkNewDataset(path string) error {
	if !strings.EqualFold(filepath.Ext(path), ".seedbed") {
		return usageError{fmt.Errorf("--output: %s should end in .seedbed, as datasets do", path)}
	}
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s exists already; nothing was written: name another file with --output", path)
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return fmt.Errorf("the folder %s doesn't exist; nothing was written: make it first, or name another file with --output", filepath.Dir(path))
	}
	return nil
}

// checkOutputFolder does the same for the files that a command writes into a folder.
func checkOutputFolder(folder string, names ...string) error {
	if isStandardOutput(folder) {
		return usageError{errors.New("--output: several files can't be written to standard output; name a folder")}
	}
	if err := exchange.CheckFolder(folder); err != nil {
		return usageError{fmt.Errorf("--output: %w", err)}
	}
	for _, name := range names {
		same := exchange.IsText
		if filepath.Ext(name) == ".png" {
			same = exchange.IsPNG
		}
		if err := exchange.CheckReplace(filepath.Join(folder, name), same); err != nil {
			return usageError{fmt.Errorf("--output: %w", err)}
		}
	}
	return nil
}

// writeFile writes an output that was checked.
func (t *terminal) writeFile(path string, write func(io.Writer) error) error {
	if isStandardOutput(path) {
		return write(t.out)
	}
	return exchange.WriteFile(path, write)
}
