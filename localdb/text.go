package localdb

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"

	zombiezen "zombiezen.com/go/sqlite"

	"seedbed/assets/crash"
	"seedbed/assets/i18n"
	"seedbed/localdb/rowindex"
)

// Text is what EachText tells of a message.
type Text struct {
	ID   int64
	Text []byte // valid until the call returns
}

// EachText calls do with the text of every message as they were when it began, from TextParts
// goroutines at once, each of which goes through its messages in id order and tells its number.
func (d *Dataset) EachText(ctx context.Context, do func(part int, t Text)) error {
	return d.eachInParts(ctx, `id, text`, func(part int) func(row *zombiezen.Stmt) {
		var t Text
		return func(row *zombiezen.Stmt) {
			t.read(row)
			do(part, t)
		}
	})
}

// LabelledText is what EachLabelledText tells of a message.
type LabelledText struct {
	Text
	Category   int64 // its id, 0 for none
	Status     Status
	LabelledBy LabelledBy
}

// EachLabelledText is EachText with how the messages are labelled.
func (d *Dataset) EachLabelledText(ctx context.Context, do func(part int, t LabelledText)) error {
	return d.eachInParts(ctx, `id, text, coalesce(category, 0), status, labelled_by`, func(part int) func(row *zombiezen.Stmt) {
		var t LabelledText
		return func(row *zombiezen.Stmt) {
			t.read(row)
			t.Category, t.Status, t.LabelledBy = row.ColumnInt64(2), Status(row.ColumnInt(3)), LabelledBy(row.ColumnInt(4))
			do(part, t)
		}
	})
}

// read reads the first two columns of a row into the memory of the one before.
func (t *Text) read(row *zombiezen.Stmt) {
	length := row.ColumnLen(1)
	if cap(t.Text) < length {
		t.Text = make([]byte, 2*length)
	}
	t.Text = t.Text[:length]
	row.ColumnBytes(1, t.Text)
	t.ID = row.ColumnInt64(0)
}

// eachInParts calls what begin makes for each of its goroutines with these columns of every
// message, as EachText does.
func (d *Dataset) eachInParts(ctx context.Context, columns string, begin func(part int) func(row *zombiezen.Stmt)) error {
	parts := TextParts()
	return d.scan(ctx, parts, func(all []snapshot) error {
		last, err := all[0].number(`SELECT coalesce(max(id), 0) FROM messages`)
		if err != nil {
			return err
		}
		var next atomic.Int64
		errs := make([]error, parts)
		var readers crash.Group
		for part, s := range all {
			readers.Go(func() {
				// Each page is needed once: a small cache is one that fits in the processor's.
				errs[part] = s.each(`PRAGMA cache_size = -512`, nil, nil)
				do := begin(part)
				for errs[part] == nil {
					first := (next.Add(1) - 1) * exportIDs
					if first > last {
						return
					}
					errs[part] = s.each(`SELECT `+columns+` FROM messages WHERE deleted = 0 AND id BETWEEN ? AND ? ORDER BY id`,
						[]any{first, first + exportIDs - 1}, func(row *zombiezen.Stmt) error {
							do(row)
							return nil
						})
				}
			})
		}
		readers.Wait()
		return errors.Join(errs...)
	})
}

// EachFolded calls do with the text of every message as rowindex.Fold makes it, from several
// goroutines at once. It is much faster than EachText, since these are in memory.
func (d *Dataset) EachFolded(ctx context.Context, do func(id int64, folded []byte)) error {
	return d.index.use(ctx, func(x *rowindex.Index) {
		x.EachText(func(id uint32, text []byte) {
			text, _, _ = bytes.Cut(text, []byte{0}) // without the note
			do(int64(id), text)
		})
	})
}

// TextParts is how many goroutines EachText calls from.
func TextParts() int { return runtime.GOMAXPROCS(0) }

