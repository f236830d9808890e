package localdb

import (
	"context"
	"iter"

	zombiezen "zombiezen.com/go/sqlite"

	"seedbed/localdb/exchange"
	"seedbed/localdb/neardup"
)

// withoutNear leaves out rows that nearly copy a message of the dataset or an earlier
// row. Rows with the very same text are for decide. It holds all texts in memory, and
// about 130 bytes with each.
func (m *merger) withoutNear(ctx context.Context, rows iter.Seq2[exchange.Row, error]) iter.Seq2[exchange.Row, error] {
	return func(yield func(exchange.Row, error) bool) {
		kept, err := m.findNear(ctx, rows)
		if err != nil {
			yield(exchange.Row{}, err)
			return
		}
		for _, row := range kept {
			if !yield(row, nil) {
				return
			}
		}
	}
}

// findNear returns the rows that are no near-duplicates, and reports the others.
func (m *merger) findNear(ctx context.Context, rows iter.Seq2[exchange.Row, error]) ([]exchange.Row, error) {
	texts, err := m.d.allTexts(ctx)
	if err != nil {
		return nil, err
	}
	there := texts.len()
	var incoming []exchange.Row
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		if len(incoming)%1024 == 0 {
			if err := m.pause(ctx, len(incoming)); err != nil {
				return nil, err
			}
		}
		incoming = append(incoming, row)
		texts.add(0, row.Message)
	}
	pairs, err := neardup.Pairs(ctx, texts.len(), texts.at, nil)
	if err != nil {
		return nil, err
	}
	copies := neardup.Copies(texts.len(), pairs)
	kept := incoming[:0]
	for i, row := range incoming {
		c, near := copies[there+i]
		key := m.known.key(row.Message)
		if !near || m.known.find(key) != nil || key == m.known.key(texts.at(c.First)) {
			kept = append(kept, row)
			continue
		}
		m.report.Rows++
		m.report.Near++
		m.leaveOut(LeftOutRow{Line: row.Line, Text: row.Message, Reason: errNearlyKnown, CopyOf: texts.at(c.Of), Near: c.Jaccard})
	}
	return kept, nil
}

// textList is many texts in one piece of memory, with their messages' ids.
type textList struct {
	ids   []uint32
	bytes []byte
	ends  []uint32
}

func (t *textList) len() int { return len(t.ids) }

func (t *textList) add(id int64, text string) {
	t.ids = append(t.ids, uint32(id))
	t.bytes = append(t.bytes, text...)
	t.ends = append(t.ends, uint32(len(t.bytes)))
}

func (t *textList) at(i int) string {
	start := uint32(0)
	if i > 0 {
		start = t.ends[i-1]
	}
	return string(t.bytes[start:t.ends[i]])
}

// allTexts reads the texts of all messages.
func (d *Dataset) allTexts(ctx context.Context) (*textList, error) {
	texts := &textList{}
	err := d.scan(ctx, 1, func(all []snapshot) error {
		return all[0].each(`SELECT id, text FROM messages WHERE deleted = 0 ORDER BY id`, nil, func(row *zombiezen.Stmt) error {
			texts.add(row.ColumnInt64(0), row.ColumnText(1))
			return nil
		})
	})
	return texts, err
}
