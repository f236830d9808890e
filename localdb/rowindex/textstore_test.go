package rowindex

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestTextStore changes texts at random, with all, some and none of them in memory, and
// holds them against a plain list.
func TestTextStore(t *testing.T) {
	t.Parallel()
	const rows = 3*blockRows + 100
	for _, limit := range []int{0, 100_000, 1 << 30} {
		t.Run(fmt.Sprint(limit), func(t *testing.T) {
			random := rand.New(rand.NewPCG(1, uint64(limit)))
			word := func() []byte { return bytes.Repeat([]byte{'a' + byte(random.IntN(26))}, random.IntN(30)) }
			all, want := textStore{limit: limit}, [][]byte{}
			for range 4 {
				for place := len(want); place < min(rows, len(want)+rows/3); place++ {
					want = append(want, word())
					all.set(place, want[place])
				}
				for range 200 {
					place := random.IntN(len(want))
					want[place] = word()
					all.set(place, want[place])
				}
				for place := range want { // as when everything is read again
					all.set(place, want[place])
				}
				all.flush()
			}
			jumping := all.loaded()
			for place, text := range want {
				if !bytes.Equal(all.text(place), text) || !bytes.Equal(jumping.text(place), text) {
					t.Fatalf("row %d is %q and %q, not %q", place, all.text(place), jumping.text(place), text)
				}
			}
			for _, needle := range []string{"a", "zzzzzzzz", "qq", "no"} {
				var found, contain []int
				for number := range all.blocks {
					all.find(number, []byte(needle), func(row int) { found = append(found, number*blockRows+row) })
				}
				for place, text := range want {
					if bytes.Contains(text, []byte(needle)) {
						contain = append(contain, place)
					}
				}
				if !slices.Equal(found, contain) {
					t.Errorf("%q is found in %d rows, not %d", needle, len(found), len(contain))
				}
			}
			if err := all.err(); err != nil {
				t.Error(err)
			}
			if made := all.file != nil; made != (limit < 1<<30) {
				t.Errorf("a file was made: %v", made)
			}
			if err := all.close(); err != nil {
				t.Error(err)
			}
			if all.file == nil {
				return
			}
			// What can't be read any more is an error, and no wrong text.
			for place := range want {
				all.text(place)
			}
			if all.err() == nil {
				t.Error("reading from a closed file is no error")
			}
		})
	}
}

func FuzzSearch(f *testing.F) {
	f.Add("Straße", "SS", "other")
	f.Add("", "a", "\xff\xfe")
	f.Add("İi̇", "i", "e\u0301")
	f.Fuzz(func(t *testing.T, text, search, neighbour string) {
		var all textStore
		for place, row := range []string{neighbour, text, neighbour} {
			all.set(place, FoldBytes([]byte(row)))
		}
		all.flush()
		defer all.close()
		needle := Fold(search)
		if needle == "" {
			return
		}
		var found []int
		all.find(0, []byte(needle), func(row int) { found = append(found, row) })
		var want []int
		for row, text := range []string{neighbour, text, neighbour} {
			if strings.Contains(Fold(text), needle) {
				want = append(want, row)
			}
		}
		if !slices.Equal(found, want) {
			t.Fatalf("%q is found in %v, want %v", needle, found, want)
		}
	})
}
