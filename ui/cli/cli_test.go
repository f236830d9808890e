//go:build unix

package cli

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"seedbed/gen/openai/openaitest"
	"seedbed/kbsource"
	"seedbed/kbsource/pgtest"
)

// The scripts in testdata are run as a person would type them: the program is this
// test binary, the database a real one, the endpoint one that misbehaves.

var server *pgtest.Server

func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == "seedbed" { // called by a script
		testscript.Main(m, map[string]func(){"seedbed": program1})
		return
	}
	ctx := context.Background()
	var err error
	if server, err = pgtest.Start(ctx); err == nil {
		err = fill(ctx)
	}
	if err != nil {
		if server != nil {
			server.Stop()
		}
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	testscript.Main(stopping{m}, map[string]func(){"seedbed": program1})
}

func program1() { os.Exit(Run(os.Args[1:])) }

// stopping stops the server when the tests are over.
type stopping struct{ m *testing.M }

func (s stopping) Run() int {
	defer server.Stop()
	return s.m.Run()
}

// fill puts the handbook into the usual table, and a few turns of conversations.
func fill(ctx context.Context) error {
	folder, err := kbsource.OpenFolder("../../kbsource/testdata/handbook")
	if err != nil {
		return err
	}
	passages, err := folder.Passages(ctx, 0)
	if err != nil {
		return err
	}
	conn, err := server.Connect(ctx, "postgres")
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, `
		CREATE TABLE general_embeddings_1024 (id bigserial PRIMARY KEY, content text, content_tsvector tsvector, metadata jsonb, created_at timestamptz DEFAULT now());
		CREATE TABLE conversation_history (id bigserial PRIMARY KEY, conversation_id text, user_id text, role text, message text, embedding_id bigint, metadata jsonb, created_at timestamptz)`); err != nil {
		return err
	}
	for _, p := range passages {
		if _, err := conn.Exec(ctx, `INSERT INTO general_embeddings_1024 (content, metadata) VALUES ($1, jsonb_build_object('title', $2::text))`, p.Text, p.Title); err != nil {
			return err
		}
	}
	_, err = conn.Exec(ctx, `INSERT INTO conversation_history (conversation_id, role, message, created_at) VALUES
		('c1', 'user', 'my shift lead keeps moving my days off, mail me at ann@example.org', '2026-01-01'),
		('c1', 'assistant', 'That sounds hard.', '2026-01-02'),
		('c2', 'user', 'what does ATS stand for', '2026-01-03')`)
	return err
}

// concurrent are the scripts in which goroutines share data, which are all that the race
// detector has to see.
var concurrent = []string{"testdata/endpoint.txtar", "testdata/generate.txtar", "testdata/label.txtar", "testdata/resume.txtar"}

func TestScripts(t *testing.T) {
	scripts, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if testing.Short() {
		scripts = concurrent
	}
	testscript.Run(t, testscript.Params{
		Files: scripts,
		Setup: func(env *testscript.Env) error {
			endpoint := openaitest.New(nil, openaitest.Options{Key: "sk-right"})
			env.Defer(endpoint.Close)
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("ENDPOINT", endpoint.URL)
			env.Setenv("POSTGRES", server.URL("postgres"))
			env.Setenv("POSTGRES_WITH_PASSWORD", strings.Replace(server.URL("postgres"), "seedbed@", "seedbed:"+pgtest.Password+"@", 1))
			env.Setenv("PASSWORD", pgtest.Password)
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){"lines": countLines, "pack": pack, "dotenv": writeDotEnv, "damage": damageFile},
	})
}

// countLines is "lines N FILE": the file has so many lines.
func countLines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: lines N FILE")
	}
	if n := strings.Count(ts.ReadFile(args[1]), "\n"); fmt.Sprint(n) != args[0] {
		ts.Fatalf("%s has %d lines, not %s", args[1], n, args[0])
	}
}

// pack is "pack FILE.zip FILE…": the zip file holds the files.
func pack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: pack FILE.zip FILE…")
	}
	file, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	archive := zip.NewWriter(file)
	for _, name := range args[1:] {
		w, err := archive.Create(name)
		ts.Check(err)
		_, err = w.Write([]byte(ts.ReadFile(name)))
		ts.Check(err)
	}
	ts.Check(errors.Join(archive.Close(), file.Close()))
}

// writeDotEnv is "dotenv": a file .env with the database's address and a byte-order mark.
func writeDotEnv(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: dotenv")
	}
	ts.Check(os.WriteFile(ts.MkAbs(".env"), []byte("\ufeffDATABASE_URL="+ts.Getenv("POSTGRES_WITH_PASSWORD")+"\r\n"), 0o600))
}

// damageFile is "damage FROM COUNT FILE": pages of 4,096 bytes from FROM on, or from so
// many before the end on where it is negative, are zeroed.
func damageFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: damage FROM COUNT FILE")
	}
	from, err := strconv.Atoi(args[0])
	ts.Check(err)
	count, err := strconv.Atoi(args[1])
	ts.Check(err)
	file, err := os.OpenFile(ts.MkAbs(args[2]), os.O_WRONLY, 0)
	ts.Check(err)
	if info, err := file.Stat(); from < 0 {
		ts.Check(err)
		from += int(info.Size() / 4096)
	}
	_, err = file.WriteAt(make([]byte, count*4096), int64(from)*4096)
	ts.Check(errors.Join(err, file.Close()))
}
