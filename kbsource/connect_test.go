//go:build unix

package kbsource

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"

	"seedbed/kbsource/pgtest"
)

// forms are the addresses of a database on this computer as people have them.
func forms(port int) []string {
	const password = pgtest.Password
	at := fmt.Sprintf("127.0.0.1:%d", port)
	return []string{
		"postgres://seedbed:" + password + "@" + at + "/postgres?sslmode=disable",
		"postgresql://seedbed:" + password + "@" + at + "/postgres",
		"postgresql+asyncpg://seedbed:" + password + "@" + at + "/postgres?ssl=disable",
		"postgresql+psycopg2://seedbed:" + password + "@" + at + "/postgres?sslmode=prefer&application_name=notebook",
		"jdbc:postgresql://" + at + "/postgres?user=seedbed&password=" + password + "&ssl=false&currentSchema=public",
		"postgres://seedbed:" + password + "@" + at + "/postgres?schema=public&pgbouncer=true&connection_limit=5",
		"postgres://seedbed:" + password + "@" + at + "/postgres?options=-c%20search_path%3Dpublic%20-c%20work_mem%3D8MB",
		"postgres://seedbed:" + password + "@" + at + "/postgres?search_path=public&statement_timeout=20000",
		"postgres://seedbed:" + password + "@127.0.0.1:1," + at + "/postgres?connect_timeout=5",
		"seedbed:" + password + "@" + at + "/postgres",
		fmt.Sprintf("host=127.0.0.1 port=%d dbname=postgres user=seedbed password='%s'", port, password),
		fmt.Sprintf("Host=127.0.0.1;Port=%d;Database=postgres;Username=seedbed;Password=%s;SSL Mode=Disable;Pooling=true", port, password),
		fmt.Sprintf("Server=%s;Database=postgres;User Id=seedbed;Password=\"%s\";Search Path=public", at, password),
		fmt.Sprintf("PGPASSWORD=%s psql -h 127.0.0.1 -p %d -U seedbed -d postgres", password, port),
		fmt.Sprintf("psql 'postgresql://seedbed:%s@%s/postgres'", password, at),
		fmt.Sprintf("PGHOST=127.0.0.1\nPGPORT=%d\nPGUSER=seedbed\nPGPASSWORD=%s\nPGDATABASE=postgres", port, password),
		"DATABASE_URL=\"postgres://seedbed:" + password + "@" + at + "/postgres\"",
	}
}

func TestEveryFormOfAnAddressConnects(t *testing.T) {
	pooler, err := pgtest.StartPooler(t.Context(), server)
	if err != nil {
		t.Fatal(err)
	}
	defer pooler.Stop()
	for _, port := range []int{server.Port, pooler.Port} {
		for _, address := range forms(port) {
			p, err := NewPostgres(Config{URL: address})
			if err == nil {
				err = p.Test(t.Context())
			}
			if err != nil {
				t.Errorf("%q: %v", address, err)
			}
			bare, password := WithoutPassword(address)
			if p, err = NewPostgres(Config{URL: bare, Password: password}); err == nil {
				err = p.Test(t.Context())
			}
			if err != nil {
				t.Errorf("%q as %q: %v", address, bare, err)
			}
		}
	}
}

// TestPooler reads by way of PgBouncer in transaction mode, as hosted databases have it.
func TestPooler(t *testing.T) {
	pooler, err := pgtest.StartPooler(t.Context(), server)
	if err != nil {
		t.Fatal(err)
	}
	defer pooler.Stop()
	address := fmt.Sprintf("postgres://seedbed@127.0.0.1:%d/postgres?search_path=public", pooler.Port)
	if passages, err := open(t, Config{URL: address, Table: "large"}).Passages(t.Context(), 50); err != nil || len(passages) != 50 {
		t.Errorf("%d passages, %v", len(passages), err)
	}
	if tables, err := open(t, Config{URL: address}).Tables(t.Context()); err != nil || len(tables) < 3 {
		t.Errorf("tables %v, %v", tables, err)
	}
	sql(t, `DROP TABLE IF EXISTS pooled; CREATE TABLE pooled AS SELECT i AS id, 'c' AS conversation_id, 'user' AS role, 'message ' || i AS message, now() AS created_at FROM generate_series(1, 5000) i`)
	n := 0
	var turns Turns
	for _, err := range open(t, Config{URL: address}).Conversations(t.Context(), ConversationConfig{Table: "pooled"}, &turns) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 5000 {
		t.Errorf("%d turns", n)
	}
	isFailure(t, Config{URL: address + "&options=endpoint%3Dx"}, BadSetting, "Take options out")
	isFailure(t, Config{URL: address, Password: "wrong"}, WrongPassword, "user or the password")
}

