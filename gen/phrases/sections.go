package phrases

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// section is a stretch of a phrases file: its name and its entries.
type section struct {
	name  string
	lines []string
}

// readSections reads a file of entries, one a line, under "# name" lines. A file
// that isn't there has no sections.
func readSections(folder fs.FS, path string) ([]section, error) {
	data, err := fs.ReadFile(folder, path)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrInvalid): // any name may be a category's
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("read the shipped phrases: %w", err)
	}
	var sections []section
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		name, opens := strings.CutPrefix(line, "# ")
		switch {
		case opens:
			sections = append(sections, section{name: name})
		case line == "":
		case len(sections) == 0:
			sections = []section{{lines: []string{line}}}
		default:
			last := &sections[len(sections)-1]
			last.lines = append(last.lines, line)
		}
	}
	return sections, nil
}

// named finds the entries of a section.
func named(sections []section, name string) []string {
	for _, s := range sections {
		if s.name == name {
			return s.lines
		}
	}
	return nil
}

// tidy makes a message one line without space around it.
func tidy(text string) string { return strings.Join(strings.Fields(text), " ") }
