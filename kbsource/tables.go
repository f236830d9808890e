package kbsource

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// Table is a table, view or foreign table that may be read.
type Table struct {
	Name    string   // "table", or "schema.table" outside the search path; quoted where a name has a dot
	Rows    int64    // the server's estimate; -1 where it has none
	Columns []string // those with text, plain text first
	All     []string // all that may be read, for roles and times
}

// Tables lists what this user may read and that has a column with text, the largest
// first.
func (p *Postgres) Tables(ctx context.Context) ([]Table, error) {
	var tables []Table
	err := p.read(ctx, func(tx pgx.Tx) error {
		// One pass over the columns: looking each table's up takes seconds where there are thousands.
		rows, err := tx.Query(ctx, `
			WITH partitions AS (
				SELECT i.inhparent AS oid, sum(greatest(k.reltuples, 0)) AS rows FROM pg_inherits i JOIN pg_class k ON k.oid = i.inhrelid GROUP BY 1),
			readable AS (
				SELECT a.attrelid AS oid, array_agg(a.attname::text ORDER BY a.attnum) AS names,
				       array_agg(a.attname::text ORDER BY b.typcategory <> 'S', a.attnum) FILTER (WHERE `+kindOfColumn+` <> '') AS texts
				FROM pg_attribute a `+typesOfColumns+`
				JOIN pg_class c ON c.oid = a.attrelid
				JOIN pg_namespace n ON n.oid = c.relnamespace
				WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
				  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
				  AND has_schema_privilege(n.oid, 'USAGE')
				  AND (has_table_privilege(c.oid, 'SELECT') OR has_column_privilege(c.oid, a.attnum, 'SELECT'))
				GROUP BY a.attrelid)
			SELECT n.nspname::text, c.relname::text, pg_table_is_visible(c.oid),
			       (CASE WHEN c.relkind = 'p' THEN coalesce(s.rows, -1) ELSE c.reltuples END)::bigint, r.texts, r.names
			FROM readable r
			JOIN pg_class c ON c.oid = r.oid
			JOIN pg_namespace n ON n.oid = c.relnamespace
			LEFT JOIN partitions s ON s.oid = c.oid
			WHERE r.texts IS NOT NULL
			ORDER BY 4 DESC, 3 DESC, 1, 2`)
		if err != nil {
			return err
		}
		tables, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (t Table, err error) {
			var schema, name string
			var visible bool
			err = row.Scan(&schema, &name, &visible, &t.Rows, &t.Columns, &t.All)
			t.Name = shownName(schema, name, visible)
			return t, err
		})
		return err
	})
	return tables, err
}
