package direction

import (
	"io/fs"
	"slices"
	"strings"

	"seedbed/assets"
)

// entry is a line of a list with what its section's name says of it: "careless, long".
type entry struct {
	text string
	tags []string
}

func (e entry) is(tag string) bool { return slices.Contains(e.tags, tag) }

// readEntries reads a list, one entry a line. A folder or file that isn't there has none.
func readEntries(folder fs.FS, name string) ([]entry, error) {
	if folder == nil {
		return nil, nil
	}
	sections, err := assets.ReadSections(folder, name)
	if err != nil {
		return nil, err
	}
	var entries []entry
	for _, s := range sections {
		var tags []string
		for tag := range strings.SplitSeq(s.Name, ",") {
			tags = append(tags, strings.TrimSpace(tag))
		}
		for _, line := range s.Lines {
			entries = append(entries, entry{line, tags})
		}
	}
	return entries, nil
}