// SetText replaces a message's text and clears what was derived from the old one:
// near-duplicate, prediction and uncertainty. Personal details stay flagged.
func (d *Dataset) SetText(ctx context.Context, id int64, text string) error {
	if strings.TrimSpace(text) == "" {
		return i18n.Error("a message can't be empty; delete it instead")
	}
	return d.write(ctx, titleEdit, func(tx *writeTx) error {
		var old string
		err := tx.queryRow(`SELECT text FROM messages WHERE id = ? AND deleted = 0`, id).Scan(&old)
		if errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("message %d: %w", id, ErrNoMessage)
		}
		if err != nil || old == text {
			return err
		}
		return tx.setText(id, text)
	})
}

// editedColumns are set beside a message's text when that changes.
func editedColumns(text string) columns {
	return columns{
		"text": text, "flags": "flags & :kept", "near": "NULL",
		"reads_as": "NULL", "reads_as_score": "NULL", "doubt": "0",
	}
}

func (tx *writeTx) setText(id int64, text string) error {
	_, err := tx.changeMessages([]int64{id}, "true", editedColumns(":text"), args{"text": text, "kept": int(PersonalDetails)})
	return err
}

// SetTexts sets the texts of messages to what rewrite makes of those that they have, with
// the rules of SetText, as one change. A message whose text becomes empty is deleted. It returns
// how many changed and how many of these were deleted. The title gets the value Messages.
func (d *Dataset) SetTexts(ctx context.Context, title i18n.Text, ids []int64, rewrite func(id int64, text string) string, report Report) (changed, deleted int, err error) {
	err = d.write(ctx, title, func(tx *writeTx) error {
		tx.progress.report = report
		if _, err := tx.execUnrecorded(`CREATE TEMP TABLE texts (id INTEGER PRIMARY KEY, text TEXT)`); err != nil {
			return err
		}
		var gone []int64
		err := tx.inParts(ids, func(part []int64) error {
			n, emptied, err := tx.rewrite(part, rewrite)
			changed += n
			gone = append(gone, emptied...)
			return err
		})
		if err != nil {
			return err
		}
		tx.progress = progress{} // all of them are counted
		if deleted, err = tx.deleteMessages(gone); err != nil {
			return err
		}
		changed += deleted
		tx.title = title.With(messagesOf(changed))
		_, err = tx.execUnrecorded(`DROP TABLE temp.texts`)
		return err
	})
	return changed, deleted, err
}

// rewrite does so for a part of the messages.
func (tx *writeTx) rewrite(part []int64, rewrite func(id int64, text string) string) (changed int, emptied []int64, err error) {
	type text struct {
		ID   int64  `json:"id"`
		Text string `json:"text"`
	}
	var texts []text
	rows, err := tx.query(`SELECT id, text FROM messages WHERE deleted = 0 AND id IN (SELECT value FROM json_each(?))`, jsonOf(part))
	if err != nil {
		return 0, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var t text
		if err := rows.Scan(&t.ID, &t.Text); err != nil {
			return 0, nil, err
		}
		switch becomes := rewrite(t.ID, t.Text); {
		case strings.TrimSpace(becomes) == "":
			emptied = append(emptied, t.ID)
		case strings.ContainsRune(becomes, 0):
			return 0, nil, errNoText
		case becomes != t.Text:
			texts = append(texts, text{t.ID, becomes})
		}
	}
	if err := rows.Err(); err != nil {
		return 0, nil, err
	}
	_, err = tx.execUnrecorded(`
		DELETE FROM temp.texts;
		INSERT INTO temp.texts SELECT value ->> 'id', value ->> 'text' FROM json_each(?)`, jsonOf(texts))
	if err != nil {
		return 0, nil, err
	}
	changed, err = tx.change("messages", "id IN (SELECT id FROM temp.texts)",
		editedColumns("(SELECT t.text FROM temp.texts t WHERE t.id = messages.id)"), args{"kept": int(PersonalDetails)})
	return changed, emptied, err
}

