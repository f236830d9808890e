package localdb

import (
	"context"
	"hash/maphash"
	"iter"
	"slices"
	"strings"

	zombiezen "zombiezen.com/go/sqlite"

	"seedbed/localdb/exchange"
	"seedbed/localdb/neardup"
)

// knownTexts holds the texts of a dataset and their categories, in 20 to 40
// bytes a text. Texts are the same where they are byte for byte, but for white space
// around them. They are compared by a 64-bit hash: two of a million texts share one
// about once in 40 million imports.
//
// It is a table with open addressing, since Go's map takes four times as long for a
// million texts, which is what an import would wait for.
type knownTexts struct {
	seed  maphash.Seed
	slots []knownSlot // a power of two of them
	used  int
	more  map[uint64][]uint16 // the further categories of texts that have several
}

type knownSlot struct {
	key uint64 // 0 for an empty slot
	knownText
}

// knownText is the first message with a text.
type knownText struct {
	id       uint32
	category uint16 // 0 for none
	byPerson bool   // who gave the category
}

func newKnownTexts() *knownTexts {
	return &knownTexts{seed: maphash.MakeSeed(), slots: make([]knownSlot, 1<<10), more: map[uint64][]uint16{}}
}

// key is what a text is known by, never 0.
func (k *knownTexts) key(text string) uint64 {
	return max(1, maphash.String(k.seed, strings.TrimSpace(text)))
}

// find is the first message with the text of a key, nil where there is none.
func (k *knownTexts) find(key uint64) *knownText {
	if s := k.slot(key); s.key != 0 {
		return &s.knownText
	}
	return nil
}

// slot is where a key is or belongs.
func (k *knownTexts) slot(key uint64) *knownSlot {
	last := uint64(len(k.slots) - 1)
	for i := key & last; ; i = (i + 1) & last {
		if s := &k.slots[i]; s.key == key || s.key == 0 {
			return s
		}
	}
}

// put stores the first message with a text.
func (k *knownTexts) put(key uint64, message knownText) {
	if k.used >= len(k.slots)*3/4 {
		old := k.slots
		k.slots = make([]knownSlot, 2*len(old))
		for _, s := range old {
			if s.key != 0 {
				*k.slot(s.key) = s
			}
		}
	}
	*k.slot(key) = knownSlot{key, message}
	k.used++
}

// has reports whether the text of a key has a category.
func (k *knownTexts) has(key uint64, category uint16) bool {
	first := k.find(key)
	return first != nil && first.category == category || slices.Contains(k.more[key], category)
}

// hasSeveral reports whether a text has several categories.
func (k *knownTexts) hasSeveral(text string) bool { return len(k.more[k.key(text)]) > 0 }

// add takes in a message that is in the dataset.
func (k *knownTexts) add(text string, message knownText) {
	key := k.key(text)
	switch first := k.find(key); {
	case first == nil:
		k.put(key, message)
	case first.category == 0:
		*first = message
	case message.category != 0 && !k.has(key, message.category):
		k.more[key] = append(k.more[key], message.category)
	}
}

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
