package cli

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"

	"seedbed/assets/i18n"
	"seedbed/gen/intent"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/table"
	"seedbed/localdb/split"
)

// examplesOf returns rows as examples to test the check model on.
func examplesOf(rows []exchange.Row) []intent.Example {
	examples := make([]intent.Example, len(rows))
	for i, row := range rows {
		examples[i] = intent.Example{Text: row.Message, Category: row.Category, Group: -1}
	}
	return examples
}

// trainingExamples returns rows as examples to train the check model on: near-duplicates and
// turns of one conversation share a group.
func trainingExamples(ctx context.Context, rows []exchange.Row) ([]intent.Example, error) {
	items := make([]split.Item, len(rows))
	for i, row := range rows {
		items[i] = split.Item{ID: int64(i), Text: row.Message, Category: row.Category, Group: row.Conversation}
	}
	groups, err := split.Groups(ctx, items)
	if err != nil {
		return nil, err
	}
	examples := examplesOf(rows)
	for i, group := range groups {
		examples[i].Group = group
	}
	return examples, nil
}

// writeMessages writes messages in a format, and tells what a person should know of the
// file, such as names that the format doesn't allow.
func writeMessages(t *terminal, path string, writer exchange.Writer, rows []exchange.Row) error {
	if writer.Format == table.CSV {
		return writeRows(t, path, rows)
	}
	all := func(yield func(exchange.Row, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
	told := func(said i18n.Text) { t.say("%s: %s", path, said) }
	options := exchange.WriteOptions{Notes: slices.ContainsFunc(rows, noted), Told: told}
	return t.writeFile(path, func(w io.Writer) error { return writer.Write(w, all, options) })
}

func noted(row exchange.Row) bool { return row.Note != "" || row.Tags != "" }

// writeRows writes messages for training: message,category,confidence, where the messages
// are of conversations, which one, so that a split keeps them together, and notes and tags
// where there are any.
func writeRows(t *terminal, path string, rows []exchange.Row) error {
	conversations := slices.ContainsFunc(rows, func(row exchange.Row) bool { return row.Conversation != "" })
	return t.writeFile(path, func(w io.Writer) error {
		out := newRowWriter(w, conversations)
		out.notes = slices.ContainsFunc(rows, noted)
		for _, row := range rows {
			if err := out.write(row); err != nil {
				return err
			}
		}
		return out.flush()
	})
}

// rowWriter writes the CSV file of messages, line by line.
type rowWriter struct {
	csv           *csv.Writer
	conversations bool
	notes         bool
	begun         bool
}

func newRowWriter(w io.Writer, conversations bool) *rowWriter {
	return &rowWriter{csv: csv.NewWriter(w), conversations: conversations}
}

func (w *rowWriter) write(row exchange.Row) error {
	if err := w.begin(); err != nil {
		return err
	}
	record := []string{row.Message, row.Category, ""}
	if row.HasConfidence {
		record[2] = strconv.FormatFloat(row.Confidence, 'g', 4, 64)
	}
	if w.conversations {
		record = append(record, row.Conversation)
	}
	if w.notes {
		record = append(record, row.Note, row.Tags)
	}
	return w.csv.Write(record)
}

func (w *rowWriter) begin() error {
	if w.begun {
		return nil
	}
	w.begun = true
	header := []string{"message", "category", "confidence"}
	if w.conversations {
		header = append(header, "conversation")
	}
	if w.notes {
		header = append(header, "note", "tags")
	}
	return w.csv.Write(header)
}

func (w *rowWriter) flush() error {
	err := w.begin()
	w.csv.Flush()
	return errors.Join(err, w.csv.Error())
}
