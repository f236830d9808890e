// Package damage tells whether a dataset's file is sound, and in words what is wrong
// with one that isn't.
package damage

import (
	"context"
	"errors"
	"hash/fnv"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"
	zombiezen "zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"seedbed/assets/i18n"
	"seedbed/localdb/pages"
)

// ErrDamaged is in every error that says that a file is damaged.
var ErrDamaged = i18n.Error("the dataset file is damaged")

// What can be wrong with a file.
var (
	damagedBeginning = i18n.T("its beginning is missing or overwritten")
	damagedEnd       = i18n.T("it is cut off, and its last part is missing")
	damagedLog       = i18n.T("the log beside it, the file with -wal in its name, is damaged or belongs to another file")
	damagedContent   = i18n.T("its parts don't fit together, as if they were from different times")
	damagedPages     = i18n.T("parts of it are overwritten or mixed up")
)

// finding is an error that says what is wrong with a file.
type finding struct {
	i18n.Text
	cause error // as the engine says it; nil where that didn't notice
}

func found(what i18n.Text, cause error) error {
	return finding{i18n.T("the dataset file is damaged: {{.What}}; nothing was changed: rescue what can still be read into a new dataset, or go back to a backup", i18n.Values{"What": what}), cause}
}

// Unwrap returns ErrDamaged and the engine's error.
func (f finding) Unwrap() []error { return []error{ErrDamaged, f.cause} }

// Explain returns an error in words where err is the engine's complaint about a damaged
// file, and err itself otherwise.
func Explain(err error) error {
	if err == nil || errors.Is(err, ErrDamaged) {
		return err
	}
	var e *sqlite.Error
	if errors.As(err, &e) && (e.Code() == int(zombiezen.ResultConstraintNotNull) || e.Code() == int(zombiezen.ResultConstraintForeignKey)) {
		return found(damagedContent, err) // nothing that a person enters breaks these rules
	}
	if code := codeOf(err); code == zombiezen.ResultCorrupt || code == zombiezen.ResultNotADB {
		return found(damagedPages, err)
	}
	return err
}

// codeOf is the engine's primary result code of an error, whichever driver it is of.
func codeOf(err error) zombiezen.ResultCode {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return zombiezen.ResultCode(e.Code()).ToPrimary()
	}
	return zombiezen.ErrCode(err).ToPrimary()
}

// quickSize is the size up to which a whole file is checked whenever it is opened, in
// bytes: 20,000 messages in less than 10 ms.
const quickSize = 2 << 20

// Quick checks a file that is about to be opened and that nobody has open; it is never
// slow. A program that was killed has left its log beside the file; then all is checked,
// before the engine writes the log into the file for good.
func Quick(ctx context.Context, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !pages.HasLog(path) {
		if info.Size() > quickSize {
			return nil
		}
		return examined(path, check(ctx, path, withoutLog, quickCheck))
	}
	err = check(ctx, path, withLog, quickCheck)
	switch {
	case err == nil:
		return checkLog(ctx, path)
	case errors.Is(err, ErrDamaged) && check(ctx, path, withoutLog, quickCheck) == nil:
		return found(damagedLog, err)
	}
	return examined(path, err)
}

// Full checks everything in a file, which may be open and in use. A million messages
// take seconds.
func Full(ctx context.Context, path string) error {
	return examined(path, check(ctx, path, withLog, `PRAGMA integrity_check(1)`))
}

// quickCheck checks all but the content of indexes.
const quickCheck = `PRAGMA quick_check(1)`

// How a file is opened: as the engine does, or as if there were no log beside it and
// nobody else used it, which leaves no trace beside it.
const (
	withLog    = ""
	withoutLog = "immutable=1"
)

func check(ctx context.Context, path, options, query string) error {
	answer := ""
	err := read(ctx, path, options, query, func(row *zombiezen.Stmt) { answer = row.ColumnText(0) })
	switch {
	case err == nil && answer != "ok":
		return found(damagedPages, errors.New(answer))
	case codeOf(err) == zombiezen.ResultNotADB: // mostly another kind of file
		return err
	}
	return Explain(err)
}

