package kbsource

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// Kind says which part of reaching a source failed.
type Kind string

// The kinds of failure.
const (
	BadAddress    Kind = "address"    // the URL can't be understood
	NoHost        Kind = "host"       // no such host, or nothing listens there
	WrongPassword Kind = "password"   // the user or the password is wrong
	NoTLS         Kind = "tls"        // the encryption that was asked for can't be had
	NoDatabase    Kind = "database"   // the server has no such database
	NoTable       Kind = "table"      // no such table or column
	NoPermission  Kind = "permission" // the user may not read it
	TooSlow       Kind = "timeout"    // no answer in time
	Empty         Kind = "empty"      // nothing there to read
	Unreadable    Kind = "unreadable" // a file or folder that can't be read
	Failed        Kind = "failed"     // anything else
)

// Error says what failed in reaching a source and what to do next. Nothing was
// changed there or in the dataset.
type Error struct {
	Kind Kind
	What string // what happened
	Next string // what to do
	Err  error  // the cause, for the log
}

// Error says what happened and what to do next.
func (e *Error) Error() string { return e.What + ". " + e.Next }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// goOn ends every piece of advice: knowledge is never a condition.
const goOn = "or go on without it: with the passages kept in the dataset, a folder of documents, or no knowledge base"

// explain turns an error of the database driver into one for people. The driver
// keeps passwords out of its errors; only its cause is kept here, never the URL.
func explain(err error, config Config) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	fail := func(kind Kind, what, next string) error {
		return &Error{Kind: kind, What: what, Next: next + ", " + goOn, Err: err}
	}
	where := config.where()
	var known *Error
	if errors.As(err, &known) {
		return err
	}
	var server *pgconn.PgError
	if errors.As(err, &server) {
		switch server.Code {
		case "28P01", "28000":
			if strings.Contains(server.Message, "no encryption") || strings.Contains(server.Message, "SSL off") {
				return fail(NoTLS, where+" only takes encrypted connections", "Add sslmode=require to the address")
			}
			return fail(WrongPassword, where+" did not accept the user or the password", "Check both")
		case "3D000":
			return fail(NoDatabase, "the server has no database "+quoteForPeople(config.database()), "Check the name at the end of the address")
		case "42P01", "3F000":
			return fail(NoTable, "there is no table "+quoteForPeople(config.Table)+" in "+where, "Pick another table")
		case "42703":
			return fail(NoTable, "the table "+quoteForPeople(config.Table)+" has no column "+quoteForPeople(config.Column), "Pick another column")
		case "42501":
			return fail(NoPermission, "this user may not read "+quoteForPeople(config.Table)+" in "+where, "Ask for the SELECT right on it")
		case "57014":
			return fail(TooSlow, where+" took too long to answer", "Try again, choose a smaller table")
		}
		return fail(Failed, where+" answered: "+server.Message, "Check the address and the table")
	}
	var noHost *net.DNSError
	var refused *net.OpError
	var certificate *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var name x509.HostnameError
	switch {
	case errors.As(err, &certificate), errors.As(err, &authority), errors.As(err, &name):
		return fail(NoTLS, "the certificate of "+where+" can't be trusted", "Give the right sslrootcert, ask for sslmode=require")
	case strings.Contains(err.Error(), "server refused TLS"):
		return fail(NoTLS, where+" does not offer encryption", "Add sslmode=disable to the address if the network is yours")
	case errors.As(err, &noHost):
		return fail(NoHost, "there is no host "+quoteForPeople(config.host()), "Check the address and the network")
	case errors.Is(err, context.DeadlineExceeded):
		return fail(TooSlow, where+" did not answer in time", "Check the address, the network and the firewall")
	case errors.As(err, &refused):
		return fail(NoHost, "nothing answers at "+where, "Check the host and the port, start the database")
	}
	return fail(Failed, where+" could not be reached", "Check the address")
}

func quoteForPeople(name string) string { return fmt.Sprintf("“%s”", name) }
