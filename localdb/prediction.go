package localdb

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"
)

// Prediction is what a check predicts for one message.
type Prediction struct {
	ID          int64
	Category    string  // its label when it was checked
	Predicted   string  // what models that were not trained on it predict; "" where they abstain
	Score       float64 // 0 to 1, how sure they are
	Uncertainty float64 // 0 to 1, for the review queue
	Suspect     bool    // flag it as mislabelled
	OutOfScope  float64 // 0 to 1, how little it is like any category
	Foreign     bool    // flag it as out of scope

	// Tested is the prediction in the test behind the check's headline score, "" where
	// the message was not part of it.
	Tested      string
	TestedScore float64
}

// Check is an entry in a dataset's history of checks.
type Check struct {
	ID      int64
	Created time.Time
	Report  json.RawMessage // as package gen wrote it
}

// checksInDetail is how many checks keep their predictions; reports are kept for good.
const checksInDetail = 5

// learnable picks the messages m, of categories c, that a model may learn from, and
// keptOut those of categories that it does not learn.
var (
	labelled  = fmt.Sprintf("m.deleted = 0 AND m.status <> %d AND (m.labelled_by <> %d OR m.status = %d)", Rejected, ByCheck, Accepted)
	learnable = labelled + " AND c.training = 1 AND c.archived = 0"
	keptOut   = labelled + " AND (c.training = 0 OR c.archived = 1)"
)

// Learnable returns the messages that a model may learn from, in id order: those of
// categories for training that aren't rejected. What the check itself labelled counts
// once a person has accepted it.
func (d *Dataset) Learnable(ctx context.Context) ([]Message, error) {
	return d.readMessages(ctx, `WHERE `+learnable+` ORDER BY m.id`)
}

// KeptOut returns the labelled messages that belong to no category that a model learns, in
// id order: those of categories kept out of training, that aren't rejected. What the check
// itself labelled counts once a person has accepted it.
func (d *Dataset) KeptOut(ctx context.Context) ([]Message, error) {
	return d.readMessages(ctx, `WHERE `+keptOut+` ORDER BY m.id`)
}

// StoreCheck adds a check to the history and replaces the predictions that the messages
// show: a message shows a prediction that differs from its category, suspects and foreign
// messages are flagged, and flags of earlier ones are cleared. No label changes. Undo doesn't
// record it, since no person made the change; a dataset that can only be read keeps it until
// it is closed.
func (d *Dataset) StoreCheck(ctx context.Context, report json.RawMessage, predictions []Prediction) (Check, error) {
	check := Check{Created: now().Truncate(time.Millisecond).UTC(), Report: report}
	err := d.note(ctx, func(tx *writeTx) error {
		result, err := tx.execUnrecorded(`INSERT INTO checks (created, report) VALUES (?, ?)`, check.Created.UnixMilli(), string(report))
		if err != nil {
			return err
		}
		if check.ID, err = result.LastInsertId(); err != nil {
			return err
		}
		if _, err := tx.execUnrecorded(`DELETE FROM verdicts WHERE of_check <= ?`, check.ID-checksInDetail); err != nil {
			return err
		}
		if err := tx.storePredictions(check.ID, predictions); err != nil {
			return err
		}
		return tx.showPredictions(predictions)
	})
	if err != nil {
		return Check{}, fmt.Errorf("store the check: %w", err)
	}
	return check, nil
}

