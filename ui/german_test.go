package ui

import (
	"os"
	"path/filepath"
	"testing"

	"seedbed/ui/shell/shelltest"
)

func TestAFileThatIsNoDatasetIsRefusedInGerman(t *testing.T) {
	shelltest.InGerman(t)

	w := newTestApp(t)
	path := filepath.Join(t.TempDir(), "notes.seedbed")
	if err := os.WriteFile(path, []byte("no database at all, only some notes of mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.OpenDataset(path)
	w.Settle()
	w.Sees("Diese Datei ist kein Datensatz von Seedbed; nichts wurde geändert: Lesen Sie sie stattdessen ein, wenn sie Nachrichten enthält.")
}
