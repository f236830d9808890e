package localdb

import (
	"context"
	"errors"
	"fmt"

	zombiezen "zombiezen.com/go/sqlite"
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
