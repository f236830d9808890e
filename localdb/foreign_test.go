package localdb

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// strangers makes a dataset with one message, and changes it as another program could.
func strangers(t testing.TB, statements string) (path string) {
	t.Helper()
	d := newDataset(t)
	add(t, d, Message{Text: "hello", Category: "social", Confidence: 1})
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	alter(t, d.Path(), statements)
	return d.Path()
}

func alter(t testing.TB, path, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite", ownSource(path, "rw", "foreign_keys(0)"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(statements); err != nil {
		t.Fatal(err)
	}
}

// use does what a person does with a dataset that was just opened.
func use(t *testing.T, d *Dataset) {
	t.Helper()
	ids := add(t, d, textsOf("one", "two")...)
	if _, err := d.Delete(t.Context(), ids[:1], nil); err != nil {
		t.Error(err)
	}
	if _, err := d.Undo(t.Context(), nil); err != nil {
		t.Error(err)
	}
	if err := d.Backup(t.Context(), filepath.Join(t.TempDir(), "copy.seedbed")); err != nil {
		t.Error(err)
	}
	if got := view(t, d, Filter{}, Sort{}); len(got) != 3 {
		t.Errorf("it shows %q", got)
	}
}

const endless = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id, 'x' AS text FROM n`

func TestWhatAStrangerAddedIsRemoved(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ statements, found string }{
		"a trigger that empties the messages": {`CREATE TRIGGER evil AFTER INSERT ON messages BEGIN DELETE FROM messages; END`, `trigger "evil"`},
		"a trigger on settings":               {`CREATE TRIGGER quiet AFTER INSERT ON settings BEGIN UPDATE messages SET text = 'spam'; END`, `trigger "quiet"`},
		"a trigger named as a table":          {`CREATE TRIGGER messages AFTER INSERT ON messages BEGIN DELETE FROM messages; END`, `trigger "messages"`},
		"a view that never ends":              {`CREATE VIEW v AS ` + endless, `view "v"`},
		"views in place of functions":         {`CREATE VIEW json_each AS ` + endless + `; CREATE VIEW pragma_user_version AS ` + endless + `; CREATE VIEW pragma_application_id AS ` + endless, `view "json_each"`},
		"an index that computes":              {`CREATE INDEX slow ON messages (length(printf('%.*c', 100000, text)))`, `index "slow"`},
		"an index that refuses":               {`CREATE UNIQUE INDEX once ON messages (source)`, `index "once"`},
		"a table that takes messages along":   {`CREATE TABLE mine (id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE); INSERT INTO mine VALUES (1)`, `table "mine"`},
		"a name to act on a terminal":         {"CREATE VIEW \"\x1b[2J\" AS SELECT 1", `view "\x1b[2J"`},
		"many":                                {`CREATE VIEW a AS SELECT 1; CREATE VIEW b AS SELECT 1; CREATE VIEW c AS SELECT 1; CREATE VIEW d AS SELECT 1; CREATE VIEW e AS SELECT 1; CREATE VIEW f AS SELECT 1`, `… (+ 1)`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := strangers(t, c.statements)
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}

			reader, err := OpenReadOnly(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			if got := all(t, reader, Filter{}); len(got) != 1 || len(reader.Remarks()) != 1 || !strings.Contains(reader.Remarks()[0].String(), c.found) {
				t.Errorf("read-only, it holds %v and says %q", got, reader.Remarks())
			}
			if err := reader.Close(); err != nil {
				t.Error(err)
			}
			if after, _ := os.ReadFile(path); string(after) != string(before) || len(folder(t, path)) != 1 {
				t.Error("reading changed the file")
			}

			d := openDataset(t, path)
			if len(d.Remarks()) != 1 || !strings.Contains(d.Remarks()[0].String(), c.found) {
				t.Errorf("it says %q, not %q", d.Remarks(), c.found)
			}
			use(t, d)
			d = reopen(t, d)
			if len(d.Remarks()) != 0 {
				t.Errorf("opened again, it says %q", d.Remarks())
			}
			kept := filepath.Join(filepath.Dir(path), "test.as-received.seedbed")
			if _, err := os.Stat(kept); err != nil {
				t.Fatalf("the file as it was: %v", err)
			}
			openFile(t, kept, "ro")
			objects := 0
			if err := openFile(t, kept, "ro").QueryRow(`SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view') OR name IN ('slow', 'once', 'mine')`).Scan(&objects); err != nil || objects == 0 {
				t.Errorf("the copy has %d of the objects: %v", objects, err)
			}
		})
	}
}

func TestWhatAStrangerAlteredIsRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ statements, found string }{
		"a view in place of the messages": {`ALTER TABLE messages RENAME TO hidden; CREATE VIEW messages AS ` + endless, `it lacks table "messages"`},
		"a column that computes":          {`ALTER TABLE messages ADD COLUMN more TEXT AS (printf('%.*c', 100000000, 'x'))`, `it was altered: table "messages"`},
		"a column that checks":            {`ALTER TABLE messages ADD COLUMN more INTEGER CHECK (length(randomblob(100000000)) > 0)`, `it was altered: table "messages"`},
		"a column more":                   {`ALTER TABLE settings ADD COLUMN more TEXT`, `it was altered: table "settings"`},
		"a virtual table":                 {`CREATE VIRTUAL TABLE words USING fts5(text)`, `table "words"`},
		"a missing table":                 {`DROP TABLE settings`, `it lacks table "settings"`},
		"an index of another table":       {`DROP INDEX batches_run; CREATE INDEX batches_run ON batches (category)`, `it was altered: index "batches_run"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := strangers(t, c.statements)
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for name, open := range map[string]func(context.Context, string) (*Dataset, error){"Open": Open, "OpenReadOnly": OpenReadOnly} {
				_, err := open(t.Context(), path)
				if !errors.Is(err, ErrForeign) || !strings.Contains(err.Error(), c.found) {
					t.Errorf("%s: %v, want ErrForeign with %q", name, err, c.found)
				}
			}
			if after, _ := os.ReadFile(path); string(after) != string(before) || len(folder(t, path)) != 1 {
				t.Errorf("it changed the file, or left %q", folder(t, path))
			}
		})
	}
}

// What another program may do to a dataset in good faith is no reason to refuse it.
func TestWhatChangesNothingIsFine(t *testing.T) {
	t.Parallel()
	for name, statements := range map[string]string{
		"statistics":  `ANALYZE`,
		"compacted":   `VACUUM`,
		"other pages": `PRAGMA journal_mode = DELETE; PRAGMA page_size = 1024; VACUUM`,
		"laid out in another way": `PRAGMA writable_schema = 1;
			UPDATE sqlite_master SET sql = replace(replace(sql, '  ', ' '), char(10), ' /* here */ ' || char(10)) WHERE name = 'requests'`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := openDataset(t, strangers(t, statements))
			if len(d.Remarks()) != 0 {
				t.Errorf("it says %q", d.Remarks())
			}
			use(t, d)
		})
	}
}

func TestAnOldDatasetOfAStrangerIsCleanedBeforeItIsMigrated(t *testing.T) {
	t.Parallel()
	path := oldDataset(t)
	alter(t, path, `CREATE TRIGGER evil AFTER UPDATE ON undo_entries BEGIN DELETE FROM messages; END;
		INSERT INTO undo_entries (title, created, rows) VALUES ('Add', 0, 0);
		CREATE VIEW broken AS SELECT * FROM nowhere`)
	d := openDataset(t, path)
	if got := all(t, d, Filter{}); len(got) != 1 {
		t.Errorf("it holds %v", got)
	}
	if len(d.Remarks()) != 1 {
		t.Errorf("it says %q", d.Remarks())
	}
}

// Messages that refer to more than the file has don't fill the memory.
func TestMoreThanFitsIntoTheFileIsRefused(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	add(t, d, textsOf(strings.Repeat("long ", 200_000))...)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	repeatOverflow(t, d.Path())
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	d, err := Open(ctx, d.Path())
	if err != nil {
		return // found at once is as well
	}
	defer d.Close()
	_, err = d.View(ctx, Filter{}, Sort{})
	if err == nil || ctx.Err() != nil {
		t.Errorf("it was read: %v", err)
	}
}

// A text that would take all memory is not read.
func TestAGiantTextIsRefused(t *testing.T) {
	t.Parallel()
	path := strangers(t, fmt.Sprintf(`UPDATE messages SET text = replace(hex(zeroblob(%d)), '00', 'ab')`, mostBytes/2+1000))
	d := openDataset(t, path)
	if _, err := d.View(t.Context(), Filter{}, Sort{}); err == nil || !strings.Contains(err.Error(), "more than 65 MB") {
		t.Errorf("the view: %v", err)
	}
	if _, err := d.Learnable(t.Context()); err == nil || !strings.Contains(err.Error(), "more than 65 MB") {
		t.Errorf("what a model learns from: %v", err)
	}
	for _, err := range d.Messages(t.Context(), Filter{}) {
		if err == nil {
			t.Error("it was read")
		}
	}
}

// repeatOverflow makes the pages that a long text goes on in a circle, and the text a hundred
// times as long. See https://sqlite.org/fileformat.html#b_tree_pages.
func repeatOverflow(t *testing.T, path string) {
	t.Helper()
	const page = 4096
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := []byte("long " + "long " + "long")
	var chained []int
	for n := range len(file) / page {
		if at := file[n*page : (n+1)*page]; strings.HasPrefix(string(at[4:]), string(text[1:])) || strings.Contains(string(at[4:24]), "long") {
			chained = append(chained, n)
		}
	}
	if len(chained) < 100 {
		t.Fatalf("the text is on %d pages", len(chained))
	}
	last := chained[len(chained)-1]
	binary.BigEndian.PutUint32(file[last*page:], uint32(chained[0]+1))
	leaf := strings.Index(string(file), "long")
	// The cell begins with the length of the record, a varint of three bytes here, and the record's
	// header holds the text's, also of three.
	grown := false
	for at := leaf - 60; at < leaf-2; at++ {
		if file[at] >= 0x80 && file[at+1] >= 0x80 && file[at+2] < 0x80 {
			n := uint64(file[at]&0x7f)<<14 | uint64(file[at+1]&0x7f)<<7 | uint64(file[at+2])
			if n >= 1_000_000 && n < 1_000_100 || n == 2*1_000_000+13 {
				file[at], grown = 0xff, true
			}
		}
	}
	if !grown {
		t.Fatal("the text's length was not found")
	}
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
}
