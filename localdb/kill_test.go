package localdb

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"seedbed/assets/i18n"
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
			_, err = d.Relabel(context.Background(), ids[:5], "social", ByPerson, 1)
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
		if title, err := d.Undo(t.Context()); err != nil {
			t.Fatalf("undo after the kill: %q, %v", title, err)
		}
		if title, err := d.Redo(t.Context()); err != nil {
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
