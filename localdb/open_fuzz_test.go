package localdb

import (
	"context"
	"database/sql"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"seedbed/assets/i18n"
)

// FuzzOpen opens datasets into whose schema a row was put, and in whose bytes some were
// changed. They may be refused, and reading them may fail; nothing else may happen.
func FuzzOpen(f *testing.F) {
	base := smallDataset(f)
	patch := func(pairs ...uint32) (bytes []byte) {
		for i := 0; i < len(pairs); i += 2 {
			bytes = binary.BigEndian.AppendUint32(bytes, pairs[i]<<8|pairs[i+1])
		}
		return bytes
	}
	f.Add("", "", "", []byte{})
	f.Add("trigger", "evil", `CREATE TRIGGER evil AFTER INSERT ON messages BEGIN DELETE FROM messages; END`, []byte{})
	f.Add("view", "v", `CREATE VIEW v AS `+endless, []byte{})
	f.Add("view", "json_each", `CREATE VIEW json_each AS `+endless, []byte{})
	f.Add("table", "words", `CREATE VIRTUAL TABLE words USING fts5(text)`, []byte{})
	f.Add("index", "slow", `CREATE INDEX slow ON messages (length(randomblob(1000000000)))`, []byte{})
	f.Add("table", "messages", `CREATE TABLE messages (id, text AS (zeroblob(1000000000)))`, []byte{})
	f.Add("trigger", "broken", `CREATE TRIGGER`, []byte{})
	f.Add("", "", "", patch(60, 0xff))                      // user_version
	f.Add("", "", "", patch(16, 0x10))                      // page size
	f.Add("", "", "", patch(18, 1, 19, 1))                  // journal mode
	f.Add("", "", "", patch(28, 0x7f))                      // size
	f.Add("", "", "", patch(100, 0x05, 103, 0xff))          // first page
	f.Add("", "", "", patch(512, 0x02, 1024, 5, 2048, 0xd)) // kinds of pages
	f.Fuzz(func(t *testing.T, kind, name, statement string, patch []byte) {
		path := filepath.Join(t.TempDir(), "x.seedbed")
		if err := os.WriteFile(path, base, 0o600); err != nil {
			t.Fatal(err)
		}
		if statement != "" {
			addToSchema(t, path, kind, name, statement)
		}
		patchFile(t, path, patch)
		for _, open := range []func(context.Context, string) (*Dataset, error){OpenReadOnly, Open} {
			d, err := open(t.Context(), path)
			if err != nil {
				continue
			}
			readAll(t, d)
			_, _ = d.Add(t.Context(), i18n.T("Add"), textsOf("one more"))
			_, _ = d.Undo(t.Context(), nil)
			_ = d.Close()
		}
	})
}

// smallDataset is a dataset with a few messages on small pages, so that changed bytes matter.
func smallDataset(f *testing.F) []byte {
	d := newDataset(f)
	add(f, d, Message{Text: "hello", Category: "social", Confidence: 1}, Message{Text: "what is a CV?"})
	if err := d.Close(); err != nil {
		f.Fatal(err)
	}
	alter(f, d.Path(), `PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM`)
	content, err := os.ReadFile(d.Path())
	if err != nil {
		f.Fatal(err)
	}
	return content
}

func addToSchema(t *testing.T, path, kind, name, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", ownSource(path, "rw", "writable_schema(1)"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES (?, ?, ?, 0, ?)`, kind, name, name, statement); err != nil {
		t.Fatal(err)
	}
}

// patchFile changes bytes: four each say where (three) and to what.
func patchFile(t *testing.T, path string, patch []byte) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for ; len(patch) >= 4; patch = patch[4:] {
		n := binary.BigEndian.Uint32(patch)
		content[int(n>>8)%len(content)] = byte(n)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// readAll reads what the pages of the window do, and doesn't mind errors.
func readAll(t *testing.T, d *Dataset) {
	t.Helper()
	_, _ = d.Counts(t.Context())
	_, _ = d.Categories(t.Context())
	_, _ = d.Passages(t.Context())
	_, _ = d.Checks(t.Context())
	_, _ = d.LastRun(t.Context())
	_, _, _ = d.CanUndo(t.Context())
	if v, err := d.View(t.Context(), Filter{}, Sort{By: ByText}); err == nil {
		_, _ = v.Rows(t.Context(), 0, v.Len())
	}
	for _, err := range d.Messages(t.Context(), Filter{}) {
		if err != nil {
			break
		}
	}
	_ = d.Backup(t.Context(), filepath.Join(t.TempDir(), "copy.seedbed"))
}
