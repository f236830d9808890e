package localdb

import (
	"context"
	"errors"

	zombiezen "zombiezen.com/go/sqlite"

	"seedbed/assets/i18n"
	"seedbed/localdb/neardup"
	"seedbed/localdb/rowindex"
)

// FlagReport is what FindNearDuplicates found.
type FlagReport struct {
	NearDuplicates int // messages that nearly copy an earlier one
	TwoCategories  int // messages whose text has another category, too
	Changed        int // messages whose flags changed
}

// machineFlags are the flags that FindNearDuplicates sets and clears.
const machineFlags = NearDuplicate | TwoCategories

// FindNearDuplicates compares all messages that aren't rejected, and flags those that
// nearly copy an earlier one, which NearID then names, and those whose text has
// two categories. Flags that no longer apply are cleared. Messages edited meanwhile are
// left for the next time. Undo doesn't record it, since it changes no decision.
// progress, which may be nil, is called from several goroutines.
func (d *Dataset) FindNearDuplicates(ctx context.Context, progress func(done, total int)) (FlagReport, error) {
	found, err := d.readFlagged(ctx)
	if err != nil {
		return FlagReport{}, err
	}
	n := found.texts.len()
	pairs, err := neardup.Pairs(ctx, n, found.texts.at, func(done int) {
		if progress != nil {
			progress(done, n)
		}
	})
	if err != nil {
		return FlagReport{}, i18n.Error("the search for near-duplicates failed; the flags are unchanged: {{.Cause}}", i18n.Values{"Cause": err})
	}
	report, changes := found.compare(pairs)
	if len(changes) == 0 {
		return report, nil
	}
	err = d.write(ctx, notUndoable, func(tx *writeTx) error {
		changed, err := found.apply(tx, changes)
		report.Changed = changed
		return err
	})
	return report, err
}

// flagged are messages with the flags they have.
type flagged struct {
	texts    textList
	category []uint16
	flags    []uint8
	near     []uint32
	rejected []int64 // rejected ones that still have a flag
}

func (d *Dataset) readFlagged(ctx context.Context) (*flagged, error) {
	f := &flagged{}
	err := d.scan(ctx, 1, func(all []snapshot) error {
		err := all[0].each(`
			SELECT id, coalesce(category, 0), flags, coalesce(near, 0), text FROM messages
			WHERE deleted = 0 AND status <> ? ORDER BY id`, []any{int(Rejected)}, func(row *zombiezen.Stmt) error {
			f.category = append(f.category, uint16(row.ColumnInt64(1)))
			f.flags = append(f.flags, uint8(row.ColumnInt64(2)))
			f.near = append(f.near, uint32(row.ColumnInt64(3)))
			f.texts.add(row.ColumnInt64(0), row.ColumnText(4))
			return nil
		})
		if err != nil {
			return err
		}
		return all[0].each(`
			SELECT id FROM messages WHERE deleted = 0 AND status = ? AND (flags & ? <> 0 OR near IS NOT NULL)`,
			[]any{int(Rejected), int(machineFlags)}, func(row *zombiezen.Stmt) error {
				f.rejected = append(f.rejected, row.ColumnInt64(0))
				return nil
			})
	})
	return f, err
}

// flagChange is what a message's machine flags are to be.
type flagChange struct {
	ID    int64 `json:"id"`
	Near  int64 `json:"near"`
	Flags Flag  `json:"flags"`

	at int // its place among the texts; -1 for a rejected one
}

// compare works out what the flags should be, and which messages have others.
func (f *flagged) compare(pairs []neardup.Pair) (report FlagReport, changes []flagChange) {
	copies := neardup.Copies(f.texts.len(), pairs)
	twice := f.twoCategories()
	for i, id := range f.texts.ids {
		change := flagChange{ID: int64(id), at: i}
		if c, ok := copies[i]; ok {
			change.Near = int64(f.texts.ids[c.Of])
			change.Flags |= NearDuplicate
			report.NearDuplicates++
		}
		if twice[i] {
			change.Flags |= TwoCategories
			report.TwoCategories++
		}
		if Flag(f.flags[i])&machineFlags != change.Flags || int64(f.near[i]) != change.Near {
			changes = append(changes, change)
		}
	}
	for _, id := range f.rejected {
		changes = append(changes, flagChange{ID: id, at: -1})
	}
	return report, changes
}

// twoCategories returns which messages have a text that has two categories.
func (f *flagged) twoCategories() []bool {
	known := newKnownTexts()
	for i, id := range f.texts.ids {
		known.add(f.texts.at(i), knownText{id: id, category: f.category[i]})
	}
	twice := make([]bool, f.texts.len())
	for i := range twice {
		twice[i] = f.category[i] != 0 && known.hasSeveral(f.texts.at(i))
	}
	return twice
}

// apply changes the flags of those messages that still have the text they had.
func (f *flagged) apply(tx *writeTx, changes []flagChange) (int, error) {
	at := make(map[int64]int, len(changes))
	ids := make([]int64, len(changes))
	for i, change := range changes {
		at[change.ID], ids[i] = i, change.ID
	}
	rows, err := tx.query(`SELECT id, text FROM messages WHERE deleted = 0 AND id IN (SELECT value FROM json_each(?))`, jsonOf(ids))
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var valid []flagChange
	for rows.Next() {
		var id int64
		var text string
		if err := rows.Scan(&id, &text); err != nil {
			return 0, err
		}
		if change := changes[at[id]]; change.at < 0 || f.texts.at(change.at) == text {
			valid = append(valid, change)
		}
	}
	if err := rows.Err(); err != nil {
		return 0, err
	}
	changed, err := tx.update("messages", `
		flags = messages.flags & ~:machine | new.flags, near = nullif(new.near, 0)
		FROM (SELECT value ->> 'id' AS message, value ->> 'flags' AS flags, value ->> 'near' AS near FROM json_each(:changes)) AS new
		WHERE messages.id = new.message`, args{"machine": int(machineFlags), "changes": jsonOf(valid)})
	return len(changed), err
}

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
