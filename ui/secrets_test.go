package ui

import (
	"bytes"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"seedbed/gen"
	"seedbed/gen/openai/openaitest"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

func TestTheKeyIsNowhereElse(t *testing.T) {
	const key = "sk-nowhere-0123456789"
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })

	// A run with trouble, an ended account and a key that is refused.
	endpoint := openaitest.New(t, openaitest.Options{Key: key, Fault: openaitest.Script(openaitest.ServerError, openaitest.None, openaitest.QuotaEnded)})
	w := newTestApp(t)
	w.Open()
	w.Visit(shell.SettingsPage)
	w.Settings.SetBaseURL(endpoint.URL)
	secretField(w).SetText(key)
	w.Tap("Save key")
	w.Tap("Test")
	w.PlanRun(gen.Plan{Counts: []gen.Count{{Category: "professional", Messages: 12}, {Category: "learning", Messages: 10}}})
	w.Settle()
	w.Tap("Generate 22")
	w.Escape()
	endpoint.SetFault(openaitest.Always(openaitest.WrongKey))
	w.Tap("Resume")
	w.Escape()
	path := w.Dataset().Path()
	w.Key("W")

	if log.Len() == 0 {
		t.Error("nothing was logged")
	}
	w.App.Preferences().(interface{ ReadValues(func(map[string]any)) }).ReadValues(func(kept map[string]any) {
		if len(kept) == 0 {
			t.Error("no preference is kept")
		}
		fmt.Fprintln(&log, kept)
	})
	for _, dir := range []string{filepath.Dir(path), os.Getenv("HOME")} {
		err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			if bytes.Contains(data, []byte(key)) {
				t.Errorf("%s has the key", path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if strings.Contains(log.String(), key) {
		t.Error("the key is in the log or in the preferences")
	}
}

// secretField is the field for a secret on the screen.
func secretField(w *testApp) *widget.Field {
	w.T.Helper()
	for _, o := range w.Screen() {
		if f, ok := o.(*widget.Field); ok && f.Password {
			return f
		}
	}
	w.T.Fatal("there is no field for a secret on the screen")
	return nil
}
