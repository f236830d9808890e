//go:build unix

package kbsource

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"seedbed/kbsource/pgtest"
)

var server *pgtest.Server

func TestMain(m *testing.M) {
	var err error
	if server, err = pgtest.Start(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := fill(context.Background()); err != nil {
		server.Stop()
		panic(err)
	}
	code := m.Run()
	server.Stop()
	os.Exit(code)
}

// fill makes the knowledge base of the tests: the handbook in the usual table, a
// table of 200,000 rows, names that need quotes, and users who may do little.
func fill(ctx context.Context) error {
	conn, err := server.Connect(ctx, "postgres")
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	const vector = "vector(1024)"
	if _, err := conn.Exec(ctx, "CREATE EXTENSION vector"); err != nil {
		// Debian 12 has no package of pgvector, so its type is made by hand: with the same
		// name, modifier and text form, and no operators.
		if _, err := conn.Exec(ctx, `CREATE TYPE vector;
			CREATE FUNCTION vector_in(cstring) RETURNS vector LANGUAGE internal IMMUTABLE STRICT AS 'textin';
			CREATE FUNCTION vector_out(vector) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
			CREATE FUNCTION vector_typmod_in(cstring[]) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodin';
			CREATE TYPE vector (INPUT = vector_in, OUTPUT = vector_out, TYPMOD_IN = vector_typmod_in, STORAGE = extended)`); err != nil {
			return err
		}
	}
	folder, err := OpenFolder("testdata/handbook")
	if err != nil {
		return err
	}
	passages, err := folder.Passages(ctx, 0)
	if err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, `
		CREATE TABLE general_embeddings_1024 (id bigserial PRIMARY KEY, content text, embedding `+vector+`,
			content_tsvector tsvector, metadata jsonb, created_at timestamptz DEFAULT now());
		CREATE TABLE large (id bigint PRIMARY KEY, content text);
		INSERT INTO large SELECT i, 'Row ' || i || ' tells something about the subject number ' || i % 977 || ' and is long enough to be asked about.' FROM generate_series(1, 200000) i;
		ANALYZE large;
		CREATE SCHEMA "Odd Names"; CREATE TABLE "Odd Names"."a ""quoted"" table" (id int PRIMARY KEY, "the text" varchar(500), n int);
		INSERT INTO "Odd Names"."a ""quoted"" table" VALUES (1, 'A row whose table and column have names that only quotes can hold.', 1);
		CREATE VIEW seen AS SELECT id, content FROM large;
		CREATE TABLE vacant (id int PRIMARY KEY, content text);
		CREATE ROLE stranger LOGIN PASSWORD '`+pgtest.Password+`';
		CREATE TABLE conversation_history (id bigserial PRIMARY KEY, conversation_id text, user_id text, role text, message text, embedding_id bigint, metadata jsonb, created_at timestamptz);
		INSERT INTO conversation_history (conversation_id, role, message, created_at) VALUES
			('c1', 'user', 'first', '2026-01-01'), ('c1', 'assistant', 'an answer', '2026-01-02'), ('c2', 'User', 'second', '2026-01-03'), ('c2', 'user', '  ', '2026-01-04'), (NULL, 'user', 'third', NULL);
		ALTER TABLE general_embeddings_1024 ALTER COLUMN content SET NOT NULL`); err != nil {
		return err
	}
	halves := "[" + strings.TrimSuffix(strings.Repeat("0.5,", 1024), ",") + "]"
	for _, p := range passages {
		if _, err := conn.Exec(ctx, `INSERT INTO general_embeddings_1024 (content, metadata, embedding) VALUES ($1, jsonb_build_object('title', $2::text), $3::text::`+vector+`)`, p.Text, p.Title, halves); err != nil {
			return err
		}
	}
	return nil
}

