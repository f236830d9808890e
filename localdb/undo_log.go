package localdb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/dustin/go-humanize"

	"seedbed/assets/i18n"
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

// closeEntry stores the entry's title and row count, and drops what could be
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

// What undo calls a change.
var (
	titleAddCategory    = i18n.T("Add the category {{.Category}}")
	titleChangeCategory = i18n.T("Change the category {{.Category}}")
	titleRename         = i18n.T("Rename a category to {{.Category}}")
	titleArchive        = i18n.T("Archive a category")
	titleBringBack      = i18n.T("Bring back a category")
	titleMerge          = i18n.T("Merge {{.From}} into {{.Into}}")
	titleLabelAs        = i18n.T("Label {{.Messages}} as {{.Category}}")
	titleLabel          = i18n.T("Label {{.Messages}}")
	titleRelabel        = i18n.T("Relabel {{.Messages}} to {{.Category}}")
	titleUnlabel        = i18n.T("Take the label off {{.Messages}}")
	titleReopen         = i18n.T("Reopen {{.Messages}}")
	titleAccept         = i18n.T("Accept {{.Messages}}")
	titleReject         = i18n.T("Reject {{.Messages}}")
	titleDelete         = i18n.T("Delete {{.Messages}}")
	titleEdit           = i18n.T("Edit a message")
	titleImport         = i18n.T("Import {{.Messages}}")
	titleClear          = i18n.T("Clear the passages")
)

func titlePassages(n int) i18n.Text { return i18n.N("Add 1 passage", "Add {{.N}} passages", n) }

// MergeTitle is what undo calls merging a file or a database into the dataset.
func MergeTitle(name string) i18n.Text {
	return i18n.T("Merge {{.Name}}", i18n.Values{"Name": name})
}

// storedTitle is a title as the undo log stores it: its template and values as JSON,
// so that it can be shown in any language. Titles from before migration 5 are plain
// English.
type storedTitle i18n.Text

// Value is called by database/sql.
func (t storedTitle) Value() (driver.Value, error) {
	text, err := json.Marshal(i18n.Text(t))
	return string(text), err
}

// Scan is called by database/sql.
func (t *storedTitle) Scan(value any) error {
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("a title of type %T", value)
	}
	return json.Unmarshal([]byte(text), (*i18n.Text)(t))
}

var (
	oneMessage   = i18n.T("1 message")
	someMessages = i18n.T("{{.N}} messages")
)

func countMessages(n int) i18n.Text {
	if n == 1 {
		return oneMessage
	}
	return someMessages.With(i18n.Values{"N": humanize.Comma(int64(n))})
}

func messagesOf(n int) i18n.Values { return i18n.Values{"Messages": countMessages(n)} }
