//go:build unix

package realdata

import (
	"strings"
	"testing"

	"seedbed/kbsource"
	"seedbed/kbsource/pgtest"
	"seedbed/ui/shell"
	"seedbed/ui/system"
)

func TestConversationsComeOutOfPostgreSQL(t *testing.T) {
	server, err := pgtest.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer server.Stop()
	conn, err := server.Connect(t.Context(), "postgres")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), `
		CREATE TABLE conversation_history (id bigserial PRIMARY KEY, conversation_id text, role text, message text, created_at timestamptz);
		INSERT INTO conversation_history (conversation_id, role, message, created_at) VALUES
			('c1', 'user', 'my boss and my colleague argue, mail me at ann@example.org', '2026-01-02'),
			('c1', 'assistant', 'That sounds hard.', '2026-01-03'),
			('c2', 'user', 'hello there', '2026-01-01')`)
	if err != nil {
		t.Fatal(err)
	}
	r := open(t)
	address := server.URL("postgres")
	if got := r.page.empty.database.Text(); got != "Go to Knowledge" {
		t.Errorf("without an address it offers %q", got)
	}
	if err := r.Dataset().SetSetting(t.Context(), shell.DatasetKnowledgeAddress, address); err != nil {
		t.Fatal(err)
	}
	r.Keychain.Set(system.DatabasePasswordName(address), pgtest.Password)
	r.page.shown()
	r.Settle()
	if got := r.page.empty.database.Text(); got != "Read conversations…" {
		t.Errorf("with an address it offers %q", got)
	}
	r.page.empty.openDatabase()
	r.Settle()
	r.Sees("At most", "Only what is new or changed", "Advanced")
	r.SeesNot("Who speaks", "Roles to keep")
	r.Tap("Advanced ▸")
	r.Sees("Who speaks", "Roles to keep")

	r.page.readDatabase(address, kbsource.ConversationConfig{Table: "conversation_history", UserRole: "user", Limit: 10}, true)
	r.Settle()
	if got := r.page.facts.Text(); got != "Conversations from the database · 2 lines" {
		t.Errorf("it says %q", got)
	}
	r.page.act()
	r.Settle()
	want := "my boss and my colleague argue, mail me at [email]/social/c1\nhello there/chitchat/c2"
	if got := strings.Join(r.realMessages(), "\n"); got != want {
		t.Errorf("the dataset has\n%s\nnot\n%s", got, want)
	}

	// The next reading brings only what is new.
	config := kbsource.ConversationConfig{Table: "conversation_history", UserRole: "user", Limit: 10}
	r.page.readDatabase(address, config, true)
	r.Settle()
	r.Sees("There is nothing new in the database since the last merge.")
	r.Tap("Close")
	if _, err := conn.Exec(t.Context(), `INSERT INTO conversation_history (conversation_id, role, message, created_at) VALUES ('c3', 'user', 'one more question', '2026-01-04'), ('c3', 'user', NULL, '2026-01-05')`); err != nil {
		t.Fatal(err)
	}
	r.page.readDatabase(address, config, true)
	r.Settle()
	if got := r.page.facts.Text(); got != "Conversations from the database · 1 line · 1 row without text left out · without a column updated_at, changed messages can't be noticed" {
		t.Errorf("it says %q", got)
	}
	r.page.close()
	r.page.readDatabase(address, config, false)
	r.Settle()
	if got := r.page.facts.Text(); got != "Conversations from the database · 3 lines · 1 row without text left out" {
		t.Errorf("all of it is %q", got)
	}
	r.page.close()
	config.UserRole = "nobody"
	r.page.readDatabase(address, config, false)
	r.Settle()
	r.Sees("Its roles are: user, assistant.")
}
