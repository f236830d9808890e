package knowledge

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"fyne.io/fyne/v2"

	"seedbed/kbsource/pgtest"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
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

func open(t *testing.T) (*shelltest.Window, *page) {
	t.Helper()
	return shelltest.OpenPage(t, newPage, (*page).declare)
}

func TestKnowledgeFromAFolder(t *testing.T) {
	w, p := open(t)
	w.Sees("0 passages kept", "Nothing was read yet", "Continue without")
	dir := filepath.Join(t.TempDir(), "handbook é 漢字")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	text := "# Leave\n\nEvery employee may take parental leave. It lasts up to fourteen months, and both parents may share it as they like, at the same time or one after the other.\n\n" +
		"# Pay\n\nSalaries are paid on the 25th. Where that is a Sunday or a holiday, they are paid on the last working day before it, and a payslip follows by mail within the week.\n"
	if err := os.WriteFile(filepath.Join(dir, "rules.md"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	p.readFolder(dir)
	w.Sees("2 new passages are kept", "2 passages kept", "Remove all", "Salaries are paid on the 25th")
	w.SeesNot("Nothing was read yet")
	p.readFolder(dir)
	w.Sees("Nothing new")
	p.list.Select(0)
	w.Sees("Every employee may take parental leave.")
	w.Tap("Close")
	w.Until("the navigation says how many", func() bool { return w.Remark(shell.Knowledge) == "2" })
	w.Tap("Remove all")
	w.Until("they are gone", func() bool { return strings.Contains(w.Words(), "0 passages kept") })
	w.Key(fyne.KeyZ)
	w.Until("undo brings them back", func() bool { return strings.Contains(w.Words(), "2 passages kept") })
	p.readFolder(filepath.Join(dir, "none"))
	w.SeesNot("Reading…")
	w.Tap("Continue without")
	if w.At() != shell.Generate {
		t.Error("there is no way on")
	}
}

func TestKnowledgeFromPostgres(t *testing.T) {
	var p *page // made anew when the dataset is opened again
	w, _ := shelltest.OpenPage(t, func(s *shell.Window) *page {
		p = newPage(s)
		return p
	}, (*page).declare)
	w.Key(fyne.KeyReturn)
	w.Sees("Enter the database's address first")

	bare := database(t)
	with := strings.Replace(bare, "seedbed@", "seedbed:wrong-one@", 1)
	p.address.SetText(with)
	if p.address.Text != bare || p.password.Text != "wrong-one" {
		t.Fatalf("the fields are %q and %q", p.address.Text, p.password.Text)
	}
	w.Tap("Test and list tables")
	w.Sees("password")
	if w.Keychain.Get("database "+bare) != "" {
		t.Error("a wrong password is kept")
	}

	p.password.SetText(pgtest.Password)
	w.Tap("Test and list tables")
	w.Sees("Connected. ")
	p.table.SetText("public.handbook · about 30 rows")
	if p.table.Text != "public.handbook" {
		t.Errorf("the table is %q", p.table.Text)
	}
	p.table.SetText(nameOf(t, p, "handbook"))
	if p.column.Text != "body" {
		t.Errorf("the column is %q", p.column.Text)
	}
	w.Tap("Read passages")
	w.Sees("30 new passages are kept", "30 passages kept")

	// The password is in the keychain and nowhere in the dataset.
	if got := w.Keychain.Get("database " + bare); got != pgtest.Password {
		t.Errorf("the keychain has %q", got)
	}
	path := w.Dataset().Path()
	w.Key(fyne.KeyW)
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
	w.OpenDataset(path)
	w.Settle()
	w.GoTo(shell.Knowledge)
	w.Settle()
	if p.address.Text != bare || p.column.Text != "body" {
		t.Errorf("remembered are %q and %q", p.address.Text, p.column.Text)
	}
	w.Tap("Read passages")
	w.Sees("Nothing new")
	if n, err := w.Dataset().Passages(context.Background()); err != nil || len(n) != 30 {
		t.Errorf("%d passages, %v", len(n), err)
	}
}

// nameOf is a table's name as the database lists it.
func nameOf(t *testing.T, p *page, part string) string {
	t.Helper()
	for _, table := range p.tables {
		if strings.Contains(table.Name, part) {
			return table.Name
		}
	}
	t.Fatalf("no table like %s among %v", part, p.tables)
	return ""
}

func TestPasswordsLeaveTheAddress(t *testing.T) {
	_, p := open(t)
	tests := []struct{ typed, address, password string }{
		{"postgres://u@host/db", "postgres://u@host/db", ""},
		{"postgres://u:p%40ss@host/db?sslmode=require", "postgres://u@host/db?sslmode=require", "p@ss"},
		{"host=localhost password=hush user=me ", "postgres://me@localhost/", "hush"},
		{"host=localhost password='two words' user=me ", "postgres://me@localhost/", "two words"},
		{"Host=localhost;Username=me;Password=a;Database=db", "postgres://me@localhost/db", "a"},
		{"postgres://u:p@ss@host/db", "postgres://u@host/db", "p@ss"},
		{"mysql://u:hush@host/db", "mysql://u:hush@host/db", ""},
	}
	for _, c := range tests {
		p.password.SetText("")
		p.address.SetText("")
		p.address.SetText(c.typed)
		if p.address.Text != c.address || p.password.Text != c.password {
			t.Errorf("%q becomes %q and %q", c.typed, p.address.Text, p.password.Text)
		}
	}
}

func TestNoDatabaseThere(t *testing.T) {
	w, p := open(t)
	p.address.SetText("postgres://u@127.0.0.1:1/db")
	w.Tap("Read passages")
	w.Sees("127.0.0.1", "Continue without")
	if kept, err := w.Dataset().Setting(context.Background(), shell.DatasetKnowledgeAddress); err != nil || kept != "" {
		t.Errorf("the dataset keeps %q, %v", kept, err)
	}
}

func TestAFolderWithoutDocumentsIsRefusedInGerman(t *testing.T) {
	shelltest.InGerman(t)
	w, p := open(t)
	dir := t.TempDir()
	p.readFolder(dir)
	w.Settle()
	w.Sees("Der Ordner „"+dir+"“ enthält kein Dokument mit Text", "Wählen Sie einen anderen Ordner, oder machen Sie ohne weiter")
}

func TestWhatAFolderLeavesOutIsListed(t *testing.T) {
	w, p := open(t)
	dir := t.TempDir()
	long := strings.Repeat("Every employee may take parental leave. ", 3)
	for name, text := range map[string]string{"rules.md": long, "scan.pdf": "%PDF", "photo.jpg": "x", "plan.png": "x", ".git": "x"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p.readFolder(dir)
	w.Sees("1 new passages are kept", "3 files could not be read. 1 hidden files")
	w.Tap("Show which")
	w.Sees("This kind of file isn't read.\nphoto.jpg\nplan.png\n\nIt is damaged", "scan.pdf")
	w.Tap("Copy the list")
	if list := p.window.App.Clipboard().Content(); !strings.Contains(list, "plan.png") {
		t.Errorf("copied is %q", list)
	}
	if err := os.Remove(filepath.Join(dir, "rules.md")); err != nil {
		t.Fatal(err)
	}
	p.readFolder(dir)
	w.Sees("None of the 3 files in", "Show which")
	p.readFolder(filepath.Join(dir, "none"))
	w.SeesNot("Show which")
}

func TestAZipFileAndADocumentAreReadAsAFolder(t *testing.T) {
	w, p := open(t)
	path := filepath.Join(t.TempDir(), "docs.zip")
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	part, err := z.Create("rules.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, err = part.Write([]byte(strings.Repeat("Salaries are paid on the last day. ", 3)))
	if err = errors.Join(err, z.Close(), os.WriteFile(path, archive.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	p.readFolder(path)
	w.Sees("1 new passages are kept", "Salaries are paid")
	w.SeesNot("Show which")
}

func TestAPasswordIsNotMovedWhileItIsTyped(t *testing.T) {
	w, p := open(t)
	const address = "postgres://ann:p@ss@localhost:1/db"
	w.Canvas().Focus(p.address)
	test.Type(p.address, address)
	if p.address.Text != address || p.password.Text != "" {
		t.Fatalf("typed, it becomes %q and %q", p.address.Text, p.password.Text)
	}
	w.Canvas().Focus(p.password)
	if p.address.Text != "postgres://ann@localhost:1/db" || p.password.Text != "p@ss" {
		t.Errorf("left, it becomes %q and %q", p.address.Text, p.password.Text)
	}
	p.address.SetText("")
	w.Canvas().Focus(p.address)
	test.Type(p.address, "postgres://ann@localhost:port/db")
	w.Canvas().Focus(p.password)
	w.Sees("The port after the host's colon must be a number")
}

// TestPasswordsAreNowhere looks for the password in all that the window shows, logs or stores.
func TestPasswordsAreNowhere(t *testing.T) {
	var logged bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&logged, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	const password = "Geheim7-Wort"
	w, p := open(t)
	for _, address := range pgtest.FailingAddresses(password) {
		p.password.SetText("")
		p.address.SetText("")
		p.address.SetText(address)
		w.Tap("Read passages")
		w.Settle()
		w.Tap("Test and list tables")
		w.Settle()
		if said := p.status.Text(); strings.Contains(said, password) || said == "" || said == "Reading…" {
			t.Errorf("%q: it says %q", address, said)
		}
	}
	path := w.Dataset().Path()
	w.Key(fyne.KeyW)
	w.Settle()
	if strings.Contains(logged.String(), password) {
		t.Errorf("the log has it:\n%s", logged.String())
	}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	for _, file := range files {
		if data, err := os.ReadFile(file); err != nil || bytes.Contains(data, []byte(password)) {
			t.Errorf("%s holds the password, or %v", filepath.Base(file), err)
		}
	}
	for _, recent := range w.Settings.Recents() {
		if strings.Contains(fmt.Sprint(recent), password) {
			t.Errorf("the preferences have it: %v", recent)
		}
	}
}

func TestTableAndColumnAreUnderAdvanced(t *testing.T) {
	w, p := shelltest.OpenPage(t, newPage, (*page).declare)
	w.Sees("Whoever runs the assistant can give you its address", "Advanced")
	w.SeesNot("Table", "Text column")
	w.Tap("Advanced ▸")
	w.Sees("Table", "Text column")
	if p.table.Text != "general_embeddings_1024" {
		t.Errorf("the table is %q", p.table.Text)
	}
	w.Tap("Advanced ▾")
	w.SeesNot("Text column")
}