// isFailure connects and expects a kind of failure that says something, and no password.
func isFailure(t *testing.T, config Config, kind Kind, says string) {
	t.Helper()
	if config.Password == "" {
		config.Password = pgtest.Password
	}
	p, err := NewPostgres(config)
	if err == nil {
		err = p.Test(t.Context())
	}
	var failure *Error
	if !errors.As(err, &failure) || failure.Kind != kind || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), config.Password) {
		t.Errorf("%q gives %v", config.URL, err)
	}
}

func TestEncryption(t *testing.T) {
	authority, err := server.Encrypt(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := errors.Join(server.Allow(t.Context(), ""), server.Decrypt(t.Context())); err != nil {
			t.Error(err)
		}
	}()
	if err := server.Allow(t.Context(), "hostssl template1 all 127.0.0.1/32 scram-sha-256\nhostnossl template1 all 127.0.0.1/32 reject"); err != nil {
		t.Fatal(err)
	}
	base := fmt.Sprintf("postgres://seedbed@127.0.0.1:%d/postgres", server.Port)
	root := url.QueryEscape(authority)
	for _, settings := range []string{"sslmode=require", "sslmode=verify-ca&sslrootcert=" + root, "sslmode=verify-full&sslrootcert=" + root, "ssl=true", ""} {
		if err := open(t, Config{URL: base + "?" + settings}).Test(t.Context()); err != nil {
			t.Errorf("%s: %v", settings, err)
		}
	}
	isFailure(t, Config{URL: base + "?sslmode=verify-full"}, NoTLS, "can't be trusted")
	isFailure(t, Config{URL: strings.Replace(base, "127.0.0.1", "ip6-localhost", 1) + "?sslmode=verify-full&sslrootcert=/none.pem"}, BadAddress, "/none.pem")
	template := strings.Replace(base, "/postgres", "/template1", 1)
	isFailure(t, Config{URL: template + "?sslmode=disable"}, NoTLS, "sslmode=require")
}

func TestRefusals(t *testing.T) {
	sql(t, `CREATE ROLE crowded LOGIN PASSWORD '`+pgtest.Password+`' CONNECTION LIMIT 0; CREATE ROLE outside LOGIN PASSWORD '`+pgtest.Password+`';
		CREATE ROLE reader LOGIN PASSWORD '`+pgtest.Password+`'; CREATE TABLE secured AS SELECT * FROM large LIMIT 10; ALTER TABLE secured ENABLE ROW LEVEL SECURITY; GRANT SELECT ON secured TO reader;
		CREATE SCHEMA closed; CREATE TABLE closed.inside AS TABLE vacant; CREATE TABLE told AS TABLE conversation_history; ALTER TABLE told ENABLE ROW LEVEL SECURITY; GRANT SELECT ON told TO reader`)
	if err := server.Allow(t.Context(), "host all outside 127.0.0.1/32 reject"); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := server.Allow(t.Context(), ""); err != nil {
			t.Error(err)
		}
	}()
	base := server.URL("postgres")
	as := func(user string) string { return strings.Replace(base, "seedbed@", user+"@", 1) }
	isFailure(t, Config{URL: as("crowded")}, Busy, "no connection free")
	isFailure(t, Config{URL: as("outside")}, NoPermission, "pg_hba.conf")
	isFailure(t, Config{URL: as("nobody")}, WrongPassword, "user or the password")
	isFailure(t, Config{URL: as("reader"), Table: "secured"}, NoPermission, "row security")
	isFailure(t, Config{URL: as("reader"), Table: "closed.inside"}, NoPermission, "SELECT permission")
	isFailure(t, Config{URL: base + "&no_such_setting=1"}, BadSetting, "Take no_such_setting out")
	isFailure(t, Config{URL: base + "&work_mem=much"}, BadSetting, "Take work_mem out")
	isFailure(t, Config{URL: base + "&role=nobody"}, BadSetting, "Take role out")
	p, err := NewPostgres(Config{URL: base})
	if err == nil {
		t.Setenv("PGPASSWORD", "")
		err = p.Test(t.Context())
	}
	if err == nil || !strings.Contains(err.Error(), "none was given") {
		t.Errorf("without a password: %v", err)
	}
	var turns Turns
	for _, err := range open(t, Config{URL: as("reader")}).Conversations(t.Context(), ConversationConfig{Table: "told"}, &turns) {
		if err == nil || !strings.Contains(err.Error(), "row security") {
			t.Errorf("row security: %v", err)
		}
	}
}

// answering listens on a port and has each connection answered.
func answering(t *testing.T, answer func(net.Conn)) (port int) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				answer(conn)
			}()
		}
	}()
	return listener.Addr().(*net.TCPAddr).Port
}