func open(t *testing.T, config Config) *Postgres {
	t.Helper()
	if config.URL == "" {
		config.URL = server.URL("postgres")
	}
	if config.Password == "" {
		config.Password = pgtest.Password
	}
	p, err := NewPostgres(config)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPassagesAreSpreadOverTheTable(t *testing.T) {
	for _, c := range []struct {
		table string
		limit int
	}{{"", 50}, {"large", 50}, {"large", 500}, {"seen", 50}} {
		t.Run(fmt.Sprint(c.table, c.limit), func(t *testing.T) {
			passages, err := open(t, Config{Table: c.table}).Passages(context.Background(), c.limit)
			if err != nil {
				t.Fatal(err)
			}
			if len(passages) < c.limit*9/10 || len(passages) > c.limit {
				t.Fatalf("%d passages instead of %d", len(passages), c.limit)
			}
			if c.table == "seen" {
				return // a view has no pages to spread over
			}
			var ids []int
			for _, p := range passages {
				var id int
				if _, err := fmt.Sscan(p.Ref, &id); err != nil {
					t.Fatalf("passage without its row: %+v", p)
				}
				ids = append(ids, id)
			}
			slices.Sort(ids)
			last := 200_000
			if c.table == "" {
				last = ids[len(ids)-1]
			}
			quarters := [4]int{}
			for _, id := range ids {
				quarters[min(3, (id-1)*4/last)]++
			}
			for q, n := range quarters {
				if n < len(ids)/8 {
					t.Errorf("quarter %d of the table gave %d of %d passages", q+1, n, len(ids))
				}
			}
		})
	}
}

func TestPassagesHaveTitleAndEmbedding(t *testing.T) {
	passages, err := open(t, Config{Embeddings: true}).Passages(context.Background(), 20)
	if err != nil {
		t.Fatal(err)
	}
	titled := 0
	for _, p := range passages {
		if p.Title != "" {
			titled++
		}
		if len(p.Embedding) != 1024 || p.Embedding[0] != 0.5 {
			t.Fatalf("row %s: embedding of %d numbers", p.Ref, len(p.Embedding))
		}
		if !strings.Contains(p.Origin, "general_embeddings_1024") || strings.Contains(p.Origin, pgtest.Password) {
			t.Errorf("origin %q", p.Origin)
		}
	}
	if titled == 0 {
		t.Error("no passage has the title that its metadata holds")
	}
}

func TestPassagesOfOddNames(t *testing.T) {
	passages, err := open(t, Config{Table: `Odd Names.a "quoted" table`, Column: "the text"}).Passages(context.Background(), 5)
	if err != nil || len(passages) != 1 {
		t.Fatalf("%v, %v", passages, err)
	}
}

func TestTables(t *testing.T) {
	tables, err := open(t, Config{}).Tables(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]Table{}
	for _, table := range tables {
		byName[table.Name] = table
	}
	if tables[0].Name != "large" || tables[0].Rows != 200_000 {
		t.Errorf("first is %+v", tables[0])
	}
	if got := byName["general_embeddings_1024"].Columns; !slices.Equal(got, []string{"content", "metadata"}) {
		t.Errorf("text columns %v", got)
	}
	if got := byName[`Odd Names.a "quoted" table`].Columns; !slices.Equal(got, []string{"the text"}) {
		t.Errorf("text columns %v among %v", got, tables)
	}
}

func TestNothingCanBeWritten(t *testing.T) {
	err := open(t, Config{}).read(context.Background(), func(tx pgx.Tx) error {
		_, err := tx.Exec(context.Background(), "DELETE FROM general_embeddings_1024")
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "read-only") {
		t.Errorf("deleting gave %v", err)
	}
}

func TestErrorsSayWhatFailed(t *testing.T) {
	url := server.URL("postgres")
	for name, c := range map[string]struct {
		config Config
		kind   Kind
	}{
		"nonsense":     {Config{URL: "postgres://a b c"}, BadAddress},
		"no host":      {Config{URL: "postgres://seedbed@no-such-host.invalid/x"}, NoHost},
		"nobody there": {Config{URL: "postgres://seedbed@127.0.0.1:1/x?sslmode=disable"}, NoHost},
		"password":     {Config{Password: "wrong"}, WrongPassword},
		"database":     {Config{URL: server.URL("nowhere")}, NoDatabase},
		"tls":          {Config{URL: strings.Replace(url, "disable", "require", 1)}, NoTLS},
		"table":        {Config{Table: "missing"}, NoTable},
		"column":       {Config{Column: "missing"}, NoTable},
		"permission":   {Config{URL: strings.Replace(url, "seedbed@", "stranger@", 1)}, NoPermission},
		"empty":        {Config{Table: "vacant"}, Empty},
	} {
		t.Run(name, func(t *testing.T) {
			config := c.config
			if config.URL == "" {
				config.URL = url
			}
			if config.Password == "" {
				config.Password = pgtest.Password
			}
			p, err := NewPostgres(config)
			if err == nil {
				err = p.Test(context.Background())
			}
			var failure *Error
			if !errors.As(err, &failure) || failure.Kind != c.kind {
				t.Fatalf("got %v", err)
			}
			if failure.Next.String() == "" || strings.Contains(err.Error(), pgtest.Password) {
				t.Errorf("the error says %q", err)
			}
		})
	}
}

func TestHangingServer(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	err := open(t, Config{}).read(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "SELECT pg_sleep(10)")
		return err
	})
	var failure *Error
	if !errors.As(err, &failure) || failure.Kind != TooSlow {
		t.Errorf("got %v", err)
	}
}

func TestPasswordInAddress(t *testing.T) {
	if !HasPassword("postgres://u:secret@host/db") || HasPassword("postgres://u@host/db") {
		t.Error("a password in an address is not told from none")
	}
	if bare, password := WithoutPassword("postgres://u:s%20t@host/db?sslmode=require"); bare != "postgres://u@host/db?sslmode=require" || password != "s t" {
		t.Errorf("the address becomes %q, the password %q", bare, password)
	}
	if bare, password := WithoutPassword("db.example:5432:shop:ann:Geheim7x9"); bare != "" || password != "" { // a line of ~/.pgpass
		t.Errorf("%q, %q", bare, password)
	}
	if bare, password := WithoutPassword("host=x password"); bare != "" || password != "" {
		t.Errorf("the address becomes %q, the password %q", bare, password)
	}
	if !IsPostgres("postgresql://host/db") || IsPostgres("docs/handbook") {
		t.Error("addresses are not told from folders")
	}
}
