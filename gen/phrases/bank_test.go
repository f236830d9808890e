package phrases_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"seedbed/assets"
	"seedbed/gen/phrases"
	"seedbed/gen/starter"
	"seedbed/localdb/neardup"
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

// mostShared is how much of two runs of a starter's default plan may be the same.
const mostShared = 1.0 / 3

// Two runs of a starter's default plan, in each language of its bank, have little in
// common, however alike their seeds are.
func TestSeedsDiffer(t *testing.T) {
	for _, kind := range starter.All() {
		for _, language := range phrases.Languages(kind.Categories[0].Bank) {
			t.Run(kind.Name+"/"+language, func(t *testing.T) {
				t.Parallel()
				checkSeedsDiffer(t, kind, language)
			})
		}
	}
}

func checkSeedsDiffer(t *testing.T, kind starter.Starter, language string) {
	var runs [][]string
	seeds := []uint64{42, 43, 48, 1, 2, 3, 4, 5, 6, 7, 1001, 123456789}
	for _, seed := range seeds {
		w := newWriterIn(t, language, seed)
		var run []string
		for _, c := range kind.Categories {
			run = append(run, write(t, w, phrases.Subject{Category: c.Name, Bank: c.Bank, Wanted: c.Target}, c.Target)...)
		}
		runs = append(runs, run)
	}
	most, sum, pairs := 0.0, 0.0, 0
	for a, first := range runs {
		index := neardup.NewIndex()
		for i, text := range first {
			index.Add(int64(i), text)
		}
		for b, second := range runs[:a] {
			same := 0
			for _, text := range second {
				if _, _, near := index.Find(text); near {
					same++
				}
			}
			share := float64(same) / float64(len(second))
			most, sum, pairs = max(most, share), sum+share, pairs+1
			if share > mostShared {
				t.Errorf("seeds %d and %d have %d of %d messages in common", seeds[a], seeds[b], same, len(second))
			}
		}
	}
	t.Logf("two runs of %d messages have at most %.1f %% in common, on average %.1f %% over %d pairs", len(runs[0]), 100*most, 100*sum/float64(pairs), pairs)
}
