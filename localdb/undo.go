package localdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"seedbed/assets/i18n"
)

// The undo log keeps this many changes, and this many rows in them; the oldest
// are dropped when the dataset is closed, and only then are deleted messages
// that nothing can bring back removed from the file.
const (
	keptChanges = 1000
	keptRows    = 3_000_000
)

// ErrNothingToUndo and ErrNothingToRedo mean that the log is at its end.
var (
	ErrNothingToUndo = i18n.Error("there is nothing to undo")
	ErrNothingToRedo = i18n.Error("there is nothing to redo")
)

// CanUndo returns the title of the change that Undo would undo; ok is false
// where there is none.
func (d *Dataset) CanUndo(ctx context.Context) (title i18n.Text, ok bool, err error) {
	return d.nextTitle(ctx, undoNext)
}

// CanRedo returns the title of the change that Redo would redo; ok is false
// where there is none.
func (d *Dataset) CanRedo(ctx context.Context) (title i18n.Text, ok bool, err error) {
	return d.nextTitle(ctx, redoNext)
}

// History returns the numbers of the change that Undo would undo and of that which Redo
// would redo, 0 where there is none. A change keeps its number when it is undone.
func (d *Dataset) History(ctx context.Context) (undo, redo int64, err error) {
	err = d.reader.QueryRowContext(ctx, `
		SELECT coalesce(max(id) FILTER (WHERE undone = 0), 0), coalesce(min(id) FILTER (WHERE undone = 1), 0)
		FROM undo_entries`).Scan(&undo, &redo)
	if err != nil {
		return 0, 0, fmt.Errorf("reading the undo history: %w", err)
	}
	return undo, redo, nil
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

// Undo undoes the newest change that is not undone yet, and returns its title.
func (d *Dataset) Undo(ctx context.Context, report Report) (title i18n.Text, err error) {
	return d.applyEntry(ctx, undoNext, 1, ErrNothingToUndo, report)
}

// Redo redoes the change that was undone last, and returns its title. A new
// change drops what could be redone.
func (d *Dataset) Redo(ctx context.Context, report Report) (title i18n.Text, err error) {
	return d.applyEntry(ctx, redoNext, 0, ErrNothingToRedo, report)
}

// applyEntry undoes or redoes one entry. Either way it restores what the entry's steps
// keep, newest step first, each of which leaves a step for the way back.
func (d *Dataset) applyEntry(ctx context.Context, next string, undone int, atEnd error, report Report) (title i18n.Text, err error) {
	err = d.write(ctx, notUndoable, func(tx *writeTx) error {
		tx.progress.report = report
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
	var category Category
	err := tx.queryRow(query, sql.Named("ids", jsonOf(tx.touched))).Scan(&category.Name, &category.ShownName, &inCategory)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return i18n.Error(`{{.Messages}} have since been labelled "{{.Category}}", which this would remove; nothing was changed: relabel them first`, i18n.Values{"Messages": countMessages(inCategory), "Category": category.Shown()})
}

// The queries of checkCategories. CROSS JOIN fixes the order of the loops.
const (
	changedInDeletedCategory = `
		SELECT c.name, c.shown_name, count(*) FROM json_each(:ids) changed
		CROSS JOIN messages m ON m.id = changed.value CROSS JOIN categories c ON c.id = m.category
		WHERE c.deleted = 1 AND m.deleted = 0 GROUP BY c.id`
	anyInDeletedCategory = `
		SELECT c.name, c.shown_name, count(*) FROM messages m CROSS JOIN categories c ON c.id = m.category
		WHERE c.deleted = 1 AND m.deleted = 0 AND :ids IS NOT NULL GROUP BY c.id`
)
