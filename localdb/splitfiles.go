package localdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"seedbed/localdb/exchange"
)

// SplitReport is a split that was written, and what was left out of it.
type SplitReport struct {
	SplitResult
	Paths       [3]string // the files, in the order of Parts
	Unlabelled  int       // messages without a category: in none of the files
	NotTraining int       // messages of categories that training is not to see: likewise
}

// ExportSplits splits the messages that match the filter, and writes train.csv,
// val.csv and test.csv into a folder. Near-duplicates, the messages of one batch and
// those of one conversation stay together.
func (d *Dataset) ExportSplits(ctx context.Context, folder string, filter Filter, opt SplitOptions, form exchange.Form) (SplitReport, error) {
	categories, err := d.Categories(ctx)
	if err != nil {
		return SplitReport{}, err
	}
	training := map[string]bool{"": true}
	for _, c := range categories {
		training[c.Name] = c.Training
	}
	var rows []exchange.Row
	notTraining := 0
	for m, err := range d.Messages(ctx, filter) {
		if err != nil {
			return SplitReport{}, err
		}
		if !training[m.Category] {
			notTraining++
			continue
		}
		rows = append(rows, exchange.Row{
			Message: m.Text, Category: m.Category, Confidence: m.Confidence, HasConfidence: true, Conversation: m.Family(),
		})
	}
	report, err := WriteSplits(ctx, folder, rows, opt, form)
	report.NotTraining = notTraining
	return report, err
}

// Family names what a message must not be torn from: its conversation, or the batch
// that wrote it; "" for none.
func (m Message) Family() string {
	switch {
	case m.Conversation != "":
		return "conversation " + m.Conversation
	case m.BatchID != 0:
		return fmt.Sprint("batch ", m.BatchID)
	}
	return ""
}

// WriteSplits splits rows and writes train.csv, val.csv and test.csv into a folder,
// which is made where it is missing. Rows of one conversation stay together. The
// files appear once all are written; until then those that are there stay.
func WriteSplits(ctx context.Context, folder string, rows []exchange.Row, opt SplitOptions, form exchange.Form) (report SplitReport, err error) {
	labelled := make([]*exchange.Row, 0, len(rows))
	items := make([]SplitItem, 0, len(rows))
	for i := range rows {
		row := &rows[i]
		if row.Category == "" {
			report.Unlabelled++
			continue
		}
		labelled = append(labelled, row)
		items = append(items, SplitItem{ID: int64(i), Text: row.Message, Category: row.Category, Family: row.Conversation})
	}
	if len(items) == 0 && report.Unlabelled > 0 {
		return report, errors.New("none of the messages has a category, so there is nothing to split: label them first")
	}
	if report.SplitResult, err = Split(ctx, items, opt); err != nil {
		return report, err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return report, fmt.Errorf("could not make the folder %s; nothing was written: %w", folder, err)
	}
	beside, err := os.MkdirTemp(folder, ".splits-*")
	if err != nil {
		return report, fmt.Errorf("could not write into %s; nothing was written: %w", folder, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(beside)) }()
	for part, name := range Parts {
		err := exchange.WriteFile(filepath.Join(beside, name+".csv"), func(w io.Writer) error {
			return exchange.WriteCSV(w, func(yield func(exchange.Row, error) bool) {
				for i, row := range labelled {
					if report.Parts[i] == Part(part) && !yield(*row, ctx.Err()) {
						return
					}
				}
			}, form)
		})
		if err != nil {
			return report, err
		}
	}
	for part, name := range Parts {
		report.Paths[part] = filepath.Join(folder, name+".csv")
		if err := os.Rename(filepath.Join(beside, name+".csv"), report.Paths[part]); err != nil {
			return report, fmt.Errorf("could not put %s in its place: %w", report.Paths[part], err)
		}
	}
	return report, nil
}
