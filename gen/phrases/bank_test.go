package phrases_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"seedbed/assets"
	"seedbed/gen/phrases"
	"seedbed/gen/starter"
)

// A tag without its message is of a message that was changed since the ranks were made.
func TestRanksAreOfTheBank(t *testing.T) {
	for _, s := range starter.All() {
		folder, err := assets.Starter(s.Name)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range s.Categories {
			inBank := map[string]bool{}
			for _, text := range entries(t, folder, "en/"+c.Name+".txt") {
				inBank[phrases.Tag(text)] = true
			}
			tags := entries(t, folder, "en/ranks/"+c.Name+".txt")
			if len(tags) == 0 {
				t.Errorf("no message of %s has a rank", c.Bank)
			}
			for _, tag := range tags {
				if !inBank[tag] {
					t.Errorf("the rank %s of %s is of no message: run go generate ./gen/phrases", tag, c.Bank)
				}
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
