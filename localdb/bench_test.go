package localdb

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"
)

const manyRows = 1_000_000

var manyFolder string // TestMain removes it

// manyPath makes the file of a million messages once for all benchmarks.
var manyPath = sync.OnceValues(func() (string, error) {
	var err error
	if manyFolder, err = os.MkdirTemp("", "seedbed-bench-*"); err != nil {
		return "", err
	}
	path := filepath.Join(manyFolder, "many.seedbed")
	ctx := context.Background()
	d, err := Create(ctx, path, testCategories)
	if err != nil {
		return "", err
	}
	random := rand.New(rand.NewPCG(1, 2))
	messages := make([]Message, 10_000)
	for range manyRows / len(messages) {
		for i := range messages {
			messages[i] = randomMessage(random)
		}
		if _, err := d.Add(ctx, notUndoable, messages); err != nil {
			return "", err
		}
	}
	return path, d.Close()
})

// many opens a million messages, and reads the index.
func many(b *testing.B) *Dataset {
	b.Helper()
	path, err := manyPath()
	if err != nil {
		b.Fatal(err)
	}
	d := openDataset(b, path)
	if _, err := d.Counts(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { reportMemory(b) })
	return d
}

func reportMemory(b *testing.B) {
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	b.ReportMetric(float64(memory.HeapAlloc)/1e6, "heap-MB")
}

// BenchmarkFirstRows is the time from opening the file to the first screen.
func BenchmarkFirstRows(b *testing.B) {
	path, err := manyPath()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		d := openDataset(b, path)
		v, err := d.View(b.Context(), Filter{}, Sort{})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := v.Rows(b.Context(), 0, 50); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		d.Close()
		b.StartTimer()
	}
}

// BenchmarkReadIndex is what the first search, sort or jump of a session waits for.
func BenchmarkReadIndex(b *testing.B) {
	path, err := manyPath()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		d := openDataset(b, path)
		if _, err := d.Counts(b.Context()); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		d.Close()
		b.StartTimer()
	}
}

// BenchmarkWindow reads 100 rows at random places of a sorted million.
func BenchmarkWindow(b *testing.B) {
	d := many(b)
	for name, by := range map[string]Column{"id": ByID, "text": ByText, "doubt": ByUncertainty, "category": ByCategory} {
		b.Run(name, func(b *testing.B) {
			v, err := d.View(b.Context(), Filter{}, Sort{By: by})
			if err != nil {
				b.Fatal(err)
			}
			random := rand.New(rand.NewPCG(3, 4))
			for b.Loop() {
				rows, err := v.Rows(b.Context(), random.IntN(v.Len()-100), 100)
				if err != nil || len(rows) != 100 {
					b.Fatal(len(rows), err)
				}
			}
		})
	}
}

// BenchmarkSearch makes the view of a search in a million, in id order and sorted.
func BenchmarkSearch(b *testing.B) {
	d := many(b)
	for _, search := range []string{"promotion tomorrow", "e", "99999", "İSTANBUL", "nowhere to be found"} {
		for name, by := range map[string]Column{"id": ByID, "text": ByText} {
			b.Run(search+"/"+name, func(b *testing.B) {
				for b.Loop() {
					if _, err := d.View(b.Context(), Filter{Search: search}, Sort{By: by}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkFacets counts a million under a filter, with and without a search.
func BenchmarkFacets(b *testing.B) {
	d := many(b)
	for name, filter := range map[string]Filter{
		"all":      {},
		"filtered": {Categories: []string{"social"}, Statuses: []Status{ToReview}},
		"searched": {Search: "career", Statuses: []Status{ToReview}},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := d.Facets(b.Context(), filter); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkSort makes the view of a million in an order that nobody asked for yet.
func BenchmarkSort(b *testing.B) {
	d := many(b)
	for name, by := range map[string]Column{"text": ByText, "doubt": ByUncertainty, "category": ByCategory} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				d.index.rows.Flush(make([]uint32, d.index.rows.Len())) // which drops the orders
				if _, err := d.View(b.Context(), Filter{}, Sort{By: by}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkRelabel changes one message of a million, where views are sorted by text
// and by category.
func BenchmarkRelabel(b *testing.B) {
	d := many(b)
	for _, by := range []Column{ByText, ByCategory} {
		if _, err := d.View(b.Context(), Filter{}, Sort{By: by}); err != nil {
			b.Fatal(err)
		}
	}
	random := rand.New(rand.NewPCG(5, 6))
	for b.Loop() {
		category := testCategories[random.IntN(3)].Name
		if _, err := d.Relabel(b.Context(), []int64{1 + random.Int64N(manyRows)}, category, ByPerson, 1, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBulk relabels, undoes and deletes a million messages; slow, so run it with
// -benchtime 1x.
func BenchmarkBulk(b *testing.B) {
	d := many(b)
	v, err := d.View(b.Context(), Filter{}, Sort{})
	if err != nil {
		b.Fatal(err)
	}
	ids := v.IDs(0, v.Len())
	for b.Loop() {
		report := func(name string, do func() error) {
			start := time.Now()
			if err := do(); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(time.Since(start).Milliseconds()), name+"-ms")
		}
		undo := func() error { _, err := d.Undo(b.Context(), nil); return err }
		report("relabel", func() error { _, err := d.Relabel(b.Context(), ids, "social", ByPerson, 1, nil); return err })
		report("undo-relabel", undo)
		report("delete", func() error { _, err := d.Delete(b.Context(), ids, nil); return err })
		report("undo-delete", undo)
	}
}
