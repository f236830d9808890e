package kbsource

import (
	"context"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"seedbed/assets/i18n"
)

// namedColumn is the column in PostgreSQL's words on one that is missing, in any of its languages.
var namedColumn = pattern(`["“»„«]\s?([^"”«“»]+?)\s?["”«“»]`)

// explainReading turns a failure after connecting into an error for people. rows is how
// many were read before.
func (c Config) explainReading(err error, rows int) error {
	var known *Error
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, errStopped) {
		return err
	}
	values := i18n.Values{"Where": c.where(), "Table": shown(c.Table), "Column": shown(c.Column), "Rows": rows}
	fail := func(kind Kind, what, next i18n.Text) error {
		return c.failure(err, kind, what, next)
	}
	var server *pgconn.PgError
	var scan pgx.ScanArgError
	switch {
	case errors.As(err, &server):
		return c.explainQuery(server, fail, values)
	case errors.As(err, &scan):
		values["Row"], values["Column"] = rows+1, scan.FieldName
		return fail(WrongType, i18n.T("row {{.Row}} of “{{.Table}}” has something in the column “{{.Column}}” that can't be read", values), i18n.T("Pick another column"))
	case isTimeout(err):
		return fail(TooSlow, i18n.T("{{.Where}} took too long to answer", values), i18n.T("Try again, choose a smaller table"))
	case isLost(err):
		return fail(Lost, i18n.T("the connection to {{.Where}} broke after {{.Rows}} rows were read", values), i18n.T("Try again"))
	}
	return fail(Failed, i18n.T("reading “{{.Table}}” in {{.Where}} failed after {{.Rows}} rows", values), i18n.T("Try again"))
}

// isLost is true of a connection that ended.
func isLost(err error) bool {
	var network *net.OpError
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || errors.Is(err, net.ErrClosed) || errors.Is(err, syscall.ECONNRESET) ||
		errors.As(err, &network) || strings.Contains(err.Error(), "conn closed")
}

// explainQuery explains why the server refused to read.
func (c Config) explainQuery(server *pgconn.PgError, fail func(kind Kind, what, next i18n.Text) error, values i18n.Values) error {
	values["Words"] = server.Message
	wrongType := []string{"22P02", "42846", "42883", "42804", "22007", "22008", "22003", "22021", "22P05"}
	switch {
	case server.Code == "42P01" || server.Code == "3F000":
		return c.noTable(c.Table)
	case server.Code == "42703":
		if m := namedColumn().FindStringSubmatch(server.Message); m != nil {
			values["Column"] = m[1]
		}
		return fail(NoTable, i18n.T("the table “{{.Table}}” has no column “{{.Column}}”", values), i18n.T("Pick another column"))
	case server.Code == "42501":
		return fail(NoPermission, i18n.T("this user may not read “{{.Table}}” in {{.Where}}", values), i18n.T("Ask for SELECT permission on it"))
	case server.Code == "57014" || server.Code == "55P03":
		return fail(TooSlow, i18n.T("{{.Where}} took too long to answer", values), i18n.T("Try again, choose a smaller table"))
	case strings.HasPrefix(server.Code, "57P") || server.Code == "25P03" || strings.HasPrefix(server.Code, "08"):
		return fail(Lost, i18n.T("the connection to {{.Where}} broke after {{.Rows}} rows were read", values), i18n.T("Try again"))
	case slices.Contains(wrongType, server.Code):
		return fail(WrongType, i18n.T("a column of “{{.Table}}” is of a type that can't be read here: {{.Words}}", values), i18n.T("Pick another column"))
	}
	return fail(Failed, i18n.T("{{.Where}} answered: {{.Words}}", values), i18n.T("Check the table and its columns"))
}
