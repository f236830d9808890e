package kbsource

import "seedbed/assets/i18n"

// Kind says which part of reaching a source failed.
type Kind string

// The kinds of failure.
const (
	BadAddress    Kind = "address"    // the URL can't be understood
	NoHost        Kind = "host"       // no such host, or nothing listens on it
	NotPostgres   Kind = "protocol"   // what answers there is no PostgreSQL
	Busy          Kind = "busy"       // it has no connection free, or isn't ready yet
	BadSetting    Kind = "setting"    // it refuses a setting of the address
	WrongPassword Kind = "password"   // the user or the password is wrong
	NoTLS         Kind = "tls"        // the requested encryption is not available
	NoDatabase    Kind = "database"   // the server has no such database
	NoTable       Kind = "table"      // no such table or column
	WrongType     Kind = "type"       // a column is of a type that can't be read
	NoPermission  Kind = "permission" // the user may not read it
	Lost          Kind = "lost"       // the connection ended while reading
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

// orGoOn ends advice on knowledge; conversations have no substitute.
func (c Config) orGoOn(advice i18n.Text) i18n.Text {
	if c.conversations {
		return advice
	}
	return orGoOn(advice)
}

// failure is an [Error] about this database. Only its cause is kept, never the address.
func (c Config) failure(err error, kind Kind, what, next i18n.Text) *Error {
	return &Error{Kind: kind, What: what, Next: c.orGoOn(next), Err: err}
}

func (c Config) noTable(table string) *Error {
	return c.failure(nil, NoTable, i18n.T("there is no table “{{.Table}}” in {{.Where}}", i18n.Values{"Table": shown(table), "Where": c.where()}), i18n.T("Pick another table"))
}

// shown is the name of a table or column as it may be shown: an address may have been
// pasted in its place.
func shown(name string) string {
	if HasPassword(name) {
		return "…"
	}
	return name
}
