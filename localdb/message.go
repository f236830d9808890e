package localdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"seedbed/assets/i18n"
	"seedbed/localdb/rowindex"
)

// Source says whether a message was written for the dataset or by a user.
type Source int

// The sources.
const (
	Synthetic Source = iota
	Real
)

// Status is how far a message has been reviewed.
type Status int

// The statuses.
const (
	ToReview Status = iota
	Accepted
	Rejected
)

// Flag is a set of reasons to review a message, one bit each.
type Flag int

// The flags.
const (
	NearDuplicate   Flag = 1 << iota // a near-duplicate of another message
	Mislabelled                      // the check reads it as another category
	PersonalDetails                  // names, numbers or addresses that point to a person
	TwoCategories                    // the same text has two categories
	OutOfScope                       // the check reads it as one of no category

	// fromCheck are the flags that a check sets, and a person's label clears.
	fromCheck = Mislabelled | OutOfScope
)

// AllFlags lists every flag in the order in which they are shown.
var AllFlags = []Flag{NearDuplicate, Mislabelled, PersonalDetails, TwoCategories, OutOfScope}

// LabelledBy is who gave a message its category. What a person gave is never
// overwritten by a machine.
type LabelledBy int

// The givers of labels.
const (
	Nobody LabelledBy = iota
	ByWriter
	ByFile
	ByCheck
	ByModel
	ByPerson
)

// Message is one row of a dataset.
type Message struct {
	ID         int64
	Text       string
	Category   string  // a category's name; "" when nobody and nothing labelled it
	Confidence float64 // 0 to 1; meaningless without a category
	LabelledBy LabelledBy
	Source     Source
	Status     Status
	Flags      Flag

	Predicted      string  // the category that the check predicts, if it disagrees; "" otherwise
	PredictedScore float64 // 0 to 1
	Uncertainty    float64 // 0 to 1; the review queue starts with the highest

	BatchID      int64 // the batch that wrote it; 0 for none
	PassageID    int64 // the passage it was written from; 0 for none
	NearID       int64 // the message it nearly copies; 0 for none
	Conversation string
	Note         string // what a person noted about it
	Tags         Tags
	Created      time.Time // when it came into the dataset; to the millisecond
}

// selectMessages reads whole messages; scanMessage knows its columns. The columns
// reads_as and doubt hold the prediction and its uncertainty.
const selectMessages = `
	SELECT m.id, m.text, coalesce(c.name, ''), coalesce(m.confidence, 0), m.labelled_by, m.source, m.status, m.flags,
	       coalesce(r.name, ''), coalesce(m.reads_as_score, 0), m.doubt,
	       coalesce(m.batch, 0), coalesce(m.passage, 0), coalesce(m.near, 0), coalesce(m.conversation, ''), m.note, m.tags, m.created
	FROM messages m
	LEFT JOIN categories c ON c.id = m.category
	LEFT JOIN categories r ON r.id = m.reads_as `

func scanMessage(row interface{ Scan(...any) error }) (Message, error) {
	var m Message
	var created int64
	err := row.Scan(&m.ID, &m.Text, &m.Category, &m.Confidence, &m.LabelledBy, &m.Source, &m.Status, &m.Flags,
		&m.Predicted, &m.PredictedScore, &m.Uncertainty,
		&m.BatchID, &m.PassageID, &m.NearID, &m.Conversation, &m.Note, &m.Tags, &created)
	m.Created = time.UnixMilli(created).UTC()
	return m, err
}

// ErrNoMessage means that a message is not, or no longer, in the dataset.
var ErrNoMessage = i18n.Error("this message is not in the dataset any more")

