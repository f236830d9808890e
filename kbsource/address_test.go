package kbsource

import (
	"errors"
	"maps"
	"strings"
	"testing"
)

// TestParseAddress takes the forms in which people have an address; each names the same
// database unless it says otherwise.
func TestParseAddress(t *testing.T) {
	t.Parallel()
	same := map[string]string{"host": "db.example", "port": "6432", "database": "shop", "user": "ann"}
	with := func(more ...string) map[string]string {
		settings := maps.Clone(same)
		for i := 0; i < len(more); i += 2 {
			settings[more[i]] = more[i+1]
		}
		return settings
	}
	for _, c := range []struct {
		text     string
		settings map[string]string
		password string
		session  map[string]string
	}{
		{text: "postgres://ann@db.example:6432/shop", settings: same},
		{text: "Postgres://ann:pw@db.example:6432/shop", settings: same, password: "pw"},
		{text: "  \ufeff\"postgresql://ann:pw@db.example:6432/shop\"\n", settings: same, password: "pw"},
		{text: "DATABASE_URL=postgres://ann:pw@db.example:6432/shop", settings: same, password: "pw"},
		{text: "export DATABASE_URL='postgres://ann:pw@db.example:6432/shop'", settings: same, password: "pw"},
		{text: "psql postgres://ann:pw@db.example:6432/shop", settings: same, password: "pw"},
		{text: "psql -d \"postgres://ann:pw@db.example:6432/shop\"", settings: same, password: "pw"},
		{text: "postgresql+psycopg2://ann:pw@db.example:6432/shop", settings: same, password: "pw"},
		{text: "postgresql+asyncpg://ann:pw@db.example:6432/shop?ssl=require", settings: with("sslmode", "require"), password: "pw"},
		{text: "jdbc:postgresql://db.example:6432/shop?user=ann&password=p%26w&ssl=true", settings: with("sslmode", "require"), password: "p&w"},
		{text: "jdbc:postgresql://db.example:6432/shop?user=ann&currentSchema=My Docs,public&prepareThreshold=0", settings: same, session: map[string]string{"search_path": `"My Docs", public`}},
		{text: "jdbc:postgresql:shop", settings: map[string]string{"database": "shop"}},
		{text: "postgres://ann:pw@db.example:6432/shop?pgbouncer=true&connection_limit=1&pool_timeout=0", settings: same, password: "pw"},
		{text: "postgres://ann:pw@db.example:6432/shop?schema=public", settings: same, password: "pw", session: map[string]string{"search_path": "public"}},
		{text: "postgres://ann:pw@db.example:6432/shop?options=-c%20search_path%3Ddocs", settings: same, password: "pw", session: map[string]string{"search_path": "docs"}},
		{text: "postgres://ann:pw@db.example:6432/shop?options=--search_path%3Ddocs+-cwork_mem=4MB", settings: same, password: "pw", session: map[string]string{"search_path": "docs", "work_mem": "4MB"}},
		{text: "postgres://ann:pw@db.example:6432/shop?options=endpoint%3Dcool-darkness", settings: with("options", "endpoint=cool-darkness"), password: "pw"},
		{text: "postgres://ann:p@ss@db.example:6432/shop", settings: same, password: "p@ss"},
		{text: "postgres://ann:p#ss@db.example:6432/shop", settings: same, password: "p#ss"},
		{text: "postgres://ann:100%@db.example:6432/shop", settings: same, password: "100%"},
		{text: "postgres://ann:5%zz%40@db.example:6432/shop", settings: same, password: "5%zz@"},
		{text: "postgres://ann:p/s:s@db.example:6432/shop", settings: same, password: "p/s:s"},
		{text: "postgres://ann:p?s=s@db.example:6432/shop?sslmode=disable", settings: with("sslmode", "disable"), password: "p?s=s"},
		{text: "postgres://ann:[p]\\w^|@db.example:6432/shop", settings: same, password: "[p]\\w^|"},
		{text: "postgres://ann:pw@[::1]:6432/shop", settings: with("host", "::1"), password: "pw"},
		{text: "postgres://ann@one,two:6432/shop", settings: with("host", "one,two", "port", ",6432")},
		{text: "postgres:///shop?host=/var/run/postgresql", settings: map[string]string{"database": "shop", "host": "/var/run/postgresql"}},
		{text: "postgres://db.example", settings: map[string]string{"host": "db.example"}},
		{text: "host=db.example port=6432 dbname=shop user=ann password=pw", settings: same, password: "pw"},
		{text: "  host = db.example  port = 6432\tdbname =shop user= ann password = 'p w\\'' ", settings: same, password: "p w'"},
		{text: "dbname=shop user=ann", settings: map[string]string{"database": "shop", "user": "ann"}},
		{text: "user=ann password=p=w dbname=shop", settings: map[string]string{"database": "shop", "user": "ann"}, password: "p=w"},
		{text: "Host=db.example;Port=6432;Database=shop;Username=ann;Password=p w;SSL Mode=VerifyFull;Pooling=true", settings: with("sslmode", "verify-full"), password: "p w"},
		{text: `Server=db.example:6432;Database=shop;User Id=ann;Password="p;w"`, settings: same, password: "p;w"},
		{text: "ann:p@w@db.example:6432/shop", settings: same, password: "p@w"},
		{text: "//ann:pw@db.example:6432/shop", settings: same, password: "pw"},
		{text: "psql -h db.example -p 6432 -U ann -d shop", settings: same},
		{text: "PGPASSWORD='p w' psql --host=db.example -p6432 shop ann", settings: same, password: "p w"},
		{text: "PGPASSWORD=pw psql 'postgresql://ann@db.example:6432/shop'", settings: same, password: "pw"},
		{text: "psql \"host=db.example port=6432 dbname=shop user=ann password=pw\" -W", settings: same, password: "pw"},
		{text: "PGHOST=db.example\nPGPORT=6432\nPGUSER=ann\nPGPASSWORD=\"p w\"\nPGDATABASE=shop\n", settings: same, password: "p w"},
		{text: "export DB_HOST=db.example\nexport DB_PORT=6432\nexport DB_USER=ann\nexport DB_PASSWORD=pw\nexport DB_NAME=shop", settings: same, password: "pw"},
		{text: "Driver={PostgreSQL Unicode};Server=db.example;Port=6432;Database=shop;Uid=ann;Pwd=p=w;", settings: same, password: "p=w"},
		{text: "host=db.example port=6432 dbname=shop user=ann password=p;w", settings: same, password: "p;w"},
		{text: "postgres://ann@db.example:6432/shop?password=p+w%26", settings: same, password: "p+w&"},
		{text: "<postgres://ann:pw@db.example:6432/shop>", settings: same, password: "pw"},
		{text: "“postgres://ann:pw@db.example:6432/shop”", settings: same, password: "pw"},
		{text: "DATABASE_URL=\"postgres://ann:pw@db.example:6432/shop\";", settings: same, password: "pw"},
		{text: "postgres://ann:pw@/shop?host=/cloudsql/a:b:c", settings: map[string]string{"user": "ann", "database": "shop", "host": "/cloudsql/a:b:c"}, password: "pw"},
		{text: "postgres://ann:pw@db.example:6432/shop?sslmode=no-verify", settings: with("sslmode", "require"), password: "pw"},
	} {
		if !IsPostgres(c.text) {
			t.Errorf("%q is not taken for an address", c.text)
		}
		a, err := parseAddress(c.text)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		if !maps.Equal(a.settings, c.settings) || a.password != c.password || !maps.Equal(a.session, c.session) {
			t.Errorf("%q is read as %v, password %q, session %v", c.text, a.settings, a.password, a.session)
		}
		if HasPassword(c.text) != (c.password != "") {
			t.Errorf("%q: HasPassword says %v", c.text, HasPassword(c.text))
		}
		bare, password := WithoutPassword(c.text)
		if password != c.password || c.password != "" && strings.Contains(bare, c.password) {
			t.Errorf("%q comes apart into %q and %q", c.text, bare, password)
		}
		if again, err := parseAddress(bare); err != nil || !maps.Equal(again.settings, a.settings) || again.password != "" || !maps.Equal(again.session, a.session) {
			t.Errorf("%q without its password is %q, which is read as %v (%v)", c.text, bare, again, err)
		}
		if _, err := NewPostgres(Config{URL: c.text}); err != nil {
			t.Errorf("%q: %v", c.text, err)
		}
	}
}

