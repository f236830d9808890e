package rescue

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"seedbed/localdb"
	"seedbed/localdb/pages"
)

// TestASoundDatasetIsRescuedWhole finds no damage where there is none, whether or not
// the newest messages are still in the log.
func TestASoundDatasetIsRescuedWhole(t *testing.T) {
	folder := t.TempDir()
	d := makeDataset(t, filepath.Join(folder, "mine.seedbed"), 3000)
	want, err := readAll(d)
	if err != nil {
		t.Fatal(err)
	}
	categories, err := d.Categories(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	rescued := func(name string, log bool) {
		t.Helper()
		to := filepath.Join(folder, name)
		report, err := Rescue(t.Context(), d.Path(), to, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !report.Complete() || report.Log != log || report.Messages.Rescued != len(want) || report.Categories.Rescued != 3 || report.Passages.Rescued != 2 {
			t.Errorf("it reports %+v of %d messages", report, len(want))
		}
		copied, err := localdb.Open(t.Context(), to)
		if err != nil {
			t.Fatal(err)
		}
		defer copied.Close()
		got, err := readAll(copied)
		if err != nil || !maps.Equal(got, want) {
			t.Errorf("%d messages are not the %d that there were: %v", len(got), len(want), err)
		}
		list, err := copied.Categories(t.Context())
		if err != nil || !slices.EqualFunc(list, categories, func(a, b localdb.Category) bool {
			return a.Name == b.Name && a.Is == b.Is && a.Key == b.Key && a.ID == b.ID && a.Target == b.Target && slices.Equal(a.Examples, b.Examples)
		}) {
			t.Errorf("the categories are %v: %v", list, err)
		}
	}
	rescued("open.seedbed", true)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	rescued("closed.seedbed", false)
	if _, err := os.Stat(d.Path()); err != nil || pages.HasLog(d.Path()) {
		t.Errorf("the original is not as it was: %v", err)
	}
}

// TestARescueThatIsStoppedLeavesNothing stops it after the first pages.
func TestARescueThatIsStoppedLeavesNothing(t *testing.T) {
	d := makeDataset(t, filepath.Join(t.TempDir(), "mine.seedbed"), 5000)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	_, err := Rescue(ctx, d.Path(), filepath.Join(folder, "rescued.seedbed"), func(int, int) { stop() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("it ended in %v", err)
	}
	if files, err := os.ReadDir(folder); err != nil || len(files) > 0 {
		t.Errorf("left behind: %v, %v", files, err)
	}
}

// TestLabelsOutliveTheirCategories: where the categories are lost, messages keep theirs,
// under names to be changed.
func TestLabelsOutliveTheirCategories(t *testing.T) {
	d := makeDataset(t, filepath.Join(t.TempDir(), "mine.seedbed"), 200)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(d.Path())
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(data, []byte("chitchatchitchat")) / pageSize * pageSize // its name and its kind
	if at <= 0 {
		t.Fatal("there is no page with the categories")
	}
	clear(data[at : at+pageSize])
	path := filepath.Join(t.TempDir(), "damaged.seedbed")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	report, err := Rescue(t.Context(), path, path+".rescued.seedbed", nil)
	if err != nil || report.Categories.Lost != 3 || report.Categories.Rescued != 0 || report.Unlabelled != 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	rescued, err := localdb.Open(t.Context(), path+".rescued.seedbed")
	if err != nil {
		t.Fatal(err)
	}
	defer rescued.Close()
	names := map[string]int{}
	all, err := readAll(rescued)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		names[m.Category]++
	}
	if len(names) != 4 || names["category 1 (name lost)"] == 0 || names["category 3 (name lost)"] == 0 || names[""] == 0 {
		t.Errorf("the labels are %v", names)
	}
}
