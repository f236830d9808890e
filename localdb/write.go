package localdb

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"syscall"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
	zombiezen "zombiezen.com/go/sqlite"

	"seedbed/assets/i18n"
	"seedbed/localdb/damage"
)

// writeTx is one change of the dataset under way: one transaction, and the undo
// entry that belongs to it. What it does through execUnrecorded and prepareUnrecorded
// can't be undone; all its other methods record what they change.
type writeTx struct {
	raw *sql.Tx
	ctx context.Context

	title i18n.Text // of the undo entry; zero for a change that can't be undone
	entry int64     // the undo entry, once something was recorded
	rows  int       // how many rows the entry's steps keep

	progress    progress
	touched     []int64 // messages that changed and that the index must read again
	categoryIDs map[string]int64
}

// notUndoable is the title of a change that is not recorded for undo.
var notUndoable i18n.Text

// write carries out one change as one transaction with one undo entry called title,
// or without one where title is notUndoable. When do fails or ctx ends, nothing has changed. Do
// may refine tx.title once it knows what it changed.
func (d *Dataset) write(ctx context.Context, title i18n.Text, do func(tx *writeTx) error) error {
	if d.readOnly != nil {
		return d.readOnly
	}
	if err := d.commit(ctx, title, do); err != nil {
		return err
	}
	d.notify()
	return nil
}

// note carries out a change that is no person's, such as the record of a check. In a
// dataset that can only be read it goes into the private copy, and lasts until that is closed.
func (d *Dataset) note(ctx context.Context, do func(tx *writeTx) error) error {
	if d.writer == nil {
		return d.readOnly
	}
	if err := d.commit(ctx, notUndoable, do); err != nil {
		return err
	}
	d.notify()
	return nil
}

func (d *Dataset) commit(ctx context.Context, title i18n.Text, do func(tx *writeTx) error) error {
	d.writing.Lock()
	defer d.writing.Unlock()
	sqlTx, err := d.writer.BeginTx(ctx, nil)
	if err != nil {
		return writeError(err)
	}
	defer func() { _ = sqlTx.Rollback() }() // after a commit this does nothing
	tx := &writeTx{raw: sqlTx, ctx: ctx, title: title}
	err = do(tx)
	if err == nil {
		err = tx.closeEntry()
	}
	if err == nil {
		err = sqlTx.Commit()
	}
	if err != nil && ctx.Err() != nil {
		err = ctx.Err() // a transaction that was stopped fails in many ways
	}
	if err != nil {
		return writeError(err)
	}
	d.index.update(tx.touched)
	d.revision.Add(1)
	return nil
}

func (tx *writeTx) query(query string, values ...any) (*sql.Rows, error) {
	return tx.raw.QueryContext(tx.ctx, query, values...)
}

func (tx *writeTx) queryRow(query string, values ...any) *sql.Row {
	return tx.raw.QueryRowContext(tx.ctx, query, values...)
}

// execUnrecorded carries out a statement that undo doesn't take back.
func (tx *writeTx) execUnrecorded(query string, values ...any) (sql.Result, error) {
	return tx.raw.ExecContext(tx.ctx, query, values...)
}

// prepareUnrecorded prepares a statement that undo doesn't take back.
func (tx *writeTx) prepareUnrecorded(query string) (*sql.Stmt, error) {
	return tx.raw.PrepareContext(tx.ctx, query)
}

// now is the package's clock.
var now = time.Now

