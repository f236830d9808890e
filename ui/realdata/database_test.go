//go:build unix

package realdata

import (
	"strings"
	"testing"

	"seedbed/kbsource"
	"seedbed/kbsource/pgtest"
	"seedbed/ui/shell"
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
	r.Keychain.Set(databaseName(address), pgtest.Password)
	r.page.shown()
	r.Settle()
	if got := r.page.empty.database.Text(); got != "Read conversations…" {
		t.Errorf("with an address it offers %q", got)
	}
	r.page.empty.openDatabase()
	r.Settle()

	r.page.readDatabase(address, kbsource.ConversationConfig{Table: "conversation_history", UserRole: "user", Limit: 10})
	r.Settle()
	if got := r.page.facts.Text(); got != "conversation_history · 2 lines" {
		t.Errorf("it says %q", got)
	}
	r.page.act()
	r.Settle()
	want := "my boss and my colleague argue, mail me at [email]/social/c1\nhello there/chitchat/c2"
	if got := strings.Join(r.realMessages(), "\n"); got != want {
		t.Errorf("the dataset has\n%s\nnot\n%s", got, want)
	}
}
