package localdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"seedbed/assets/i18n"
)

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
