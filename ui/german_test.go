package ui

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"seedbed/localdb"
	"seedbed/ui/shell/shelltest"
)

func TestTroubleIsToldInGerman(t *testing.T) {
	shelltest.InGerman(t)

	t.Run("a dataset that is no dataset", func(t *testing.T) {
		w := newTestApp(t)
		path := filepath.Join(t.TempDir(), "notes.seedbed")
		if err := os.WriteFile(path, []byte("no database at all, only some notes of mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		w.OpenDataset(path)
		w.Settle()
		w.Sees("Diese Datei ist kein Datensatz von Seedbed; nichts wurde geändert: Lesen Sie sie stattdessen ein, wenn sie Nachrichten enthält.")
	})
	t.Run("a folder without documents", func(t *testing.T) {
		w, k := openKnowledge(t)
		dir := t.TempDir()
		k.readFolder(dir)
		w.Settle()
		w.Sees("Der Ordner „"+dir+"“ enthält kein Dokument mit Text", "Wählen Sie einen anderen Ordner, oder machen Sie ohne weiter")
	})
	t.Run("a change taken back", func(t *testing.T) {
		w := openReview(t, six()...)
		if _, err := w.Dataset().Relabel(context.Background(), []int64{1, 2}, "chitchat", localdb.ByPerson, 1); err != nil {
			t.Fatal(err)
		}
		w.Undo()
		w.Settle()
		w.Sees("Rückgängig: 2 Nachrichten in chitchat umbeschriften")
	})
	t.Run("lines of a file", func(t *testing.T) {
		w := openReal(t)
		w.drop("chats.csv", chats)
		w.page.showLeftOut()
		w.Sees("Zeile 6: der Datensatz hat sie schon", "Zeile 7: sie hat keine Nachricht")
	})
}

func TestTheCapOfALabelling(t *testing.T) {
	w := newTestApp(t)
	labels := newRealLabels(func() {})
	labels.chosen, labels.labellers.estimate.Known = byModel, true
	for text, want := range map[string]float64{"2,50": 2.5, "0.50": 0.5, "": 0} {
		labels.cap.SetText(text)
		if plan, ok := labels.plan(w.Window.Window); !ok || plan.CapUSD != want || w.HasDialog() {
			t.Errorf("%q is a cap of %v, %v", text, plan.CapUSD, ok)
		}
	}
	for _, text := range []string{"much", "-1", "NaN", "inf"} {
		labels.cap.SetText(text)
		if _, ok := labels.plan(w.Window.Window); ok {
			t.Errorf("%q is a cap", text)
		}
		w.Sees("How much may be spent?", text)
		w.Escape()
	}
}
