package kbsource

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/jackc/pgx/v5"
)

// ConversationConfig says which table of a database holds conversations. An empty field
// means the name in parentheses.
type ConversationConfig struct {
	Table        string // (conversation_history)
	Message      string // (message)
	Role         string // (role)
	Conversation string // (conversation_id)
	Created      string // (created_at)
	UserRole     string // the role whose turns are read (user)
	Limit        int    // the most turns to read, the newest first; 0 for all
}

// Turn is what one user said in a conversation.
type Turn struct {
	Conversation string
	Text         string
	Created      time.Time // zero if the table does not say
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

// Conversations streams the users' turns, newest first.
func (p *Postgres) Conversations(ctx context.Context, config ConversationConfig) iter.Seq2[Turn, error] {
	config = config.orDefaults()
	quoted := func(name string) string { return pgx.Identifier{name}.Sanitize() }
	limit := "ALL"
	if config.Limit > 0 {
		limit = fmt.Sprint(config.Limit)
	}
	message, created := quoted(config.Message), quoted(config.Created)
	query := "SELECT coalesce(" + quoted(config.Conversation) + "::text, ''), " + message + "::text, " + created + "::timestamptz" +
		" FROM " + identifier(config.Table).Sanitize() +
		" WHERE lower(" + quoted(config.Role) + "::text) = lower($1) AND btrim(" + message + "::text) <> ''" +
		" ORDER BY " + created + " DESC NULLS LAST LIMIT " + limit
	reader := Postgres{p.config}
	reader.config.Table, reader.config.Column = config.Table, config.Message
	return func(yield func(Turn, error) bool) {
		err := reader.read(ctx, func(tx pgx.Tx) error {
			rows, err := tx.Query(ctx, query, config.UserRole)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var turn Turn
				var created *time.Time
				if err := rows.Scan(&turn.Conversation, &turn.Text, &created); err != nil {
					return err
				}
				if created != nil {
					turn.Created = *created
				}
				if !yield(turn, nil) {
					return errStopped
				}
			}
			return rows.Err()
		})
		if err != nil && err != errStopped { //nolint:errorlint // our own value, never wrapped
			yield(Turn{}, err)
		}
	}
}

// errStopped ends a stream that nobody listens to any more.
var errStopped = fmt.Errorf("stopped: %w", context.Canceled)
