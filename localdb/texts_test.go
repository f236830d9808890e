package localdb

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestTexts changes texts at random, with all, some and none of them in memory, and
// holds them against a plain list.
func TestTexts(t *testing.T) {
	const rows = 3*blockRows + 100
	for _, limit := range []int{0, 100_000, 1 << 30} {
		t.Run(fmt.Sprint(limit), func(t *testing.T) {
			random := rand.New(rand.NewPCG(1, uint64(limit)))
			word := func() []byte { return bytes.Repeat([]byte{'a' + byte(random.IntN(26))}, random.IntN(30)) }
			all, want := texts{limit: limit}, [][]byte{}
			for range 4 {
				for place := len(want); place < min(rows, len(want)+rows/3); place++ {
					want = append(want, word())
					all.put(place, want[place])
				}
				for range 200 {
					place := random.IntN(len(want))
					want[place] = word()
					all.put(place, want[place])
				}
				for place := range want { // as when everything is read again
					all.put(place, want[place])
				}
				all.rest()
			}
			jumping := all.inMemory()
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
			if put := all.file != nil; put != (limit < 1<<30) {
				t.Errorf("a file was made: %v", put)
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
