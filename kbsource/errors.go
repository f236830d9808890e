package kbsource

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"seedbed/assets/i18n"
)

// Kind says which part of reaching a source failed.
type Kind string

// The kinds of failure.
const (
	BadAddress    Kind = "address"    // the URL can't be understood
	NoHost        Kind = "host"       // no such host, or nothing listens on it
	WrongPassword Kind = "password"   // the user or the password is wrong
	NoTLS         Kind = "tls"        // the requested encryption is not available
	NoDatabase    Kind = "database"   // the server has no such database
	NoTable       Kind = "table"      // no such table or column
	NoPermission  Kind = "permission" // the user may not read it
	TooSlow       Kind = "timeout"    // no answer in time
	Empty         Kind = "empty"      // nothing there to read
	Unreadable    Kind = "unreadable" // a file or folder that can't be read
	Failed        Kind = "failed"     // anything else
)

// Error is a failure to read a source, with what to do next. Nothing was
// changed there or in the dataset.
type Error struct {
	Kind Kind
	What i18n.Text // what happened
	Next i18n.Text // what to do
	Err  error     // the cause, for the log
}

// Error says what happened and what to do next.
func (e *Error) Error() string { return e.whole().String() }

// Parts returns the template and the values of what Error says.
func (e *Error) Parts() (template string, values i18n.Values) { return e.whole().Parts() }

func (e *Error) whole() i18n.Text {
	return i18n.T("{{.What}}. {{.Next}}", i18n.Values{"What": e.What, "Next": e.Next})
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// orGoOn ends every piece of advice: knowledge is never required.
func orGoOn(advice i18n.Text) i18n.Text {
	return i18n.T("{{.Advice}}, or continue without it: with the passages stored in the dataset, a folder of documents, or no knowledge base",
		i18n.Values{"Advice": advice})
}

// explain turns an error of the database driver into one for people. The driver
// keeps passwords out of its errors; only its cause is kept here, never the URL.
func explain(err error, config Config) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	values := i18n.Values{
		"Where": config.where(), "Host": config.host(), "Database": config.database(), "Table": config.Table, "Column": config.Column,
	}
	fail := func(kind Kind, what, next i18n.Text) error {
		return &Error{Kind: kind, What: what, Next: orGoOn(next), Err: err}
	}
	var known *Error
	if errors.As(err, &known) {
		return err
	}
	var server *pgconn.PgError
	if errors.As(err, &server) {
		switch server.Code {
		case "28P01", "28000":
			if strings.Contains(server.Message, "no encryption") || strings.Contains(server.Message, "SSL off") {
				return fail(NoTLS, i18n.T("{{.Where}} only takes encrypted connections", values), i18n.T("Add sslmode=require to the address"))
			}
			return fail(WrongPassword, i18n.T("{{.Where}} did not accept the user or the password", values), i18n.T("Check both"))
		case "3D000":
			return fail(NoDatabase, i18n.T("the server has no database “{{.Database}}”", values), i18n.T("Check the name at the end of the address"))
		case "42P01", "3F000":
			return fail(NoTable, i18n.T("there is no table “{{.Table}}” in {{.Where}}", values), i18n.T("Pick another table"))
		case "42703":
			return fail(NoTable, i18n.T("the table “{{.Table}}” has no column “{{.Column}}”", values), i18n.T("Pick another column"))
		case "42501":
			return fail(NoPermission, i18n.T("this user may not read “{{.Table}}” in {{.Where}}", values), i18n.T("Ask for SELECT permission on it"))
		case "57014":
			return fail(TooSlow, i18n.T("{{.Where}} took too long to answer", values), i18n.T("Try again, choose a smaller table"))
		}
		return fail(Failed, i18n.T("{{.Where}} answered: {{.Words}}", values, i18n.Values{"Words": server.Message}), i18n.T("Check the address and the table"))
	}
	var noHost *net.DNSError
	var refused *net.OpError
	var certificate *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var name x509.HostnameError
	switch {
	case errors.As(err, &certificate), errors.As(err, &authority), errors.As(err, &name):
		return fail(NoTLS, i18n.T("the certificate of {{.Where}} can't be trusted", values), i18n.T("Set the right sslrootcert or use sslmode=require"))
	case strings.Contains(err.Error(), "server refused TLS"):
		return fail(NoTLS, i18n.T("{{.Where}} does not offer encryption", values), i18n.T("Add sslmode=disable to the address if you trust the network"))
	case errors.As(err, &noHost):
		return fail(NoHost, i18n.T("there is no host “{{.Host}}”", values), i18n.T("Check the address and the network"))
	case errors.Is(err, context.DeadlineExceeded):
		return fail(TooSlow, i18n.T("{{.Where}} did not answer in time", values), i18n.T("Check the address, the network and the firewall"))
	case errors.As(err, &refused):
		return fail(NoHost, i18n.T("nothing answers at {{.Where}}", values), i18n.T("Check the host and the port, start the database"))
	}
	return fail(Failed, i18n.T("{{.Where}} could not be reached", values), i18n.T("Check the address"))
}
