//go:build unix

package kbsource

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestConversations(t *testing.T) {
	var texts []string
	for turn, err := range open(t, Config{}).Conversations(context.Background(), ConversationConfig{}, &Turns{}) {
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, turn.Conversation+":"+turn.Text)
	}
	if want := []string{"c2:second", "c1:first", ":third"}; !slices.Equal(texts, want) {
		t.Errorf("got %v, want %v", texts, want)
	}
	for range open(t, Config{}).Conversations(context.Background(), ConversationConfig{Limit: 2}, &Turns{}) { //nolint:errcheck // only its end counts
		break // stopping early is no error and leaves nothing open
	}
	for _, err := range open(t, Config{}).Conversations(context.Background(), ConversationConfig{Message: "text"}, &Turns{}) {
		var failure *Error
		if !errors.As(err, &failure) || failure.Kind != NoTable {
			t.Errorf("got %v", err)
		}
	}
}

// sql runs statements as the owner of the test database.
func sql(t testing.TB, statements string) {
	t.Helper()
	conn, err := server.Connect(t.Context(), "postgres")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), statements); err != nil {
		t.Fatal(err)
	}
}

// talk reads all turns as conversation:text.
func talk(t *testing.T, config ConversationConfig) (texts []string, turns Turns) {
	t.Helper()
	for turn, err := range open(t, Config{}).Conversations(t.Context(), config, &turns) {
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, turn.Conversation+":"+turn.Text)
	}
	return texts, turns
}

// TestConversationsInAnyTable reads the tables that chat programs make.
func TestConversationsInAnyTable(t *testing.T) {
	for name, c := range map[string]struct {
		table  string // its columns and rows
		config ConversationConfig
		want   string
		empty  int
	}{
		"roles in any writing": {
			"AS SELECT * FROM (VALUES (1, 'c', ' USER', 'one', now()), (2, 'c', 'bot', 'no', now()), (3, 'c', 'User', 'two', now() - interval '1 s')) v(id, conversation_id, role, message, created_at)",
			ConversationConfig{},
			"c:one c:two", 0,
		},
		"the user by another name": {
			"AS SELECT * FROM (VALUES (1, 'c', 'Customer', 'one', now()), (2, 'c', 'bot', 'no', now())) v(id, conversation_id, role, message, created_at)",
			ConversationConfig{},
			"c:one", 0,
		},
		"several roles": {
			"AS SELECT * FROM (VALUES (3, 'c', 'caller', 'one', 3), (2, 'c', 'Human', 'two', 2), (1, 'c', 'bot', 'no', 1)) v(id, conversation_id, role, message, created_at)",
			ConversationConfig{UserRole: "human, caller"},
			"c:one c:two", 0,
		},
		"a yes or no": {
			"AS SELECT * FROM (VALUES (1, 'c', true, 'one', now()), (2, 'c', false, 'no', now())) v(id, conversation_id, is_user, message, created_at)",
			ConversationConfig{Role: "is_user"},
			"c:one", 0,
		},
		"a no": {
			"AS SELECT * FROM (VALUES (1, 'c', 0, 'one', now()), (2, 'c', 1, 'no', now())) v(id, conversation_id, from_bot, message, created_at)",
			ConversationConfig{Role: "from_bot"},
			"c:one", 0,
		},
		"an enum": {
			"AS SELECT id, conversation_id, role::speaker, message, created_at FROM (VALUES (1, 'c', 'user', 'one', now()), (2, 'c', 'bot', 'no', now())) v(id, conversation_id, role, message, created_at)",
			ConversationConfig{},
			"c:one", 0,
		},
		"empty rows": {
			"AS SELECT * FROM (VALUES (5, 'c', 'user', NULL, now()), (4, NULL, 'user', 'one', NULL), (3, 'c', NULL, 'no', now()), (2, 'c', 'user', E' \n', now())) v(id, conversation_id, role, message, created_at)",
			ConversationConfig{},
			":one", 2,
		},
		"JSON": {
			`AS SELECT id, 'c' AS conversation_id, 'user' AS role, message::jsonb, now() AS created_at FROM (VALUES (7, '{"content": "one"}'), (6, '{"text": "two"}'), (5, '"three"'),
				(4, '[{"type": "text", "text": "four"}, {"type": "image_url", "image_url": {"url": "x"}}]'), (3, '{"content": [{"type": "text", "text": "five"}]}'),
				(2, '{}'), (1, '[{"role": "system", "content": "no"}, {"role": "user", "content": "six"}, {"role": "assistant", "content": "no"}, {"role": "user", "content": "seven"}]')) v(id, message) ORDER BY id`,
			ConversationConfig{},
			"c:one c:two c:three c:four c:five c:six c:seven", 1,
		},
		"JSON as text": {
			`AS SELECT id, 'c' AS conversation_id, 'user' AS role, message, now() AS created_at FROM (VALUES (3, '{"content": "one"}'), (2, '[not] JSON'), (1, '{"neither": 1}')) v(id, message) ORDER BY id`,
			ConversationConfig{},
			`c:one c:[not] JSON c:{"neither": 1}`, 0,
		},
		"the role in JSON": {
			`AS SELECT id, 'c' AS session_id, message::jsonb FROM (VALUES (3, '{"type": "human", "content": "one"}'), (2, '{"type": "ai", "content": "no"}'), (1, '{"type": "human", "data": {"content": "two"}}')) v(id, message) ORDER BY id`,
			ConversationConfig{Role: "message", Conversation: "session_id", Created: NoColumn},
			"c:one c:two", 0,
		},
		"a list of texts": {
			`AS SELECT 1 AS id, 'c' AS conversation_id, 'user' AS role, ARRAY['one', 'and more'] AS message, now() AS created_at`,
			ConversationConfig{},
			"c:one\nand more", 0,
		},
		"seconds and milliseconds": {
			"AS SELECT * FROM (VALUES (1, 'c', 'user', 'one', 1767225600), (2, 'c', 'user', 'two', 1767225601)) v(id, conversation_id, role, message, created_at)",
			ConversationConfig{},
			"c:two c:one", 0,
		},
		"times as text": {
			"AS SELECT * FROM (VALUES (1, 'c', 'user', 'one', '2026-01-01T10:00:00Z'), (2, 'c', 'user', 'two', '2026-01-02T10:00:00Z'), (3, 'c', 'user', 'three', 'yesterday')) v(id, conversation_id, role, message, created_at)",
			ConversationConfig{},
			"c:three c:two c:one", 0,
		},
		"infinite times": {
			"AS SELECT * FROM (VALUES (1, 'c', 'user', 'one', 'infinity'::timestamptz), (2, 'c', 'user', 'two', now()), (3, 'c', 'user', 'three', '-infinity'), (4, 'c', 'user', 'four', '0044-03-15 BC')) v(id, conversation_id, role, message, created_at)",
			ConversationConfig{},
			"c:two c:four c:three c:one", 0,
		},
		"days": {
			"AS SELECT * FROM (VALUES (1, 'c', 'user', 'one', date '2026-01-01'), (2, 'c', 'user', 'two', date '2026-01-02')) v(id, conversation_id, role, message, created_at)",
			ConversationConfig{},
			"c:two c:one", 0,
		},
		"more empty rows than the limit": {
			"AS SELECT i AS id, 'c' AS conversation_id, 'user' AS role, CASE WHEN i <= 2 THEN 'm' || i ELSE '' END AS message, now() + i * interval '1 s' AS created_at FROM generate_series(1, 6000) i",
			ConversationConfig{Limit: 2},
			"c:m2 c:m1", 5998,
		},
	} {
		t.Run(name, func(t *testing.T) {
			sql(t, `DROP TABLE IF EXISTS talks; DROP TYPE IF EXISTS speaker; CREATE TYPE speaker AS ENUM ('user', 'bot'); CREATE TABLE talks `+c.table)
			c.config.Table = "talks"
			texts, turns := talk(t, c.config)
			if got := strings.Join(texts, " "); got != c.want || turns.Empty != c.empty || turns.Read != len(texts) {
				t.Errorf("got %q and %+v, want %q and %d empty ones", got, turns, c.want, c.empty)
			}
		})
	}
}

