package kbsource

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// Table is a table, view or foreign table that may be read.
type Table struct {
	Name    string // "table", or "schema.table" outside the search path
	Rows    int64  // the server's estimate; -1 where it has none
	Columns []string
}

// Tables lists what this user may read and that has a text column, the largest
// first, each with its text columns.
func (p *Postgres) Tables(ctx context.Context) ([]Table, error) {
	var tables []Table
	err := p.read(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT CASE WHEN pg_table_is_visible(c.oid) THEN c.relname::text ELSE n.nspname || '.' || c.relname END,
			       CASE WHEN c.relkind = 'p' THEN coalesce((SELECT sum(greatest(k.reltuples, 0)) FROM pg_inherits i JOIN pg_class k ON k.oid = i.inhrelid WHERE i.inhparent = c.oid), -1)
			            ELSE c.reltuples END::bigint,
			       array_agg(a.attname::text ORDER BY a.attnum)
			FROM pg_class c
			JOIN pg_namespace n ON n.oid = c.relnamespace
			JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
			WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
			  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
			  AND a.atttypid IN ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype)
			  AND has_schema_privilege(n.oid, 'USAGE') AND has_column_privilege(c.oid, a.attnum, 'SELECT')
			GROUP BY c.oid, c.relname, c.relkind, c.reltuples, n.nspname
			ORDER BY c.reltuples DESC, 1`)
		if err != nil {
			return err
		}
		tables, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Table])
		return err
	})
	return tables, err
}
