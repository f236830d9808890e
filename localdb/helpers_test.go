package localdb

import (
	"context"
	"path/filepath"
	"testing"
)

// newDataset makes a dataset with three categories in a folder of the test.
func newDataset(t testing.TB) *Dataset {
	t.Helper()
	d, err := Create(t.Context(), filepath.Join(t.TempDir(), "test.seedbed"), []Category{
		{Name: "rag_query", Kind: "rag", Key: "1", Training: true},
		{Name: "social", Kind: "context", Key: "2", Training: true},
		{Name: "chitchat", Kind: "chitchat", Key: "3", Training: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// add puts messages into the dataset as one change.
func add(t testing.TB, d *Dataset, messages ...Message) []int64 {
	t.Helper()
	ids, err := d.Add(t.Context(), "Add", messages)
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

var _ = context.Background
