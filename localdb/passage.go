package localdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"seedbed/assets/i18n"
)

// Passage is a piece of knowledge text, kept so that later work needs no connection.
type Passage struct {
	ID     int64
	Origin string // where it was read from, for people
	Ref    string // the row's id, or path#part
	Title  string
	Text   string
}

// ErrNoPassage means that a passage is not in the dataset.
var ErrNoPassage = i18n.Error("this passage is not in the dataset")

const selectPassages = `SELECT id, origin, ref, title, text FROM passages ` //nolint:gosec // no password, though it begins like one

func scanPassage(row interface{ Scan(...any) error }) (p Passage, err error) {
	err = row.Scan(&p.ID, &p.Origin, &p.Ref, &p.Title, &p.Text)
	return p, err
}

// Passages returns the passages that messages can be written from, in the order
// they were added.
func (d *Dataset) Passages(ctx context.Context) ([]Passage, error) {
	rows, err := d.reader.QueryContext(ctx, selectPassages+`WHERE deleted = 0 ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("reading passages: %w", err)
	}
	defer rows.Close()
	var passages []Passage
	for rows.Next() {
		p, err := scanPassage(rows)
		if err != nil {
			return nil, fmt.Errorf("reading passages: %w", err)
		}
		passages = append(passages, p)
	}
	return passages, rows.Err()
}

// Passage returns one passage, also one that was cleared: a message keeps showing
// what it was written from.
func (d *Dataset) Passage(ctx context.Context, id int64) (Passage, error) {
	p, err := scanPassage(d.reader.QueryRowContext(ctx, selectPassages+`WHERE id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return Passage{}, fmt.Errorf("passage %d: %w", id, ErrNoPassage)
	}
	return p, err
}

// AddPassages keeps passages in the dataset and returns their ids, in order.
func (d *Dataset) AddPassages(ctx context.Context, passages []Passage) (ids []int64, err error) {
	title := titlePassages.With(i18n.Values{"N": len(passages)})
	err = d.write(ctx, title, func(tx *writeTx) error {
		for _, p := range passages {
			result, err := tx.execUnrecorded(`INSERT INTO passages (origin, ref, title, text) VALUES (?, ?, ?, ?)`, p.Origin, p.Ref, p.Title, p.Text)
			if err != nil {
				return fmt.Errorf("adding the passage %q: %w", p.Title, err)
			}
			id, err := result.LastInsertId()
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return tx.recordPresence("passages", 1, rangesOf(ids)...)
	})
	return ids, err
}

// ClearPassages removes all passages from those that messages are written from.
func (d *Dataset) ClearPassages(ctx context.Context) error {
	return d.write(ctx, titleClear, func(tx *writeTx) error {
		gone, err := tx.update("passages", "deleted = 1 WHERE deleted = 0", nil)
		if err != nil {
			return err
		}
		slices.Sort(gone)
		return tx.recordPresence("passages", 0, rangesOf(gone)...)
	})
}

// QuestionCounts is how many messages, without rejected ones, were written from each
// passage, by its id.
func (d *Dataset) QuestionCounts(ctx context.Context) (map[int64]int, error) {
	rows, err := d.reader.QueryContext(ctx, `SELECT passage, count(*) FROM messages WHERE passage IS NOT NULL AND deleted = 0 AND status != ? GROUP BY passage`, Rejected)
	if err != nil {
		return nil, fmt.Errorf("counting questions: %w", err)
	}
	defer rows.Close()
	counts := map[int64]int{}
	for rows.Next() {
		var passage int64
		var n int
		if err := rows.Scan(&passage, &n); err != nil {
			return nil, fmt.Errorf("counting questions: %w", err)
		}
		counts[passage] = n
	}
	return counts, rows.Err()
}
