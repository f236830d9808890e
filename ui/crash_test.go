package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"seedbed/assets/i18n"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

const (
	plantedKey     = "sk-proj-0123456789abcdef0123"
	plantedMessage = "my boss Zebediah Quux keeps shouting"
)

// reportSaved presses the button for the report and returns what is written.
func (a *testApp) reportSaved() string {
	a.T.Helper()
	a.Tap("Save the report…")
	to := filepath.Join(a.T.TempDir(), "report.txt")
	a.field().SetText(to)
	a.Tap("Save")
	text, err := os.ReadFile(to)
	if err != nil {
		a.T.Fatal(err)
	}
	return string(text)
}

// keepsSecrets fails where a report has what it must not have.
func keepsSecrets(t *testing.T, text string) {
	t.Helper()
	for _, secret := range []string{plantedKey, "Zebediah", "swordfish", os.Getenv("HOME")} {
		if strings.Contains(text, secret) {
			t.Errorf("the report has %q:\n%s", secret, text)
		}
	}
	for _, want := range []string{"Report of Seedbed", "System: ", "The last lines of the log"} {
		if !strings.Contains(text, want) {
			t.Errorf("the report lacks %q:\n%s", want, text)
		}
	}
}

func TestAPanicIsToldAndTheWindowGoesOn(t *testing.T) {
	fail := func() { panic(plantedMessage + " " + plantedKey + " postgres://ann:swordfish@db") }
	for name, cause := range map[string]func(w *testApp){
		"in a job": func(w *testApp) {
			w.Jobs.Run("work", func(context.Context, func(shell.Progress)) error { fail(); return nil }, func(err error) { w.Fail("The work failed", err) })
		},
		"in silent work": func(w *testApp) {
			w.Jobs.RunSilently(func(context.Context) error { fail(); return nil }, func(err error) { w.Fail("The work failed", err) })
		},
		"in detached work": func(w *testApp) {
			w.Jobs.RunDetached(func(context.Context) error { fail(); return nil }, func(error) {})
		},
		"in a result": func(w *testApp) {
			w.Jobs.Run("work", func(context.Context, func(shell.Progress)) error { return nil }, func(error) { fail() })
		},
		"in a change": func(w *testApp) {
			w.Change("changing", "Nothing was changed", func(context.Context, localdb.Report) error { fail(); return nil }, func(error) {})
		},
		"in a change of the dataset": func(w *testApp) {
			stop := w.Dataset().OnChange(fail)
			w.Change("changing", "Nothing was changed", func(ctx context.Context, _ localdb.Report) error {
				_, err := w.Dataset().Add(ctx, i18n.T("Add"), []localdb.Message{{Text: "one more"}})
				return err
			}, func(error) {})
			stop()
		},
		"in a button": func(*testApp) { widget.NewButton("press", fail).Tapped(nil) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newTestApp(t)
			w.Open(localdb.Message{Text: "hello", Category: "chitchat", Confidence: 1})
			w.CrashExpected = true
			cause(w)
			w.Sees("Something went wrong in Seedbed", "Your dataset is safe", w.Dataset().Path(), "Go on", "Close Seedbed")
			text := w.reportSaved()
			keepsSecrets(t, text)
			if !strings.Contains(text, "panic: a value of type string") || !strings.Contains(text, "TestAPanicIsTold") {
				t.Errorf("the report doesn't say where it happened:\n%s", text)
			}
			// All goes on: the dataset takes changes, and closes.
			if _, err := w.Dataset().Add(t.Context(), i18n.T("Add"), []localdb.Message{{Text: "still here"}}); err != nil {
				t.Error(err)
			}
			w.Visit(shell.Review)
			if n := w.Count(localdb.Filter{Search: "still here"}); n != 1 {
				t.Errorf("%d messages were added", n)
			}
			cause(w)
			w.Tap("Go on")
			w.SeesNot("Something went wrong")
			w.Key("W")
			if !w.atHome() {
				t.Error("the dataset doesn't close")
			}
		})
	}
}

func TestManyPanicsAreOneDialog(t *testing.T) {
	w := newTestApp(t)
	w.Open()
	w.CrashExpected = true
	for range 5 {
		w.Jobs.RunDetached(func(context.Context) error { panic("again") }, func(error) {})
	}
	w.Sees("Something went wrong in Seedbed")
	w.Tap("Go on")
	w.SeesNot("Something went wrong")
}

func TestTheNextStartTellsOfAnEnd(t *testing.T) {
	w := newTestApp(t)
	w.Open(localdb.Message{Text: "hello", Category: "chitchat", Confidence: 1})
	path := w.Dataset().Path()
	w.Key("W")
	w.TellEnded("Report of Seedbed")
	w.Sees("Seedbed ended unexpectedly the last time", path)
	if text := w.reportSaved(); text != "Report of Seedbed" {
		t.Errorf("the report is %q", text)
	}
	w.TellEnded("Report of Seedbed")
	w.Tap("Open it")
	if w.Dataset() == nil || w.Dataset().Path() != path {
		t.Error("the dataset did not open")
	}
}
