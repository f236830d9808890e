package localdb

import (
	"context"
	"database/sql"
	"errors"
)

// Setting returns a setting that belongs to the dataset, "" when it was never set.
func (d *Dataset) Setting(ctx context.Context, key string) (value string, err error) {
	err = d.reader.QueryRowContext(ctx, `SELECT value FROM settings WHERE key = ?`, key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

// SetSetting keeps a setting in the dataset. Undo leaves settings alone. A secret
// must never be one.
func (d *Dataset) SetSetting(ctx context.Context, key, value string) error {
	return d.write(ctx, notUndoable, func(tx *writeTx) error {
		_, err := tx.execUnrecorded(`INSERT INTO settings (key, value) VALUES (?, ?)
			ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
		return err
	})
}
