package kbsource

import (
	"context"
	"errors"
	"iter"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// ConversationConfig says which table of a database holds conversations. An empty field
// means the name in parentheses; a column [NoColumn] is not in the table.
type ConversationConfig struct {
	Table        string // (conversation_history)
	Message      string // (message), may be JSON
	Role         string // (role), may be a yes or no, or JSON in which the role is
	Conversation string // (conversation_id)
	Created      string // (created_at)
	// UserRole are the roles whose turns are read, separated by commas. (user), where
	// nobody is called so, stands for its other names, such as customer or human.
	UserRole string
	Limit    int       // the most turns to read, the newest first; 0 for all
	Since    time.Time // read what was said then or later; zero for all
	After    Mark      // read what is new or changed since an earlier reading
}

// NoColumn stands for a column that the table doesn't have.
const NoColumn = "-"

// Turn is what one user said in a conversation.
type Turn struct {
	Conversation string
	Text         string
	Created      time.Time // zero if the table does not say
}

// Turns is what reading conversations met. It grows while turns are read.
type Turns struct {
	Read    int      // that became turns
	Empty   int      // without a text
	Changed int      // known before, and changed since
	More    bool     // the limit was reached before the end
	Others  []string // if there was no turn: some roles that the table has
	// SeesChanges is true if the table says when a message was changed.
	SeesChanges bool
	Mark        Mark // of where this reading ended
}

func (c ConversationConfig) orDefaults() ConversationConfig {
	for field, name := range map[*string]string{
		&c.Table: "conversation_history", &c.Message: "message", &c.Role: "role",
		&c.Conversation: "conversation_id", &c.Created: "created_at", &c.UserRole: "user",
	} {
		if *field == "" {
			*field = name
		}
	}
	return c
}

// batchRows is how many rows are fetched at a time.
const batchRows = 2000

// sortTimeout is how long the server may sort before it sends the first rows: much more
// than it takes for ten million.
const sortTimeout = 10 * time.Minute

// Conversations streams the users' turns, newest first, and counts in turns. They are
// fetched in batches, so that what is done with them meanwhile holds no query up.
func (p *Postgres) Conversations(ctx context.Context, config ConversationConfig, turns *Turns) iter.Seq2[Turn, error] {
	config = config.orDefaults()
	*turns = Turns{}
	reader := Postgres{p.config}
	reader.config.Table, reader.config.Column, reader.config.conversations = config.Table, config.Message, true
	return func(yield func(Turn, error) bool) {
		err := reader.read(ctx, func(tx pgx.Tx) error {
			t, err := reader.turnTable(ctx, tx, config)
			if err != nil {
				return err
			}
			if err = t.stream(ctx, tx, turns, func(turn Turn) bool { return yield(turn, nil) }); err == nil && t.rows == 0 && t.secured {
				return t.hidden(reader.config, config.Table)
			}
			return reader.config.explainReading(err, t.rows)
		})
		if err != nil && !errors.Is(err, errStopped) {
			yield(Turn{}, err)
		}
	}
}

// errStopped ends a stream that nobody listens to any more.
var errStopped = errors.New("stopped")

// turnTable is a table of conversations and what is read of it.
type turnTable struct {
	relation
	config                                        ConversationConfig
	message, role, conversation, created, updated *column
	rows                                          int // read so far
	before, ahead                                 *marker
}

func (p *Postgres) turnTable(ctx context.Context, tx pgx.Tx, config ConversationConfig) (*turnTable, error) {
	t := &turnTable{config: config, before: newMarker(config.After), ahead: newMarker(config.After)}
	var err error
	if t.relation, err = p.relation(ctx, tx, config.Table); err != nil {
		return t, err
	}
	for _, c := range []struct {
		column **column
		name   string
	}{{&t.message, config.Message}, {&t.role, config.Role}, {&t.conversation, config.Conversation}, {&t.created, config.Created}} {
		if c.name == NoColumn && c.column != &t.message {
			continue
		}
		found, err := t.mustFind(p.config, config.Table, c.name)
		if err != nil {
			return t, err
		}
		*c.column = &found
	}
	if t.message.kind == "" {
		return t, t.message.withoutText(p.config, config.Table)
	}
	isTime := func(c column) bool { return c.category == "D" }
	if c, ok := t.first(isTime, "updated_at", "modified_at", "edited_at", "changed_at", "updated", "last_modified"); ok {
		t.updated = &c
	}
	return t, nil
}

// stream reads turns under the wanted roles, and where nobody has them under their other
// names.
func (t *turnTable) stream(ctx context.Context, tx pgx.Tx, turns *Turns, yield func(Turn) bool) error {
	turns.SeesChanges = t.updated != nil
	defer func() { turns.Mark = t.ahead.mark() }()
	for _, roles := range roleSets(t.config.UserRole, t.role) {
		if err := t.read(ctx, tx, roles, turns, yield); err != nil || turns.Read+turns.Empty > 0 {
			return err
		}
	}
	return t.explainNothing(ctx, tx, turns)
}

// explainNothing looks for roles that there are instead, in the first rows.
func (t *turnTable) explainNothing(ctx context.Context, tx pgx.Tx, turns *Turns) error {
	if t.role == nil || t.role.kind == jsonColumn {
		return nil
	}
	rows, err := tx.Query(ctx, "SELECT role FROM (SELECT btrim("+t.role.text()+") AS role FROM "+t.name.Sanitize()+" LIMIT 10000) s WHERE role <> '' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 10")
	if err != nil {
		return err
	}
	turns.Others, err = pgx.CollectRows(rows, pgx.RowTo[string])
	return err
}

// literal writes a text as SQL does, with standard_conforming_strings.
func literal(text string) string {
	return "'" + strings.ReplaceAll(strings.ReplaceAll(text, "\x00", ""), "'", "''") + "'"
}

func literals(texts []string) string {
	list := make([]string, len(texts))
	for i, text := range texts {
		list[i] = literal(text)
	}
	return strings.Join(list, ", ")
}
