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

// addresses of which none can be used, and each of which holds a password.
var failingAddresses = []string{
	"postgres://ann:%s@127.0.0.1:1/shop", "postgres://ann:%s@no-such-host.invalid/shop", "postgres://ann:%s", "postgres://ann:%s@", "postgres:/ann:%s@host/shop", "postgress://ann:%s@host/shop",
	"postgres//ann:%s@host/shop", "mysql://ann:%s@host/shop", "https://ann:%s@host/shop", "ann:%s@127.0.0.1:1/shop", "//ann:%s@127.0.0.1:1/shop", "postgres://ann:%s@host:port/shop", "postgres://ann:%s@127.0.0.1:1:%s/shop",
	"postgres://ann:%s@host/shop?sslmode=%s", "postgres://ann:%s@host/shop?sslrootcert=/none.pem", "postgres://127.0.0.1:1/shop?user=ann&password=%s", "postgres://127.0.0.1:1/shop?password=x&%s",
	"postgres://127.0.0.1:1/shop?pasword=%s", "postgres://127.0.0.1:1/shop password=%s", "jdbc:postgresql://127.0.0.1:1/shop?user=ann&password=%s", "host=127.0.0.1 port=1 password=%s", "host=127.0.0.1 port=1 password='%s",
	"host=127.0.0.1 port=1 pasword=%s", "hots=127.0.0.1 password=%s", "host=127.0.0.1 %s", "host=127.0.0.1 password=x;%s=1", "Host=127.0.0.1;Port=1;Password=%s", "Host=127.0.0.1;Port=1;Pasword=%s", "PGPASSWORD=%s psql -h 127.0.0.1 -p 1",
	"PGPASSWORD='%s psql", "psql postgres://ann:%s@127.0.0.1:1/shop", "psql -h 127.0.0.1 -c %s", "host: x, password: %s", `{"password": "%s"}`, "DATABASE_URL=postgres://ann:%s@127.0.0.1:1/shop", "export DATABASE_URL='postgres://ann:%s@127.0.0.1:1/shop'", "\ufeffpostgres://ann:%s@127.0.0.1:1/shop",
	"postgres://ann:%s@127.0.0.1:1/shop?connect_timeout=%s", "postgres://ann:%s@127.0.0.1:1/shop?options=%%zz",
}

// TestPasswordsAreNowhere looks for the password in everything that is printed or written.
func TestPasswordsAreNowhere(t *testing.T) {
	const password = "Geheim7-Wort"
	addresses := make([]string, 0, len(failingAddresses)+2)
	for _, form := range failingAddresses {
		addresses = append(addresses, strings.ReplaceAll(strings.ReplaceAll(form, "%s", password), "%%", "%"))
	}
	real := server.URL("postgres")
	addresses = append(addresses,
		strings.Replace(real, "seedbed@", "seedbed:"+password+"@", 1),                                          // the wrong one
		strings.Replace(real, "seedbed@", "seedbed:"+pgtest.Password+"@", 1)+"&no_such.x=1&no_such="+password) // a refused setting
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
