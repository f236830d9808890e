package localdb

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"seedbed/localdb/mounttest"
)

// Whatever a full disk stops says so in words, and leaves nothing behind.
func TestADiskThatIsFull(t *testing.T) {
	mounttest.Small(t, 400<<10, func(t *testing.T, folder string) {
		d, err := Create(t.Context(), filepath.Join(folder, "x.seedbed"), testCategories)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		backup := filepath.Join(t.TempDir(), "backup.seedbed")
		if err := d.Backup(t.Context(), backup); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "filling"), make([]byte, 200<<10), 0o600); err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(folder, "y.seedbed")
		for what, do := range map[string]func() error{
			"a copy":    func() error { return d.Backup(t.Context(), to) },
			"a restore": func() error { return Restore(t.Context(), backup, to) },
			"a change": func() error {
				_, err := d.Add(t.Context(), MergeTitle("x"), textsOf(strings.Repeat("long ", 60_000)))
				return err
			},
		} {
			err := do()
			if err == nil || !strings.HasPrefix(err.Error(), "the disk is full; ") {
				t.Errorf("%s: %v", what, err)
			}
		}
		left, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range left {
			if name := entry.Name(); !strings.HasPrefix(name, "x.seedbed") && name != "filling" {
				t.Errorf("left behind: %s", name)
			}
		}
	})
}