func TestEqualTimesKeepTheirOrder(t *testing.T) {
	sql(t, `DROP TABLE IF EXISTS ties; CREATE TABLE ties (conversation_id text, role text, message text, created_at timestamptz);
		INSERT INTO ties SELECT 'c' || i % 7, 'user', 'message ' || i, '2026-01-01' FROM generate_series(1, 5000) i;
		CREATE OR REPLACE VIEW ties_seen AS SELECT * FROM ties`)
	for _, table := range []string{"ties", "ties_seen"} {
		first, _ := talk(t, ConversationConfig{Table: table, Limit: 100})
		for range 3 {
			if again, _ := talk(t, ConversationConfig{Table: table, Limit: 100}); !slices.Equal(first, again) {
				t.Fatalf("%s: the same reading gives other messages", table)
			}
		}
		if all, _ := talk(t, ConversationConfig{Table: table}); !slices.Equal(all[:100], first) || len(all) != 5000 {
			t.Errorf("%s: %d messages, in another order than the first of them", table, len(all))
		}
	}
}

func TestOnlyWhatIsNewIsRead(t *testing.T) {
	sql(t, `DROP TABLE IF EXISTS growing; CREATE TABLE growing (id int PRIMARY KEY, conversation_id text, role text, message text, created_at timestamp, updated_at timestamp);
		INSERT INTO growing VALUES (1, 'c', 'user', 'one', '2026-01-01', '2026-01-01'), (2, 'c', 'user', 'two', '2026-01-02 10:00:00.5', '2026-01-02 10:00:00.5')`)
	config := ConversationConfig{Table: "growing"}
	all, turns := talk(t, config)
	if len(all) != 2 || turns.Mark.IsZero() || !turns.SeesChanges {
		t.Fatalf("%q, %+v", all, turns)
	}
	config.After = turns.Mark
	if again, turns := talk(t, config); len(again) != 0 || turns.Mark.Created != config.After.Created {
		t.Fatalf("again %q, %+v", again, turns)
	}
	// One at the very time of the last, two later, and one that was changed.
	sql(t, `INSERT INTO growing VALUES (3, 'c', 'user', 'three', '2026-01-02 10:00:00.5', NULL), (4, 'c', 'user', 'four', '2026-01-03', NULL), (5, 'c', 'user', 'five', '2026-01-04', NULL);
		UPDATE growing SET message = 'one, changed', updated_at = '2026-01-05' WHERE id = 1`)
	config.Limit = 3
	got, turns := talk(t, config)
	if want := []string{"c:one, changed", "c:three", "c:four"}; !slices.Equal(got, want) || turns.Changed != 1 || !turns.More {
		t.Fatalf("got %q, %+v", got, turns)
	}
	config.After, config.Limit = turns.Mark, 0
	got, _ = talk(t, config)
	if !slices.Contains(got, "c:five") || slices.Contains(got, "c:four") {
		t.Errorf("then %q", got)
	}
	since, _ := talk(t, ConversationConfig{Table: "growing", Since: time.Date(2026, 1, 3, 0, 0, 0, 0, time.UTC)})
	if want := []string{"c:five", "c:four"}; !slices.Equal(since, want) {
		t.Errorf("since then %q", since)
	}
}

