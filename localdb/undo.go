package localdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"seedbed/assets/i18n"
)

// The undo log remembers this many changes, and this many rows in them; the oldest
// are forgotten when the dataset is closed, and only then are deleted messages
// that nothing can bring back removed from the file.
const (
	keptChanges = 1000
	keptRows    = 3_000_000
)

// ErrNothingToUndo and ErrNothingToRedo say that the log is at its end.
var (
	ErrNothingToUndo = i18n.Error("there is nothing to undo")
	ErrNothingToRedo = i18n.Error("there is nothing to redo")
)

// CanUndo returns the title of the change that Undo would take back; ok is false
// where there is none.
func (d *Dataset) CanUndo(ctx context.Context) (title i18n.Text, ok bool, err error) {
	return d.nextTitle(ctx, undoNext)
}

// CanRedo returns the title of the change that Redo would make again; ok is false
// where there is none.
func (d *Dataset) CanRedo(ctx context.Context) (title i18n.Text, ok bool, err error) {
	return d.nextTitle(ctx, redoNext)
}

func (d *Dataset) nextTitle(ctx context.Context, next string) (title i18n.Text, ok bool, err error) {
	err = d.reader.QueryRowContext(ctx, next+` LIMIT 1`).Scan(new(int64), (*storedTitle)(&title))
	if errors.Is(err, sql.ErrNoRows) {
		return i18n.Text{}, false, nil
	}
	if err != nil {
		return i18n.Text{}, false, fmt.Errorf("reading the undo history: %w", err)
	}
	return title, true, nil
}

const (
	undoNext = `SELECT id, title FROM undo_entries WHERE undone = 0 ORDER BY id DESC`
	redoNext = `SELECT id, title FROM undo_entries WHERE undone = 1 ORDER BY id`
)

// Undo takes back the newest change that is not undone yet, and returns its title.
func (d *Dataset) Undo(ctx context.Context) (title i18n.Text, err error) {
	return d.step(ctx, undoNext, 1, ErrNothingToUndo)
}

// Redo makes the change that was undone last again, and returns its title. A new
// change forgets what could be redone.
func (d *Dataset) Redo(ctx context.Context) (title i18n.Text, err error) {
	return d.step(ctx, redoNext, 0, ErrNothingToRedo)
}

// step goes one entry back or forth. Either way it restores what the entry's steps
// keep, newest step first, each of which leaves a step for the way back.
func (d *Dataset) step(ctx context.Context, next string, undone int, atEnd error) (title i18n.Text, err error) {
	err = d.write(ctx, notUndoable, func(tx *writeTx) error {
		err := tx.queryRow(next+` LIMIT 1`).Scan(&tx.entry, (*storedTitle)(&title))
		if errors.Is(err, sql.ErrNoRows) {
			return atEnd
		}
		if err != nil {
			return err
		}
		steps, err := tx.steps()
		if err != nil {
			return err
		}
		if err := tx.beginRestoring(); err != nil {
			return err
		}
		for _, s := range steps {
			if err := tx.restore(s); err != nil {
				return i18n.Error(`"{{.Change}}" can't be undone or redone; nothing changed: {{.Cause}}`, i18n.Values{"Change": title, "Cause": err})
			}
		}
		if err := tx.forget(steps); err != nil {
			return err
		}
		if err := tx.checkCategories(steps); err != nil {
			return err
		}
		_, err = tx.execUnrecorded(`UPDATE undo_entries SET undone = ? WHERE id = ?`, undone, tx.entry)
		return err
	})
	return title, err
}

type undoStep struct {
	id      int64
	subject string
	columns string
}

// steps are the steps of the entry under way, newest first.
func (tx *writeTx) steps() ([]undoStep, error) {
	rows, err := tx.query(`SELECT id, subject, columns FROM undo_steps WHERE entry = ? ORDER BY id DESC`, tx.entry)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var steps []undoStep
	for rows.Next() {
		var s undoStep
		if err := rows.Scan(&s.id, &s.subject, &s.columns); err != nil {
			return nil, err
		}
		steps = append(steps, s)
	}
	return steps, rows.Err()
}

// beginRestoring counts what the steps of the entry under way are about to bring back:
// the rows that they keep, and of ranges all that lies in them.
func (tx *writeTx) beginRestoring() error {
	var total int
	err := tx.queryRow(`
		SELECT rows + (SELECT coalesce(sum(r.last - r.first), 0) FROM undo_ranges r JOIN undo_steps s ON s.id = r.step WHERE s.entry = e.id)
		FROM undo_entries e WHERE id = ?`, tx.entry).Scan(&total)
	tx.progress.begin(total)
	return err
}

// restore puts back what a step keeps, and adds a step that keeps what was there until
// now.
func (tx *writeTx) restore(s undoStep) error {
	if s.columns == "deleted" {
		return tx.restorePresence(s)
	}
	return tx.restoreColumns(s)
}

