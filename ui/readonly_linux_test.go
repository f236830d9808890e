package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"seedbed/assets/i18n"
	"seedbed/gen/starter"
	"seedbed/localdb"
	"seedbed/localdb/mounttest"
	"seedbed/ui/cli"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
)

// putOnStick makes a dataset with messages in a folder that will be read-only.
func putOnStick(t *testing.T, folder string) {
	t.Helper()
	d, err := localdb.Create(context.Background(), filepath.Join(folder, "stick.seedbed"), starter.Default().Categories)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Add(context.Background(), i18n.T("Add"), shelltest.Messages(60)); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestADatasetThatCanOnlyBeReadIsOfUse(t *testing.T) {
	mounttest.ReadOnly(t, putOnStick, func(t *testing.T, folder string) {
		w := newTestApp(t)
		w.T.Setenv("PATH", "") // no file dialog of the system
		w.OpenFile(filepath.Join(folder, "stick.seedbed"))
		w.Sees("This dataset can only be read, because its drive is read-only.", "Save a copy…", "Read-only")
		w.SeesNot("All changes saved")
		if n := w.Count(localdb.Filter{}); n != 60 {
			t.Fatalf("it has %d messages", n)
		}
		for _, page := range w.Pages() {
			w.Visit(page.ID)
			w.SeesNot("could not")
		}

		w.Visit(shell.Check)
		w.Key(fyne.KeyReturn, fyne.KeyModifierControl)
		w.Until("the check is shown", func() bool {
			checks, err := w.Dataset().Checks(context.Background())
			return err == nil && len(checks) == 1 && strings.Contains(w.Words(), "Train and test again")
		})
		w.SeesNot("could not be run")

		w.Visit(shell.Review)
		w.Undo()
		w.Sees("The change could not be taken back", "This dataset can only be read, because its drive is read-only; nothing was changed", "Save a copy…")
		w.Escape()

		w.Visit(shell.Overview)
		w.Tap("Save a copy…")
		w.Sees("Save a copy of the dataset")
		w.Tap("Save")
		w.Sees("The copy is", "Open the copy")
		w.Tap("Open the copy")
		w.SeesNot("can only be read")
		if d := w.Dataset(); d == nil || d.ReadOnly() != nil || w.Count(localdb.Filter{}) != 60 {
			t.Fatal("the copy isn't open")
		}
		w.Sees("All changes saved")
	})
}

func TestTheTerminalReadsADatasetThatCanOnlyBeRead(t *testing.T) {
	mounttest.ReadOnly(t, putOnStick, func(t *testing.T, folder string) {
		data, to := filepath.Join(folder, "stick.seedbed"), t.TempDir()
		if code, said := command(t, "split", "--dataset", data, "--output", filepath.Join(to, "split")); code != 0 {
			t.Errorf("split: %d: %s", code, said)
		}
		if err := os.WriteFile(filepath.Join(to, "in.csv"), []byte("message\nhello\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, said := command(t, "label", "--input", filepath.Join(to, "in.csv"), "--output", filepath.Join(to, "out.csv"), "--dataset", data); code != 0 {
			t.Errorf("label: %d: %s", code, said)
		}
		code, said := command(t, "generate", "--dataset", data, "--output", filepath.Join(to, "made.csv"), "--writer", "builtin", "--rag-count", "2", "--context-count", "0", "--chitchat-count", "0")
		if code != 1 || !strings.Contains(said, "stick.seedbed: this dataset can only be read, because its drive is read-only; nothing was changed: save a copy") {
			t.Errorf("generate: %d: %s", code, said)
		}
		code, said = command(t, "generate", "--output", filepath.Join(folder, "made.csv"), "--writer", "builtin", "--rag-count", "2", "--context-count", "0", "--chitchat-count", "0")
		if code == 0 || !strings.Contains(said, "read-only") {
			t.Errorf("generate onto it: %d: %s", code, said)
		}
	})
}

// command carries out a command and returns what it said.
func command(t *testing.T, args ...string) (code int, said string) {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "said"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	out, errOut := os.Stdout, os.Stderr
	os.Stdout, os.Stderr = file, file
	code = cli.Run(args)
	os.Stdout, os.Stderr = out, errOut
	text, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	return code, string(text)
}
