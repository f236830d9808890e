package schema

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"seedbed/assets/i18n"
)

// journalMagic ends a rollback journal that belongs to changes of several databases at once
// (https://sqlite.org/fileformat.html#the_rollback_journal and writeSuperJournal in pager.c).
var journalMagic = [8]byte{0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7}

// CheckJournal refuses the rollback journal of a database that names another file: SQLite
// would delete that file once it has applied the journal, and a dataset never has such a one.
func CheckJournal(path string) (err error) {
	file, err := os.Open(path + "-journal")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil || info.Size() < int64(len(journalMagic)) {
		return err
	}
	var end [8]byte
	if _, err := file.ReadAt(end[:], info.Size()-int64(len(end))); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if end == journalMagic {
		return i18n.Error("the file {{.Journal}}, which should hold its last changes, would delete another file of this computer; nothing was changed: remove it, and don't trust who sent you these files", i18n.Values{"Journal": info.Name()})
	}
	return nil
}