// forget drops steps that were restored: all at once, which is quicker than one by one.
func (tx *writeTx) forget(steps []undoStep) error {
	ids := make([]int64, len(steps))
	for i, s := range steps {
		ids[i] = s.id
	}
	_, err := tx.execUnrecorded(`DELETE FROM undo_steps WHERE id IN (SELECT value FROM json_each(?))`, jsonOf(ids))
	return err
}

func (tx *writeTx) restoreColumns(s undoStep) error {
	names := strings.Split(s.columns, ",")
	kept := args{"old": s.id}
	err := tx.recordStep(s.subject, names, " WHERE id IN (SELECT id FROM undo_"+s.subject+" WHERE step = :old)", kept)
	if err != nil {
		return err
	}
	var settings []string
	for _, name := range names {
		settings = append(settings, name+" = u."+name)
	}
	ids, err := tx.update(s.subject, strings.Join(settings, ", ")+" FROM undo_"+s.subject+" u WHERE u.step = :old AND u.id = "+s.subject+".id", kept)
	tx.progress.add(len(ids))
	return err
}

func (tx *writeTx) restorePresence(s undoStep) error {
	ranges, err := readRanges(tx.ctx, tx.raw, `SELECT first, last FROM undo_ranges WHERE step = ?`, s.id)
	if err != nil {
		return err
	}
	var deleted int
	if err := tx.queryRow(`SELECT deleted FROM undo_ranges WHERE step = ?`, s.id).Scan(&deleted); err != nil {
		return err
	}
	for _, r := range ranges {
		for first := r.first; first <= r.last; first += changedAtOnce {
			last := min(first+changedAtOnce-1, r.last)
			_, err := tx.update(s.subject, "deleted = :deleted WHERE id BETWEEN :first AND :last",
				args{"deleted": deleted, "first": first, "last": last})
			if err != nil {
				return err
			}
			tx.progress.add(int(last - first + 1))
		}
	}
	return tx.recordPresenceStep(s.subject, 1-deleted, ranges)
}

// checkCategories refuses to undo or redo steps that leave messages in a deleted
// category. Only a step that deleted a category can affect messages that it did not
// change itself, so all messages are searched for such a step alone.
func (tx *writeTx) checkCategories(steps []undoStep) error {
	query := changedInDeletedCategory
	for _, s := range steps {
		if s.subject == "categories" && s.columns == "deleted" {
			query = anyInDeletedCategory
		}
	}
	var deleted, inCategory int
	if err := tx.queryRow(`SELECT count(*) FROM categories WHERE deleted = 1`).Scan(&deleted); err != nil || deleted == 0 {
		return err
	}
	var name string
	err := tx.queryRow(query, sql.Named("ids", jsonOf(tx.touched))).Scan(&name, &inCategory)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return i18n.Error(`{{.Messages}} are labelled "{{.Category}}" since, and it would be gone; nothing changed: relabel them first`, i18n.Values{"Messages": countMessages(inCategory), "Category": name})
}

// The queries of checkCategories. CROSS JOIN fixes the order of the loops.
const (
	changedInDeletedCategory = `
		SELECT c.name, count(*) FROM json_each(:ids) changed
		CROSS JOIN messages m ON m.id = changed.value CROSS JOIN categories c ON c.id = m.category
		WHERE c.deleted = 1 AND m.deleted = 0 GROUP BY c.id`
	anyInDeletedCategory = `
		SELECT c.name, count(*) FROM messages m CROSS JOIN categories c ON c.id = m.category
		WHERE c.deleted = 1 AND m.deleted = 0 AND :ids IS NOT NULL GROUP BY c.id`
)

// record keeps the columns of the rows that where picks, before they change.
// Without a title nothing is kept.
func (tx *writeTx) record(subject string, names []string, where string, values args) error {
	if tx.title.IsZero() {
		return nil
	}
	if err := tx.openEntry(); err != nil {
		return err
	}
	return tx.recordStep(subject, names, where, values)
}

func (tx *writeTx) recordStep(subject string, names []string, where string, values args) error {
	step, err := tx.newStep(subject, strings.Join(names, ","))
	if err != nil {
		return err
	}
	list := strings.Join(names, ", ")
	result, err := tx.execUnrecorded(fmt.Sprintf(`INSERT INTO undo_%s (step, id, %s) SELECT %d, id, %s FROM %s`, subject, list, step, list, subject)+where, values.named()...)
	if err != nil {
		return err
	}
	kept, err := result.RowsAffected()
	if err != nil {
		return err
	}
	if kept == 0 {
		_, err = tx.execUnrecorded(`DELETE FROM undo_steps WHERE id = ?`, step)
	}
	tx.rows += int(kept)
	return err
}

// recordPresence keeps that the rows of subject with these ids were deleted (1) or
// not (0) before this change. Without a title nothing is kept.
func (tx *writeTx) recordPresence(subject string, deleted int, ranges ...idRange) error {
	if tx.title.IsZero() || len(ranges) == 0 {
		return nil
	}
	if err := tx.openEntry(); err != nil {
		return err
	}
	return tx.recordPresenceStep(subject, deleted, ranges)
}

