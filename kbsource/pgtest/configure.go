//go:build unix

package pgtest

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Allow puts lines before those of pg_hba.conf, which say who may connect; "" takes them
// out again.
func (s *Server) Allow(ctx context.Context, lines string) error {
	path := filepath.Join(s.dir, "data", "pg_hba.conf")
	if s.allowed == "" {
		usual, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		s.allowed = string(usual)
	}
	// One who may always connect can be told that the new lines are read.
	always := "host postgres seedbed 127.0.0.1/32 scram-sha-256\n"
	if err := os.WriteFile(path, []byte(always+lines+"\n"+s.allowed), 0o600); err != nil {
		return err
	}
	return s.configure(ctx)
}

// configure carries out statements as the superuser and has the server read its files.
func (s *Server) configure(ctx context.Context, statements ...string) error {
	conn, err := s.Connect(ctx, "postgres")
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	var before, after time.Time
	if err := conn.QueryRow(ctx, "SELECT pg_conf_load_time()").Scan(&before); err != nil {
		return err
	}
	for _, statement := range append(statements, "SELECT pg_reload_conf()") {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return err
		}
	}
	for range 500 {
		if err := conn.QueryRow(ctx, "SELECT pg_conf_load_time()").Scan(&after); err != nil {
			return err
		}
		if after.After(before) {
			// A session may hear of it before the process that takes new ones.
			time.Sleep(50 * time.Millisecond)
			return nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	return errors.New("PostgreSQL did not read its configuration again")
}

// Encrypt gives the server a certificate for localhost and 127.0.0.1, and returns the
// file of the authority that signed it.
func (s *Server) Encrypt(ctx context.Context) (authority string, err error) {
	caKey, caTemplate, err := certificate("Seedbed's tests", true)
	if err != nil {
		return "", err
	}
	ca, err := x509.CreateCertificate(rand.Reader, caTemplate, caTemplate, caKey.Public(), caKey)
	if err != nil {
		return "", err
	}
	key, template, err := certificate("localhost", false)
	if err != nil {
		return "", err
	}
	signed, err := x509.CreateCertificate(rand.Reader, template, caTemplate, key.Public(), caKey)
	if err != nil {
		return "", err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return "", err
	}
	data := filepath.Join(s.dir, "data")
	for name, block := range map[string]*pem.Block{
		"server.crt": {Type: "CERTIFICATE", Bytes: signed}, "server.key": {Type: "PRIVATE KEY", Bytes: private}, "authority.crt": {Type: "CERTIFICATE", Bytes: ca},
	} {
		path := filepath.Join(data, name)
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			return "", err
		}
		if _, err := s.giveAway(path); err != nil {
			return "", err
		}
	}
	return filepath.Join(data, "authority.crt"), s.configure(ctx, "ALTER SYSTEM SET ssl = on")
}

// Decrypt takes the certificate away again.
func (s *Server) Decrypt(ctx context.Context) error {
	return s.configure(ctx, "ALTER SYSTEM RESET ssl")
}

func certificate(name string, authority bool) (*ecdsa.PrivateKey, *x509.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	return key, &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name}, IsCA: authority, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		DNSNames: []string{name}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}, err
}

// Pooler is a PgBouncer in transaction mode before a Server.
type Pooler struct {
	Port int
	run  *exec.Cmd
}

// StartPooler starts Debian's PgBouncer. Call Stop when the tests are over.
func StartPooler(ctx context.Context, s *Server) (*Pooler, error) {
	program, err := exec.LookPath("pgbouncer")
	if err != nil {
		if program = "/usr/sbin/pgbouncer"; !isFile(program) {
			return nil, errors.New("PgBouncer is not installed: make test installs it, or apt-get install pgbouncer")
		}
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	config, users := filepath.Join(s.dir, "pgbouncer.ini"), filepath.Join(s.dir, "users.txt")
	text := fmt.Sprintf(`[databases]
* = host=127.0.0.1 port=%d
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = %d
unix_socket_dir =
auth_type = scram-sha-256
auth_file = %s
pool_mode = transaction
`, s.Port, port, users)
	for path, content := range map[string]string{config: text, users: fmt.Sprintf("%q %q\n", "seedbed", Password)} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			return nil, err
		}
	}
	identity, err := s.giveAway(config, users)
	if err != nil {
		return nil, err
	}
	p := &Pooler{Port: port, run: exec.Command(program, "-q", config)} //nolint:noctx // outlives the call; Stop ends it
	p.run.SysProcAttr, p.run.Dir = identity, s.dir
	if err := p.run.Start(); err != nil {
		return nil, err
	}
	pooled := *s
	pooled.Port = port
	for range 300 {
		var conn *pgx.Conn
		if conn, err = pooled.Connect(ctx, "postgres"); err == nil {
			return p, conn.Close(ctx)
		}
		time.Sleep(20 * time.Millisecond)
	}
	p.Stop()
	return nil, fmt.Errorf("PgBouncer did not start at %s: %w", strconv.Itoa(port), err)
}

// Stop ends the pooler.
func (p *Pooler) Stop() {
	_ = p.run.Process.Signal(syscall.SIGINT)
	_ = p.run.Wait()
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
