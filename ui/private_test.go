//go:build !windows

package ui

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	fyneapp "fyne.io/fyne/v2/app"
	_ "modernc.org/sqlite"

	"seedbed/gen"
	"seedbed/localdb"
	"seedbed/ui/cli"
	"seedbed/ui/report"
	"seedbed/ui/shell"
)

// TestEveryFileIsItsOwnersAlone does the whole way, in the window and from a terminal, and
// then looks at all files that came of it, and at those that are there for a while only.
func TestEveryFileIsItsOwnersAlone(t *testing.T) {
	schema, err := filepath.Abs("../localdb/migrations/0001_dataset.sql") // before the folder changes
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Umask(syscall.Umask(0o022)) // as most people have it
	w := newTestApp(t)
	home, temporary := os.Getenv("HOME"), t.TempDir()
	t.Setenv("TMPDIR", temporary)
	t.Setenv("OPENAI_API_KEY", "")
	t.Chdir(home)
	private := func(when string) {
		t.Helper()
		for _, root := range []string{home, temporary} {
			err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
				if err != nil || path == root || strings.HasSuffix(path, "shared.csv") {
					return err
				}
				info, err := entry.Info()
				if err == nil && info.Mode().Perm()&0o077 != 0 {
					t.Errorf("%s: %s is %v", when, path, info.Mode())
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		}
	}

	stop := report.StartLog()
	session, _ := report.Begin()
	w.Letter('s') // a sample
	w.Visit(shell.Review)
	shell.LogError("testing", fs.ErrClosed)
	private("while a dataset is open")
	dataset := w.Dataset().Path()
	if err := w.Dataset().Backup(context.Background(), filepath.Join(home, "copy.seedbed")); err != nil {
		t.Fatal(err)
	}
	if _, _, err := gen.Preview(context.Background(), gen.Job{Dataset: w.Dataset(), Plan: gen.DefaultPlan(), Writer: writerThatLooks{func() { private("during a preview") }, builtin(t)}}, 8); err != nil {
		t.Fatal(err)
	}
	w.Key("W")

	if err := os.WriteFile("shared.csv", []byte("message,category\nold,chitchat\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod("shared.csv", 0o664); err != nil { // more than the mask allows
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"generate", "--output", "new folder/all.csv", "--writer", "builtin", "--no-knowledge-base", "--context-count", "12", "--rag-count", "12", "--chitchat-count", "12"},
		{"split", "--input", "new folder/all.csv", "--output", "parts"},
		{"split", "--dataset", dataset, "--output", "parts2"},
		{"train", "--train-data", "new folder/all.csv", "--output", "intent.model", "--readers"},
		{"evaluate", "--model", "intent.model", "--test-data", "parts/test.csv", "--output", "evaluation"},
		{"merge", "new folder/all.csv", "--output", "merged.csv"},
		{"merge", "new folder/all.csv", "--output", "shared.csv"},
		{"label", "--model", "intent.model", "--input", "parts/test.csv", "--output", "labelled.csv"},
		{"copy", dataset, "--clean", "clean.seedbed"},
		{"forget", dataset, "--message", "1", "--yes"},
	} {
		if code := cli.Run(args); code != 0 {
			t.Errorf("seedbed %q ended with %d", args, code)
		}
	}
	old := filepath.Join(home, "old.seedbed")
	makeOld(t, schema, old)
	d, err := localdb.Open(context.Background(), old)
	if err != nil {
		t.Fatal(err)
	}
	if copies := localdb.CopiesBeforeMigrating(d.Path()); len(copies) != 1 {
		t.Errorf("before the migration it was copied to %q", copies)
	}
	private("after a migration")
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if _, err := report.Save("text"); err != nil {
		t.Error(err)
	}
	private("at the end")
	if info, err := os.Stat("shared.csv"); err != nil || info.Mode().Perm() != 0o664 {
		t.Errorf("a file that was replaced is %v, %v", info.Mode(), err)
	}
	session.End()
	stop()
	if left, err := filepath.Glob(filepath.Join(temporary, "*seedbed*")); err != nil || left != nil {
		t.Errorf("temporary files are left: %q, %v", left, err)
	}
}

func TestPreferencesAreTheirOwnersAlone(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0o022))
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", "")
	t.Setenv("XDG_CACHE_HOME", "")
	if err := os.Mkdir(filepath.Join(home, ".cache"), 0o700); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time the file is there
		f := fyneapp.NewWithID("app.seedbed.test")
		keepPrivate(f)
		f.Preferences().SetString("recent", "/home/pat/x.seedbed")
		for _, folder := range []string{f.Storage().RootURI().Path(), f.Cache().RootURI().Path()} {
			err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
				if err != nil {
					return err
				}
				info, err := entry.Info()
				if err == nil && info.Mode().Perm()&0o077 != 0 {
					t.Errorf("%s is %v", path, info.Mode())
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		}
		if _, err := os.Stat(filepath.Join(f.Storage().RootURI().Path(), "preferences.json")); err != nil {
			t.Error(err)
		}
	}
}

// makeOld makes a dataset of the first version, whose schema is in a file.
func makeOld(t *testing.T, schema, path string) {
	t.Helper()
	script, err := os.ReadFile(schema)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), string(script)+fmt.Sprintf(`; PRAGMA application_id = %d; PRAGMA user_version = 1`, localdb.ApplicationID)); err != nil {
		t.Fatal(err)
	}
}

// writerThatLooks is a writer during whose work a test looks around.
type writerThatLooks struct {
	look func()
	gen.Writer
}

// Write looks and writes.
func (w writerThatLooks) Write(ctx context.Context, batch gen.Batch, known func(text string) bool) (gen.Draft, error) {
	w.look()
	return w.Writer.Write(ctx, batch, known)
}

func builtin(t *testing.T) gen.Writer {
	t.Helper()
	writer, err := gen.NewBuiltinWriter("en", 42)
	if err != nil {
		t.Fatal(err)
	}
	return writer
}
