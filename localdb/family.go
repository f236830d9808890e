package localdb

import (
	"context"
	"fmt"
	"strconv"

	"seedbed/localdb/split"
)

// SplitItems turns messages into what Split and Groups work on. A message's family is
// its conversation, or the batch in which a language model wrote it; the built-in
// writer's messages were each written on their own and have none.
func (d *Dataset) SplitItems(ctx context.Context, messages []Message) ([]split.Item, error) {
	rows, err := d.reader.QueryContext(ctx, `SELECT b.id FROM batches b JOIN runs r ON r.id = b.run WHERE r.model <> ''`)
	if err != nil {
		return nil, fmt.Errorf("reading batches: %w", err)
	}
	defer rows.Close()
	byModel := map[int64]bool{}
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		byModel[id] = true
	}
	items := make([]split.Item, len(messages))
	for i, m := range messages {
		items[i] = split.Item{ID: m.ID, Text: m.Text, Category: m.Category}
		switch {
		case m.Conversation != "":
			items[i].Group = "conversation " + m.Conversation
		case byModel[m.BatchID]:
			items[i].Group = "batch " + strconv.FormatInt(m.BatchID, 10)
		}
	}
	return items, rows.Err()
}
