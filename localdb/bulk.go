package localdb

import (
	"context"
	"errors"
	"iter"
	"strings"

	zombiezen "zombiezen.com/go/sqlite"

	"seedbed/assets/crash"
)

// newRow is a message on its way into the file: the values of insertColumns.
type newRow struct {
	values        [newRowColumns]any
	newCategories []string // that it needs
}

const (
	newRowColumns = 11
	insertColumns = `INSERT INTO messages (text, category, confidence, labelled_by, source, status, flags, conversation, note, tags, created) VALUES `
	insertValues  = `(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
)

// rowsAtOnce is how many rows one statement inserts: each statement costs as much as
// several rows.
const rowsAtOnce = 64

func insertStatement(rows int) string {
	return insertColumns + strings.Repeat(", "+insertValues, rows)[2:]
}

// insertBatch is up to rowsAtOnce rows for one statement.
type insertBatch struct {
	rows          int
	values        []any
	newCategories []string
}

// eachBatch makes the rows on a goroutine of their own and calls insert with batch
// after batch of them, which is valid until it returns. It counts the rows.
func eachBatch(ctx context.Context, rows iter.Seq2[newRow, error], insert func(b *insertBatch) error) (count int64, err error) {
	const batches = 32
	ctx, stop := context.WithCancel(ctx)
	full, empty := make(chan *insertBatch, batches), make(chan *insertBatch, batches)
	for range batches {
		empty <- &insertBatch{values: make([]any, 0, rowsAtOnce*newRowColumns)}
	}
	var failed error
	go func() {
		defer close(full)
		failed = crash.Try(func() error { return fillBatches(ctx, rows, full, empty) })
	}()
	for b := range full {
		if err == nil {
			err = insert(b)
		}
		if err != nil {
			stop() // and wait until the goroutine has
			continue
		}
		count += int64(b.rows)
		b.rows, b.values, b.newCategories = 0, b.values[:0], nil
		empty <- b
	}
	stop()
	if err == nil {
		err = failed
	}
	return count, err
}

func fillBatches(ctx context.Context, rows iter.Seq2[newRow, error], full chan<- *insertBatch, empty <-chan *insertBatch) error {
	b := <-empty
	for row, err := range rows {
		if err != nil {
			return err
		}
		b.rows++
		b.values = append(b.values, row.values[:]...)
		b.newCategories = append(b.newCategories, row.newCategories...)
		if b.rows < rowsAtOnce {
			continue
		}
		full <- b // has room for all
		select {
		case b = <-empty:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if b.rows > 0 {
		full <- b
	}
	return ctx.Err()
}

// insertRows adds rows that are sound as part of a change, and before them the
// categories that they bring.
func (tx *writeTx) insertRows(rows iter.Seq2[newRow, error]) (count int64, err error) {
	full, err := tx.prepareUnrecorded(insertStatement(rowsAtOnce)) //nolint:sqlclosecheck // closed below
	if err != nil {
		return 0, err
	}
	defer full.Close()
	return eachBatch(tx.ctx, rows, func(b *insertBatch) error {
		if err := tx.addCategories(b.newCategories); err != nil {
			return err
		}
		if b.rows == rowsAtOnce {
			_, err := full.ExecContext(tx.ctx, b.values...)
			return err
		}
		_, err := tx.execUnrecorded(insertStatement(b.rows), b.values...)
		return err
	})
}

// addCategories adds categories that came with rows.
func (tx *writeTx) addCategories(names []string) error {
	for _, name := range names {
		if _, err := tx.addCategory(Category{Name: name, Training: true}); err != nil {
			return err
		}
	}
	return nil
}

// bulkInsert adds rows that are sound to a file that nobody else sees, without journal,
// checks and transaction: when it fails, the file is worthless. It talks to the engine
// itself, since database/sql takes twice as long. The categories that the rows bring
// are for the caller to add.
func bulkInsert(ctx context.Context, path string, rows iter.Seq2[newRow, error]) (count int64, err error) {
	err = fillUnlogged(ctx, path, func(conn *zombiezen.Conn) error {
		if err := execute(conn, `PRAGMA ignore_check_constraints = 1`, nil); err != nil {
			return err
		}
		count, err = eachBatch(ctx, rows, func(b *insertBatch) error {
			return execute(conn, insertStatement(b.rows), b.values)
		})
		return err
	})
	return count, err
}

// fillUnlogged calls fill with a connection to a file that nobody else sees, in one
// transaction without a journal.
func fillUnlogged(ctx context.Context, path string, fill func(conn *zombiezen.Conn) error) (err error) {
	conn, err := zombiezen.OpenConn(path, zombiezen.OpenReadWrite)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	conn.SetInterrupt(ctx.Done())
	for _, pragma := range []string{
		`PRAGMA journal_mode = OFF`, `PRAGMA synchronous = OFF`, `PRAGMA cache_size = -16000`,
		`PRAGMA foreign_keys = 0`, `BEGIN EXCLUSIVE`,
	} {
		if err := execute(conn, pragma, nil); err != nil {
			return err
		}
	}
	if err = fill(conn); err == nil {
		err = execute(conn, `COMMIT`, nil)
	}
	if err != nil && ctx.Err() != nil {
		err = ctx.Err()
	}
	return err
}

func execute(conn *zombiezen.Conn, query string, values []any) (err error) {
	return snapshot{conn}.each(query, values, nil)
}
