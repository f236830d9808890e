package backup

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"seedbed/assets/i18n"
	"seedbed/localdb"
)

// technical is what no person should have to read.
var technical = regexp.MustCompile(`(?i)malformed|\(\d+\)|sqlite|sql:|not a database`)

// FuzzGoBack puts a file with any bytes among the backups of a dataset: it is not offered,
// or the dataset can go back to it and is sound then. Going back to it where it is not
// offered leaves the dataset as it was.
func FuzzGoBack(f *testing.F) {
	f.Setenv("HOME", f.TempDir())
	f.Setenv("XDG_DATA_HOME", "")
	small := filepath.Join(f.TempDir(), "small.seedbed")
	d, err := localdb.Create(f.Context(), small, []localdb.Category{{Name: "chitchat"}})
	if err != nil {
		f.Fatal(err)
	}
	if _, err := d.Add(f.Context(), i18n.T("Add"), []localdb.Message{{Text: "hello", Category: "chitchat"}}); err != nil {
		f.Fatal(err)
	}
	if err := d.Close(); err != nil {
		f.Fatal(err)
	}
	sound, err := os.ReadFile(small)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sound, uint16(0), byte(0))
	f.Add(sound, uint16(60), byte(0xff))  // user_version
	f.Add(sound, uint16(18), byte(2))     // journal mode
	f.Add(sound, uint16(100), byte(0x05)) // the first page
	f.Add(sound[:5000], uint16(0), byte(0))
	f.Add([]byte{}, uint16(0), byte(0))
	f.Add([]byte("message,category\n"), uint16(0), byte(0))
	f.Fuzz(func(t *testing.T, content []byte, at uint16, flip byte) {
		content = append([]byte(nil), content...)
		if len(content) > 0 {
			content[int(at)%len(content)] ^= flip
		}
		path := filepath.Join(t.TempDir(), "mine.seedbed")
		if err := os.WriteFile(path, sound, 0o600); err != nil {
			t.Fatal(err)
		}
		folder, err := folderOf(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.RemoveAll(folder) })
		b := Backup{Path: filepath.Join(folder, "20260102T030405.000Z"+ending)}
		if err := os.WriteFile(b.Path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		offered, err := Sound(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = GoBack(t.Context(), b, path)
		if err != nil && technical.MatchString(err.Error()) {
			t.Errorf("not a sentence: %v", err)
		}
		if err != nil && len(offered) > 0 {
			t.Errorf("it is offered, but %v", err)
		}
		present, openErr := localdb.OpenReadOnly(t.Context(), path)
		if openErr != nil {
			t.Fatalf("%v, after %v", openErr, err)
		}
		defer present.Close()
		n := 0
		for _, messageErr := range present.Messages(t.Context(), localdb.Filter{}) {
			if messageErr != nil {
				t.Fatal(messageErr)
			}
			n++
		}
		if err != nil && n != 1 {
			t.Errorf("%d messages are left", n)
		}
	})
}
