package kbsource

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/binary"
	"errors"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"seedbed/assets/crash"
	"seedbed/assets/i18n"
)

// explainConnecting turns a failure to connect into an error for people.
func (c Config) explainConnecting(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(ctx.Err(), context.Canceled) {
		return ctx.Err()
	}
	values := i18n.Values{"Where": c.where(), "Host": c.parsed.Host, "Database": c.parsed.Database}
	fail := func(kind Kind, what, next i18n.Text) error {
		return c.failure(err, kind, what, next)
	}
	var server *pgconn.PgError
	if errors.As(err, &server) {
		return c.explainRefusal(ctx, server, err)
	}
	var noHost *net.DNSError
	var certificate *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var name x509.HostnameError
	switch {
	case errors.As(err, &certificate), errors.As(err, &authority), errors.As(err, &name):
		return fail(NoTLS, i18n.T("the certificate of {{.Where}} can't be trusted", values), i18n.T("Set the right sslrootcert or use sslmode=require"))
	case errors.As(err, &noHost):
		return fail(NoHost, i18n.T("there is no host “{{.Host}}”", values), i18n.T("Check the address and the network"))
	}
	switch c.probe(ctx) {
	case answersNot:
		if isTimeout(err) {
			return fail(TooSlow, i18n.T("{{.Where}} did not answer in time", values), i18n.T("Check the address, the network and the firewall"))
		}
		return fail(NoHost, i18n.T("nothing answers at {{.Where}}", values), i18n.T("Check the host and the port, start the database"))
	case answersOtherwise:
		return fail(NotPostgres, i18n.T("what answers at {{.Where}} is not PostgreSQL", values), i18n.T("Check the port: PostgreSQL's is usually 5432"))
	case answersUnencrypted:
		if c.parsed.TLSConfig != nil {
			return fail(NoTLS, i18n.T("{{.Where}} does not offer encryption", values), i18n.T("Add sslmode=disable to the address if you trust the network"))
		}
	case answersEncrypted:
		if isTLS(err) {
			return fail(NoTLS, i18n.T("an encrypted connection to {{.Where}} failed", values), i18n.T("Check sslmode, sslrootcert, sslcert and sslkey in the address"))
		}
	}
	if isTimeout(err) {
		return fail(TooSlow, i18n.T("{{.Where}} did not answer in time", values), i18n.T("Check the address, the network and the firewall"))
	}
	return fail(Failed, i18n.T("{{.Where}} answers, but no connection came about", values), i18n.T("Check user, database and sslmode in the address"))
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}

func isTLS(err error) bool {
	var alert tls.AlertError
	var header tls.RecordHeaderError
	return errors.As(err, &alert) || errors.As(err, &header) || strings.Contains(err.Error(), "tls:")
}

// refusedSetting finds a setting in what PostgreSQL, PgBouncer and other poolers say of one.
var refusedSetting = pattern(`(?i)(?:startup parameter(?: in options)?:?\s*|parameter )["“»„']?([a-z_][a-z0-9_.]*)`)

