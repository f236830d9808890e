package localdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"seedbed/assets/i18n"
)

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

// Label is a person's decision on messages: they have this category ("" takes the
// label away), and those that were still to review are accepted with it. It returns
// how many changed.
func (d *Dataset) Label(ctx context.Context, ids []int64, category string, report Report) (changed int, err error) {
	if category == "" {
		return d.Relabel(ctx, ids, "", Nobody, 0, report)
	}
	err = d.write(ctx, titleLabel, func(tx *writeTx) error {
		tx.progress.report = report
		id, err := tx.categoryID(category)
		if err != nil {
			return err
		}
		changed, err = tx.changeMessages(ids, "true", columns{
			"category": ":category", "confidence": "1", "labelled_by": ":by",
			"flags": "flags & ~:settled", "reads_as": "NULL", "reads_as_score": "NULL", "doubt": "0",
			"status": "CASE status WHEN :waiting THEN :accepted ELSE status END",
		}, args{"category": id, "by": int(ByPerson), "settled": int(fromCheck), "waiting": int(ToReview), "accepted": int(Accepted)})
		tx.title = titleLabelAs.With(i18n.Values{"Messages": countMessages(changed), "Category": category})
		return err
	})
	return changed, err
}
