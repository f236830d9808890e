package localdb

import (
	"encoding/json"
	"testing"

	"seedbed/assets/i18n"
)

// A title keeps its template and its values, whatever they contain, so that the window
// can show it in its own language.
func TestTitlesKeepTheirParts(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ids := add(t, d, textsOf("a", "b")...)
	if _, err := d.AddCategory(t.Context(), Category{Name: `{{.Messages}} to "x" as %`}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Relabel(t.Context(), ids, `{{.Messages}} to "x" as %`, ByPerson, 1, nil); err != nil {
		t.Fatal(err)
	}
	d = reopen(t, d)
	undo, ok, err := d.CanUndo(t.Context())
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	template, values := undo.Parts()
	if template != "Relabel {{.Messages}} to {{.Category}}" || values["Category"] != `{{.Messages}} to "x" as %` {
		t.Errorf("the title is %q of %v", template, values)
	}
	if count, ok := values["Messages"].(i18n.Text); !ok {
		t.Errorf("the count is %v", values["Messages"])
	} else if template, values := count.Parts(); template != "{{.N}} messages" || values["N"] != "2" {
		t.Errorf("the count is %q of %v", template, values)
	}
	if undone, err := d.Undo(t.Context(), nil); err != nil || undone.String() != undo.String() {
		t.Errorf("undid %q, %v", undone, err)
	}
	if redo, ok, err := d.CanRedo(t.Context()); err != nil || !ok || redo.String() != undo.String() {
		t.Errorf("redo is called %q, %v, %v", redo, ok, err)
	}
}

// Titles of older datasets are read as the plain text that they are, JSON or not.
func TestOldTitlesStayReadable(t *testing.T) {
	t.Parallel()
	path := oldDataset(t)
	titles := []string{"Accept 3 messages", `{"template":"x"}`, `say "hi"`}
	db := openFile(t, path, "rw")
	for _, title := range titles {
		if _, err := db.Exec(`INSERT INTO undo_entries (title, created, rows) VALUES (?, 0, 0)`, title); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	d := openDataset(t, path)
	for i := len(titles) - 1; i >= 0; i-- {
		if title, err := d.Undo(t.Context(), nil); err != nil || title.String() != titles[i] {
			t.Errorf("undid %q, %v, want %q", title, err, titles[i])
		}
	}
}

func TestStoredTitlesThatAreBroken(t *testing.T) {
	t.Parallel()
	var title storedTitle
	for _, value := range []any{nil, int64(7), "", "plain"} {
		if err := title.Scan(value); err == nil {
			t.Errorf("%v was read as a title", value)
		}
	}
	if value, err := storedTitle(titleEdit).Value(); err != nil || !json.Valid([]byte(value.(string))) {
		t.Errorf("stored as %v, %v", value, err)
	}
}
