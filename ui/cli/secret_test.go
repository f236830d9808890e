//go:build unix

package cli

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"seedbed/kbsource/pgtest"
)

// TestPasswordsAreNowhere looks for the password in everything that is printed or written.
func TestPasswordsAreNowhere(t *testing.T) {
	const password = "Geheim7-Wort"
	addresses := pgtest.FailingAddresses(password)
	reachable := server.URL("postgres")
	addresses = append(addresses,
		strings.Replace(reachable, "seedbed@", "seedbed:"+password+"@", 1),                                         // the wrong one
		strings.Replace(reachable, "seedbed@", "seedbed:"+pgtest.Password+"@", 1)+"&no_such.x=1&no_such="+password) // a refused setting
	t.Setenv("PGPASSWORD", "")
	t.Setenv("OPENAI_API_KEY", "")
	for _, address := range addresses {
		dir := t.TempDir()
		t.Chdir(dir)
		t.Setenv("HOME", dir)
		t.Setenv("XDG_CACHE_HOME", filepath.Join(dir, "cache"))
		var printed bytes.Buffer
		for _, c := range []struct {
			database string
			args     []string
		}{
			{"", []string{"generate", "--output", "g.csv", "--knowledge", address, "--rag-count", "1", "--context-count", "0", "--chitchat-count", "0"}},
			{address, []string{"generate", "--output", "g.csv", "--rag-count", "1", "--context-count", "0", "--chitchat-count", "0"}},
			{address, []string{"conversations", "--output", "c.csv", "--state", "s.json", "--json"}},
		} {
			t.Setenv("DATABASE_URL", c.database)
			if code := run(t.Context(), c.args, &printed, &printed); code == exitDone {
				t.Errorf("%q: %v succeeded", address, c.args[0])
			}
		}
		for _, secret := range []string{password, pgtest.Password} {
			if strings.Contains(printed.String(), secret) {
				t.Errorf("%q is printed:\n%s", address, printed.String())
			}
			err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
				if err != nil || entry.IsDir() {
					return err
				}
				t.Errorf("%q leaves %s behind", address, entry.Name())
				data, err := os.ReadFile(path)
				if bytes.Contains(data, []byte(secret)) {
					t.Errorf("%q is in %s", address, entry.Name())
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		}
	}
}
