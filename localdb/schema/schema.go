// Package schema compares what a database consists of with what it should: tables, indexes,
// triggers and views. What a stranger added to a file must not run.
package schema

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"seedbed/assets/i18n"
)

// Object is a row of a database's schema.
type Object struct {
	Type  string // table, index, trigger or view
	Name  string
	Table string // that an index or trigger belongs to
	SQL   string // what made it, as Normalise returns it; "" for indexes of constraints
}

// String names the object for people.
func (o Object) String() string { return o.Type + " " + o.Name }

// mostObjects bounds what is read of a schema: a dataset has about thirty objects.
const mostObjects = 1000

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Read returns the objects of a database, but for the statistics of its indexes, which
// are of no consequence. It reads no table but the schema's own.
func Read(ctx context.Context, db querier) ([]Object, error) {
	rows, err := db.QueryContext(ctx, `SELECT CAST(type AS TEXT), CAST(coalesce(name, '') AS TEXT), CAST(coalesce(tbl_name, '') AS TEXT), CAST(coalesce(sql, '') AS TEXT)
		FROM sqlite_master LIMIT ?`, mostObjects)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var objects []Object
	for rows.Next() {
		var o Object
		if err := rows.Scan(&o.Type, &o.Name, &o.Table, &o.SQL); err != nil {
			return nil, err
		}
		if o.SQL = Normalise(o.SQL); !isStatistics(o) {
			objects = append(objects, o)
		}
	}
	return objects, rows.Err()
}

// isStatistics reports whether ANALYZE made a table.
func isStatistics(o Object) bool {
	for name, columns := range map[string]string{"sqlite_stat1": "(tbl,idx,stat)", "sqlite_stat4": "(tbl,idx,neq,nlt,ndlt,sample)"} {
		if o.Type == "table" && o.Name == name && o.SQL == "CREATE TABLE "+name+columns {
			return true
		}
	}
	return false
}

// Difference is what a database has that it should not have, and the other way round.
type Difference struct {
	Foreign []Object // aren't among its own
	Altered []Object // its own, but made in another way
	Missing []Object
}

// Compare compares the objects of a database with those that it should have.
func Compare(found, own []Object) (d Difference) {
	for _, o := range found {
		switch at := slices.IndexFunc(own, o.isSame); {
		case at < 0:
			d.Foreign = append(d.Foreign, o)
		case own[at] != o:
			d.Altered = append(d.Altered, o)
		}
	}
	for _, o := range own {
		if !slices.ContainsFunc(found, o.isSame) {
			d.Missing = append(d.Missing, o)
		}
	}
	return d
}

func (o Object) isSame(other Object) bool {
	return o.Type == other.Type && strings.EqualFold(o.Name, other.Name)
}

// Droppable reports whether only objects were added that can be dropped without running
// anything of theirs. Dropping a virtual table would run its module.
func (d Difference) Droppable() bool {
	return len(d.Altered) == 0 && len(d.Missing) == 0 && !slices.ContainsFunc(d.Foreign, func(o Object) bool {
		return strings.HasPrefix(strings.ToUpper(o.SQL[:min(len(o.SQL), 20)]), "CREATE VIRTUAL")
	})
}

// IsZero reports whether there is no difference.
func (d Difference) IsZero() bool { return len(d.Foreign)+len(d.Altered)+len(d.Missing) == 0 }

// Drop drops the foreign objects: what refers to others before what it refers to.
// Foreign keys must be off, or those of a foreign table would act.
func (d Difference) Drop(ctx context.Context, tx *sql.Tx) error {
	for _, kind := range []string{"trigger", "view", "index", "table"} {
		for _, o := range d.Foreign {
			if o.Type != kind || o.SQL == "" { // indexes of constraints go with their tables
				continue
			}
			if _, err := tx.ExecContext(ctx, fmt.Sprintf(`DROP %s IF EXISTS main.%s`, kind, quote(o.Name))); err != nil {
				return fmt.Errorf("dropping the %s: %w", o, err)
			}
		}
	}
	return nil
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// named is how many objects are named; the others are counted.
const named = 5

// Names names objects for people, without what a terminal or window would act on.
func Names(objects []Object) string {
	var names []string
	for _, o := range objects[:min(named, len(objects))] {
		names = append(names, fmt.Sprintf("%.20s %.60q", o.Type, o.Name))
	}
	if more := len(objects) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("… (+ %d)", more))
	}
	return strings.Join(names, ", ")
}

// Found says in words what differs.
func (d Difference) Found() i18n.Text {
	switch {
	case len(d.Missing) > 0 && len(d.Foreign) > 0:
		return i18n.T("it lacks {{.Objects}} and has {{.Others}} instead", i18n.Values{"Objects": Names(d.Missing), "Others": Names(d.Foreign)})
	case len(d.Missing) > 0:
		return i18n.T("it lacks {{.Objects}}", i18n.Values{"Objects": Names(d.Missing)})
	case len(d.Altered) > 0:
		return i18n.T("it was altered: {{.Objects}}", i18n.Values{"Objects": Names(d.Altered)})
	}
	return i18n.T("it has more in it than Seedbed makes: {{.Objects}}", i18n.Values{"Objects": Names(d.Foreign)})
}