// TestAddressRefused says what is wrong and repeats nothing of the address.
func TestAddressRefused(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		"mysql://ann:geheim@db.example/shop":                                  "another scheme",
		"postgres://ann:geheim@db.example:geheim/shop":                        "port",
		"postgres://ann:geheim@db.example/shop?sslmode=geheim":                "sslmode should be",
		"host=db.example password='geheim":                                    "quote",
		"host=db.example geheim":                                              "name=value",
		"host=db.example geheim user=ann":                                     "name=value",
		"postgres://ann:geheim@db.example/shop?sslrootcert=/none/a.pem":       "/none/a.pem that sslrootcert names",
		"postgres://ann:geheim":                                               "port",
		"postgres:/ann:geheim@db.example/shop":                                "two slashes",
		"postgress://ann:geheim@db.example/shop":                              "another scheme",
		"postgres//ann:geheim@db.example/shop":                                "postgres://user@host",
		"https://ann:geheim@db.example/shop":                                  "another scheme",
		"host: db.example, password: geheim":                                  "postgres://user@host",
		`{"host": "db.example", "password": "geheim"}`:                        "postgres://user@host",
		"hots=db.example password=geheim":                                     "postgres://user@host",
		"host=db.example pasword=geheim":                                      "",
		"host=db.example password=x;geheim=1":                                 "host",
		"postgres://ann@db.example/shop?password=x&geheim":                    "name=value",
		"postgres://ann@db.example/shop?password=x&geheim=y":                  "name=value",
		"postgres://ann@db.example/shop password=geheim":                      "A password seems",
		"postgres://ann@db.example/shop?api_token=geheim":                     "A password seems",
		"psql -h db.example -c geheim":                                        "psql's flags",
		"PGPASSWORD='geheim psql -h db.example":                               "quote",
		"postgres://ann:geheim@db.example:5432:geheim/shop":                   "port",
		"postgres://ann:geheim@one:1,two:2,three/shop?connect_timeout=geheim": "connect_timeout should be",
		"postgres://ann:geheim@one/shop?target_session_attrs=geheim":          "settings",
	} {
		_, err := NewPostgres(Config{URL: text})
		var known *Error
		if !errors.As(err, &known) || known.Kind != BadAddress || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%q: %v", text, err)
		}
		if bare, password := WithoutPassword(text); strings.Contains(bare, "geheim") && password == "" {
			t.Errorf("%q keeps its password: %q", text, bare)
		}
		if !HasPassword(text) {
			t.Errorf("%q may hold a password", text)
		}
	}
}

