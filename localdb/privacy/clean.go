package privacy

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"seedbed/localdb"
)

// CleanCopy saves a copy of a dataset to give away: its categories, its messages but for
// rejected ones, its passages and checks. It has no undo, nothing that was deleted or
// discarded, no records of runs, and nothing that tells of this computer: no paths, no
// addresses, no ids of conversations. Only those settings stay that are named. Messages
// that belong together still do. Notes and tags are remarks among those who work on the dataset,
// and go with it only where notes says so.
func CleanCopy(ctx context.Context, d *localdb.Dataset, to string, notes bool, settings ...string) error {
	return d.BackupChanged(ctx, to, func(ctx context.Context, conn *sql.Conn) error { return clean(ctx, conn, notes, settings) })
}

func clean(ctx context.Context, conn *sql.Conn, notes bool, settings []string) error {
	if _, err := conn.ExecContext(ctx, `PRAGMA secure_delete = ON`); err != nil {
		return err
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit this does nothing
	kept, err := json.Marshal(append([]string{}, settings...))
	if err != nil {
		return err
	}
	statements := cleaning
	if !notes {
		statements = append(slices.Clone(cleaning), `UPDATE messages SET note = '', tags = ''`)
	}
	for _, statement := range statements {
		if _, err := tx.ExecContext(ctx, statement, sql.Named("rejected", localdb.Rejected), sql.Named("settings", string(kept))); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, `VACUUM`)
	return err
}

// cleaning are the statements that make a copy clean, in an order that leaves no row
// without what it refers to.
var cleaning = []string{
	`DELETE FROM undo_entries`, // and with it its steps and their rows
	`DELETE FROM messages WHERE deleted = 1 OR status = :rejected`,
	`DELETE FROM verdicts WHERE message NOT IN (SELECT id FROM messages)`,
	`UPDATE messages SET near = NULL WHERE near NOT IN (SELECT id FROM messages)`,

	// What a language model wrote in one request belongs together as a conversation does,
	// and needs no record of the request for that.
	`UPDATE messages SET conversation = 'request ' || batch WHERE conversation IS NULL
		AND batch IN (SELECT b.id FROM batches b JOIN runs r ON r.id = b.run WHERE r.model <> '')`,
	`UPDATE messages SET batch = NULL`,
	`UPDATE messages SET conversation = 'conversation ' || g.number
		FROM (SELECT conversation AS id, row_number() OVER (ORDER BY min(messages.id)) AS number FROM messages WHERE conversation IS NOT NULL GROUP BY conversation) g
		WHERE messages.conversation = g.id`,
	`DELETE FROM set_aside`,
	`DELETE FROM requests`,
	`DELETE FROM batches`,
	`DELETE FROM runs`,

	`UPDATE messages SET reads_as = NULL, reads_as_score = NULL WHERE reads_as IN (SELECT id FROM categories WHERE deleted = 1)`,
	`DELETE FROM categories WHERE deleted = 1`,
	`DELETE FROM passages WHERE deleted = 1`,
	`UPDATE messages SET passage = NULL WHERE passage NOT IN (SELECT id FROM passages)`,
	`UPDATE passages SET title = '' WHERE title IN (origin, ref)`,
	`UPDATE passages SET origin = 'source ' || g.number, ref = CAST(passages.id AS TEXT)
		FROM (SELECT origin AS name, row_number() OVER (ORDER BY min(id)) AS number FROM passages GROUP BY origin) g
		WHERE passages.origin = g.name`,
	`DELETE FROM settings WHERE key NOT IN (SELECT value FROM json_each(:settings))`,
}
