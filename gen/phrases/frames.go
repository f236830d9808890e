package phrases

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"strings"

	"seedbed/assets"
	"seedbed/gen/phrases/acts"
)

// frames are the ways to say an act of an example in other words.
type frames struct {
	language string
	reader   *acts.Reader
	forms    map[string][]pattern // by the kind of act, the most usual first

	interchangeable []string // sets of expressions
	whenAsking      []string // those that only stand for each other in questions and requests
}

// readFrames reads the frames of a language; a language without them has none.
func readFrames(language string, folder fs.FS) (*frames, error) {
	sections, err := assets.ReadSections(folder, "frames.txt")
	if err != nil {
		return nil, err
	}
	f := &frames{language: language, reader: acts.NewReader(language, sections), forms: map[string][]pattern{}, interchangeable: sections.Named("interchangeable"), whenAsking: sections.Named("interchangeable when asking")}
	for _, s := range sections {
		if strings.HasSuffix(s.Name, " read") || strings.HasPrefix(s.Name, "begins ") || s.Name == "spelled out" || strings.HasPrefix(s.Name, "interchangeable") || strings.HasSuffix(s.Name, " words") {
			continue
		}
		for _, line := range s.Lines {
			p, err := parsePattern(line, func(string) bool { return true })
			if err != nil {
				return nil, fmt.Errorf("the shipped frames of %q: %w", s.Name, err)
			}
			f.forms[s.Name] = append(f.forms[s.Name], p)
		}
	}
	return f, nil
}

// line is one of the lines of a section that stand around a message; "" where the language
// has none.
func (f *frames) line(section string, rng *rand.Rand) string {
	lines := f.forms[section]
	if len(lines) == 0 {
		return ""
	}
	return lines[rng.IntN(len(lines))].fill(nil, rng)
}
