package export

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"seedbed/localdb"
	"seedbed/localdb/atomicfile"
	"seedbed/localdb/exchange"
	"seedbed/localdb/reliability"
)

// The names of the files of a child.
const (
	childDataset = "exported.seedbed"
	childOutput  = "output"
)

func TestMain(m *testing.M) {
	reliability.Main(map[string]reliability.Work{"export": exportInto})
	os.Exit(m.Run())
}

func exportInto(ctx context.Context, folder string, begin func()) error {
	d, err := localdb.Open(ctx, filepath.Join(folder, childDataset))
	if err != nil {
		return err
	}
	begin()
	_, err = Write(ctx, d, fullPlan(filepath.Join(folder, childOutput)))
	return errors.Join(err, d.Close())
}

// An export that is killed leaves the files of before or those of after, each whole; what
// they held before is kept, and the next export completes all and cleans up.
func TestKilledWhileExporting(t *testing.T) {
	n := 2_000
	if os.Getenv("SEEDBED_KILLS") != "" {
		n = 50_000
	}
	made := filepath.Join(t.TempDir(), childDataset)
	categories := []localdb.Category{{Name: "social", Training: true, Kind: "custom"}, {Name: "emotional", Training: true, Kind: "custom"}}
	d, _, err := localdb.Import(t.Context(), made, categories, manyRows(n), localdb.MergeOptions{})
	if err == nil {
		err = d.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"combined.csv", "README.md", "intent/train.csv", "intent/val.csv", "intent/test.csv"}
	const old = "what an earlier export wrote\n"
	want := map[string]string{}
	reliability.Trial{
		Work: "export",
		Prepare: func(t *testing.T, folder string) {
			reliability.CopyFile(t, made, folder)
			for _, name := range names {
				path := filepath.Join(folder, childOutput, name)
				if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(old+name), 0o600)); err != nil {
					t.Fatal(err)
				}
			}
		},
		Killed: func(t *testing.T, folder string, _ bool) bool {
			reliability.State(t, filepath.Join(folder, childDataset))
			var fresh []string
			for _, name := range names {
				path := filepath.Join(folder, childOutput, name)
				switch text := readAll(t, path); {
				case text == want[name]:
					fresh = append(fresh, name)
					if readAll(t, atomicfile.OldCopy(path)) != old+name {
						t.Errorf("what %s held before isn't kept", name)
					}
				case text != old+name:
					t.Errorf("%s is half written, with %d of %d bytes", name, len(text), len(want[name]))
				}
			}
			if len(fresh) > 0 && len(fresh) < len(names) {
				t.Errorf("only %s are of the new export", strings.Join(fresh, ", "))
			}
			if err := exportInto(t.Context(), folder, func() {}); err != nil {
				t.Fatal(err)
			}
			checkExport(t, folder, want)
			return len(fresh) == len(names)
		},
		Finished: func(t *testing.T, folder string) {
			for _, name := range names {
				want[name] = readAll(t, filepath.Join(folder, childOutput, name))
			}
		},
	}.Run(t)
}

// checkExport fails the test where the files of an export aren't what they should be, or
// others are there.
func checkExport(t *testing.T, folder string, want map[string]string) {
	t.Helper()
	at := map[string][]string{childOutput: {"intent"}, childOutput + "/intent": nil}
	for name, text := range want {
		path := childOutput + "/" + name
		if readAll(t, filepath.Join(folder, path)) != text {
			t.Errorf("exported again, %s isn't what it should be", name)
		}
		base := filepath.Base(name)
		at[filepath.Dir(path)] = append(at[filepath.Dir(path)], base, atomicfile.OldCopy(base))
	}
	for dir, names := range at {
		reliability.OnlyFiles(t, filepath.Join(folder, dir), names...)
	}
	reliability.OnlyFiles(t, folder, childDataset, childOutput)
}

func readAll(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
	}
	return string(data)
}

func manyRows(n int) iter.Seq2[exchange.Row, error] {
	return func(yield func(exchange.Row, error) bool) {
		for i := range n {
			text := fmt.Sprintf("%x %x %x", i*7919+1, i*104729+3, i*1299709+5)
			if !yield(exchange.Row{Message: text, Category: []string{"social", "emotional"}[i%2]}, nil) {
				return
			}
		}
	}
}