func TestPathsAreNoAddresses(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/home/ann/docs", "docs", `C:\Users\ann\docs`, `C:\Users\ann\a@b`, "../a:b@c", `\\server\a:b@c`, "Mail an Ann", "2024: notes", "./a=b", "handbook.md", "a@b", "host", "~/x"} {
		if IsPostgres(path) || HasPassword(path) {
			t.Errorf("%q is taken for an address", path)
		}
	}
}

// FuzzAddress takes any text: what can be read comes apart into an address and a password
// that say the same again, and no error repeats a password.
func FuzzAddress(f *testing.F) {
	for _, text := range []string{
		"postgres://ann:pw@db.example:6432/shop?sslmode=require&options=-c%20search_path%3Ddocs", "jdbc:postgresql://a,b:1/c?user=d&password=e&ssl=true",
		"host=a password='b c' options='-c d=e f'", "Host=a;Password=b;Database=c", "PGPASSWORD=a psql -h b -d 'c d' e", "a:b@c/d", "<postgres://[::1]:1/>", "postgres://%40:%zz@h/%2f?a.b=%26;c=d",
		"DB_HOST=a\nDB_PASSWORD=\"b\"", "password=", "psql postgres://a:b@c psql", "postgresql+asyncpg://u:p@/d?host=/x:y&port=1,2",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := parseAddress(text)
		bare, password := WithoutPassword(text)
		if err != nil {
			var known *Error
			if !errors.As(err, &known) || known.Kind != BadAddress {
				t.Fatalf("%v", err)
			}
			// Another scheme's address holds a password only where one can be seen.
			other := anyScheme().MatchString(unwrapped(text)) && !scheme().MatchString(unwrapped(text))
			if IsPostgres(text) && (bare != "" || password != "" || !HasPassword(text) && !other) {
				t.Fatalf("what can't be understood is kept: %q, %q", bare, password)
			}
			// The same text with another password in it gives the same error: it holds none.
			marked := strings.NewReplacer("pw", "geheim", "b c", "geheim").Replace(text)
			if _, err := parseAddress(marked); err != nil && !strings.Contains(text, "geheim") && strings.Contains(err.Error(), "geheim") {
				t.Fatalf("%v", err)
			}
			return
		}
		if password != a.password {
			t.Fatalf("the password %q becomes %q", a.password, password)
		}
		again, err := parseAddress(a.url())
		if err != nil || !maps.Equal(again.settings, a.settings) || !maps.Equal(again.session, a.session) || again.password != "" || again.keyPassword != "" {
			t.Fatalf("%q is read as %v, %v and written as %q, which is read as %v, %v (%v)", text, a.settings, a.session, a.url(), again.settings, again.session, err)
		}
		if _, err := NewPostgres(Config{URL: text}); err != nil && a.password != "" && len(a.password) > 8 && strings.Contains(err.Error(), a.password) {
			t.Fatal(err)
		}
	})
}
