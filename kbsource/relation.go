package kbsource

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"seedbed/assets/i18n"
)

// relation is what reading needs to know of a table, view or foreign table.
type relation struct {
	name    pgx.Identifier
	kind    string // as in pg_class.relkind
	secured bool   // row security decides which rows this user sees
	key     []string
	pages   int64 // of it and its partitions, now
	columns []column
}

// column is a column of a relation.
type column struct {
	name     string
	kind     columnKind
	category string // as in pg_type.typcategory, of the type that a domain is made of
	typ      string // as SQL writes it
}

// columnKind says how a column's text is read; "" is for those without text.
type columnKind string

const (
	textColumn   columnKind = "text" // text, varchar, char, citext and domains over them
	jsonColumn   columnKind = "json" // json and jsonb
	arrayColumn  columnKind = "array"
	objectColumn columnKind = "object" // hstore
	xmlColumn    columnKind = "xml"
)

// typesOfColumns joins the type b that a column's domain is made of, and that type's
// elements e; kindOfColumn makes a columnKind of them.
const (
	typesOfColumns = `
		JOIN pg_type t ON t.oid = a.atttypid
		LEFT JOIN pg_type d ON d.oid = t.typbasetype AND t.typtype = 'd'
		LEFT JOIN pg_type dd ON dd.oid = d.typbasetype AND d.typtype = 'd'
		JOIN pg_type b ON b.oid = coalesce(dd.oid, d.oid, t.oid)
		LEFT JOIN pg_type e ON e.oid = b.typelem AND b.typcategory = 'A'`
	kindOfColumn = `
		CASE WHEN b.typname IN ('json', 'jsonb') THEN 'json'
		     WHEN b.typname = 'xml' THEN 'xml'
		     WHEN b.typname = 'hstore' THEN 'object'
		     WHEN b.typcategory = 'S' AND b.typname NOT IN ('name', 'char') THEN 'text'
		     WHEN b.typcategory = 'A' AND (e.typcategory = 'S' AND e.typname NOT IN ('name', 'char') OR e.typname IN ('json', 'jsonb')) THEN 'array'
		     ELSE '' END`
)

func quoted(name string) string { return pgx.Identifier{name}.Sanitize() }

// text is an expression for the column's text.
func (c column) text() string { return c.textOf(quoted(c.name)) }

func (c column) textOf(expression string) string {
	if c.kind == arrayColumn || c.kind == objectColumn {
		return "to_json(" + expression + ")::text"
	}
	return expression + "::text"
}

// sortable is an expression that can be sorted by.
func (c column) sortable() string {
	if c.category == "U" || c.kind == jsonColumn || c.kind == xmlColumn {
		return quoted(c.name) + "::text"
	}
	return quoted(c.name)
}

// stored is true of what has pages to choose from.
func (r relation) stored() bool { return slices.Contains([]string{"r", "m", "p"}, r.kind) }

// relation looks a table up by any of the names that a text may stand for.
func (p *Postgres) relation(ctx context.Context, tx pgx.Tx, table string) (relation, error) {
	var r relation
	var oid uint32
	var schema, name string
	err := tx.QueryRow(ctx, `
		WITH RECURSIVE found AS (
			SELECT to_regclass(u.name)::oid AS oid FROM unnest($1::text[]) WITH ORDINALITY u(name, n) WHERE to_regclass(u.name) IS NOT NULL ORDER BY n LIMIT 1),
		tree AS (SELECT oid FROM found UNION SELECT i.inhrelid FROM tree JOIN pg_inherits i ON i.inhparent = tree.oid)
		SELECT c.oid, n.nspname::text, c.relname::text, c.relkind::text, row_security_active(c.oid),
		       ARRAY(SELECT a.attname::text FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY k(attnum, n)
		             JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
		             WHERE i.indrelid = c.oid AND i.indisprimary AND k.n <= i.indnkeyatts ORDER BY k.n),
		       (SELECT coalesce(sum(pg_relation_size(m.oid)), 0)::bigint FROM tree JOIN pg_class m ON m.oid = tree.oid WHERE m.relkind IN ('r', 'm'))
		           / current_setting('block_size')::bigint
		FROM found JOIN pg_class c ON c.oid = found.oid JOIN pg_namespace n ON n.oid = c.relnamespace`,
		tableNames(table)).Scan(&oid, &schema, &name, &r.kind, &r.secured, &r.key, &r.pages)
	if errors.Is(err, pgx.ErrNoRows) {
		return r, p.config.noTable(table)
	}
	if err != nil {
		return r, err
	}
	r.name = pgx.Identifier{schema, name}
	rows, err := tx.Query(ctx, `
		SELECT a.attname::text, `+kindOfColumn+`, b.typcategory::text, format_type(a.atttypid, NULL)
		FROM pg_attribute a `+typesOfColumns+`
		WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`, oid)
	if err != nil {
		return r, err
	}
	r.columns, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (c column, err error) {
		err = row.Scan(&c.name, &c.kind, &c.category, &c.typ)
		return c, err
	})
	return r, err
}

// find returns the column of a name, as it is written or as PostgreSQL reads it.
func (r relation) find(name string) (column, bool) {
	for _, written := range []string{name, strings.ToLower(name), strings.Trim(name, `"`)} {
		if at := slices.IndexFunc(r.columns, func(c column) bool { return c.name == written }); at >= 0 {
			return r.columns[at], true
		}
	}
	return column{}, false
}

// first returns the first of some columns that there is.
func (r relation) first(suits func(column) bool, names ...string) (column, bool) {
	for _, name := range names {
		if c, ok := r.find(name); ok && suits(c) {
			return c, true
		}
	}
	return column{}, false
}

// mustFind names the column that is missing, and those that there are.
func (r relation) mustFind(config Config, table, name string) (column, error) {
	if c, ok := r.find(name); ok {
		return c, nil
	}
	list := make([]string, 0, len(r.columns))
	for _, c := range r.columns[:min(len(r.columns), shownColumns)] {
		list = append(list, c.name)
	}
	if len(r.columns) > shownColumns {
		list = append(list, "…")
	}
	return column{}, &Error{
		Kind: NoTable, What: i18n.T("the table “{{.Table}}” has no column “{{.Column}}”", i18n.Values{"Table": table, "Column": shown(name)}),
		Next: config.orGoOn(i18n.T("Its columns are {{.Columns}}: pick one", i18n.Values{"Columns": strings.Join(list, ", ")})),
	}
}

const shownColumns = 20

// withoutText is the failure of a column that holds no text.
func (c column) withoutText(config Config, table string) error {
	return &Error{
		Kind: NoTable, What: i18n.T("the column “{{.Column}}” of “{{.Table}}” is of type {{.Type}}, which holds no text", i18n.Values{"Table": table, "Column": c.name, "Type": c.typ}),
		Next: config.orGoOn(i18n.T("Pick another column")),
	}
}

// hidden is the failure of a table that shows this user no rows.
func (r relation) hidden(config Config, table string) error {
	return &Error{
		Kind: NoPermission, What: i18n.T("“{{.Table}}” in {{.Where}} shows this user no rows: row security decides who sees which", i18n.Values{"Table": table, "Where": config.where()}),
		Next: config.orGoOn(i18n.T("Ask for a policy that lets this user read them")),
	}
}
