package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"strings"
	"time"

	"seedbed/gen/realdata"
	"seedbed/kbsource"
	"seedbed/localdb/atomicfile"
	"seedbed/localdb/exchange"
	"seedbed/localdb/pii"
)

type conversationsCommand struct {
	Output             string `required:"" placeholder:"FILE.csv" help:"The CSV file to write: message,category,confidence,conversation, without labels; - for standard output."`
	Limit              int    `type:"turns" default:"2000" help:"The most messages to read, the newest first; 0 for all."`
	Table              string `default:"conversation_history" help:"The table of the conversations."`
	MessageColumn      string `default:"message" help:"The column of messages: text, or JSON such as {\"content\": …}."`
	RoleColumn         string `default:"role" help:"The column of roles: who wrote each message. It may be a yes or no, such as is_user, or JSON; - if all messages are users'."`
	ConversationColumn string `default:"conversation_id" help:"The column that identifies the conversation; - for none."`
	CreatedColumn      string `default:"created_at" help:"The column of times; - for none."`
	UserRole           string `default:"user" placeholder:"ROLE,…" help:"The roles whose messages are wanted. The default, user, also finds them as human, customer and the like."`
	Since              string `placeholder:"TIME" help:"Only messages of this time or later, such as 2026-01-31 or 2026-01-31T08:00:00Z."`
	State              string `placeholder:"FILE" help:"Remember in this file how far was read, and next time read only what is new or changed."`
	Names              bool   `help:"Also mask what looks like a name."`
	Region             string `placeholder:"COUNTRY" help:"The country whose national phone numbers are masked, such as DE; numbers with + are always masked."`
	JSON               bool   `name:"json" help:"Write the result to standard output as JSON."`
}

// Help is shown below the flags.
func (conversationsCommand) Help() string {
	return `Reads users' messages from PostgreSQL. The address is read from DATABASE_URL, in the environment or in a file .env in this folder. Personal details are masked on this computer before anything is written.

Example:
  seedbed conversations --output real.csv --limit 2000
  seedbed conversations --output new.csv --limit 0 --state conversations.json`
}

// conversationsReport is the result of conversations.
type conversationsReport struct {
	Messages int            `json:"messages"`
	Empty    int            `json:"empty_rows"`       // without a text, left out
	Changed  int            `json:"changed_messages"` // read before, and changed since
	Masked   int            `json:"masked_messages"`
	Details  map[string]int `json:"masked_details"` // by kind
	Output   string         `json:"output,omitempty"`
	Until    *time.Time     `json:"until,omitempty"` // of the newest message
	Note     string         `json:"note,omitempty"`
}

// Run reads, masks and writes, one message at a time.
func (c *conversationsCommand) Run(ctx context.Context, t *terminal, env *environment) error {
	config, cleaning, err := c.config()
	if err != nil {
		return err
	}
	if err := t.checkOutput(c.Output, csvOutput, c.State); err != nil {
		return err
	}
	if c.State != "" {
		if err := textOutput.checkEnding("state", c.State); err != nil {
			return err
		}
	}
	if env.databaseURL == "" {
		return usageError{errors.New("DATABASE_URL is not set in the environment or in .env: set it to the address of the database, such as postgres://user@host:5432/database")}
	}
	source, err := kbsource.NewPostgres(kbsource.Config{URL: env.databaseURL, Password: env.databasePassword, Table: c.Table})
	if err != nil {
		return err
	}
	if config.After, err = c.readState(source); err != nil {
		return err
	}
	var turns kbsource.Turns
	var cleaned realdata.Cleaned
	rows := cleaning.Rows(realdata.Conversations(ctx, source, config, &turns), &cleaned)
	if err := c.write(t, rows); err != nil && !errors.Is(err, errNoRows) {
		return err
	}
	if cleaned.Messages == 0 && config.After.IsZero() {
		return c.nothing(turns)
	}
	if err := c.writeState(source, turns.Mark); err != nil {
		return err
	}
	report := c.report(turns, !config.After.IsZero(), cleaned)
	if turns.Empty > 0 {
		t.say("%d rows of %s have no text and are left out.", turns.Empty, c.Table)
	}
	return t.result(c.JSON, report, report.print)
}

// config checks the flags.
func (c *conversationsCommand) config() (config kbsource.ConversationConfig, cleaning realdata.Cleaning, err error) {
	config = kbsource.ConversationConfig{
		Table: c.Table, Message: c.MessageColumn, Role: c.RoleColumn, Conversation: c.ConversationColumn,
		Created: c.CreatedColumn, UserRole: c.UserRole, Limit: c.Limit,
	}
	if (c.Since != "" || c.State != "") && c.CreatedColumn == kbsource.NoColumn {
		return config, cleaning, usageError{errors.New("--since and --state need a column of times: give it with --created-column")}
	}
	if c.Since != "" {
		if config.Since, err = kbsource.ParseTime(c.Since); err != nil {
			return config, cleaning, usageError{errors.New("--since should be a time such as 2026-01-31 or 2026-01-31T08:00:00Z")}
		}
	}
	region, err := pii.ParseRegion(c.Region)
	if err != nil {
		return config, cleaning, usageError{err}
	}
	return config, realdata.Cleaning{Hide: true, Names: c.Names, Region: region}, nil
}