// addMessages appends messages and returns their ids. Undoing takes them out again.
func (tx *writeTx) addMessages(messages []Message) ([]int64, error) {
	if len(messages) == 0 {
		return nil, nil
	}
	insert, err := tx.prepareUnrecorded(`
		INSERT INTO messages (text, category, confidence, labelled_by, source, status, flags,
			reads_as, reads_as_score, doubt, batch, passage, near, conversation, note, tags, created)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), nullif(?, 0), nullif(?, 0), nullif(?, ''), ?, ?, ?)`)
	if err != nil {
		return nil, err
	}
	defer insert.Close()
	ids := make([]int64, 0, len(messages))
	for _, m := range messages {
		category, err := tx.categoryID(m.Category)
		if err != nil {
			return nil, err
		}
		predicted, err := tx.categoryID(m.Predicted)
		if err != nil {
			return nil, err
		}
		var confidence, score any
		if category != nil {
			confidence = m.Confidence
		}
		if predicted != nil {
			score = m.PredictedScore
		}
		if m.Created.IsZero() {
			m.Created = now()
		}
		result, err := insert.ExecContext(tx.ctx, m.Text, category, confidence, int(m.LabelledBy), int(m.Source), int(m.Status), int(m.Flags),
			predicted, score, m.Uncertainty, m.BatchID, m.PassageID, m.NearID, m.Conversation, m.Note, string(m.Tags), m.Created.UnixMilli())
		if err != nil {
			return nil, fmt.Errorf("adding %q: %w", shorten(m.Text), err)
		}
		id, err := result.LastInsertId()
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, tx.recordPresence("messages", 1, rangesOf(ids)...)
}

// columns gives columns the values of SQL expressions; args are the named
// parameters in them.
type (
	columns map[string]string
	args    map[string]any
)

func (a args) named() []any {
	var list []any
	for name, value := range a {
		list = append(list, sql.Named(name, value))
	}
	return list
}

// changeMessages sets columns of those messages in ids for which the SQL condition
// holds ("true" for all) and for which that changes anything. It records their old
// values, and returns how many changed.
func (tx *writeTx) changeMessages(ids []int64, condition string, to columns, values args) (changed int, err error) {
	values = maps.Clone(values)
	err = tx.inParts(ids, func(part []int64) error {
		values["ids"] = jsonOf(part)
		n, err := tx.change("messages", "id IN (SELECT value FROM json_each(:ids)) AND "+condition, to, values)
		changed += n
		return err
	})
	return changed, err
}

// change does the same to those rows of subject (messages or categories) for which
// the SQL condition holds.
func (tx *writeTx) change(subject, condition string, to columns, values args) (int, error) {
	names := slices.Sorted(maps.Keys(to))
	var settings, differences []string
	for _, name := range names {
		settings = append(settings, name+" = "+to[name])
		differences = append(differences, name+" IS NOT ("+to[name]+")")
	}
	where := " WHERE deleted = 0 AND " + condition + " AND (" + strings.Join(differences, " OR ") + ")"
	if err := tx.record(subject, names, where, values); err != nil {
		return 0, err
	}
	ids, err := tx.update(subject, strings.Join(settings, ", ")+where, values)
	return len(ids), err
}

// update carries out an UPDATE and returns the ids of the rows it changed.
func (tx *writeTx) update(subject, settings string, values args) ([]int64, error) {
	ids, err := tx.ids("UPDATE "+subject+" SET "+settings+" RETURNING id", values)
	if subject == "messages" {
		tx.touch(ids...)
	}
	return ids, err
}

// ids returns the ids that a statement selects, one a row.
func (tx *writeTx) ids(query string, values args) ([]int64, error) {
	rows, err := tx.query(query, values.named()...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// deleteMessages hides messages and returns how many it hid.
func (tx *writeTx) deleteMessages(ids []int64) (int, error) {
	var gone []int64
	err := tx.inParts(ids, func(part []int64) error {
		hidden, err := tx.update("messages", "deleted = 1 WHERE deleted = 0 AND id IN (SELECT value FROM json_each(:ids))", args{"ids": jsonOf(part)})
		gone = append(gone, hidden...)
		return err
	})
	if err != nil {
		return 0, err
	}
	slices.Sort(gone)
	return len(gone), tx.recordPresence("messages", 0, rangesOf(gone)...)
}

// touch marks messages for the index to read again. The other methods do so themselves;
// what execUnrecorded changes must be passed here. New messages need not be.
func (tx *writeTx) touch(ids ...int64) { tx.touched = append(tx.touched, ids...) }

// categoryID is the id of the category with this name, or nil for "".
func (tx *writeTx) categoryID(name string) (any, error) {
	if name == "" {
		return nil, nil
	}
	if id, ok := tx.categoryIDs[name]; ok {
		return id, nil
	}
	var id int64
	err := tx.queryRow(`SELECT id FROM categories WHERE name = ? AND deleted = 0`, name).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, i18n.Error(`"{{.Category}}": {{.Cause}}`, i18n.Values{"Category": name, "Cause": ErrNoCategory})
	}
	if err != nil {
		return nil, err
	}
	if tx.categoryIDs == nil {
		tx.categoryIDs = map[string]int64{}
	}
	tx.categoryIDs[name] = id
	return id, nil
}

// jsonOf is a list as SQLite's json_each reads it.
func jsonOf[T any](list []T) string {
	text, err := json.Marshal(list)
	if err != nil || list == nil {
		return "[]"
	}
	return string(text)
}

// changedAtOnce is how many messages one statement changes: few enough to report
// progress several times a second, enough to make the cost of a statement negligible.
const changedAtOnce = 10_000

// Report is called by a change of many messages, on the goroutine of the change, when
// done messages of total are dealt with; nil where nobody wants to know. A change of up
// to changedAtOnce messages reports nothing.
type Report func(done, total int)

// progress counts the messages that a change has dealt with.
type progress struct {
	done, total int
	report      Report
}

// begin is called before a change of total messages, and add with each part of it
// that is done.
func (p *progress) begin(total int) {
	p.done, p.total = 0, total
	p.add(0)
}

func (p *progress) add(n int) {
	p.done += n
	if p.report != nil && p.total > changedAtOnce {
		p.report(min(p.done, p.total), p.total)
	}
}

// inParts calls do with the ids in their order, as many at a time as one statement
// takes, and counts them. It stops at the first error.
func (tx *writeTx) inParts(ids []int64, do func(part []int64) error) error {
	if !slices.IsSorted(ids) { // so that each part lies together in the file
		ids = slices.Sorted(slices.Values(ids))
	}
	tx.progress.begin(len(ids))
	for part := range slices.Chunk(ids, changedAtOnce) {
		if err := do(part); err != nil {
			return err
		}
		tx.progress.add(len(part))
	}
	return nil
}

const (
	sqliteNotADB   = sqlite3.SQLITE_NOTADB
	sqliteFull     = sqlite3.SQLITE_FULL
	sqliteBusy     = sqlite3.SQLITE_BUSY
	sqliteLocked   = sqlite3.SQLITE_LOCKED
	sqliteCantOpen = sqlite3.SQLITE_CANTOPEN
	sqliteReadOnly = sqlite3.SQLITE_READONLY
	sqliteTooBig   = sqlite3.SQLITE_TOOBIG
)

// hasCode says whether err comes from the engine with this primary result code.
func hasCode(err error, code int) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == code
}

// notWritten explains a failure to write a file beside a dataset.
func notWritten(err error) error {
	if hasCode(err, sqliteFull) || zombiezen.ErrCode(err).ToPrimary() == zombiezen.ResultFull || errors.Is(err, syscall.ENOSPC) {
		return i18n.Error("the disk is full; no file was written: free some space and try again: {{.Cause}}", i18n.Values{"Cause": err})
	}
	return err
}

// writeError explains a failure to change the dataset.
func writeError(err error) error {
	switch {
	case hasCode(err, sqliteFull):
		return i18n.Error("the disk is full; this change was not made and everything before it is safe: free some space and try again: {{.Cause}}", i18n.Values{"Cause": err})
	case hasCode(err, sqlite3.SQLITE_IOERR):
		return i18n.Error("the disk could not be written; this change was not made and everything before it is safe: check the disk and try again: {{.Cause}}", i18n.Values{"Cause": err})
	}
	return damage.Explain(err)
}
