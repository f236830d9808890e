package rescue

import (
	"os"
	"path/filepath"
	"testing"
)

// FuzzRescue damages small datasets further and further: whatever the file holds, reading
// it ends, and in a sound dataset or a sentence.
func FuzzRescue(f *testing.F) {
	w := newWorkshop(f, 60)
	f.Add(w.sound, []byte(nil))
	f.Add(w.open, w.log)
	f.Add(w.sound[:9*pageSize+100], w.foreign[:5000])
	f.Add(w.sound[3*pageSize+700:], []byte(nil))
	f.Add([]byte("message,category\nhello,chitchat\n"), []byte(nil))
	f.Fuzz(func(t *testing.T, file, log []byte) {
		path := filepath.Join(t.TempDir(), "damaged.seedbed")
		for name, data := range map[string][]byte{path: file, path + "-wal": log} {
			if err := os.WriteFile(name, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		to := path + ".rescued.seedbed"
		report, err := Rescue(t.Context(), path, to, nil)
		if inWords(t, err) {
			return
		}
		(&outcome{}).compare(t, to, report, nil)
	})
}
