// Package privacy removes what a dataset must not hold any longer: messages that are to
// be forgotten, with every trace of them in the files that the program wrote, and in a
// copy that is given away all that is nobody else's business.
package privacy

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb"
)

// Request says what is to be forgotten.
type Request struct {
	IDs      []int64 // these messages
	Text     string  // whatever holds this text, in any case; "" for nothing
	Passages bool    // passages that hold Text, too; otherwise they stay
	// Logs are text files of the program, whose lines with what is forgotten are dropped.
	Logs []string
}

// ErrNothing says that a request names nothing.
var ErrNothing = i18n.Error("nothing was named to forget, so nothing was changed: name messages or a text")

// Found is what a request would forget.
type Found struct {
	Messages int // in the dataset now; deleted and earlier texts come on top
	Passages int // that hold the text
	Copies   int // files that the program made of the dataset by itself
}

// Find says what Forget would forget, and changes nothing.
func Find(ctx context.Context, d *localdb.Dataset, r Request) (Found, error) {
	w := newWhat(r)
	if w.isEmpty() {
		return Found{}, ErrNothing
	}
	made, err := copies(d.Path())
	if err != nil {
		return Found{}, err
	}
	found := Found{Copies: len(made)}
	if len(r.IDs) > 0 {
		for m, err := range d.Messages(ctx, localdb.Filter{IDs: r.IDs}) {
			if err != nil {
				return found, err
			}
			w.texts[strings.TrimSpace(m.Text)] = true
		}
	}
	for m, err := range d.Messages(ctx, localdb.Filter{}) {
		if err != nil {
			return found, err
		}
		if w.ids[m.ID] || w.holds(m.Text) {
			found.Messages++
		}
	}
	passages, err := d.Passages(ctx)
	for _, p := range passages {
		if w.mentions(p.Text) || w.mentions(p.Title) {
			found.Passages++
		}
	}
	return found, err
}

func (w *what) isEmpty() bool { return len(w.ids) == 0 && w.needle == "" }

// Forgotten is what Forget did.
type Forgotten struct {
	Messages     int      // that are gone, those that were deleted before among them
	Discarded    int      // messages left out of runs that are gone
	Passages     int      // that are gone
	PassagesKept int      // that hold the text, and stay since nobody asked for them
	Copies       int      // files that the program had made of the dataset, which are cleared or deleted
	Remains      []string // files of others beside the dataset, and names of categories, in which it still stands
}

// Forget removes messages for good: their texts, earlier texts, undo steps, predictions
// and records of runs, from the file's free space and logs and from the copies that the
// program made by itself, too. What it does can't be undone. What stands in other files
// beside the dataset is left and listed.
func Forget(ctx context.Context, d *localdb.Dataset, r Request) (done Forgotten, err error) {
	w := newWhat(r)
	if w.isEmpty() {
		return done, ErrNothing
	}
	err = d.Rewrite(ctx, func(ctx context.Context, conn *sql.Conn) error {
		if err := w.learn(ctx, conn); err != nil {
			return err
		}
		return w.remove(ctx, conn, r.Passages, &done)
	})
	if err != nil {
		return done, err
	}
	made, err := copies(d.Path())
	if err != nil {
		return done, err
	}
	for _, path := range made {
		if err := w.clearCopy(ctx, path, r.Passages); err != nil {
			return done, i18n.Error("the messages were forgotten in the dataset, but a copy of it, {{.File}}, could not be cleared: delete that file yourself: {{.Cause}}", i18n.Values{"File": path, "Cause": err})
		}
		done.Copies++
	}
	if err := w.clearLogs(r.Logs); err != nil {
		return done, err
	}
	var except []string
	if len(w.texts) > 0 || done.PassagesKept > 0 || len(done.Remains) > 0 { // then it may rightly stand in the dataset
		except = slices.Concat(made, []string{d.Path(), d.Path() + "-wal"})
	}
	remains, err := w.findBeside(d.Path(), except)
	done.Remains = append(done.Remains, remains...)
	return done, err
}

// remove takes what is to be forgotten out of a database, and then out of the space that
// is free in its files.
func (w *what) remove(ctx context.Context, conn *sql.Conn, passages bool, done *Forgotten) (err error) {
	if _, err := conn.ExecContext(ctx, `PRAGMA secure_delete = ON`); err != nil {
		return err
	}
	defer func() {
		_, restoreErr := conn.ExecContext(context.WithoutCancel(ctx), `PRAGMA secure_delete = OFF`)
		err = errors.Join(err, restoreErr)
	}()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit this does nothing
	s := scrubber{what: w, ctx: ctx, tx: tx, passages: passages, done: done}
	if err := s.scrub(); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	if err := wipe(context.WithoutCancel(ctx), conn); err != nil {
		return i18n.Error("the messages are removed, but their text may still be in the free space of the dataset's files: free some space on the disk, close other programs that have the dataset open, and forget them once more: {{.Cause}}", i18n.Values{"Cause": err})
	}
	return nil
}

// wipe writes a database anew without what was deleted from it, and empties the log
// beside it.
func wipe(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, `VACUUM`); err != nil {
		return err
	}
	var busy, frames, moved int
	if err := conn.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &frames, &moved); err != nil {
		return err
	}
	if busy != 0 {
		return fmt.Errorf("the log is still being read")
	}
	return nil
}
