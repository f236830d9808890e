package schema

import "testing"

func TestNormalise(t *testing.T) {
	for statement, want := range map[string]string{
		"CREATE TABLE a (\n    id INTEGER, -- it's the id\n    b TEXT\n)":  "CREATE TABLE a(id INTEGER,b TEXT)",
		"CREATE/* here */TABLE a(id/**/INTEGER , b  TEXT ) ":               "CREATE TABLE a(id INTEGER,b TEXT)",
		`CREATE TABLE "a -- b" ( [c  /* d] TEXT DEFAULT 'it''s  -- here')`: `CREATE TABLE "a -- b"([c  /* d] TEXT DEFAULT 'it''s  -- here')`,
		"a /* never closed":    "a",
		"'never closed -- yes": "'never closed -- yes",
		"'a' 'b'":              "'a' 'b'",
		"":                     "",
	} {
		if got := Normalise(statement); got != want {
			t.Errorf("%q is %q, want %q", statement, got, want)
		}
	}
}

// What is normalised stays as it is, and nothing that matters is lost.
func FuzzNormalise(f *testing.F) {
	for _, statement := range []string{"CREATE TABLE a (id INTEGER) -- x", "'a''b' [c] `d` \"e\"", "/* a */ - - 1", "é漢 x"} {
		f.Add(statement)
	}
	f.Fuzz(func(t *testing.T, statement string) {
		once := Normalise(statement)
		if twice := Normalise(once); twice != once {
			t.Errorf("%q became %q and then %q", statement, once, twice)
		}
		if len(once) > len(statement) {
			t.Errorf("%q became %q", statement, once)
		}
	})
}

func TestCompare(t *testing.T) {
	own := []Object{{"table", "a", "a", "CREATE TABLE a(id)"}, {"index", "b", "a", "CREATE INDEX b ON a(id)"}}
	for name, c := range map[string]struct {
		found                     []Object
		foreign, altered, missing int
		droppable                 bool
	}{
		"its own":         {own, 0, 0, 0, true},
		"a trigger more":  {append([]Object{{"trigger", "a", "a", "CREATE TRIGGER a"}}, own...), 1, 0, 0, true},
		"a virtual table": {append([]Object{{"table", "v", "v", "create virtual table v"}}, own...), 1, 0, 0, false},
		"altered":         {[]Object{{"table", "A", "a", "CREATE TABLE a(id)"}, own[1]}, 0, 1, 0, false},
		"a view instead":  {[]Object{{"view", "a", "a", "CREATE VIEW a"}, own[1]}, 1, 0, 1, false},
		"nothing":         {nil, 0, 0, 2, false},
	} {
		d := Compare(c.found, own)
		if len(d.Foreign) != c.foreign || len(d.Altered) != c.altered || len(d.Missing) != c.missing || d.Droppable() != c.droppable {
			t.Errorf("%s: %+v, droppable %v", name, d, d.Droppable())
		}
	}
}
