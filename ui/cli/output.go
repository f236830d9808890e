package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"seedbed/gen/intent"
	"seedbed/localdb/atomicfile"
	"seedbed/localdb/exchange/formats"
)

// isStandardOutput reports whether a command is to write its file to standard output.
func isStandardOutput(path string) bool { return path == "-" || path == "/dev/stdout" }

// isStream reports whether an output is standard output, a pipe or a device, whose name
// says nothing about its format.
func isStream(path string) bool {
	info, err := os.Stat(path)
	return isStandardOutput(path) || err == nil && !info.IsDir() && !info.Mode().IsRegular()
}

// outputKind is what a command writes.
type outputKind struct {
	same    func(head []byte) bool // as in atomicfile.CheckReplace
	endings []string               // of the names of such files
}

var (
	csvOutput     = outputKind{atomicfile.IsText, []string{".csv", ".txt"}}
	textOutput    = outputKind{atomicfile.IsText, []string{".txt", ".json"}}
	pictureOutput = outputKind{atomicfile.IsPNG, []string{".png"}}
	modelOutput   = outputKind{intent.IsModelFile, []string{".model", ".zip"}}
	datasetOutput = outputKind{nil, []string{datasetEnding}}
)

const datasetEnding = ".seedbed"

// isDatasetName reports whether a file is named as a dataset, or as what belongs to one.
func isDatasetName(path string) bool {
	return strings.HasPrefix(strings.ToLower(filepath.Ext(strings.TrimSuffix(path, ".lock"))), datasetEnding)
}

// otherEndings are those of other files than the formats of messages.
var otherEndings = []string{
	".model", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".pdf", ".doc", ".docx", ".pptx", ".xls", ".odt", ".epub", ".yaml",
	".py", ".js", ".go", ".sh", ".exe", ".dll", ".so", ".gz", ".tar", ".7z", ".mp3", ".mp4",
}

// checkEnding refuses a name that says that a file is of another kind.
func (k outputKind) checkEnding(flag, path string) error {
	ending := strings.ToLower(filepath.Ext(path))
	switch {
	case slices.Contains(k.endings, ending):
		return nil
	case isDatasetName(path):
		return usageError{fmt.Errorf("--%s: %s is the name of a dataset, which this doesn't write; name another file", flag, path)}
	case slices.Contains(formats.Endings(), ending) || slices.Contains(otherEndings, ending):
		return usageError{fmt.Errorf("--%s: the name %s ends like a file of another kind; let it end in %s", flag, path, k.endings[0])}
	}
	return nil
}

// checkOutput refuses an output file that would destroy something of another kind or one of
// the inputs; every command calls it before any work.
func (t *terminal) checkOutput(path string, kind outputKind, inputs ...string) error {
	if isStandardOutput(path) {
		t.toOutput = true
		return nil
	}
	return t.checkFile("output", path, kind, inputs...)
}

func (t *terminal) checkFile(flag, path string, kind outputKind, inputs ...string) error {
	if strings.TrimSpace(path) == "" {
		return usageError{fmt.Errorf("--%s: there is no name; name a file", flag)}
	}
	wrongEnding := kind.checkEnding(flag, path)
	if err := atomicfile.CheckReplace(path, kind.same); err != nil && !isDatasetName(path) {
		return usageError{fmt.Errorf("--%s: %w", flag, err)}
	}
	if wrongEnding != nil {
		return wrongEnding
	}
	info, err := os.Stat(path)
	for _, input := range inputs {
		other, otherErr := os.Stat(input)
		if err == nil && otherErr == nil && os.SameFile(info, other) && info.Mode().IsRegular() || input != "" && filepath.Clean(input) == filepath.Clean(path) {
			return usageError{fmt.Errorf("--%s: %s is %s, which this command reads or writes as well, and is left unchanged; name another file", flag, path, input)}
		}
	}
	if err == nil && info.Mode().IsRegular() && info.Size() > 0 && !t.replaces[path] {
		t.replaces[path] = true
		t.say("%s exists and will be replaced; what it holds now is kept as %s.", path, atomicfile.OldCopy(path))
	}
	return nil
}

// checkDataset refuses the name of a dataset to write to that isn't one.
func checkDataset(path string) error {
	if isStandardOutput(path) {
		return usageError{errors.New("--dataset: a dataset can't be written to standard output; name a file")}
	}
	return datasetOutput.checkEnding("dataset", path)
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
	return checkFolderOf(path)
}

// checkFolderOf refuses the name of a file in a folder that isn't there.
func checkFolderOf(path string) error {
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return fmt.Errorf("the folder %s doesn't exist; nothing was written: make it first, or name another file", filepath.Dir(path))
	}
	return nil
}

// checkOutputFolder does the same for the files that a command writes into a folder.
func (t *terminal) checkOutputFolder(folder string, names []string, inputs ...string) error {
	if isStandardOutput(folder) {
		return usageError{errors.New("--output: several files can't be written to standard output; name a folder")}
	}
	if err := atomicfile.CheckFolder(folder); err != nil {
		return usageError{fmt.Errorf("--output: %w", err)}
	}
	for _, name := range names {
		kind := csvOutput
		if filepath.Ext(name) == ".png" {
			kind = pictureOutput
		}
		if err := t.checkFile("output", filepath.Join(folder, name), kind, inputs...); err != nil {
			return err
		}
	}
	return nil
}

// writeFile writes an output that was checked.
func (t *terminal) writeFile(path string, write func(io.Writer) error) error {
	if isStandardOutput(path) {
		return write(t.out)
	}
	return atomicfile.Write(path, write)
}
