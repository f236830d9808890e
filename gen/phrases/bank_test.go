package phrases_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"seedbed/assets"
	"seedbed/gen/phrases"
)

// A tag without its message is of a message that was changed since the ranks were made.
func TestRanksAreOfTheBank(t *testing.T) {
	folder, err := assets.Starter("coaching")
	if err != nil {
		t.Fatal(err)
	}
	for _, category := range shipped {
		inBank := map[string]bool{}
		for _, text := range entries(t, folder, "en/"+category+".txt") {
			inBank[phrases.Tag(text)] = true
		}
		tags := entries(t, folder, "en/ranks/"+category+".txt")
		if len(tags) == 0 {
			t.Errorf("no message of %s has a rank", category)
		}
		for _, tag := range tags {
			if !inBank[tag] {
				t.Errorf("the rank %s of %s is of no message: run go generate ./gen/phrases", tag, category)
			}
		}
	}
}

func entries(t *testing.T, folder fs.FS, name string) []string {
	t.Helper()
	data, err := fs.ReadFile(folder, name)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(data), "\n")
	return slices.DeleteFunc(lines, func(line string) bool { return line == "" || strings.HasPrefix(line, "# ") })
}

func TestSeedsDiffer(t *testing.T) {
	about := phrases.Subject{Category: "emotional", Bank: "coaching/emotional"}
	first := write(t, newWriter(t, 1), about, 80)
	for seed := uint64(2); seed <= 20; seed++ {
		same := 0
		for _, text := range write(t, newWriter(t, seed), about, 80) {
			if slices.Contains(first, text) {
				same++
			}
		}
		if same > 76 {
			t.Errorf("seeds 1 and %d have %d of 80 messages in common", seed, same)
		}
	}
}
