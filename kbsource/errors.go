package kbsource

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"seedbed/assets/sentence"
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
	What sentence.Sentence // what happened
	Next sentence.Sentence // what to do
	Err  error             // the cause, for the log
}

// Error says what happened and what to do next.
func (e *Error) Error() string { return e.whole().String() }

// Parts returns the template and the values of what Error says.
func (e *Error) Parts() (template string, values sentence.Values) { return e.whole().Parts() }

func (e *Error) whole() sentence.Sentence {
	return sentence.Of("{{.What}}. {{.Next}}", sentence.Values{"What": e.What, "Next": e.Next})
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// orGoOn ends every piece of advice: knowledge is never a condition.
func orGoOn(advice sentence.Sentence) sentence.Sentence {
	return sentence.Of("{{.Advice}}, or go on without it: with the passages kept in the dataset, a folder of documents, or no knowledge base",
		sentence.Values{"Advice": advice})
}

// explain turns an error of the database driver into one for people. The driver
// keeps passwords out of its errors; only its cause is kept here, never the URL.
func explain(err error, config Config) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	values := sentence.Values{
		"Where": config.where(), "Host": config.host(), "Database": config.database(), "Table": config.Table, "Column": config.Column,
	}
	fail := func(kind Kind, what, next sentence.Sentence) error {
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
				return fail(NoTLS, sentence.Of("{{.Where}} only takes encrypted connections", values), sentence.Of("Add sslmode=require to the address"))
			}
			return fail(WrongPassword, sentence.Of("{{.Where}} did not accept the user or the password", values), sentence.Of("Check both"))
		case "3D000":
			return fail(NoDatabase, sentence.Of("the server has no database “{{.Database}}”", values), sentence.Of("Check the name at the end of the address"))
		case "42P01", "3F000":
			return fail(NoTable, sentence.Of("there is no table “{{.Table}}” in {{.Where}}", values), sentence.Of("Pick another table"))
		case "42703":
			return fail(NoTable, sentence.Of("the table “{{.Table}}” has no column “{{.Column}}”", values), sentence.Of("Pick another column"))
		case "42501":
			return fail(NoPermission, sentence.Of("this user may not read “{{.Table}}” in {{.Where}}", values), sentence.Of("Ask for the SELECT right on it"))
		case "57014":
			return fail(TooSlow, sentence.Of("{{.Where}} took too long to answer", values), sentence.Of("Try again, choose a smaller table"))
		}
		return fail(Failed, sentence.Of("{{.Where}} answered: {{.Words}}", values, sentence.Values{"Words": server.Message}), sentence.Of("Check the address and the table"))
	}
	var noHost *net.DNSError
	var refused *net.OpError
	var certificate *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var name x509.HostnameError
	switch {
	case errors.As(err, &certificate), errors.As(err, &authority), errors.As(err, &name):
		return fail(NoTLS, sentence.Of("the certificate of {{.Where}} can't be trusted", values), sentence.Of("Give the right sslrootcert, ask for sslmode=require"))
	case strings.Contains(err.Error(), "server refused TLS"):
		return fail(NoTLS, sentence.Of("{{.Where}} does not offer encryption", values), sentence.Of("Add sslmode=disable to the address if the network is yours"))
	case errors.As(err, &noHost):
		return fail(NoHost, sentence.Of("there is no host “{{.Host}}”", values), sentence.Of("Check the address and the network"))
	case errors.Is(err, context.DeadlineExceeded):
		return fail(TooSlow, sentence.Of("{{.Where}} did not answer in time", values), sentence.Of("Check the address, the network and the firewall"))
	case errors.As(err, &refused):
		return fail(NoHost, sentence.Of("nothing answers at {{.Where}}", values), sentence.Of("Check the host and the port, start the database"))
	}
	return fail(Failed, sentence.Of("{{.Where}} could not be reached", values), sentence.Of("Check the address"))
}
