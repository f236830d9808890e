package privacy

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// learn finds out which texts the messages that were named have and had, and which names
// the categories have.
func (w *what) learn(ctx context.Context, conn *sql.Conn) error {
	ids := jsonOf(w.ids)
	for query, into := range map[string]map[string]bool{
		`SELECT text FROM messages WHERE id IN (SELECT value FROM json_each(?))`:                           w.texts,
		`SELECT text FROM undo_messages WHERE text IS NOT NULL AND id IN (SELECT value FROM json_each(?))`: w.before,
		`SELECT name FROM categories WHERE ? IS NOT NULL`:                                                  w.names,
		`SELECT name FROM undo_categories WHERE name IS NOT NULL AND ? IS NOT NULL`:                        w.names,
	} {
		err := eachRow(ctx, conn, query, []any{ids}, func(scan func(...any) error) error {
			var text string
			err := scan(&text)
			into[strings.TrimSpace(text)] = true
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// scrubber takes what is to be forgotten out of all tables, in one transaction.
type scrubber struct {
	*what
	ctx      context.Context
	tx       *sql.Tx
	passages bool
	done     *Forgotten
	gone     map[int64]bool // messages
}

func (s *scrubber) scrub() error {
	for _, step := range []func() error{s.messages, s.undoneTexts, s.discarded, s.knowledge, s.otherColumns, s.emptyEntries} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// messages removes the messages, deleted ones too. Where the newest is among them, an
// empty deleted message takes its place, since its id must not be given to another.
func (s *scrubber) messages() error {
	s.gone = map[int64]bool{}
	newest := int64(0)
	err := s.each(`SELECT id, text FROM messages ORDER BY id`, func(scan func(...any) error) error {
		var id int64
		var text string
		if err := scan(&id, &text); err != nil {
			return err
		}
		newest = id
		if s.holds(text) || s.ids[id] && (s.texts[strings.TrimSpace(text)] || s.before[strings.TrimSpace(text)]) {
			s.gone[id] = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.done.Messages = len(s.gone)
	ids := jsonOf(s.gone)
	for _, statement := range []string{
		`DELETE FROM verdicts WHERE message IN (SELECT value FROM json_each(?))`,
		`UPDATE messages SET near = NULL, flags = flags & ~1 WHERE near IN (SELECT value FROM json_each(?))`,
		`UPDATE undo_messages SET near = NULL WHERE near IN (SELECT value FROM json_each(?))`,
		`DELETE FROM undo_messages WHERE id IN (SELECT value FROM json_each(?))`,
		`DELETE FROM messages WHERE id IN (SELECT value FROM json_each(?))`,
	} {
		if err := s.exec(statement, ids); err != nil {
			return err
		}
	}
	if !s.gone[newest] {
		return nil
	}
	if err := s.exec(`INSERT INTO messages (id, text, deleted) VALUES (?, '-', 1)`, newest); err != nil {
		return err
	}
	for _, statement := range []string{ // no undo may bring that back
		`DELETE FROM undo_ranges WHERE first >= ? AND step IN (SELECT id FROM undo_steps WHERE subject = 'messages')`,
		`UPDATE undo_ranges SET last = ?1 - 1 WHERE last >= ?1 AND step IN (SELECT id FROM undo_steps WHERE subject = 'messages')`,
	} {
		if err := s.exec(statement, newest); err != nil {
			return err
		}
	}
	return nil
}

// undoneTexts removes earlier texts of messages that stay.
func (s *scrubber) undoneTexts() error {
	type key struct{ step, id int64 }
	var gone []key
	err := s.each(`SELECT step, id, text FROM undo_messages WHERE text IS NOT NULL`, func(scan func(...any) error) error {
		var k key
		var text string
		err := scan(&k.step, &k.id, &text)
		if s.holds(text) {
			gone = append(gone, k)
		}
		return err
	})
	for _, k := range gone {
		if err == nil {
			err = s.exec(`DELETE FROM undo_messages WHERE step = ? AND id = ?`, k.step, k.id)
		}
	}
	return err
}

// discarded removes what runs left out: the texts, and what repeats the messages.
func (s *scrubber) discarded() error {
	gone := map[int64]bool{}
	err := s.each(`SELECT id, text, copy_of FROM set_aside`, func(scan func(...any) error) error {
		var id, copyOf int64
		var text string
		err := scan(&id, &text, &copyOf)
		if s.holds(text) || s.before[strings.TrimSpace(text)] || s.gone[copyOf] {
			gone[id] = true
		}
		return err
	})
	if err != nil {
		return err
	}
	s.done.Discarded = len(gone)
	return s.exec(`DELETE FROM set_aside WHERE id IN (SELECT value FROM json_each(?))`, jsonOf(gone))
}

// knowledge removes passages where that was asked for, and counts them otherwise.
func (s *scrubber) knowledge() error {
	gone := map[int64]bool{}
	err := s.each(`SELECT id, title, text FROM passages`, func(scan func(...any) error) error {
		var id int64
		var title, text string
		err := scan(&id, &title, &text)
		if s.mentions(title) || s.mentions(text) {
			gone[id] = true
		}
		return err
	})
	if err != nil {
		return err
	}
	if !s.passages {
		s.done.PassagesKept = len(gone)
		return nil
	}
	s.done.Passages = len(gone)
	if err := s.exec(`UPDATE messages SET passage = NULL WHERE passage IN (SELECT value FROM json_each(?))`, jsonOf(gone)); err != nil {
		return err
	}
	return s.exec(`DELETE FROM passages WHERE id IN (SELECT value FROM json_each(?))`, jsonOf(gone))
}

// own are the columns of text that otherColumns leaves: what the other steps deal with,
// and words of the program's own.
var own = []string{
	"messages.text", "undo_messages.text", "set_aside.text", "passages.text", "passages.title",
	"categories.name", "undo_categories.name", "categories.kind", "undo_categories.kind", "categories.bank", "undo_categories.bank",
	"categories.colour", "undo_categories.colour", "categories.key", "undo_categories.key",
	"undo_steps.subject", "undo_steps.columns", "settings.key", "runs.kind", "runs.writer", "batches.prompt",
}

// otherColumns redacts all other text: examples and descriptions of categories, records
// of runs and checks, settings, titles of undo entries, ids of conversations.
func (s *scrubber) otherColumns() error {
	type column struct{ table, name string }
	var columns []column
	err := s.each(`SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND c.type = 'TEXT'`, func(scan func(...any) error) error {
		var c column
		err := scan(&c.table, &c.name)
		if !slices.Contains(own, c.table+"."+c.name) {
			columns = append(columns, c)
		}
		return err
	})
	for _, c := range columns {
		if err == nil {
			err = s.redactColumn(c.table, c.name)
		}
	}
	for name := range s.names {
		if s.mentions(name) {
			s.done.Remains = append(s.done.Remains, name)
		}
	}
	slices.Sort(s.done.Remains)
	return err
}

func (s *scrubber) redactColumn(table, name string) error {
	what := s.what
	if table == "categories" || table == "undo_categories" { // examples that others may rightly have
		copied := *s.what
		copied.before = nil
		what = &copied
	}
	redacted := map[string]string{}
	err := s.each(fmt.Sprintf(`SELECT DISTINCT %q FROM %q WHERE %[1]q IS NOT NULL`, name, table), func(scan func(...any) error) error {
		var text string
		err := scan(&text)
		if short := what.redactValue(text); short != text {
			redacted[text] = short
		}
		return err
	})
	for text, short := range redacted {
		if err == nil {
			err = s.exec(fmt.Sprintf(`UPDATE %q SET %[2]q = ? WHERE %[2]q = ?`, table, name), short, text)
		}
	}
	return err
}

// emptyEntries drops what undo has nothing left to do for.
func (s *scrubber) emptyEntries() error {
	for _, statement := range []string{
		`DELETE FROM undo_ranges WHERE step IN (SELECT id FROM undo_steps WHERE subject = 'messages') AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.id BETWEEN undo_ranges.first AND undo_ranges.last)`,
		`DELETE FROM undo_ranges WHERE step IN (SELECT id FROM undo_steps WHERE subject = 'passages') AND NOT EXISTS (SELECT 1 FROM passages p WHERE p.id BETWEEN undo_ranges.first AND undo_ranges.last)`,
		`DELETE FROM undo_steps WHERE id NOT IN (SELECT step FROM undo_ranges) AND id NOT IN (SELECT step FROM undo_messages) AND id NOT IN (SELECT step FROM undo_categories)`,
		`DELETE FROM undo_entries WHERE id NOT IN (SELECT entry FROM undo_steps)`,
	} {
		if err := s.exec(statement); err != nil {
			return err
		}
	}
	return nil
}

func (s *scrubber) exec(statement string, values ...any) error {
	_, err := s.tx.ExecContext(s.ctx, statement, values...)
	return err
}

func (s *scrubber) each(query string, do func(scan func(...any) error) error) error {
	return eachRow(s.ctx, s.tx, query, nil, do)
}

// eachRow calls do for every row of a query.
func eachRow(ctx context.Context, db interface {
	QueryContext(ctx context.Context, query string, values ...any) (*sql.Rows, error)
}, query string, values []any, do func(scan func(...any) error) error,
) error {
	rows, err := db.QueryContext(ctx, query, values...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := do(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// jsonOf is a set of ids as SQLite's json_each reads it.
func jsonOf(ids map[int64]bool) string {
	list := make([]int64, 0, len(ids))
	for id := range ids {
		list = append(list, id)
	}
	slices.Sort(list)
	text, _ := json.Marshal(list) // never fails for numbers
	return string(text)
}
