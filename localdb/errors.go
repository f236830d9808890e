package localdb

import (
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"seedbed/assets/i18n"
)

const (
	sqliteNotADB = sqlite3.SQLITE_NOTADB
	sqliteFull   = sqlite3.SQLITE_FULL
	sqliteBusy   = sqlite3.SQLITE_BUSY
	sqliteLocked = sqlite3.SQLITE_LOCKED
)

// hasCode says whether err comes from the engine with this primary result code.
func hasCode(err error, code int) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == code
}

// writeError adds to what went wrong while changing the dataset what that means.
func writeError(err error) error {
	switch {
	case hasCode(err, sqliteFull):
		return i18n.Error("the disk is full; this change was not made and everything before it is safe: free some space and try again: {{.Cause}}", i18n.Values{"Cause": err})
	case hasCode(err, sqlite3.SQLITE_IOERR):
		return i18n.Error("the disk could not be written; this change was not made and everything before it is safe: check the disk and try again: {{.Cause}}", i18n.Values{"Cause": err})
	}
	return err
}
