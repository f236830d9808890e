package ui

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"seedbed/localdb"
	"seedbed/ui/shell/shelltest"
)

func TestUndoFromAnyPage(t *testing.T) {
	w := newTestApp(t)
	w.Open(shelltest.Messages(4)...)
	if _, err := w.Dataset().Delete(context.Background(), []int64{1, 2}, nil); err != nil {
		t.Fatal(err)
	}
	w.Key(fyne.KeyZ)
	if n := w.Count(localdb.Filter{}); n != 4 {
		t.Errorf("%d messages after undo", n)
	}
	w.Sees("Undone:")
	w.Key(fyne.KeyZ, fyne.KeyModifierShift)
	if n := w.Count(localdb.Filter{}); n != 2 {
		t.Errorf("%d messages after redo", n)
	}
}

func TestEveryPageByItsKey(t *testing.T) {
	w := newTestApp(t)
	w.Open(shelltest.Messages(20)...)
	for i, p := range w.Pages() {
		w.Key(fyne.KeyName(rune('1' + i)))
		if w.Page() != p {
			t.Errorf("Ctrl+%d goes to %s, not to %s", i+1, w.At(), p.ID)
		}
	}
}
