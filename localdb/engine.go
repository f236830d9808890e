package localdb

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	zombiezen "zombiezen.com/go/sqlite"

	"seedbed/assets/crash"
)

// snapshot reads the dataset as it was at one moment. It talks to the engine itself,
// which is more than twice as fast as database/sql at reading a million rows.
type snapshot struct {
	conn *zombiezen.Conn
}

// scan calls do with n snapshots of the same moment, for as many goroutines.
func (d *Dataset) scan(ctx context.Context, n int, do func(s []snapshot) error) (err error) {
	all := make([]snapshot, 0, n+1)
	defer func() {
		for _, s := range all {
			err = errors.Join(err, s.conn.Close())
		}
		if err != nil && ctx.Err() != nil {
			err = ctx.Err()
		}
		if err != nil {
			err = readError(err)
		}
	}()
	for range n + 1 {
		conn, err := connect(d.file)
		if err != nil {
			return err
		}
		conn.SetInterrupt(ctx.Done())
		all = append(all, snapshot{conn})
	}
	// Only if the file stayed the same while they began do they see the same; the
	// one that watches for that sees every change, since it doesn't begin.
	watch := all[n]
	for {
		before, err := watch.number(`PRAGMA data_version`)
		if err != nil {
			return err
		}
		for _, s := range all[:n] {
			if err := s.begin(); err != nil {
				return err
			}
		}
		after, err := watch.number(`PRAGMA data_version`)
		if err != nil {
			return err
		}
		if before == after {
			return do(all[:n])
		}
		for _, s := range all[:n] {
			if err := s.each(`ROLLBACK`, nil, nil); err != nil {
				return err
			}
		}
	}
}

func (s snapshot) begin() error {
	if err := s.each(`BEGIN`, nil, nil); err != nil {
		return err
	}
	_, err := s.number(`SELECT count(*) FROM categories`) // the moment is that of the first reading
	return err
}

func (s snapshot) number(query string) (n int64, err error) {
	err = s.each(query, nil, func(row *zombiezen.Stmt) error {
		n = row.ColumnInt64(0)
		return nil
	})
	return n, err
}

// errEnough from do ends each without an error.
var errEnough = errors.New("enough")

// each calls do, which may be nil, with every row of a query.
func (s snapshot) each(query string, values []any, do func(row *zombiezen.Stmt) error) (err error) {
	rows, err := s.conn.Prepare(query)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Reset()) }()
	for i, value := range values {
		switch value := value.(type) {
		case string:
			rows.BindText(i+1, value)
		case int:
			rows.BindInt64(i+1, int64(value))
		case int64:
			rows.BindInt64(i+1, value)
		case float64:
			rows.BindFloat(i+1, value)
		case nil:
			rows.BindNull(i + 1)
		default:
			return fmt.Errorf("a parameter of type %T", value)
		}
	}
	for {
		more, err := rows.Step()
		if err != nil || !more {
			return err
		}
		if do == nil {
			continue
		}
		if err := do(rows); errors.Is(err, errEnough) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// categoryNames are the names by id, of archived and deleted categories too.
func (s snapshot) categoryNames() (map[int64]string, error) {
	names := map[int64]string{}
	return names, s.each(`SELECT id, name FROM categories WHERE deleted = 0`, nil, func(row *zombiezen.Stmt) error {
		names[row.ColumnInt64(0)] = row.ColumnText(1)
		return nil
	})
}

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
