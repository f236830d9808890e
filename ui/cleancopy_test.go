package ui

import (
	"path/filepath"
	"testing"

	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

func (a *testApp) field() *widget.Field {
	a.T.Helper()
	for _, o := range a.Screen() {
		if f, ok := o.(*widget.Field); ok {
			return f
		}
	}
	a.T.Fatal("there is no field on the screen")
	return nil
}

func TestCleanCopyInTheWindow(t *testing.T) {
	w := newTestApp(t)
	w.Open(localdb.Message{Text: "hello there", Category: "chitchat", Confidence: 1}, localdb.Message{Text: "mail me at ann@example.org", Category: "social", Confidence: 1, Flags: localdb.PersonalDetails})
	w.Visit(shell.Overview)
	w.Tap("Clean copy…")
	w.Sees("for giving away", "flagged for personal details: 1")
	w.Tap("Choose where…")
	to := filepath.Join(t.TempDir(), "given.seedbed")
	w.field().SetText(to)
	w.Tap("Save")
	w.Sees("The copy is")
	d, err := localdb.OpenReadOnly(t.Context(), to)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, ok, err := d.CanUndo(t.Context()); ok || err != nil {
		t.Errorf("the copy can undo: %t, %v", ok, err)
	}
}