// Divide makes several messages of one. The first piece is its new text, with the rules of
// SetText; each of the others becomes a message with the same category, source, tags and
// origin, which is to review. The note stays with the first. It returns the ids of the new ones.
func (d *Dataset) Divide(ctx context.Context, id int64, pieces []string) (added []int64, err error) {
	for _, piece := range pieces {
		if strings.TrimSpace(piece) == "" {
			return nil, i18n.Error("a message can't be empty; nothing was split")
		}
	}
	if len(pieces) < 2 {
		return nil, i18n.Error("there is nothing to split: choose where the message ends and the next one begins")
	}
	err = d.write(ctx, titleDivide, func(tx *writeTx) error {
		m, err := tx.message(id)
		if err != nil {
			return err
		}
		if err := tx.setText(id, pieces[0]); err != nil {
			return err
		}
		var others []Message
		for _, piece := range pieces[1:] {
			piece := Message{
				Text: piece, Category: m.Category, Confidence: m.Confidence, LabelledBy: m.LabelledBy, Source: m.Source,
				Flags: m.Flags & PersonalDetails, Tags: m.Tags, BatchID: m.BatchID, PassageID: m.PassageID, Conversation: m.Conversation, Created: m.Created,
			}
			others = append(others, piece)
		}
		added, err = tx.addMessages(others)
		return err
	})
	return added, err
}

// Join makes one message of several, in the order of ids, with a separator between their
// texts. It is the first of them, with the rules of SetText, and the others are deleted. It has
// the first category that any of them has, all their tags and notes, and is real, accepted or
// rejected only if all of them are.
func (d *Dataset) Join(ctx context.Context, ids []int64, separator string) error {
	if len(ids) < 2 {
		return i18n.Error("select at least two messages to join")
	}
	return d.write(ctx, titleJoin.With(messagesOf(len(ids))), func(tx *writeTx) error {
		parts := make([]Message, len(ids))
		texts := make([]string, len(ids))
		for i, id := range ids {
			m, err := tx.message(id)
			if err != nil {
				return err
			}
			parts[i], texts[i] = m, m.Text
		}
		if err := tx.setText(ids[0], strings.Join(texts, separator)); err != nil {
			return err
		}
		joined := joinedOf(parts)
		category, err := tx.categoryID(joined.Category)
		if err != nil {
			return err
		}
		values := args{
			"category": category, "confidence": nil, "by": int(joined.LabelledBy), "source": int(joined.Source), "status": int(joined.Status),
			"flags": int(joined.Flags), "note": joined.Note, "tags": string(joined.Tags),
		}
		if category != nil {
			values["confidence"] = joined.Confidence
		}
		_, err = tx.changeMessages(ids[:1], "true", columns{
			"category": ":category", "confidence": ":confidence", "labelled_by": ":by", "source": ":source", "status": ":status",
			"flags": ":flags", "note": ":note", "tags": ":tags",
		}, values)
		if err != nil {
			return err
		}
		_, err = tx.deleteMessages(slices.Clone(ids[1:]))
		return err
	})
}

// joinedOf is what a message that is joined of others has beside its text.
func joinedOf(parts []Message) Message {
	joined := parts[0]
	joined.Flags &= PersonalDetails
	for _, m := range parts[1:] {
		if joined.Category == "" {
			joined.Category, joined.Confidence, joined.LabelledBy = m.Category, m.Confidence, m.LabelledBy
		}
		if m.Source != joined.Source {
			joined.Source = Synthetic
		}
		if m.Status != joined.Status {
			joined.Status = ToReview
		}
		joined.Flags |= m.Flags & PersonalDetails
		joined.Tags = joined.Tags.With(m.Tags)
		joined.Note = strings.TrimSpace(joined.Note + "\n" + m.Note)
	}
	return joined
}

// message reads a message as it is within the change.
func (tx *writeTx) message(id int64) (Message, error) {
	m, err := scanMessage(tx.queryRow(selectMessages+`WHERE m.id = ? AND m.deleted = 0`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return m, fmt.Errorf("message %d: %w", id, ErrNoMessage)
	}
	return m, err
}

var (
	titleDivide = i18n.T("Split a message")
	titleJoin   = i18n.T("Join {{.Messages}}")
)
