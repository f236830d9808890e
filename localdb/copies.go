package localdb

import (
	"context"
	"errors"

	"seedbed/localdb/rowindex"
)

// copiesShown bounds how many messages with the very same text are looked at.
const copiesShown = 20

// Copies are the messages that one repeats: the one that it nearly copies, and those
// with the very same text where it is flagged for that.
func (d *Dataset) Copies(ctx context.Context, m Message) ([]Message, error) {
	var copies []Message
	if m.NearID != 0 {
		original, err := d.Message(ctx, m.NearID)
		if err != nil && !errors.Is(err, ErrNoMessage) {
			return nil, err
		}
		if err == nil {
			copies = append(copies, original)
		}
	}
	if m.Flags&TwoCategories == 0 {
		return copies, nil
	}
	view, err := d.View(ctx, Filter{Search: m.Text}, Sort{})
	if err != nil {
		return nil, err
	}
	same, err := view.Rows(ctx, 0, copiesShown)
	if err != nil {
		return nil, err
	}
	for _, other := range same {
		if other.ID != m.ID && other.ID != m.NearID && rowindex.Fold(other.Text) == rowindex.Fold(m.Text) {
			copies = append(copies, other)
		}
	}
	return copies, nil
}
