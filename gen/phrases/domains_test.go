package phrases_test

import (
	"os"
	"strings"
	"testing"

	"seedbed/assets"
	"seedbed/gen/phrases"
	"seedbed/localdb/neardup"
)

// domains are categories that the program was never told of, each with twelve examples.
func domains(t testing.TB) []phrases.Subject {
	t.Helper()
	sections, err := assets.ReadSections(os.DirFS("testdata"), "domains.txt")
	if err != nil {
		t.Fatal(err)
	}
	var subjects []phrases.Subject
	for _, s := range sections {
		name, is, _ := strings.Cut(s.Name, " | ")
		subjects = append(subjects, phrases.Subject{Category: name, Is: is, Examples: s.Lines})
	}
	return subjects
}

func TestTwelveExamplesGiveSixtyMessages(t *testing.T) {
	for _, about := range domains(t) {
		t.Run(about.Category, func(t *testing.T) {
			if len(about.Examples) != 12 {
				t.Fatalf("%d examples", len(about.Examples))
			}
			made := write(t, newWriter(t, 3), about, 1000)
			if len(made) < 60 {
				t.Errorf("%d messages", len(made))
			}
			t.Log(len(made))
			index := neardup.NewIndex()
			for i, text := range append(append([]string{}, about.Examples...), made...) {
				if _, jaccard, near := index.Find(text); near && i >= len(about.Examples) {
					t.Errorf("%q is like an earlier one by %.2f", text, jaccard)
				}
				index.Add(int64(i), text)
				checkLine(t, text)
			}
		})
	}
}
