package localdb

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"seedbed/assets/i18n"
)

// RunRecord is a run, unfinished or done.
type RunRecord struct {
	ID      int64
	Plan    json.RawMessage // as package gen wrote it
	Writer  string          // who it was begun with: "builtin" or "openai"
	Model   string          // "" for a writer without one
	Done    bool            // every message of the plan was kept
	Created time.Time

	// Labelling means that the run labels messages and writes none. Such a
	// run is never resumed: another one labels what is left.
	Labelling bool
}

// BatchState is how far a batch has come.
type BatchState int

// The states of a batch.
const (
	BatchWaiting BatchState = iota
	BatchStored             // its answer is in the dataset
	BatchGivenUp            // requested without success
)

// BatchRecord is one request's worth of a run's plan. A run's batches are in the order of
// their ids.
type BatchRecord struct {
	ID         int64
	Run        int64
	CategoryID int64  // 0 for a labelling's
	Category   string // its present name; ignored when a batch is stored
	TopUp      bool   // makes up for what other batches lacked
	Count      int    // messages asked for
	Kept       int    // messages stored; those that a person deletes later still count
	State      BatchState
	Prompt     string          // version of the prompt
	Spec       json.RawMessage // what the batch asks for, as package gen wrote it; the column is called brief
}

// ErrNoRun means that the dataset has no unfinished run.
var ErrNoRun = i18n.Error("this dataset has no unfinished run to resume; start a new one")

// StartRun stores a run together with all its batches, before anything is sent, and
// returns them with their ids.
func (d *Dataset) StartRun(ctx context.Context, run RunRecord, batches []BatchRecord) (RunRecord, []BatchRecord, error) {
	err := d.write(ctx, notUndoable, func(tx *writeTx) error {
		run.Created = now()
		result, err := tx.execUnrecorded(`INSERT INTO runs (plan, writer, model, created, kind) VALUES (?, ?, ?, ?, iif(?, 'labelling', 'writing'))`,
			string(run.Plan), run.Writer, run.Model, run.Created.UnixMilli(), run.Labelling)
		if err != nil {
			return err
		}
		if run.ID, err = result.LastInsertId(); err != nil {
			return err
		}
		return tx.addBatches(run.ID, batches)
	})
	if err != nil {
		return RunRecord{}, nil, fmt.Errorf("store the run: %w", err)
	}
	return run, batches, nil
}

// AddBatches stores further batches of a run and returns them with their ids.
func (d *Dataset) AddBatches(ctx context.Context, run int64, batches []BatchRecord) ([]BatchRecord, error) {
	err := d.write(ctx, notUndoable, func(tx *writeTx) error { return tx.addBatches(run, batches) })
	if err != nil {
		return nil, fmt.Errorf("store more batches: %w", err)
	}
	return batches, nil
}

func (tx *writeTx) addBatches(run int64, batches []BatchRecord) error {
	for i := range batches {
		b := &batches[i]
		result, err := tx.execUnrecorded(`INSERT INTO batches (run, category, top_up, count, prompt, brief) VALUES (?, nullif(?, 0), ?, ?, ?, ?)`,
			run, b.CategoryID, b.TopUp, b.Count, b.Prompt, string(b.Spec))
		if err != nil {
			return err
		}
		b.Run = run
		if b.ID, err = result.LastInsertId(); err != nil {
			return err
		}
	}
	return nil
}

// GiveUpBatch marks a batch as given up.
func (d *Dataset) GiveUpBatch(ctx context.Context, id int64) error {
	return d.write(ctx, notUndoable, func(tx *writeTx) error {
		_, err := tx.execUnrecorded(`UPDATE batches SET state = ? WHERE id = ?`, BatchGivenUp, id)
		return err
	})
}

// FinishRun marks a run as done.
func (d *Dataset) FinishRun(ctx context.Context, id int64) error {
	return d.write(ctx, notUndoable, func(tx *writeTx) error {
		_, err := tx.execUnrecorded(`UPDATE runs SET done = 1 WHERE id = ?`, id)
		return err
	})
}

