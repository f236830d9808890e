package localdb

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// writeUntilKilled changes a dataset without end, as the child of a test. It prints
// how many messages it has added for certain.
func writeUntilKilled(path string) {
	d, err := Open(context.Background(), path)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	for added := 10; ; added += 10 {
		ids, err := d.Add(context.Background(), i18n.T("Add"), textsOf(strings.Split(strings.Repeat("again,", 9)+"again", ",")...))
		if err == nil {
			_, err = d.Relabel(context.Background(), ids[:5], "social", ByPerson, 1, nil)
		}
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(added)
	}
}

func TestKilledWhileWriting(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	kept := 0
	for round := range 5 {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), "SEEDBED_TEST_WRITE_TO="+d.Path())
		output, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(output)
		if !lines.Scan() || lines.Text() != "10" {
			t.Fatalf("the child said %q", lines.Text())
		}
		time.AfterFunc(time.Duration(rand.IntN(50_000))*time.Microsecond, func() { _ = child.Process.Kill() })
		added := 10
		for lines.Scan() {
			_, _ = fmt.Sscan(lines.Text(), &added)
		}
		_ = child.Wait() // it was killed, so this is no success

		d := openDataset(t, d.Path())
		messages := all(t, d, Filter{})
		if len(messages) < kept+added || len(messages)%10 != 0 {
			t.Fatalf("round %d: %d messages of at least %d, in tens", round, len(messages), kept+added)
		}
		kept = len(messages)
		labelled := len(all(t, d, Filter{Categories: []string{"social"}}))
		if whole := kept / 10 * 5; labelled != whole && labelled < whole-5*(round+1) {
			t.Fatalf("round %d: %d of %d labelled", round, labelled, whole)
		}
		if title, err := d.Undo(t.Context(), nil); err != nil {
			t.Fatalf("undo after the kill: %q, %v", title, err)
		}
		if title, err := d.Redo(t.Context(), nil); err != nil {
			t.Fatalf("redo after the kill: %q, %v", title, err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		if got := integrity(t, d.Path()); got != "ok" {
			t.Fatalf("integrity_check: %s", got)
		}
	}
}

// endlessRows says so when they are well under way.
func endlessRows() iter.Seq2[exchange.Row, error] {
	return func(yield func(exchange.Row, error) bool) {
		for i := 0; yield(exchange.Row{Message: fmt.Sprint("message ", i), Category: fmt.Sprint("category ", i/1000%100)}, nil); i++ {
			if i == 5_000 {
				fmt.Println("under way")
			}
		}
	}
}

// mergeUntilKilled merges without end, as the child of a test: into the dataset where
// there is one, into a new one otherwise.
func mergeUntilKilled(path string) {
	ctx := context.Background()
	d, err := Open(ctx, path)
	if err == nil {
		_, err = d.Merge(ctx, endlessRows(), MergeOptions{})
	} else if errors.Is(err, fs.ErrNotExist) {
		_, _, err = Import(ctx, path, testCategories, endlessRows(), MergeOptions{})
	}
	fmt.Println(err)
	os.Exit(1)
}

func killWhileMerging(t *testing.T, path string) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), "SEEDBED_TEST_MERGE_INTO="+path)
	output, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if lines := bufio.NewScanner(output); !lines.Scan() || lines.Text() != "under way" {
		t.Errorf("the child said %q", lines.Text())
	}
	time.Sleep(time.Duration(rand.IntN(200)) * time.Millisecond)
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait() // it was killed, so this is no success
}

func TestKilledWhileMerging(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	merge(t, d, MergeOptions{}, "hello|chitchat", "bye|farewell")
	before := dump(t, d)
	d.Close()
	for range 3 {
		killWhileMerging(t, d.Path())
		d := openDataset(t, d.Path())
		if after := dump(t, d); after != before {
			t.Errorf("was %s, is %s", before, after)
		}
		if title, _, _ := d.CanUndo(t.Context()); title.String() != "Import 2 messages" {
			t.Errorf("undo would take back %q", title)
		}
		d.Close()
		if got := integrity(t, d.Path()); got != "ok" {
			t.Error(got)
		}
	}
}

func TestKilledWhileImporting(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "new.seedbed")
	killWhileMerging(t, path)
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("half a dataset stands there: %v", err)
	}
	d, report, err := Import(t.Context(), path, testCategories, rowsOf("hello|chitchat"), MergeOptions{})
	if err != nil || report.Added != 1 {
		t.Fatalf("the next import: %+v, %v", report, err)
	}
	d.Close()
}