// refusing is a PostgreSQL that sends one error.
func refusing(code, message string) func(net.Conn) {
	return func(conn net.Conn) {
		backend := pgproto3.NewBackend(conn, conn)
		for {
			startup, err := backend.ReceiveStartupMessage()
			if err != nil {
				return
			}
			if _, ok := startup.(*pgproto3.SSLRequest); ok {
				if _, err := conn.Write([]byte("N")); err != nil {
					return
				}
				continue
			}
			backend.Send(&pgproto3.ErrorResponse{Severity: "FATAL", Code: code, Message: message})
			_ = backend.Flush()
			return
		}
	}
}

func TestWhatAnswersIsSaid(t *testing.T) {
	web := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(web.Close)
	webPort := web.Listener.Addr().(*net.TCPAddr).Port
	for _, c := range []struct {
		port     int
		settings string
		kind     Kind
		says     string
	}{
		{webPort, "sslmode=disable", NotPostgres, "not PostgreSQL"},
		{webPort, "sslmode=require", NotPostgres, "not PostgreSQL"},
		{webPort, "", NotPostgres, "not PostgreSQL"},
		{answering(t, func(conn net.Conn) { _, _ = conn.Write([]byte("5.7.1-MySQL\x00")) }), "", NotPostgres, "not PostgreSQL"},
		{answering(t, func(net.Conn) {}), "", NotPostgres, "not PostgreSQL"},
		{answering(t, func(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) }), "connect_timeout=1", TooSlow, "in time"},
		{answering(t, refusing("57P03", "the database system is starting up")), "", Busy, "starting up"},
		{answering(t, refusing("53300", "sorry, too many clients already")), "sslmode=disable", Busy, "no connection free"},
		{answering(t, refusing("08P01", "unsupported startup parameter: application_name")), "application_name=x", BadSetting, "Take application_name out"},
		{answering(t, refusing("08P01", "unsupported startup parameter in options: statement_timeout")), "", BadSetting, "Take statement_timeout out"},
		{answering(t, refusing("42704", `unrecognized configuration parameter "some.thing"`)), "", BadSetting, "Take some.thing out"},
		{answering(t, refusing("28000", `no pg_hba.conf entry for host "10.0.0.1", user "u", database "d", SSL encryption`)), "", NoPermission, "pg_hba.conf"},
		{answering(t, refusing("28000", "connection requires a valid client certificate")), "", NoTLS, "sslcert"},
		{answering(t, refusing("3D000", `database "d" does not exist`)), "", NoDatabase, "no database"},
		{answering(t, refusing("XX000", "Tenant or user not found")), "", Failed, "Tenant or user not found"},
		{answering(t, refusing("28P01", "password authentication failed")), "sslmode=require", NoTLS, "does not offer encryption"},
	} {
		t.Run(c.says+c.settings, func(t *testing.T) {
			t.Parallel()
			isFailure(t, Config{URL: fmt.Sprintf("postgres://u@127.0.0.1:%d/d?%s", c.port, c.settings)}, c.kind, c.says)
		})
	}
}

func TestABrokenConnectionSaysHowMuchWasRead(t *testing.T) {
	sql(t, `DROP TABLE IF EXISTS breaking; CREATE TABLE breaking AS SELECT i AS id, 'c' AS conversation_id, 'user' AS role, 'message ' || i AS message, now() AS created_at FROM generate_series(1, 5000) i`)
	n := 0
	var turns Turns
	var failed error
	for _, err := range open(t, Config{}).Conversations(t.Context(), ConversationConfig{Table: "breaking"}, &turns) {
		if failed = err; err != nil {
			break
		}
		if n++; n == 10 {
			sql(t, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'FETCH%'")
		}
	}
	var failure *Error
	if !errors.As(failed, &failure) || failure.Kind != Lost || !strings.Contains(failed.Error(), "broke after 2000 rows") {
		t.Errorf("after %d turns: %v", n, failed)
	}
}

// TestFailingAddressesHoldNoPassword looks for it in what is said and kept of them.
func TestFailingAddressesHoldNoPassword(t *testing.T) {
	const password = "Geheim7-Wort"
	for _, config := range []Config{{Table: "postgres://ann:" + password + "@host/shop"}, {Column: "postgres://ann:" + password + "@host/shop"}} {
		if _, err := open(t, config).Passages(t.Context(), 5); err == nil || strings.Contains(err.Error(), password) {
			t.Errorf("an address in the place of a name gives %v", err)
		}
	}
	for _, address := range pgtest.FailingAddresses(password) {
		p, err := NewPostgres(Config{URL: address})
		if err == nil {
			err = p.Test(context.Background())
		}
		if err == nil || strings.Contains(err.Error(), password) {
			t.Errorf("%q gives %v", address, err)
		}
		if bare, _ := WithoutPassword(address); strings.Contains(bare, password) {
			t.Errorf("%q is kept as %q", address, bare)
		}
		if !IsPostgres(address) || !HasPassword(address) {
			t.Errorf("%q may be taken for a folder", address)
		}
	}
}