// LastRun is the newest run, or ErrNoRun where there was none.
func (d *Dataset) LastRun(ctx context.Context) (RunRecord, error) {
	run, err := scanRun(d.reader.QueryRowContext(ctx, selectRun+`WHERE kind = 'writing' ORDER BY id DESC LIMIT 1`))
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNoRun
	}
	return run, err
}

// UnfinishedRun is the newest run if it is unfinished, and ErrNoRun otherwise. What
// was left of an older run was dropped when the newer one began.
func (d *Dataset) UnfinishedRun(ctx context.Context) (RunRecord, error) {
	run, err := d.LastRun(ctx)
	if err == nil && run.Done {
		return RunRecord{}, ErrNoRun
	}
	return run, err
}

// Batches are all batches of a run, in order.
func (d *Dataset) Batches(ctx context.Context, run int64) ([]BatchRecord, error) {
	rows, err := d.reader.QueryContext(ctx, selectBatch+`WHERE b.run = ? ORDER BY b.id`, run)
	if err != nil {
		return nil, fmt.Errorf("read the run's batches: %w", err)
	}
	defer rows.Close()
	var batches []BatchRecord
	for rows.Next() {
		b, err := scanBatch(rows)
		if err != nil {
			return nil, fmt.Errorf("read the run's batches: %w", err)
		}
		batches = append(batches, b)
	}
	return batches, rows.Err()
}

// Provenance is where a message came from.
type Provenance struct {
	Run           RunRecord
	Batch         BatchRecord
	Writer, Model string // who wrote it: a resumed run may have another than it began with
}

// Provenance returns where a message came from, by its BatchID.
func (d *Dataset) Provenance(ctx context.Context, batch int64) (p Provenance, err error) {
	if p.Batch, err = scanBatch(d.reader.QueryRowContext(ctx, selectBatch+`WHERE b.id = ?`, batch)); err != nil {
		return p, fmt.Errorf("read batch %d: %w", batch, err)
	}
	if p.Run, err = scanRun(d.reader.QueryRowContext(ctx, selectRun+`WHERE id = ?`, p.Batch.Run)); err != nil {
		return p, fmt.Errorf("read the run of batch %d: %w", batch, err)
	}
	err = d.reader.QueryRowContext(ctx, `SELECT writer, model FROM requests WHERE batch = ? AND state = ? ORDER BY id DESC LIMIT 1`,
		batch, requestAnswered).Scan(&p.Writer, &p.Model)
	return p, err
}

const selectRun = `SELECT id, plan, writer, model, done, created, kind = 'labelling' FROM runs `

func scanRun(row interface{ Scan(...any) error }) (RunRecord, error) {
	var r RunRecord
	var plan string
	var created int64
	err := row.Scan(&r.ID, &plan, &r.Writer, &r.Model, &r.Done, &created, &r.Labelling)
	r.Plan, r.Created = json.RawMessage(plan), time.UnixMilli(created).UTC()
	return r, err
}

const selectBatch = `
	SELECT b.id, b.run, c.id, c.name, b.top_up, b.count, b.kept, b.state, b.prompt, b.brief
	FROM batches b JOIN categories c ON c.id = b.category `

func scanBatch(row interface{ Scan(...any) error }) (BatchRecord, error) {
	var b BatchRecord
	var spec string
	err := row.Scan(&b.ID, &b.Run, &b.CategoryID, &b.Category, &b.TopUp, &b.Count, &b.Kept, &b.State, &b.Prompt, &spec)
	b.Spec = json.RawMessage(spec)
	return b, err
}

// MachineLabel is the category that a machine gives a message.
type MachineLabel struct {
	ID          int64
	Category    string  // "" takes an earlier label away
	Confidence  float64 // 0 to 1
	Uncertainty float64 // 0 to 1, for the review queue
}

