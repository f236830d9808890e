package ui

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"seedbed/kbsource/pgtest"
	"seedbed/localdb"
)

// knowledgeServer is one PostgreSQL for all tests that need one.
var knowledgeServer = sync.OnceValues(func() (*pgtest.Server, error) { return pgtest.Start(context.Background()) })

// TestMain ends the server that tests may have started.
func TestMain(m *testing.M) {
	code := m.Run()
	if startedServer {
		if server, err := knowledgeServer(); err == nil {
			server.Stop()
		}
	}
	os.Exit(code)
}

var startedServer bool

// database is the address of a database with passages in a table that has another
// name than the default.
func database(t *testing.T) string {
	t.Helper()
	startedServer = true
	server, err := knowledgeServer()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	conn, err := server.Connect(ctx, "postgres")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, `DROP TABLE IF EXISTS handbook; CREATE TABLE handbook (id bigserial PRIMARY KEY, body text, note text);
		INSERT INTO handbook (body, note) SELECT 'Parental leave, part ' || i || ': every employee may take leave.', 'n' FROM generate_series(1, 30) i; ANALYZE handbook`)
	if err != nil {
		t.Fatal(err)
	}
	return server.URL("postgres")
}

func openKnowledge(t *testing.T) (*testApp, *knowledge) {
	t.Helper()
	w := newTestApp(t)
	w.open()
	w.goTo(atKnowledge)
	w.settle()
	return w, w.shell.at.page.(*knowledge)
}

func TestKnowledgeFromAFolder(t *testing.T) {
	w, k := openKnowledge(t)
	w.sees("0 passages kept", "Nothing was read yet", "Continue without")
	dir := filepath.Join(t.TempDir(), "handbook é 漢字")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	text := "# Leave\n\nEvery employee may take parental leave. It lasts up to fourteen months, and both parents may share it as they like, at the same time or one after the other.\n\n" +
		"# Pay\n\nSalaries are paid on the 25th. Where that is a Sunday or a holiday, they are paid on the last working day before it, and a payslip follows by mail within the week.\n"
	if err := os.WriteFile(filepath.Join(dir, "rules.md"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	k.readFolder(dir)
	w.sees("2 new passages are kept", "2 passages kept", "Remove all", "Salaries are paid on the 25th")
	w.seesNot("Nothing was read yet")
	k.readFolder(dir)
	w.sees("Nothing new")
	k.list.Select(0)
	w.sees("Every employee may take parental leave.")
	w.tap("Close")
	w.until("the navigation says how many", func() bool { return w.place(atKnowledge).item.Badge() == "2" })
	w.tap("Remove all")
	w.until("they are gone", func() bool { return strings.Contains(w.words(), "0 passages kept") })
	w.key(fyne.KeyZ)
	w.until("undo brings them back", func() bool { return strings.Contains(w.words(), "2 passages kept") })
	k.readFolder(filepath.Join(dir, "none"))
	w.seesNot("Reading…")
	w.tap("Continue without")
	if w.shell.at.id != atGenerate {
		t.Error("there is no way on")
	}
}

func TestKnowledgeFromPostgres(t *testing.T) {
	w, k := openKnowledge(t)
	w.key(fyne.KeyReturn)
	w.sees("Give the database's address first")

	bare := database(t)
	with := strings.Replace(bare, "seedbed@", "seedbed:wrong-one@", 1)
	k.address.SetText(with)
	if k.address.Text != bare || k.password.Text != "wrong-one" {
		t.Fatalf("the fields are %q and %q", k.address.Text, k.password.Text)
	}
	w.tap("Test and list tables")
	w.sees("password")
	if w.keychain.get("database "+bare) != "" {
		t.Error("a wrong password is kept")
	}

	k.password.SetText(pgtest.Password)
	w.tap("Test and list tables")
	w.sees("It works. There are")
	k.table.SetText("public.handbook · about 30 rows")
	if k.table.Text != "public.handbook" {
		t.Errorf("the table is %q", k.table.Text)
	}
	k.table.SetText(nameOf(t, k, "handbook"))
	if k.column.Text != "body" {
		t.Errorf("the column is %q", k.column.Text)
	}
	w.tap("Read passages")
	w.sees("30 new passages are kept", "30 passages kept")

	// The password is in the keychain and nowhere in the dataset.
	if got := w.keychain.get("database " + bare); got != pgtest.Password {
		t.Errorf("the keychain has %q", got)
	}
	path := w.data.Path()
	w.key(fyne.KeyW)
	files, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{pgtest.Password, "wrong-one"} {
			if bytes.Contains(data, []byte(secret)) {
				t.Errorf("%s holds a password", filepath.Base(file))
			}
		}
	}

	// Another time, nothing has to be typed.
	w.openDataset(path)
	w.settle()
	w.goTo(atKnowledge)
	w.settle()
	again := w.shell.at.page.(*knowledge)
	if again.address.Text != bare || again.column.Text != "body" {
		t.Errorf("remembered are %q and %q", again.address.Text, again.column.Text)
	}
	w.tap("Read passages")
	w.sees("Nothing new")
	if n, err := w.data.Passages(context.Background()); err != nil || len(n) != 30 {
		t.Errorf("%d passages, %v", len(n), err)
	}
}

// nameOf is a table's name as the database lists it.
func nameOf(t *testing.T, k *knowledge, part string) string {
	t.Helper()
	for _, table := range k.tables {
		if strings.Contains(table.Name, part) {
			return table.Name
		}
	}
	t.Fatalf("no table like %s among %v", part, k.tables)
	return ""
}

func TestPasswordsLeaveTheAddress(t *testing.T) {
	_, k := openKnowledge(t)
	tests := []struct{ typed, address, password string }{
		{"postgres://u@host/db", "postgres://u@host/db", ""},
		{"postgres://u:p%40ss@host/db?sslmode=require", "postgres://u@host/db?sslmode=require", "p@ss"},
		{"host=localhost password=hush user=me ", "host=localhost user=me", "hush"},
		{"host=localhost password='two words' user=me ", "host=localhost user=me", "two words"},
	}
	for _, test := range tests {
		k.password.SetText("")
		k.address.SetText(test.typed)
		if k.address.Text != test.address || k.password.Text != test.password {
			t.Errorf("%q becomes %q and %q", test.typed, k.address.Text, k.password.Text)
		}
	}
}

func TestNoDatabaseThere(t *testing.T) {
	w, k := openKnowledge(t)
	k.address.SetText("postgres://u@127.0.0.1:1/db")
	w.tap("Read passages")
	w.sees("127.0.0.1", "Continue without")
	if _, err := w.data.Setting(context.Background(), settingKnowledgeAddress); err != nil {
		t.Fatal(err)
	}
	_ = localdb.Filter{}
}