// read calls row with each row of a query.
func read(ctx context.Context, path, options, query string, row func(*zombiezen.Stmt)) (err error) {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/…
	}
	conn, err := zombiezen.OpenConn((&url.URL{Scheme: "file", Path: slashed, RawQuery: options}).String(), zombiezen.OpenReadOnly|zombiezen.OpenURI)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	conn.SetInterrupt(ctx.Done())
	err = sqlitex.ExecuteTransient(conn, query, &sqlitex.ExecOptions{ResultFunc: func(stmt *zombiezen.Stmt) error {
		row(stmt)
		return nil
	}})
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return err
}

// checkLog makes sure that a sound log is of this file: the engine would also apply
// another's.
func checkLog(ctx context.Context, path string) error {
	var with, without LogSample
	for options, sample := range map[string]*LogSample{withLog: &with, withoutLog: &without} {
		err := read(ctx, path, options, `
			SELECT id, text FROM (SELECT id, text FROM messages ORDER BY id LIMIT 100)
			UNION SELECT id, text FROM (SELECT id, text FROM messages ORDER BY id DESC LIMIT 100)`, func(row *zombiezen.Stmt) {
			sample.Add(row.ColumnInt64(0), row.ColumnText(1))
		})
		if err != nil {
			return nil //nolint:nilerr // no dataset, or one that was just made and is all in its log
		}
	}
	if !with.Follows(without) {
		return found(damagedLog, nil)
	}
	return nil
}

// LogSample are messages as they are in a file, with or without its log.
type LogSample struct {
	texts map[int64]uint64
	last  int64
}

// Add adds a message.
func (s *LogSample) Add(id int64, text string) {
	if s.texts == nil {
		s.texts = map[int64]uint64{}
	}
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(text))
	s.texts[id] = hash.Sum64()
	s.last = max(s.last, id)
}

// Len is how many messages were added.
func (s LogSample) Len() int { return len(s.texts) }

// Follows reports whether s, read with a log, can be the same dataset at a later time:
// the newest message is never removed from a file, and no change edits most texts.
func (s LogSample) Follows(earlier LogSample) bool {
	shared, same := 0, 0
	for id, hash := range earlier.texts {
		if later, ok := s.texts[id]; ok {
			shared++
			if later == hash {
				same++
			}
		}
	}
	return s.last >= earlier.last && 2*same >= shared
}

// examined is [Examine] of a check's error. A file that could not be opened for the check,
// as in a folder that can only be read, isn't damaged for that.
func examined(path string, err error) error {
	if errors.Is(err, ErrDamaged) || codeOf(err) == zombiezen.ResultNotADB {
		return Examine(path, err)
	}
	return err
}

// Examine says more exactly what is wrong with a file about which the error says that it
// is damaged, or no dataset.
func Examine(path string, err error) error {
	if err == nil {
		return nil
	}
	file, openErr := pages.Open(path, pages.WithoutLog)
	if openErr != nil {
		return err
	}
	defer file.Close()
	damaged := errors.Is(err, ErrDamaged)
	switch {
	case !damaged && !holdsMessages(file):
		return err
	case !damaged || !file.HasHeader():
		return found(damagedBeginning, err)
	case file.Claimed() > file.Count() && !pages.HasLog(path):
		return found(damagedEnd, err)
	}
	return err
}

// holdsMessages reports whether rows of messages are among the first pages of a file.
func holdsMessages(file *pages.File) bool {
	const least, most, searched = 17, 19, 200 // columns: before migration 8, and since
	for n := range min(file.Count(), searched) {
		page, err := file.Page(n + 1)
		if err != nil || page.Kind != pages.TableLeaf {
			continue
		}
		for _, c := range page.Cells {
			if values, err := c.Record(); err == nil && len(values) >= least && len(values) <= most && values[0] == nil {
				if _, ok := values[1].(string); ok {
					return true
				}
			}
		}
	}
	return false
}