// storePredictions writes the predictions into the history; the table is called verdicts.
func (tx *writeTx) storePredictions(check int64, predictions []Prediction) error {
	keep, err := tx.prepareUnrecorded(`
		INSERT INTO verdicts (of_check, message, category, reads_as, score, tested, tested_score, out_of_scope) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer keep.Close()
	for _, v := range predictions {
		var ids [3]any // of the categories
		for i, name := range []string{v.Category, v.Predicted, v.Tested} {
			if ids[i], err = tx.categoryID(name); err != nil {
				return err
			}
		}
		if _, err := keep.ExecContext(tx.ctx, check, v.ID, ids[0], ids[1], v.Score, ids[2], v.TestedScore, v.OutOfScope); err != nil {
			return err
		}
	}
	return nil
}

// showPredictions shows the predictions on the messages.
func (tx *writeTx) showPredictions(predictions []Prediction) error {
	_, err := tx.update("messages", fmt.Sprintf(
		"reads_as = NULL, reads_as_score = NULL, flags = flags & ~%[1]d WHERE reads_as IS NOT NULL OR flags & %[1]d <> 0", fromCheck), nil)
	if err != nil {
		return err
	}
	mark, err := tx.prepareUnrecorded(`
		UPDATE messages SET doubt = ?2, reads_as = ?3, reads_as_score = ?4, flags = flags | ?5 WHERE id = ?1 AND deleted = 0`)
	if err != nil {
		return err
	}
	defer mark.Close()
	for _, v := range predictions {
		var predicted, score any
		if v.Predicted != "" && v.Predicted != v.Category {
			if predicted, err = tx.categoryID(v.Predicted); err != nil {
				return err
			}
			score = v.Score
		}
		flag := Flag(0)
		if v.Suspect {
			flag |= Mislabelled
		}
		if v.Foreign {
			flag |= OutOfScope
		}
		if _, err := mark.ExecContext(tx.ctx, v.ID, v.Uncertainty, predicted, score, int(flag)); err != nil {
			return err
		}
		tx.touch(v.ID)
	}
	return nil
}

// Checks is the history of checks, the newest first.
func (d *Dataset) Checks(ctx context.Context) ([]Check, error) {
	rows, err := d.reader.QueryContext(ctx, `SELECT id, created, report FROM checks ORDER BY id DESC`)
	if err != nil {
		return nil, fmt.Errorf("read the checks: %w", err)
	}
	defer rows.Close()
	var checks []Check
	for rows.Next() {
		var c Check
		var created int64
		var report []byte
		if err := rows.Scan(&c.ID, &created, &report); err != nil {
			return nil, fmt.Errorf("read the checks: %w", err)
		}
		c.Created, c.Report = time.UnixMilli(created).UTC(), report
		checks = append(checks, c)
	}
	return checks, rows.Err()
}

// Predictions returns a check's predictions in id order, none for a check that was
// followed by checksInDetail others. Uncertainty, Suspect and Foreign are not stored.
func (d *Dataset) Predictions(ctx context.Context, check int64) ([]Prediction, error) {
	rows, err := d.reader.QueryContext(ctx, `
		SELECT v.message, c.name, coalesce(r.name, ''), coalesce(v.score, 0), coalesce(t.name, ''), coalesce(v.tested_score, 0), coalesce(v.out_of_scope, 0)
		FROM verdicts v JOIN categories c ON c.id = v.category
		LEFT JOIN categories r ON r.id = v.reads_as LEFT JOIN categories t ON t.id = v.tested
		WHERE v.of_check = ? ORDER BY v.message`, check)
	if err != nil {
		return nil, fmt.Errorf("read the predictions: %w", err)
	}
	defer rows.Close()
	var predictions []Prediction
	for rows.Next() {
		var v Prediction
		if err := rows.Scan(&v.ID, &v.Category, &v.Predicted, &v.Score, &v.Tested, &v.TestedScore, &v.OutOfScope); err != nil {
			return nil, fmt.Errorf("read the predictions: %w", err)
		}
		predictions = append(predictions, v)
	}
	return predictions, rows.Err()
}

// ChangedSince is how many messages came, went or got another label since a check.
func (d *Dataset) ChangedSince(ctx context.Context, check int64) (n int, err error) {
	err = d.reader.QueryRowContext(ctx, `
		SELECT (SELECT count(*) FROM messages m JOIN categories c ON c.id = m.category
			WHERE `+learnable+` AND NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.of_check = :check AND v.message = m.id AND v.category = m.category))
		+ (SELECT count(*) FROM verdicts v WHERE v.of_check = :check AND NOT EXISTS (
			SELECT 1 FROM messages m JOIN categories c ON c.id = m.category WHERE m.id = v.message AND `+learnable+`))`,
		sql.Named("check", check)).Scan(&n)
	return n, err
}

// FlagOutOfScope moves the threshold of a check's out-of-scope scores, and stores the
// setting that holds it in the same transaction. Messages between the two thresholds lose
// the flag OutOfScope or get it, unless their category has changed since the check. Those
// above both stay as they are, since a person may have cleared their flag. Undo leaves this
// alone, as it does with settings.
func (d *Dataset) FlagOutOfScope(ctx context.Context, check int64, before, after float64, key, value string) error {
	err := d.write(ctx, notUndoable, func(tx *writeTx) error {
		if err := tx.setSetting(key, value); err != nil {
			return err
		}
		values := args{"check": check, "before": before, "after": after}
		_, err := tx.update("messages", fmt.Sprintf(`flags = flags & ~%[1]d WHERE flags & %[1]d <> 0
			AND id IN (SELECT message FROM verdicts WHERE of_check = :check AND out_of_scope <= :after AND out_of_scope > :before)`, OutOfScope), values)
		if err != nil {
			return err
		}
		_, err = tx.update("messages", fmt.Sprintf(`flags = flags | %[1]d WHERE flags & %[1]d = 0 AND deleted = 0
			AND EXISTS (SELECT 1 FROM verdicts v WHERE v.of_check = :check AND v.message = messages.id AND v.category = messages.category
				AND v.out_of_scope > :after AND v.out_of_scope <= :before)`, OutOfScope), values)
		return err
	})
	if err != nil {
		return fmt.Errorf("move the out-of-scope threshold: %w", err)
	}
	return nil
}
