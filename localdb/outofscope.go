package localdb

import (
	"context"
	"fmt"
)

// FlagOutOfScope moves the threshold of a check's out-of-scope scores, and stores the
// setting that holds it in the same transaction. Messages between the two thresholds lose
// the flag OutOfScope or get it, unless their category has changed since the check. Those
// above both stay as they are, since a person may have cleared their flag. Undo leaves this
// alone, as it does with settings.
func (d *Dataset) FlagOutOfScope(ctx context.Context, check int64, before, after float64, key, value string) error {
	err := d.write(ctx, notUndoable, func(tx *writeTx) error {
		if err := tx.setSetting(key, value); err != nil {
			return err
		}
		values := args{"check": check, "before": before, "after": after}
		_, err := tx.update("messages", fmt.Sprintf(`flags = flags & ~%[1]d WHERE flags & %[1]d <> 0
			AND id IN (SELECT message FROM verdicts WHERE of_check = :check AND out_of_scope <= :after AND out_of_scope > :before)`, OutOfScope), values)
		if err != nil {
			return err
		}
		_, err = tx.update("messages", fmt.Sprintf(`flags = flags | %[1]d WHERE flags & %[1]d = 0 AND deleted = 0
			AND EXISTS (SELECT 1 FROM verdicts v WHERE v.of_check = :check AND v.message = messages.id AND v.category = messages.category
				AND v.out_of_scope > :after AND v.out_of_scope <= :before)`, OutOfScope), values)
		return err
	})
	if err != nil {
		return fmt.Errorf("move the out-of-scope threshold: %w", err)
	}
	return nil
}
