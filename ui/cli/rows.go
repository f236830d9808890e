package cli

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"seedbed/gen/intent"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/formats"
)

// columnFlags name the columns of a file whose header does not say what they are.
type columnFlags struct {
	MessageColumn  string `placeholder:"NAME" help:"The column of the messages; found by its name and content unless given."`
	CategoryColumn string `placeholder:"NAME" help:"The column of the categories; likewise."`
}

func (c columnFlags) fields() map[string]exchange.Field {
	fields := map[string]exchange.Field{}
	for name, field := range map[string]exchange.Field{c.MessageColumn: exchange.Message, c.CategoryColumn: exchange.Category} {
		if name != "" {
			fields[name] = field
		}
	}
	return fields
}

// rowFile is a file of messages that was read whole.
type rowFile struct {
	rows     []exchange.Row
	rejected int // lines that could not be used
}

// readRows reads a file of messages; each line that can't be used is told.
func readRows(t *terminal, path string, fields map[string]exchange.Field) (file rowFile, err error) {
	reading, err := formats.Open(path, exchange.Options{Columns: fields, Rejected: func(r exchange.Rejected) { file.reject(t, path, r.Line, r.Reason.Error(), r.Text) }})
	if err != nil {
		return file, fmt.Errorf("%s: %w", path, err)
	}
	defer reading.Close()
	for row, err := range reading.Rows() {
		if err != nil {
			return file, fmt.Errorf("%s: %w", path, err)
		}
		file.rows = append(file.rows, row)
	}
	return file, nil
}

// mostTold bounds how many lines are told one by one.
const mostTold = 100

func (f *rowFile) reject(t *terminal, path string, line int, reason, text string) {
	switch f.rejected++; {
	case f.rejected <= mostTold:
		t.say("%s, line %d: %s: %q", path, line, reason, text)
	case f.rejected == mostTold+1:
		t.say("%s: and more lines like these", path)
	}
}

// readLabelled reads the messages of a file that have a category.
func readLabelled(t *terminal, path string, c columnFlags) (rowFile, error) {
	fields, err := labelledFields(path, c)
	if err != nil {
		return rowFile{}, err
	}
	file, err := readRows(t, path, fields)
	if err != nil {
		return file, err
	}
	labelled := file.rows[:0]
	for _, row := range file.rows {
		if row.Category == "" {
			file.reject(t, path, row.Line, "no category", row.Message)
			continue
		}
		labelled = append(labelled, row)
	}
	if file.rows = labelled; len(labelled) == 0 {
		return file, fmt.Errorf("%s holds no message with a category", path)
	}
	return file, nil
}

// labelledFields finds the column with the categories, whatever its name: where only
// one is left beside the messages, it is that.
func labelledFields(path string, c columnFlags) (map[string]exchange.Field, error) {
	fields := c.fields()
	reading, err := formats.Open(path, exchange.Options{Columns: fields})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	defer reading.Close()
	var names, unused []string
	for _, column := range reading.Facts.Columns {
		names = append(names, strconv.Quote(column.Name))
		if column.Use == exchange.Category {
			return fields, nil
		}
		if column.Use == exchange.Ignore {
			unused = append(unused, column.Name)
		}
	}
	switch {
	case len(names) == 0: // a format that says what is what
		return fields, nil
	case len(unused) == 1:
		fields[unused[0]] = exchange.Category
		return fields, nil
	}
	return nil, fmt.Errorf("%s has no column of categories; its columns are %s: name one with --category-column", path, strings.Join(names, ", "))
}

// examplesOf makes of rows what the check model is tested on.
func examplesOf(rows []exchange.Row) []intent.Example {
	examples := make([]intent.Example, len(rows))
	for i, row := range rows {
		examples[i] = intent.Example{Text: row.Message, Category: row.Category, Group: -1}
	}
	return examples
}

// trainingExamples makes of rows what the check model learns from: near-duplicates and
// turns of one conversation are tied together.
func trainingExamples(ctx context.Context, rows []exchange.Row) ([]intent.Example, error) {
	items := make([]localdb.SplitItem, len(rows))
	for i, row := range rows {
		items[i] = localdb.SplitItem{ID: int64(i), Text: row.Message, Category: row.Category, Family: row.Conversation}
	}
	groups, err := localdb.Groups(ctx, items)
	if err != nil {
		return nil, err
	}
	examples := examplesOf(rows)
	for i, group := range groups {
		examples[i].Group = group
	}
	return examples, nil
}

// writeRows writes messages for training: message,category,confidence, and where the
// messages are of conversations, which one, so that a split keeps them together.
func writeRows(path string, rows []exchange.Row) error {
	header := []string{"message", "category", "confidence"}
	conversations := false
	for _, row := range rows {
		conversations = conversations || row.Conversation != ""
	}
	if conversations {
		header = append(header, "conversation")
	}
	return exchange.WriteFile(path, func(w io.Writer) error {
		out := csv.NewWriter(w)
		err := out.Write(header)
		for _, row := range rows {
			record := []string{row.Message, row.Category, ""}
			if row.HasConfidence {
				record[2] = strconv.FormatFloat(row.Confidence, 'g', 4, 64)
			}
			if conversations {
				record = append(record, row.Conversation)
			}
			err = errors.Join(err, out.Write(record))
		}
		out.Flush()
		return errors.Join(err, out.Error())
	})
}
