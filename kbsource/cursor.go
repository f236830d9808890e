package kbsource

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"seedbed/kbsource/document"
)

// turnRow is a row of a table of conversations.
type turnRow struct {
	conversation, message, role, created, updated, key string
}

// read fetches the rows of some roles and hands on the turns in them.
func (t *turnTable) read(ctx context.Context, tx pgx.Tx, roles []string, turns *Turns, yield func(Turn) bool) error {
	// Some rows become no turn, so more are sorted than wanted. The rest is only
	// asked for where even these don't suffice.
	most := 0
	if t.config.Limit > 0 {
		most = 2*t.config.Limit + batchRows
	}
	for {
		before := t.rows
		done, err := t.fetch(ctx, tx, t.query(roles, most), most, func(row turnRow) (bool, error) { return t.take(row, roles, turns, yield) })
		if err != nil || done || most == 0 || t.rows-before < most {
			return err
		}
		most = 0
	}
}

// query selects rows in an order that is the same each time: the newest first, or after
// an earlier reading the oldest, so that a limit leaves no gap. Only the rows that are
// chosen are turned into text.
func (t *turnTable) query(roles []string, most int) string {
	var inner, outer []string
	add := func(c *column) {
		if c == nil {
			outer = append(outer, "''")
			return
		}
		name := fmt.Sprintf("c%d", len(inner))
		inner, outer = append(inner, quoted(c.name)+" AS "+name), append(outer, "coalesce("+c.textOf(name)+", '')")
	}
	for _, c := range []*column{t.message, t.role, t.conversation, t.created, t.updated} {
		add(c)
	}
	key := make([]string, len(t.key))
	order := make([]string, len(t.key))
	for i, name := range t.key {
		key[i], order[i] = fmt.Sprintf("k%d::text", i), quoted(name)
		inner = append(inner, quoted(name)+fmt.Sprintf(" AS k%d", i))
	}
	switch {
	case len(key) > 0:
		outer = append(outer, "concat_ws(',', "+strings.Join(key, ", ")+")")
	case t.stored():
		outer, order = append(outer, "''"), []string{"tableoid", "ctid"}
	default:
		outer, order = append(outer, "''"), []string{t.message.text()}
		if t.conversation != nil {
			order = append(order, t.conversation.text())
		}
	}
	if t.created != nil {
		created := t.created.sortable()
		if t.created.hasInfinity() {
			created = "nullif(nullif(" + created + ", 'infinity'), '-infinity')"
		}
		order = slices.Insert(order, 0, created)
	}
	direction := " DESC NULLS LAST"
	if !t.config.After.IsZero() {
		direction = " ASC NULLS LAST"
	}
	limit := ""
	if most > 0 {
		limit = fmt.Sprintf(" LIMIT %d", most)
	}
	if t.rows > 0 {
		limit += fmt.Sprintf(" OFFSET %d", t.rows)
	}
	return fmt.Sprintf("SELECT %s FROM (SELECT %s FROM %s WHERE %s ORDER BY %s%s) s", strings.Join(outer, ", "),
		strings.Join(inner, ", "), t.name.Sanitize(), strings.Join(t.conditions(roles), " AND "), strings.Join(order, direction+", ")+direction, limit)
}

func (t *turnTable) conditions(roles []string) []string {
	conditions := []string{"true"}
	if t.role != nil && t.role.kind != jsonColumn {
		conditions = append(conditions, "lower(btrim("+t.role.text()+")) IN ("+literals(roles)+")")
	}
	if t.created == nil {
		return conditions
	}
	if !t.config.Since.IsZero() {
		conditions = append(conditions, t.created.since(t.config.Since))
	}
	if after := t.config.After; !after.IsZero() {
		isNew := t.created.compare(" >= ", after.Created)
		changes := after.Updated
		if changes == "" && t.created.category == "D" {
			changes = after.Created
		}
		if t.updated != nil && changes != "" {
			isNew = "(" + isNew + " OR " + t.updated.compare(" > ", changes) + ")"
		}
		conditions = append(conditions, isNew)
	}
	return conditions
}