// Labelling stores the labels of one machine as they arrive. As long as nothing else
// changes in between, one undo takes all of them back. What a person labelled stays.
type Labelling struct {
	d     *Dataset
	by    LabelledBy
	entry int64 // its undo entry; 0 before there is one
}

// NewLabelling begins a labelling by the check model or by a language model.
func (d *Dataset) NewLabelling(by LabelledBy) *Labelling { return &Labelling{d: d, by: by} }

// Store gives messages their labels and returns how many changed.
func (l *Labelling) Store(ctx context.Context, labels []MachineLabel) (changed int, err error) {
	err = l.write(ctx, func(tx *writeTx) error {
		changed, err = tx.labelByMachine(labels, l.by)
		return err
	})
	return changed, err
}

// StoreAnswer stores all of a labeller's answer in one transaction: its labels, its
// tokens, its cost and the batch's state. It returns how many messages changed.
func (l *Labelling) StoreAnswer(ctx context.Context, request int64, a StoredAnswer, labels []MachineLabel) (changed int, err error) {
	err = l.write(ctx, func(tx *writeTx) error {
		batch, err := tx.settleRequest(request, a)
		if err != nil {
			return err
		}
		if changed, err = tx.labelByMachine(labels, l.by); err != nil {
			return err
		}
		_, err = tx.execUnrecorded(`UPDATE batches SET kept = min(count, kept + ?), state = ? WHERE id = ?`, changed, a.State, batch)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("store an answer: %w", err)
	}
	return changed, nil
}

// write adds a change to the labelling's undo entry where that is still the newest, and
// begins another where it is not.
func (l *Labelling) write(ctx context.Context, do func(tx *writeTx) error) error {
	var entry int64
	err := l.d.write(ctx, titleLabel, func(tx *writeTx) error {
		var newest, rows int64
		var undone bool
		err := tx.queryRow(`SELECT id, rows, undone FROM undo_entries ORDER BY id DESC LIMIT 1`).Scan(&newest, &rows, &undone)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if l.entry != 0 && newest == l.entry && !undone {
			tx.entry, tx.rows = newest, int(rows)
		}
		if err := do(tx); err != nil {
			return err
		}
		tx.title = titleLabel.With(messagesOf(tx.rows))
		entry = tx.entry
		return nil
	})
	if err == nil && entry != 0 {
		l.entry = entry
	}
	return err
}

// labelByMachine gives messages their labels, but for those that a person labelled.
func (tx *writeTx) labelByMachine(labels []MachineLabel, by LabelledBy) (int, error) {
	if len(labels) == 0 {
		return 0, nil
	}
	rows := make([][]any, len(labels))
	for i, label := range labels {
		category, err := tx.categoryID(label.Category)
		if err != nil {
			return 0, err
		}
		rows[i] = []any{label.ID, category, label.Confidence, label.Uncertainty}
		if category == nil {
			rows[i][2] = nil
		}
	}
	_, err := tx.execUnrecorded(`
		CREATE TEMP TABLE machine_labels (id INTEGER PRIMARY KEY, category INTEGER, confidence REAL, doubt REAL);
		INSERT INTO temp.machine_labels
		SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?)`, jsonOf(rows))
	if err != nil {
		return 0, err
	}
	of := func(column string) string {
		return "(SELECT " + column + " FROM temp.machine_labels l WHERE l.id = messages.id)"
	}
	changed, err := tx.change("messages", "id IN (SELECT id FROM temp.machine_labels) AND labelled_by <> :person", columns{
		"category": of("category"), "confidence": of("confidence"), "doubt": of("doubt"),
		"labelled_by": "CASE WHEN " + of("category") + " IS NULL THEN :nobody ELSE :by END",
		"flags":       "flags & :kept", "reads_as": "NULL", "reads_as_score": "NULL",
	}, args{"by": int(by), "nobody": int(Nobody), "person": int(ByPerson), "kept": int(^fromCheck)})
	if err != nil {
		return 0, err
	}
	_, err = tx.execUnrecorded(`DROP TABLE temp.machine_labels`)
	return changed, err
}