func (tx *writeTx) recordPresenceStep(subject string, deleted int, ranges []idRange) error {
	step, err := tx.newStep(subject, "deleted")
	if err != nil {
		return err
	}
	insert, err := tx.prepareUnrecorded(`INSERT INTO undo_ranges (step, first, last, deleted) VALUES (?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	for _, r := range ranges {
		if _, err := insert.ExecContext(tx.ctx, step, r.first, r.last, deleted); err != nil {
			return err
		}
	}
	tx.rows += len(ranges)
	return nil
}

func (tx *writeTx) newStep(subject, columns string) (int64, error) {
	result, err := tx.execUnrecorded(`INSERT INTO undo_steps (entry, subject, columns) VALUES (?, ?, ?)`, tx.entry, subject, columns)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// openEntry begins the undo entry with the first thing that is recorded.
func (tx *writeTx) openEntry() error {
	if tx.entry != 0 {
		return nil
	}
	result, err := tx.execUnrecorded(`INSERT INTO undo_entries (title, created, rows) VALUES (?, ?, 0)`, storedTitle(tx.title), now().UnixMilli())
	if err != nil {
		return err
	}
	tx.entry, err = result.LastInsertId()
	return err
}

// closeEntry writes what the entry turned out to be, and forgets what could be
// redone before it; an entry without a step is dropped.
func (tx *writeTx) closeEntry() error {
	if tx.title.IsZero() || tx.entry == 0 {
		return nil
	}
	if tx.rows == 0 {
		_, err := tx.execUnrecorded(`DELETE FROM undo_entries WHERE id = ?`, tx.entry)
		return err
	}
	if _, err := tx.execUnrecorded(`DELETE FROM undo_entries WHERE undone = 1`); err != nil {
		return err
	}
	_, err := tx.execUnrecorded(`UPDATE undo_entries SET title = ?, rows = ? WHERE id = ?`, storedTitle(tx.title), tx.rows, tx.entry)
	return err
}

// idRange is a run of ids without a gap, both ends included.
type idRange struct{ first, last int64 }

// rangesOf packs ascending ids into ranges.
func rangesOf(ids []int64) []idRange {
	var ranges []idRange
	for _, id := range ids {
		if n := len(ranges); n > 0 && ranges[n-1].last+1 == id {
			ranges[n-1].last = id
			continue
		}
		ranges = append(ranges, idRange{id, id})
	}
	return ranges
}

// purgedAtOnce bounds how many deleted messages one closing removes from the file,
// so that closing stays quick.
const purgedAtOnce = 50_000

// trim forgets the oldest changes beyond keptChanges and keptRows, and removes the
// deleted rows that no change can bring back. The newest message stays even so: its
// id must not be given to another one.
func (d *Dataset) trim(ctx context.Context) error {
	tx, err := d.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	_, err = tx.ExecContext(ctx, `
		DELETE FROM undo_entries WHERE id IN (
			SELECT id FROM (SELECT id, row_number() OVER newest AS n, sum(rows) OVER newest AS kept FROM undo_entries WINDOW newest AS (ORDER BY id DESC))
			WHERE n > ? OR n > 1 AND kept > ?)`, keptChanges, keptRows)
	if err != nil {
		return err
	}
	if err := purge(ctx, tx); err != nil {
		return err
	}
	return tx.Commit()
}

// purge removes deleted messages that no undo entry names.
func purge(ctx context.Context, tx *sql.Tx) error {
	kept, err := readRanges(ctx, tx, `
		SELECT r.first, r.last FROM undo_ranges r JOIN undo_steps s ON s.id = r.step WHERE s.subject = 'messages' ORDER BY r.first`)
	if err != nil {
		return err
	}
	deleted, err := readRanges(ctx, tx, `
		SELECT id, id FROM messages WHERE deleted = 1 AND id < (SELECT max(id) FROM messages) ORDER BY id`)
	if err != nil {
		return err
	}
	var gone []int64
	last, next := int64(0), 0 // the end of the kept ranges that begin at or before id
	for _, id := range deleted {
		for ; next < len(kept) && kept[next].first <= id.first; next++ {
			last = max(last, kept[next].last)
		}
		if id.first > last && len(gone) < purgedAtOnce {
			gone = append(gone, id.first)
		}
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM messages WHERE id IN (SELECT value FROM json_each(?))`, jsonOf(gone))
	return err
}

func readRanges(ctx context.Context, tx *sql.Tx, query string, values ...any) ([]idRange, error) {
	rows, err := tx.QueryContext(ctx, query, values...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ranges []idRange
	for rows.Next() {
		var r idRange
		if err := rows.Scan(&r.first, &r.last); err != nil {
			return nil, err
		}
		ranges = append(ranges, r)
	}
	return ranges, rows.Err()
}
