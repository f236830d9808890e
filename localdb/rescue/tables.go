package rescue

import (
	"strings"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// table is a table of a dataset, as the program's own migrations make it.
type table struct {
	name    string
	columns []column
	rowID   bool           // has row ids; its first column is one, and NULL in the record
	inserts map[int]string // statements that insert so many of the columns
}

type column struct {
	name     string
	kind     string // INTEGER, REAL or TEXT
	nullable bool
	optional bool // may be missing from rows that are older than the column
}

// readTables reads which tables a new dataset has.
func readTables(conn *sqlite.Conn) (tables []*table, err error) {
	err = sqlitex.ExecuteTransient(conn, `SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`, &sqlitex.ExecOptions{
		ResultFunc: func(row *sqlite.Stmt) error {
			tables = append(tables, &table{name: row.ColumnText(0), rowID: !row.ColumnBool(1), inserts: map[int]string{}})
			return nil
		},
	})
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		err := sqlitex.ExecuteTransient(conn, `SELECT name, type, "notnull", dflt_value IS NOT NULL, pk FROM pragma_table_info(?)`, &sqlitex.ExecOptions{
			Args: []any{t.name},
			ResultFunc: func(row *sqlite.Stmt) error {
				c := column{name: row.ColumnText(0), kind: row.ColumnText(1), nullable: !row.ColumnBool(2) && row.ColumnInt(4) == 0}
				c.optional = c.nullable || row.ColumnBool(3)
				t.columns = append(t.columns, c)
				return nil
			},
		})
		if err != nil {
			return nil, err
		}
	}
	return tables, nil
}

// insert is the statement that inserts a row of which the first n columns are known.
func (t *table) insert(n int) string {
	if t.inserts[n] == "" {
		names := make([]string, n)
		for i := range names {
			names[i] = t.columns[i].name
		}
		t.inserts[n] = "INSERT INTO " + t.name + " (" + strings.Join(names, ", ") + ") VALUES (?" + strings.Repeat(", ?", n-1) + ")"
	}
	return t.inserts[n]
}

// fits reports whether a record can be a row of the table.
func (t *table) fits(values []any) bool {
	if len(values) > len(t.columns) {
		return false
	}
	for i, c := range t.columns {
		switch {
		case i >= len(values) && !c.optional:
			return false
		case i >= len(values):
		case t.rowID && i == 0 && values[0] != nil:
			return false
		case t.rowID && i == 0:
		case !c.takes(values[i]):
			return false
		}
	}
	return true
}

func (c column) takes(value any) bool {
	switch value := value.(type) {
	case nil:
		return c.nullable
	case int64: // as which the engine keeps whole numbers of either kind
		return c.kind != "TEXT"
	case float64:
		return c.kind == "REAL"
	case string: // zeros are what is left of a text that was cut off
		return c.kind == "TEXT" && !strings.Contains(value, "\x00")
	}
	return false
}

// at is where a column is among the table's; -1 where it has none of this name.
func (t *table) at(name string) int {
	for i, c := range t.columns {
		if c.name == name {
			return i
		}
	}
	return -1
}

// tableOf finds the table that a record of unknown origin is a row of; nil for none.
// Rows that lack columns are only taken for a table's where no other has just as many.
func tableOf(tables []*table, values []any) *table {
	var found *table
	for _, t := range tables {
		if t.rowID && t.fits(values) && (found == nil || len(values) == len(t.columns)) {
			found = t
		}
	}
	return found
}