func TestMissingColumnsAreNamed(t *testing.T) {
	for _, c := range []struct {
		config ConversationConfig
		says   string
	}{
		{ConversationConfig{Role: "speaker"}, "“speaker”"},
		{ConversationConfig{Created: "at"}, "“at”"},
		{ConversationConfig{Conversation: "thread"}, "“thread”"},
		{ConversationConfig{Message: "embedding_id"}, "type bigint"},
	} {
		var turns Turns
		for _, err := range open(t, Config{}).Conversations(t.Context(), c.config, &turns) {
			if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "continue without") {
				t.Errorf("%+v: %v", c.config, err)
			}
		}
	}
}

func TestRolesThatThereAreAreNamed(t *testing.T) {
	_, turns := talk(t, ConversationConfig{UserRole: "nobody"})
	if want := []string{"user", "User", "assistant"}; turns.Read != 0 || len(turns.Others) != len(want) || turns.Others[0] != want[0] {
		t.Errorf("%+v", turns)
	}
}

// TestManyRowsOfOneDay reads a table that only knows days, as fast as any other.
func TestManyRowsOfOneDay(t *testing.T) {
	sql(t, `DROP TABLE IF EXISTS daily; CREATE TABLE daily AS SELECT i AS id, 'c' AS conversation_id, 'user' AS role, 'message ' || i AS message, date '2026-01-01' AS created_at FROM generate_series(1, 20000) i`)
	all, turns := talk(t, ConversationConfig{Table: "daily"})
	if len(all) != 20_000 || turns.Mark.Created != "2026-01-01" || len(turns.Mark.Rows) != 0 {
		t.Fatalf("%d messages, %d rows marked at %s", len(all), len(turns.Mark.Rows), turns.Mark.Created)
	}
	sql(t, `INSERT INTO daily VALUES (0, 'c', 'user', 'another', '2026-01-02')`)
	if more, _ := talk(t, ConversationConfig{Table: "daily", After: turns.Mark}); len(more) != 20_001 {
		t.Errorf("then %d messages", len(more))
	}
}

// FuzzMessages reads any text as a cell of a JSON column.
func FuzzMessages(f *testing.F) {
	for _, text := range []string{`{"content": "a"}`, `[{"role":"user","content":[{"type":"text","text":"b"}]}]`, `"{\"text\":\"c\"}"`, `{"id":["HumanMessage"],"kwargs":{"content":"d"}}`, `[[[[`, `{"from":{"role":"user"},"text":1}`, "{x"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, kind := range []columnKind{textColumn, jsonColumn, arrayColumn, xmlColumn} {
			c := column{kind: kind}
			for _, message := range c.messagesIn(text) {
				if strings.Contains(message.text, "\x00") && kind != jsonColumn {
					t.Errorf("%q", message)
				}
			}
			c.plain(text)
		}
	})
}

// FuzzTime reads any text as a time.
func FuzzTime(f *testing.F) {
	for _, text := range []string{"2026-01-01 00:00:00+00", "infinity", "1767225600", "1767225600123", "1.7672256e9", "2026-01-01", "0044-03-15 00:00:00+00 BC", "NaN", "-1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if at := parseTime(text); !at.IsZero() && at.Location() != time.UTC {
			t.Errorf("%q is %v", text, at)
		}
	})
}