// explainRefusal explains why the server refused a connection.
func (c Config) explainRefusal(ctx context.Context, server *pgconn.PgError, err error) error {
	values := i18n.Values{"Where": c.where(), "Database": c.parsed.Database, "Words": server.Message}
	fail := func(kind Kind, what, next i18n.Text) error {
		return c.failure(err, kind, what, next)
	}
	says := func(words ...string) bool {
		for _, word := range words {
			if strings.Contains(server.Message, word) {
				return true
			}
		}
		return false
	}
	if m := refusedSetting().FindStringSubmatch(server.Message); m != nil {
		return c.refusedSetting(err, m[1])
	}
	switch code := server.Code; {
	case code == "28P01", code == "28000", says("authentication failed"): // poolers have codes of their own
		switch {
		case says("client certificate"):
			return fail(NoTLS, i18n.T("{{.Where}} wants a certificate from this computer", values), i18n.T("Add sslcert and sslkey to the address"))
		case says("no encryption", "SSL off") && c.parsed.TLSConfig == nil && c.probe(ctx) == answersEncrypted:
			return fail(NoTLS, i18n.T("{{.Where}} only takes encrypted connections", values), i18n.T("Add sslmode=require to the address"))
		case says("pg_hba.conf"):
			return fail(NoPermission, i18n.T("{{.Where}} lets this user in from other computers only, or into other databases", values), i18n.T("Ask whoever runs it to allow this computer in pg_hba.conf"))
		case c.parsed.Password == "" && code != "28000":
			return fail(WrongPassword, i18n.T("{{.Where}} wants a password, and none was given", values), i18n.T("Enter the password"))
		}
		return fail(WrongPassword, i18n.T("{{.Where}} did not accept the user or the password", values), i18n.T("Check both"))
	case code == "3D000":
		return fail(NoDatabase, i18n.T("the server has no database “{{.Database}}”", values), i18n.T("Check the name at the end of the address"))
	case code == "53300":
		return fail(Busy, i18n.T("{{.Where}} has no connection free", values), i18n.T("Try again in a minute, or close other programs that use it"))
	case code == "57P03":
		return fail(Busy, i18n.T("{{.Where}} is starting up or shutting down", values), i18n.T("Try again in a minute"))
	case code == "42501":
		return fail(NoPermission, i18n.T("this user may not connect to {{.Where}}", values), i18n.T("Ask for CONNECT permission on the database"))
	}
	return fail(Failed, i18n.T("{{.Where}} answered: {{.Words}}", values), i18n.T("Check user and database in the address"))
}

// refusedSetting names what to take out of the address.
func (c Config) refusedSetting(err error, name string) error {
	values := i18n.Values{"Where": c.where(), "Setting": name}
	return c.failure(err, BadSetting, i18n.T("{{.Where}} refuses the setting “{{.Setting}}”", values), i18n.T("Take {{.Setting}} out of the address", values))
}

// answer is what comes back from a port.
type answer int

const (
	answersNot         answer = iota // nothing
	answersEncrypted                 // PostgreSQL, which offers encryption
	answersUnencrypted               // PostgreSQL without it
	answersOtherwise                 // something else
)

// probeTimeout bounds how long a port is asked who it is, in each of two ways.
const probeTimeout = 1500 * time.Millisecond

// connect connects, but waits for nothing that turns out not to be PostgreSQL.
func (c Config) connect(ctx context.Context) (*pgx.Conn, error) {
	connecting, cancel := context.WithCancel(ctx)
	defer cancel()
	slow := time.AfterFunc(probeTimeout, func() {
		defer crash.Catch()
		if c.probe(connecting) == answersOtherwise {
			cancel()
		}
	})
	defer slow.Stop()
	conn, err := pgx.ConnectConfig(connecting, c.parsed)
	if err != nil {
		return nil, c.explainConnecting(ctx, err)
	}
	return conn, nil
}

// probe asks for encryption as PostgreSQL's protocol has it (SSLRequest), to which only
// PostgreSQL answers with S or N. What waits for the end of a line gets one.
func (c Config) probe(ctx context.Context) answer {
	network, address := pgconn.NetworkAddress(c.parsed.Host, c.parsed.Port)
	conn, err := (&net.Dialer{Timeout: 2 * probeTimeout}).DialContext(ctx, network, address)
	if err != nil {
		return answersNot
	}
	defer conn.Close()
	request := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, 8), 80877103)
	reply := make([]byte, 1)
	for i, asking := range [][]byte{request, []byte("\r\n\r\n")} {
		if err = conn.SetDeadline(time.Now().Add(probeTimeout)); err != nil {
			return answersNot
		}
		if _, err = conn.Write(asking); err == nil {
			_, err = conn.Read(reply)
		}
		switch {
		case isTimeout(err):
			continue
		case err == nil && i == 0 && reply[0] == 'S':
			return answersEncrypted
		case err == nil && i == 0 && (reply[0] == 'N' || reply[0] == 'E'):
			return answersUnencrypted
		}
		return answersOtherwise
	}
	return answersNot
}
