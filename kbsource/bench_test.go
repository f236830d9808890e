//go:build unix

package kbsource

import (
	"fmt"
	"runtime"
	"testing"

	"seedbed/kbsource/pgtest"
)

// BenchmarkFirstSample draws fifty passages from a million rows in each kind of relation.
func BenchmarkFirstSample(b *testing.B) {
	sql(b, `
		CREATE TABLE IF NOT EXISTS million (id bigint PRIMARY KEY, content text);
		INSERT INTO million SELECT i, `+long+` FROM generate_series(1, 1000000) i;
		CREATE TABLE million_keyless AS SELECT content FROM million;
		CREATE VIEW million_seen AS SELECT id, content FROM million;
		CREATE TABLE million_parts (id bigint, content text) PARTITION BY HASH (id);
		DO $$ BEGIN FOR i IN 0..15 LOOP EXECUTE format('CREATE TABLE million_part%s PARTITION OF million_parts FOR VALUES WITH (MODULUS 16, REMAINDER %s)', i, i); END LOOP; END $$;
		INSERT INTO million_parts TABLE million;
		CREATE TABLE million_short AS SELECT id, CASE WHEN id % 333333 = 7 THEN content ELSE 'short' END AS content FROM million;
		ANALYZE million; ANALYZE million_keyless; ANALYZE million_parts`)
	defer sql(b, `DROP TABLE million, million_keyless, million_parts, million_short CASCADE`)
	for _, table := range []string{"million", "million_keyless", "million_parts", "million_seen", "million_short"} {
		b.Run(table, func(b *testing.B) {
			for b.Loop() {
				passages, err := benchmarked(b, table).Passages(b.Context(), 50)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(passages)), "passages")
			}
		})
	}
}

// BenchmarkConversations reads a million turns, and the newest of them.
func BenchmarkConversations(b *testing.B) {
	sql(b, `CREATE TABLE million_turns (id bigint PRIMARY KEY, conversation_id uuid, role text, message text, created_at timestamptz);
		INSERT INTO million_turns SELECT i, gen_random_uuid(), CASE WHEN i % 2 = 0 THEN 'user' ELSE 'assistant' END, `+long+`, now() - i * interval '1 s' FROM generate_series(1, 2000000) i; ANALYZE million_turns`)
	defer sql(b, `DROP TABLE million_turns`)
	for _, limit := range []int{2000, 0} {
		b.Run(fmt.Sprint("limit ", limit), func(b *testing.B) {
			var most uint64
			for b.Loop() {
				var turns Turns
				for _, err := range benchmarked(b, "").Conversations(b.Context(), ConversationConfig{Table: "million_turns", Limit: limit}, &turns) {
					if err != nil {
						b.Fatal(err)
					}
					if turns.Read%100_000 == 0 {
						var memory runtime.MemStats
						runtime.ReadMemStats(&memory)
						most = max(most, memory.HeapAlloc)
					}
				}
				b.ReportMetric(float64(turns.Read), "turns")
			}
			b.ReportMetric(float64(most)/(1<<20), "MiB")
		})
	}
}

// BenchmarkTables lists a database of 5,000 tables.
func BenchmarkTables(b *testing.B) {
	sql(b, `CREATE DATABASE crowd`)
	conn, err := server.Connect(b.Context(), "crowd")
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close(b.Context())
	for i := range 50 {
		if _, err := conn.Exec(b.Context(), fmt.Sprintf(`DO $$ BEGIN FOR i IN 1..100 LOOP EXECUTE format('CREATE TABLE t_%d_%%s (id int, a text, b text, c int, d jsonb, e timestamptz)', i); END LOOP; END $$`, i)); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		p, err := NewPostgres(Config{URL: server.URL("crowd"), Password: pgtest.Password})
		if err != nil {
			b.Fatal(err)
		}
		tables, err := p.Tables(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(tables)), "tables")
	}
}

func benchmarked(b *testing.B, table string) *Postgres {
	b.Helper()
	p, err := NewPostgres(Config{URL: server.URL("postgres"), Password: pgtest.Password, Table: table})
	if err != nil {
		b.Fatal(err)
	}
	return p
}
