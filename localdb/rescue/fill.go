package rescue

import (
	"cmp"
	"slices"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// left are the tables whose rows stay behind: the undo log, since an undo of which a
// part is missing would do damage.
var left = map[string]bool{"undo_entries": true, "undo_steps": true, "undo_ranges": true, "undo_messages": true, "undo_categories": true}

// filler writes rows into the new dataset, whose own constraints tell which are sound.
type filler struct {
	conn     *sqlite.Conn
	rescued  map[*table]int
	refused  map[*table]int
	repaired int // messages that lost their label or status
}

func newFiller(conn *sqlite.Conn) (*filler, error) {
	f := &filler{conn: conn, rescued: map[*table]int{}, refused: map[*table]int{}}
	return f, sqlitex.ExecuteTransient(conn, `CREATE TEMP TABLE deleted (id INTEGER PRIMARY KEY)`, nil)
}

// add writes a row. Of rows with the same id the first one stays.
func (f *filler) add(t *table, id int64, values []any) error {
	if left[t.name] {
		return nil
	}
	if t.rowID {
		values[0] = id
	}
	if t.name == "messages" && t.value(values, "deleted") == int64(1) {
		return f.execute(`INSERT OR IGNORE INTO temp.deleted SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM messages WHERE id = ?1)`, []any{id})
	}
	err := f.insert(t, values)
	repaired := false
	if unsound(err) {
		if mended := t.repair(values); mended != nil {
			repaired, err = true, f.insert(t, mended)
		}
	}
	switch {
	case err == nil:
		f.rescued[t]++
		if repaired && t.name == "messages" {
			f.repaired++
		}
	case isDuplicate(err):
		return nil
	case unsound(err):
		f.refused[t]++
	default:
		return err
	}
	return nil
}

func (f *filler) insert(t *table, values []any) error {
	return f.execute(t.insert(len(values)), values)
}

func (f *filler) execute(query string, values []any) error {
	return sqlitex.Execute(f.conn, query, &sqlitex.ExecOptions{Args: values})
}

func (f *filler) number(query string, values ...any) (n int64, err error) {
	err = sqlitex.Execute(f.conn, query, &sqlitex.ExecOptions{Args: values, ResultFunc: func(row *sqlite.Stmt) error {
		n = row.ColumnInt64(0)
		return nil
	}})
	return n, err
}

func isDuplicate(err error) bool {
	code := sqlite.ErrCode(err)
	return code == sqlite.ResultConstraintPrimaryKey || code == sqlite.ResultConstraintRowID
}

// unsound reports whether the engine refused a row for what is in it, and not for lack
// of room or because it was stopped.
func unsound(err error) bool {
	switch sqlite.ErrCode(err).ToPrimary() {
	case sqlite.ResultConstraint:
		return !isDuplicate(err)
	case sqlite.ResultError, sqlite.ResultMismatch, sqlite.ResultTooBig: // malformed JSON is an error
		return err != nil
	}
	return false
}

// dropDeleted takes out again older states of messages that were deleted since.
func (f *filler) dropDeleted(messages *table) error {
	err := f.execute(`DELETE FROM messages WHERE id IN (SELECT id FROM temp.deleted)`, nil)
	f.rescued[messages] -= f.conn.Changes()
	return err
}

// value is the value of a column; nil where a row has none.
func (t *table) value(values []any, name string) any {
	if i := t.at(name); i >= 0 && i < len(values) {
		return values[i]
	}
	return nil
}

// repair returns a row with what its table can't do without, and defaults in place of
// the rest; nil where that can't be done.
func (t *table) repair(values []any) []any {
	defaults := map[string]any{}
	switch t.name {
	case "messages":
		for _, name := range []string{"labelled_by", "status", "flags", "doubt", "deleted"} {
			defaults[name] = int64(0)
		}
		for _, name := range []string{"category", "confidence", "reads_as", "reads_as_score"} {
			defaults[name] = nil
		}
		if source, _ := t.value(values, "source").(int64); source != 0 && source != 1 {
			defaults["source"] = int64(0)
		}
	case "categories":
		defaults = map[string]any{"kind": "custom", "examples": "[]", "target": int64(0), "training": int64(1), "archived": int64(0), "deleted": int64(0)}
	default:
		return nil
	}
	values = slices.Clone(values)
	for name, value := range defaults {
		if i := t.at(name); i < len(values) {
			values[i] = value
		}
	}
	return values
}

// lostCategories makes categories for the labels whose category is lost. Where the
// categories are all there, such a label is itself damaged, and is taken off.
func (f *filler) lostCategories(someLost bool) (made int, err error) {
	const dangling = ` IS NOT NULL AND category NOT IN (SELECT id FROM categories)`
	if someLost {
		err = f.execute(`
			INSERT INTO categories (id, name, kind, is_what, is_not, examples, colour, key, target, training, archived, position)
			SELECT category, 'category ' || category || ' (name lost)', 'custom', '', '', '[]', '', '', 0, 1, 0, 1000 + category
			FROM messages WHERE category BETWEEN 1 AND 65535 AND category`+dangling+` GROUP BY category`, nil)
		made = f.conn.Changes()
	}
	if err == nil {
		err = f.execute(`UPDATE messages SET category = NULL, confidence = NULL, labelled_by = 0, status = 0 WHERE category`+dangling, nil)
		f.repaired += f.conn.Changes()
	}
	return made, err
}

// mendReferences takes out what refers to rows that are lost.
func (f *filler) mendReferences() error {
	for _, query := range []string{
		`UPDATE messages SET reads_as = NULL, reads_as_score = NULL WHERE reads_as NOT IN (SELECT id FROM categories)`,
		`DELETE FROM batches WHERE run NOT IN (SELECT id FROM runs) OR category NOT IN (SELECT id FROM categories)`,
		`DELETE FROM requests WHERE batch NOT IN (SELECT id FROM batches)`,
		`DELETE FROM set_aside WHERE request NOT IN (SELECT id FROM requests)`,
		`DELETE FROM verdicts WHERE of_check NOT IN (SELECT id FROM checks)`,
		`UPDATE messages SET batch = NULL WHERE batch NOT IN (SELECT id FROM batches)`,
		`UPDATE messages SET passage = NULL WHERE passage NOT IN (SELECT id FROM passages)`,
		`UPDATE messages SET near = NULL, flags = flags & ~1 WHERE near NOT IN (SELECT id FROM messages)`,
	} {
		if err := f.execute(query, nil); err != nil {
			return err
		}
	}
	return nil
}

// count is what became of the rows of a table.
func (f *filler) count(s *scan, t *table) (Count, error) {
	c := Count{Rescued: f.rescued[t], Lost: s.broken[t] + f.refused[t]}
	last, err := f.number(`SELECT coalesce(max(` + t.columns[0].name + `), 0) FROM ` + t.name)
	if err != nil {
		return c, err
	}
	for _, g := range joined(s.gaps, t) {
		if g.upto == noEnd {
			c.AndMore = true
			g.upto = max(last, g.after)
		}
		there, err := f.number(`SELECT count(*) FROM `+t.name+` WHERE id > ? AND id <= ?`, g.after, g.upto)
		if err == nil && t.name == "messages" {
			var deleted int64
			deleted, err = f.number(`SELECT count(*) FROM temp.deleted WHERE id > ? AND id <= ?`, g.after, g.upto)
			there += deleted
		}
		if err != nil {
			return c, err
		}
		c.Lost += int(min(g.upto-g.after-there, mostPerPage*int64(s.file.Count())))
	}
	return c, nil
}

// mostPerPage is more rows than a page of any table of a dataset can hold.
const mostPerPage = 200

// joined are a table's gaps in order, without overlaps.
func joined(gaps []gap, t *table) (list []gap) {
	gaps = slices.DeleteFunc(slices.Clone(gaps), func(g gap) bool { return g.table != t || g.upto <= g.after })
	slices.SortFunc(gaps, func(a, b gap) int { return cmp.Compare(a.after, b.after) })
	for _, g := range gaps {
		if n := len(list); n > 0 && g.after <= list[n-1].upto {
			list[n-1].upto = max(list[n-1].upto, g.upto)
			continue
		}
		list = append(list, g)
	}
	return list
}
