package rescue

import (
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
