package credential

import (
	"strings"
	"testing"
)

func TestCredentialsAreFound(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"postgres://u:p%40ss@h/d", "postgres://u:plain@h", "postgres://u:p/s?s#@h/d", "postgres://h/d?password=x", "postgres://h/d?PassWord=x", "postgres%3A%2F%2Fu%3Ap%40h", "postgres://h/d?pass%77ord=x",
		"jdbc:postgresql://h/d?user=u&password=x", "jdbc:oracle:thin:u:p@h", "host=h password='p w'", "host=h Password = x", "PGPASSWORD=x psql -h h", "export DB_PASSWORD=x", "PGPASSWORD='x", "Host=h;Pwd=x",
		"https://key@host/v1", "https://user:key@host/v1", "http://user:@host", "https://host/v1?api_key=x", "https://host/v1?key=x", "https://host/v1?api-version=1&subscription-key=x", "https://host/v1#key=x", "https://host?sig=x",
		"Authorization: Bearer abcdefgh", "api-key: x", "X-Api-Key=x", `{"password": "x"}`, "OPENAI_API_KEY=x", "sk-proj-abcdefghijklmnopqrstuvwxyz", "Bearer abcdefghijkl", "https://host/sk-abcdefghijklmnopqrstuvwxyz/v1",
		"backup of mysql://u:p@h.csv", "ftp://u:p@h/f.csv", "hf_abcdefghijklmnopqrstuvw",
		"h:5432:db:u:secret", "*:*:*:u:secret", "scott/tiger@host:1521/x", "mysql -u u -psecret db", "AccountKey=x", "github_pat_abcdefghijklmnopqrstuvwx", "xoxb-abcdefghijklmnopqrstuvwx", "nvapi-abcdefghijklmnopqrstuvwx",
		"dapi0123456789abcdef0123456789abcdef", "eyJhbGciOiJI.eyJzdWIiOiIx.abc", "r8_abcdefghijklmnopqrstuvwx", "csk-abcdefghijklmnopqrstuvwx", "tgp_v1_abcdefghijklmnopqrstuvwx", "glpat-abcdefghijklmnopqrst",
	} {
		if !In(text) {
			t.Errorf("nothing is found in %q", text)
		}
	}
	for _, text := range []string{
		"", "a.csv", "/home/ann/password.csv", "passwords.csv", "postgres://u@h:5432/d", "postgres://h/d?sslmode=require", "https://host:8443/v1", "https://host/v1?api-version=2024-10-21", "https://me.openai.azure.com/openai/deployments/x?api-version=x",
		"http://192.168.0.5:11434/v1", "sk-learn-dataset-for-training.csv", "gpt-6-luna", "openai/gpt-4o:free", "chitchat=5", "ann@example.org", "C:\\Users\\ann@work\\a.csv", "https://host/@user", "80/10/10", "token.csv", "mailto:ann@h", "key=5", "vertex:claude@001", "exports/ann@example.org.csv", "2026-11-28 10:00:00: a note", "a:1:b.csv", "npm_install_of_all_packages.txt", "@cf/meta/llama-3",
	} {
		if In(text) {
			t.Errorf("something is found in %q", text)
		}
	}
}

func TestAKeyIsCutOutOfAnAddress(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		"https://host/v1":                               {"https://host/v1", ""},
		"https://key@host/v1":                           {"https://host/v1", "key"},
		"https://user:k%40y@host:8443/v1":               {"https://host:8443/v1", "k@y"},
		"https://host/v1?api_key=k&api-version=1":       {"https://host/v1?api-version=1", "k"},
		"https://host/v1?key=k#x":                       {"https://host/v1", "k"},
		"https://host/sk-abcdefghijklmnopqrstuvwxyz/v1": {"", ""},
		"https://user:a b@host":                         {"", ""},
		" 0123456789abcdefABCDEF012 ":                   {"", "0123456789abcdefABCDEF012"},
		"sk-proj-abcdefghijklmnopqrstuvwxyz":            {"", "sk-proj-abcdefghijklmnopqrstuvwxyz"},
		"mistral-inference-server-number-01":            {"mistral-inference-server-number-01", ""},
	} {
		if bare, key := Cut(text); bare != want[0] || key != want[1] {
			t.Errorf("%q comes apart into %q and %q", text, bare, key)
		}
	}
}

func FuzzCut(f *testing.F) {
	for _, text := range []string{"https://key@host/v1", "https://h?password=x&key=y", "http://a:b@c@d/e?f", "%68ttps://a:b@c"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		bare, key := Cut(text)
		if In(bare) || len(key) > 8 && strings.Contains(bare, key) && !strings.Contains(strings.Replace(text, key, "", 1), key) {
			t.Fatalf("%q comes apart into %q and %q", text, bare, key)
		}
	})
}
