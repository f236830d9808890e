//go:build unix

package cli

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"seedbed/kbsource/pgtest"
)

// secretForms are addresses, settings and headers with a secret in them.
func secretForms(secret string) []string {
	forms := []string{
		"postgres://u:%s@h/d", "postgres://u:%s%%40x@h/d", "postgres://h/d?password=%s", "postgres://h/d?pass%%77ord=%s", "postgres%%3A%%2F%%2Fu%%3A%s%%40h", "host=h password='%s'", "PGPASSWORD=%s", "PGPASSWORD=%s psql -h h",
		"jdbc:postgresql://h/d?user=u&password=%s", "jdbc:oracle:thin:u:%s@h", "https://h/v1?api_key=%s", "https://h/v1?key=%s", "https://user:%s@h/v1", "https://%s@h/v1", "http://127.0.0.1:1/v1#key=%s",
		"Authorization: Bearer %s", "api-key: %s", "OPENAI_API_KEY=%s", "exported from postgres://u:%s@h.csv", "folder/postgres:/u:%s@h.csv",
		"h:5432:d:u:%s", "*:*:*:u:%s", "u/%s@h:1521/d", "mysql -u u -p%s d", "AccountName=x;AccountKey=%s",
	}
	for i, form := range forms {
		forms[i] = strings.NewReplacer("%s", secret, "%%", "%").Replace(form)
	}
	return append(forms, pgtest.FailingAddresses(secret)...)
}

// everyFlag are all commands, each with "?" at one of its places for an argument.
func everyFlag(t *testing.T) (list [][]string) {
	t.Helper()
	parser, err := newParser(&program{}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range parser.Model.Children {
		if command.Name != "predict" { // whose arguments are messages
			list = append(list, []string{command.Name, "?"})
		}
		list = append(list, []string{command.Name, "--api-key", "?"}, []string{command.Name, "--password=?"}, []string{command.Name, "--no-such-flag", "?"})
		for _, group := range command.AllFlags(true) {
			for _, flag := range group {
				if !flag.IsBool() {
					list = append(list, []string{command.Name, "--" + flag.Name, "?"}, []string{command.Name, "--" + flag.Name + "=?"})
				}
			}
		}
	}
	return list
}

// TestNoArgumentShowsASecret gives every argument of every command every form of secret.
func TestNoArgumentShowsASecret(t *testing.T) {
	const secret = "Geheim7-Wort"
	t.Setenv("OPENAI_API_KEY", "")
	t.Setenv("DATABASE_URL", "")
	t.Setenv("PGPASSWORD", "")
	t.Chdir(t.TempDir())
	parser, err := newParser(&program{}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	forms := secretForms(secret)
	for n, place := range everyFlag(t) {
		args := slices.Clone(place)
		fill := func(form string) { args[len(args)-1] = strings.Replace(place[len(place)-1], "?", form, 1) }
		// After a flag that predict doesn't know, it may be a message.
		message := args[0] == "predict" && args[1] == "--no-such-flag"
		for _, form := range forms {
			fill(form)
			if err := checkSecrets(parser.Model, args); !message && (err == nil || strings.Contains(err.Error(), secret)) {
				t.Errorf("%q: %v", args, err)
			}
		}
		fill(forms[n%len(forms)])
		var printed bytes.Buffer
		if code := run(t.Context(), args, &printed, &printed); code != exitUsage || strings.Contains(printed.String(), secret) {
			t.Errorf("%q: code %d, %s", args, code, printed.String())
		}
	}
	if left, _ := os.ReadDir("."); len(left) > 0 {
		t.Errorf("%s is left behind", left[0].Name())
	}
}

// TestSecretsInEndpointsAreNowhere gives the environment an endpoint's address with a key in it.
func TestSecretsInEndpointsAreNowhere(t *testing.T) {
	const secret = "Geheim7-Wort"
	dir := t.TempDir()
	t.Chdir(dir)
	t.Setenv("DATABASE_URL", "")
	t.Setenv("OPENAI_API_KEY", "")
	if err := os.WriteFile("t.csv", []byte("message\nhello there\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, form := range []string{"https://user:%s@127.0.0.1:1/v1", "https://%s@127.0.0.1:1", "http://127.0.0.1:1/v1?api_key=%s", "127.0.0.1:1?key=%s", "https://user:%s", "Authorization: Bearer %s"} {
		t.Setenv("OPENAI_BASE_URL", strings.ReplaceAll(form, "%s", secret))
		for _, args := range [][]string{
			{"generate", "--output", "g.csv", "--rag-count", "1", "--context-count", "0", "--chitchat-count", "0"},
			{"label", "--input", "t.csv", "--output", "l.csv", "--labeller", "openai"},
		} {
			var printed bytes.Buffer
			if code := run(t.Context(), args, &printed, &printed); code == exitDone || strings.Contains(printed.String(), secret) {
				t.Errorf("%q, %v: code %d, %s", form, args[0], code, printed.String())
			}
		}
		leaves(t, dir, secret)
	}
}

// leaves looks for a secret in the files of a folder.
func leaves(t *testing.T, dir, secret string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(secret)) {
			t.Errorf("the secret is in %s", entry.Name())
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

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
