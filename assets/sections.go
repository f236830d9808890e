package assets

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// Section is a stretch of a phrases file: its name and its entries.
type Section struct {
	Name  string
	Lines []string
}

// Sections are those of a file, in order.
type Sections []Section

// ReadSections reads a file of entries, one a line, under "# name" lines. A file that
// isn't there has no sections.
func ReadSections(folder fs.FS, path string) (Sections, error) {
	data, err := fs.ReadFile(folder, path)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrInvalid): // any name may be a category's
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("read the shipped phrases: %w", err)
	}
	var sections Sections
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		name, opens := strings.CutPrefix(line, "# ")
		switch {
		case opens:
			sections = append(sections, Section{Name: name})
		case line == "":
		case len(sections) == 0:
			sections = Sections{{Lines: []string{line}}}
		default:
			last := &sections[len(sections)-1]
			last.Lines = append(last.Lines, line)
		}
	}
	return sections, nil
}

// Named finds the entries of a section.
func (s Sections) Named(name string) []string {
	for _, section := range s {
		if section.Name == name {
			return section.Lines
		}
	}
	return nil
}

// Words is the set of the words in a section's entries.
func (s Sections) Words(name string) map[string]bool {
	words := map[string]bool{}
	for _, line := range s.Named(name) {
		for word := range strings.FieldsSeq(line) {
			words[word] = true
		}
	}
	return words
}