// Message returns one message, or ErrNoMessage.
func (d *Dataset) Message(ctx context.Context, id int64) (Message, error) {
	m, err := scanMessage(d.reader.QueryRowContext(ctx, selectMessages+`WHERE m.id = ? AND m.deleted = 0`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return Message{}, fmt.Errorf("message %d: %w", id, ErrNoMessage)
	}
	return m, err
}

// readMessages reads the messages that a WHERE clause picks.
func (d *Dataset) readMessages(ctx context.Context, where string, args ...any) ([]Message, error) {
	rows, err := d.reader.QueryContext(ctx, selectMessages+where, args...)
	if err != nil {
		return nil, readError(err)
	}
	defer rows.Close()
	var messages []Message
	for rows.Next() {
		m, err := scanMessage(rows)
		if err != nil {
			return nil, readError(err)
		}
		messages = append(messages, m)
	}
	if err := rows.Err(); err != nil {
		return nil, readError(err)
	}
	return messages, nil
}

// Messages streams the messages that match the filter, in id order, as they were
// when the loop began. Changes can be made meanwhile.
// The filter's queue is for views and is ignored here.
func (d *Dataset) Messages(ctx context.Context, filter Filter) iter.Seq2[Message, error] {
	return func(yield func(Message, error) bool) {
		where, args := filter.where()
		rows, err := d.reader.QueryContext(ctx, selectMessages+where+` ORDER BY m.id`, args...)
		if err != nil {
			yield(Message{}, readError(err))
			return
		}
		defer rows.Close()
		needle := rowindex.Fold(filter.Search)
		for rows.Next() {
			m, err := scanMessage(rows)
			if err == nil && !holds(m.Text, m.Note, needle) {
				continue
			}
			if !yield(m, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(Message{}, readError(err))
		}
	}
}

// holds reports whether a message is found by a folded needle: in its text or its note.
func holds(text, note, needle string) bool {
	return needle == "" || strings.Contains(rowindex.Fold(text), needle) || strings.Contains(rowindex.Fold(note), needle)
}

// Add adds messages to the dataset and returns their ids, in order. Their ids
// and, if it is zero, their time of creation are set here. The title is what undo
// calls it; without one it can't be undone.
func (d *Dataset) Add(ctx context.Context, title i18n.Text, messages []Message) (ids []int64, err error) {
	err = d.write(ctx, title, func(tx *writeTx) error {
		ids, err = tx.addMessages(messages)
		return err
	})
	return ids, err
}

// Relabel gives messages another category ("" removes the label) and returns how
// many changed. Only a person changes a label given by a person. A person's
// label clears the check's prediction.
func (d *Dataset) Relabel(ctx context.Context, ids []int64, category string, by LabelledBy, confidence float64, report Report) (changed int, err error) {
	title := titleRelabel
	if category == "" {
		title, by = titleUnlabel, Nobody
	}
	err = d.write(ctx, title, func(tx *writeTx) error {
		tx.progress.report = report
		id, err := tx.categoryID(category)
		if err != nil {
			return err
		}
		condition := "true"
		to := columns{"category": ":category", "confidence": ":confidence", "labelled_by": ":by"}
		if by == ByPerson || by == Nobody {
			to["flags"] = fmt.Sprintf("flags & ~%d", fromCheck)
			to["reads_as"], to["reads_as_score"], to["doubt"] = "NULL", "NULL", "0"
		} else {
			condition = fmt.Sprintf("labelled_by <> %d", ByPerson)
		}
		values := args{"category": id, "confidence": confidence, "by": int(by)}
		if id == nil {
			values["confidence"] = nil
		}
		changed, err = tx.changeMessages(ids, condition, to, values)
		tx.title = title.With(i18n.Values{"Messages": countMessages(changed), "Category": category})
		return err
	})
	return changed, err
}

// SetStatus accepts, rejects or reopens messages and returns how many changed.
func (d *Dataset) SetStatus(ctx context.Context, ids []int64, status Status, report Report) (changed int, err error) {
	title := map[Status]i18n.Text{ToReview: titleReopen, Accepted: titleAccept, Rejected: titleReject}[status]
	err = d.write(ctx, title, func(tx *writeTx) error {
		tx.progress.report = report
		changed, err = tx.changeMessages(ids, "true", columns{"status": ":status"}, args{"status": int(status)})
		tx.title = title.With(messagesOf(changed))
		return err
	})
	return changed, err
}

// Delete deletes messages, until undo brings them back, and
// returns how many were deleted.
func (d *Dataset) Delete(ctx context.Context, ids []int64, report Report) (deleted int, err error) {
	err = d.write(ctx, titleDelete, func(tx *writeTx) error {
		tx.progress.report = report
		deleted, err = tx.deleteMessages(ids)
		tx.title = titleDelete.With(messagesOf(deleted))
		return err
	})
	return deleted, err
}

// shorten makes a text fit into an error.
func shorten(text string) string {
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return text
}
