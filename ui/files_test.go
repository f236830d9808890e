package ui

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
	"seedbed/ui/widget"
)

// On a system that has no dialog of its own for opening files.
func TestAFileIsOpenedWithTheKeyboardAlone(t *testing.T) {
	w := newTestApp(t)
	t.Setenv("PATH", t.TempDir())
	w.Open(shelltest.Messages(8)...)
	w.Visit(shell.RealData)
	path := filepath.Join(t.TempDir(), "chat.csv")
	if err := os.WriteFile(path, []byte("message\nwhere is my bike\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.Key(fyne.KeyReturn)
	w.Sees("Choose a file with real messages", "Browse…")
	if !w.Button("Open").Disabled() {
		t.Error("nothing can be opened")
	}
	w.Escape()
	w.SeesNot("Browse…")
	w.Key(fyne.KeyReturn)
	field, ok := w.Canvas().Focused().(*widget.Field)
	if !ok {
		t.Fatalf("%T has the keyboard", w.Canvas().Focused())
	}
	test.Type(field, path)
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	w.Until("the file is read", func() bool { return w.Button("Cancel") != nil })
	w.Sees("chat.csv")
}