// errNoRows keeps a file from being written that would be empty.
var errNoRows = errors.New("no messages")

// write writes the messages as they are read.
func (c *conversationsCommand) write(t *terminal, rows iter.Seq2[exchange.Row, error]) error {
	set, end := t.bar(c.Limit)
	if c.Limit == 0 {
		var count func(int)
		count, end = t.counter()
		set = func(n int, _ string) { count(n) }
	}
	defer end()
	var failed error // in reading, of which the file says nothing
	err := t.writeFile(c.Output, func(w io.Writer) error {
		out := newRowWriter(w, c.ConversationColumn != kbsource.NoColumn)
		n := 0
		for row, err := range rows {
			if err != nil {
				failed = err
				return err
			}
			if err := out.write(row); err != nil {
				return err
			}
			n++
			set(n, "")
		}
		if n == 0 {
			failed = errNoRows
			return errNoRows
		}
		return out.flush()
	})
	switch {
	case failed == nil || errors.Is(failed, errNoRows):
		return errors.Join(err, failed)
	case errors.Is(failed, context.Canceled):
		return fmt.Errorf("stopped; %s was not written", c.Output)
	}
	return fmt.Errorf("%w. %s was not written", failed, c.Output)
}

// nothing says why there is no message.
func (c *conversationsCommand) nothing(turns kbsource.Turns) error {
	switch {
	case c.Since != "":
		return fmt.Errorf("%s has no messages of the role %q since %s; nothing was written", c.Table, c.UserRole, c.Since)
	case turns.Empty > 0:
		return fmt.Errorf("all %d rows of the role %q in %s have no text; nothing was written: check --message-column", turns.Empty, c.UserRole, c.Table)
	case len(turns.Others) > 0:
		return fmt.Errorf("%s has no messages of the role %q; nothing was written: check --user-role, for example --user-role %q (the roles are %s)", c.Table, c.UserRole, turns.Others[0], strings.Join(turns.Others, ", "))
	}
	return fmt.Errorf("%s has no messages of the role %q; nothing was written: check --user-role", c.Table, c.UserRole)
}

// readingState is how far a table was read.
type readingState struct {
	Source string        `json:"source"`
	Mark   kbsource.Mark `json:"mark"`
}

func (c *conversationsCommand) readState(source *kbsource.Postgres) (kbsource.Mark, error) {
	if c.State == "" {
		return kbsource.Mark{}, nil
	}
	data, err := os.ReadFile(c.State)
	if errors.Is(err, fs.ErrNotExist) {
		return kbsource.Mark{}, nil
	}
	if err != nil {
		return kbsource.Mark{}, err
	}
	var state readingState
	if err := json.Unmarshal(data, &state); err != nil || state.Source == "" {
		return kbsource.Mark{}, usageError{fmt.Errorf("%s is not a file that --state wrote: name another one", c.State)}
	}
	if state.Source != source.Describe() {
		return kbsource.Mark{}, usageError{fmt.Errorf("%s says how far %s was read, and this is %s: name another --state", c.State, state.Source, source.Describe())}
	}
	return state.Mark, nil
}

func (c *conversationsCommand) writeState(source *kbsource.Postgres, mark kbsource.Mark) error {
	if c.State == "" || mark.IsZero() {
		return nil
	}
	return atomicfile.Write(c.State, func(w io.Writer) error {
		return json.NewEncoder(w).Encode(readingState{source.Describe(), mark})
	})
}

func (c *conversationsCommand) report(turns kbsource.Turns, after bool, cleaned realdata.Cleaned) conversationsReport {
	report := conversationsReport{Messages: cleaned.Messages, Empty: turns.Empty, Changed: turns.Changed, Masked: cleaned.Masked, Details: map[string]int{}}
	if cleaned.Messages > 0 {
		report.Output = c.Output
	}
	if until := turns.Mark.Time(); !until.IsZero() {
		report.Until = &until
	}
	for _, detail := range cleaned.Details {
		report.Details[string(detail.Kind)] += detail.Count
	}
	switch {
	case c.State != "" && turns.More && after:
		report.Note = "There are more new messages than --limit allows: run this again for the next ones."
	case c.State != "" && !turns.SeesChanges:
		report.Note = fmt.Sprintf("%s has no column updated_at, so messages that are changed after they were read can't be noticed.", c.Table)
	}
	return report
}

func (r conversationsReport) print(w io.Writer) {
	if r.Messages == 0 {
		printf(w, "Nothing new; no file was written.\n")
	} else {
		printf(w, "%d messages of users.\n", r.Messages)
	}
	if r.Changed > 0 {
		printf(w, "  changed since they were read: %d\n", r.Changed)
	}
	for _, kind := range sortedKeys(r.Details) {
		printf(w, "  masked, %s: %d\n", kind, r.Details[kind])
	}
	if r.Note != "" {
		printf(w, "%s\n", r.Note)
	}
	if r.Messages > 0 {
		printf(w, "Personal details were masked in %d of them. A program can't know all: look before you share.\nCSV: %s\n", r.Masked, r.Output)
	}
}
