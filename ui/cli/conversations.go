package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"seedbed/gen/realdata"
	"seedbed/kbsource"
	"seedbed/localdb/exchange"
	"seedbed/localdb/pii"
)

type conversationsCommand struct {
	Output             string `required:"" placeholder:"FILE.csv" help:"The CSV file to write: message,category,confidence,conversation, without labels."`
	Limit              int    `default:"2000" help:"The most messages to read, the newest first; 0 for all."`
	Table              string `default:"conversation_history" help:"The table of the conversations."`
	MessageColumn      string `default:"message" help:"The column of messages."`
	RoleColumn         string `default:"role" help:"The column of roles: who wrote each message."`
	ConversationColumn string `default:"conversation_id" help:"The column that identifies the conversation."`
	CreatedColumn      string `default:"created_at" help:"The column of times."`
	UserRole           string `default:"user" help:"The role whose messages are wanted."`
	Names              bool   `help:"Also mask what looks like a name."`
	Region             string `placeholder:"COUNTRY" help:"The country whose national phone numbers are masked, such as DE; numbers with + are always masked."`
	JSON               bool   `name:"json" help:"Write the result to standard output as JSON."`
}

// Help is shown below the flags.
func (conversationsCommand) Help() string {
	return `Reads users' messages from PostgreSQL. The address is read from DATABASE_URL, in the environment or in a file .env in this folder. Personal details are masked on this computer before anything is written.

Example:
  seedbed conversations --output real.csv --limit 2000`
}

// conversationsReport is the result of conversations.
type conversationsReport struct {
	Messages int            `json:"messages"`
	Masked   int            `json:"masked_messages"`
	Details  map[string]int `json:"masked_details"` // by kind
	Output   string         `json:"output"`
}

// Run reads, masks and writes.
func (c *conversationsCommand) Run(ctx context.Context, t *terminal, env *environment) error {
	if env.databaseURL == "" {
		return usageError{errors.New("DATABASE_URL is not set in the environment or in .env: set it to the address of the database, such as postgres://user@host:5432/database")}
	}
	if c.Limit < 0 {
		return usageError{errors.New("--limit can't be negative")}
	}
	region, err := pii.ParseRegion(c.Region)
	if err != nil {
		return usageError{err}
	}
	source, err := kbsource.NewPostgres(kbsource.Config{URL: env.databaseURL, Password: env.databasePassword})
	if err != nil {
		return err
	}
	turns := realdata.Conversations(ctx, source, kbsource.ConversationConfig{
		Table: c.Table, Message: c.MessageColumn, Role: c.RoleColumn, Conversation: c.ConversationColumn,
		Created: c.CreatedColumn, UserRole: c.UserRole, Limit: c.Limit,
	})
	var cleaned realdata.Cleaned
	var rows []exchange.Row
	set, end := t.bar(c.Limit)
	for row, err := range (realdata.Cleaning{Hide: true, Names: c.Names, Region: region}).Rows(turns, &cleaned) {
		if err != nil {
			end()
			return err
		}
		rows = append(rows, row)
		set(len(rows), "")
	}
	end()
	if len(rows) == 0 {
		return fmt.Errorf("%s has no messages of the role %q; nothing was written: check --user-role", c.Table, c.UserRole)
	}
	if err := writeRows(c.Output, rows); err != nil {
		return err
	}
	report := conversationsReport{Messages: cleaned.Messages, Masked: cleaned.Masked, Details: map[string]int{}, Output: c.Output}
	for _, detail := range cleaned.Details {
		report.Details[string(detail.Kind)] += detail.Count
	}
	return t.result(c.JSON, report, report.print)
}

func (r conversationsReport) print(w io.Writer) {
	fmt.Fprintf(w, "%d messages of users.\n", r.Messages)
	for _, kind := range sortedKeys(r.Details) {
		fmt.Fprintf(w, "  masked, %s: %d\n", kind, r.Details[kind])
	}
	fmt.Fprintf(w, "Personal details were masked in %d of them. A program can't know all: look before you share.\nCSV: %s\n", r.Masked, r.Output)
}