// atOnce is how many rows are read in one go rather than by a cursor, which PostgreSQL
// does not work on in parallel.
const atOnce = 10 * batchRows

// fetch reads a query, in batches where it may have many rows. It is done when enough was
// read.
func (t *turnTable) fetch(ctx context.Context, tx pgx.Tx, query string, most int, hand func(turnRow) (done bool, err error)) (done bool, err error) {
	if err := limitStatements(ctx, tx, sortTimeout); err != nil { // the first rows wait for the sorting
		return false, err
	}
	if most > 0 && most <= atOnce {
		_, done, err := t.batch(ctx, tx, query, hand)
		return done, err
	}
	// Between two batches as much time passes as the reader likes.
	for _, statement := range []string{"SET LOCAL idle_in_transaction_session_timeout = 0", "DECLARE turns NO SCROLL CURSOR FOR " + query} {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return false, err
		}
	}
	for first := true; ; first = false {
		n, done, err := t.batch(ctx, tx, fmt.Sprintf("FETCH %d FROM turns", batchRows), hand)
		if err != nil || done {
			return done, err
		}
		if n < batchRows {
			_, err := tx.Exec(ctx, "CLOSE turns")
			return false, err
		}
		if first {
			if err := limitStatements(ctx, tx, statementTimeout); err != nil {
				return false, err
			}
		}
	}
}

// batch reads all rows of a query, and then hands them on.
func (t *turnTable) batch(ctx context.Context, tx pgx.Tx, query string, hand func(turnRow) (done bool, err error)) (n int, done bool, err error) {
	rows, err := tx.Query(ctx, query)
	if err != nil {
		return 0, false, err
	}
	batch, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (r turnRow, err error) {
		err = row.Scan(&r.message, &r.role, &r.conversation, &r.created, &r.updated, &r.key)
		return r, err
	})
	if err != nil {
		return 0, false, err
	}
	for _, row := range batch {
		t.rows++
		if done, err := hand(row); done || err != nil {
			return len(batch), done, err
		}
	}
	return len(batch), false, nil
}

// take hands on what a user said in a row: nothing, a turn, or several of a conversation
// that is in one row.
func (t *turnTable) take(row turnRow, roles []string, turns *Turns, yield func(Turn) bool) (done bool, err error) {
	if row.key == "" {
		row.key = row.conversation + "\x00" + row.message
	}
	created := parseTime(row.created)
	before, changed := t.before.met(row)
	if before && !changed || !t.config.Since.IsZero() && created.Before(t.config.Since) {
		return false, nil
	}
	found := false
	messages := t.message.messagesIn(row.message)
	for _, message := range messages {
		if !t.isUsers(message, row, roles, len(messages) > 1) {
			found = true // somebody else's
			continue
		}
		text := document.Clean(message.text)
		if text == "" {
			continue
		}
		found = true
		if t.config.Limit > 0 && turns.Read >= t.config.Limit {
			turns.More = true
			t.ahead.updated = t.config.After.Updated // changes of what wasn't read yet are still to come
			return true, nil
		}
		turns.Read++
		if changed {
			turns.Changed++
		}
		if !yield(Turn{Conversation: document.Clean(row.conversation), Text: text, Created: created}) {
			return true, errStopped
		}
	}
	if !found {
		turns.Empty++
	}
	t.ahead.add(row)
	return false, nil
}

// isUsers tells whether a message is of one of the roles. Those inside a conversation
// have their own, and those of a table without a column of roles too.
func (t *turnTable) isUsers(message said, row turnRow, roles []string, several bool) bool {
	role := message.role
	switch {
	case t.role == nil && role == "":
		return true
	case t.role != nil && t.role.kind == jsonColumn && role == "":
		for _, one := range t.role.messagesIn(row.role) {
			role = one.role
			if role == "" {
				role = one.text // a role as a quoted string
			}
		}
	case t.role != nil && t.role.kind != jsonColumn && (role == "" || !several):
		return true // the query chose the row by its role
	}
	role = foldRole(role)
	return slices.Contains(roles, role) || slices.Contains(roles, userRoles[0]) && slices.Contains(userRoles, role)
}
