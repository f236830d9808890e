package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"seedbed/gen/intent"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/formats"
	"seedbed/localdb/exchange/table"
)

type mergeCommand struct {
	Files        []string `arg:"" optional:"" name:"file" type:"existingfile" help:"The files of messages. Of duplicates, the first is kept."`
	Input        []string `placeholder:"FILE.csv" type:"existingfile" sep:"none" help:"The same as FILE; can be repeated, and comes before."`
	Output       string   `required:"" placeholder:"FILE.csv" help:"The file to write, as .csv with message,category,confidence or in another format; - for standard output."`
	OutputFormat string   `placeholder:"NAME" help:"The format to write, such as rasa-yaml or dialogflow-es; found by the end of the file's name unless given."`
	KeepNear     bool     `help:"Keep near-duplicates."`
	readFlags
	JSON bool `name:"json" help:"Write the result to standard output as JSON."`
}

// Help is shown below the flags.
func (mergeCommand) Help() string {
	return `Duplicates and near-duplicates of earlier lines are left out and listed. A text with two categories is kept with both and reported, for a person to decide. If messages belong to conversations, a column identifies them, so that a split keeps them together.

Example:
  seedbed merge --input synthetic.csv --input real_labeled.csv --output combined.csv
  seedbed merge synthetic.csv real_labeled.csv --output combined.csv`
}

// mergeReport is the result of merge.
type mergeReport struct {
	Messages       int            `json:"messages"`
	PerCategory    map[string]int `json:"per_category"` // unlabelled messages under ""
	Duplicates     int            `json:"duplicates"`
	NearDuplicates int            `json:"near_duplicates"`
	readReport
	TwoCategories map[string][]string `json:"two_categories"` // the categories of a text
	Inputs        []mergedInput       `json:"inputs"`
	Output        string              `json:"output"`
	Format        string              `json:"format"`
}

// mergedInput is the result of merging one file.
type mergedInput struct {
	File           string `json:"file"`
	Rows           int    `json:"rows"`
	Added          int    `json:"added"`
	Duplicates     int    `json:"duplicates"`
	NearDuplicates int    `json:"near_duplicates"`
	readReport
}

// Run merges the files one after another into a dataset of its own, and writes that.
func (c *mergeCommand) Run(ctx context.Context, t *terminal) (err error) {
	files := slices.Concat(c.Input, c.Files)
	if len(files) == 0 {
		return usageError{errors.New("give the files to put together, as arguments or with --input")}
	}
	if c.OutputFormat == "" && isStream(c.Output) {
		c.OutputFormat = table.CSV.ID
	}
	writer, err := formats.WriterFor(c.OutputFormat, c.Output)
	if err != nil && !isDatasetName(c.Output) {
		return usageError{fmt.Errorf("--output-format: %w", err)}
	}
	if err := t.checkOutput(c.Output, mergedKind(writer.Format), files...); err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "seedbed-merge-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	d, err := localdb.Create(ctx, filepath.Join(scratch, "merge.seedbed"), nil)
	if err != nil {
		return err
	}
	defer d.Close()
	report := mergeReport{PerCategory: map[string]int{}, TwoCategories: map[string][]string{}, Output: c.Output, Format: writer.Format.String()}
	for _, path := range files {
		input, err := c.merge(ctx, t, d, path)
		if err != nil {
			return fmt.Errorf("%w. Nothing was written", err)
		}
		report.Inputs = append(report.Inputs, input)
		report.Duplicates += input.Duplicates
		report.NearDuplicates += input.NearDuplicates
		report.join(input.readReport)
	}
	if err := report.conflicts(ctx, t, d); err != nil {
		return err
	}
	var rows []exchange.Row
	for row, err := range d.Rows(ctx, localdb.Filter{Statuses: []localdb.Status{localdb.ToReview, localdb.Accepted}}) {
		if err != nil {
			return err
		}
		rows = append(rows, row)
		report.PerCategory[row.Category]++
	}
	if report.Messages = len(rows); report.Messages == 0 {
		return errors.New("the files hold no messages; nothing was written")
	}
	if err := writeMessages(t, c.Output, writer, rows); err != nil {
		return err
	}
	return t.result(c.JSON, report, report.print)
}

// mergedKind is the kind of a file in a format; nil is any.
func mergedKind(format *exchange.Format) outputKind {
	kind := outputKind{func(head []byte) bool { return !intent.IsModelFile(head) }, []string{".csv", ".txt"}}
	if format == nil {
		return kind
	}
	switch kind.endings = []string{format.Extension, ".txt"}; format.Extension {
	case ".json", ".jsonl", ".ndjson":
		kind.endings = append(kind.endings, ".json", ".jsonl", ".ndjson")
	case ".yml":
		kind.endings = append(kind.endings, ".yaml")
	}
	return kind
}

// merge merges one file and reports what was left out of it.
func (c *mergeCommand) merge(ctx context.Context, t *terminal, d *localdb.Dataset, path string) (mergedInput, error) {
	input := mergedInput{File: path}
	in, err := openInput(t, path, c.readFlags)
	if err != nil {
		return input, err
	}
	defer in.Close()
	in.introduce()
	merged, err := d.Merge(ctx, in.messages(ctx), localdb.MergeOptions{SkipNear: !c.KeepNear})
	if err != nil {
		return input, err
	}
	for _, row := range merged.LeftOut {
		switch {
		case row.CopyOf == row.Text: // needs no explanation
		case row.CopyOf != "":
			t.say("%s, line %d: left out, %.2f like %q: %q", path, row.Line, row.Near, row.CopyOf, row.Text)
		default:
			in.tell(exchange.Rejected{Line: row.Line, Reason: row.Reason, Text: row.Text})
		}
	}
	if listed := len(merged.LeftOut); listed < merged.Known+merged.Near+merged.Unusable {
		t.say("%s: and %d more lines left out", path, merged.Known+merged.Near+merged.Unusable-listed)
	}
	input.Rows, input.Added, input.Duplicates, input.NearDuplicates = merged.Rows, merged.Added, merged.Known+merged.Labelled, merged.Near
	input.add(in.Tally)
	input.RejectedLines += merged.Unusable
	return input, nil
}

// conflicts finds and reports texts that have several categories.
func (r *mergeReport) conflicts(ctx context.Context, t *terminal, d *localdb.Dataset) error {
	for m, err := range d.Messages(ctx, localdb.Filter{Flags: localdb.TwoCategories}) {
		if err != nil {
			return err
		}
		r.TwoCategories[m.Text] = append(r.TwoCategories[m.Text], m.Category)
	}
	for _, text := range slices.Sorted(maps.Keys(r.TwoCategories)) {
		t.say("Under several categories (%s): %q", strings.Join(r.TwoCategories[text], ", "), text)
	}
	return nil
}

func (r mergeReport) print(w io.Writer) {
	for _, input := range r.Inputs {
		printf(w, "%s: %d of %d messages\n", input.File, input.Added, input.Rows)
	}
	for _, category := range sortedKeys(r.PerCategory) {
		name := category
		if name == "" {
			name = "(no category)"
		}
		printf(w, "  %-14s %5d\n", name, r.PerCategory[category])
	}
	printf(w, "Left out: %d duplicates, %d near-duplicates. Under several categories: %d texts.\n", r.Duplicates, r.NearDuplicates, len(r.TwoCategories))
	if r.RejectedLines > 0 {
		printf(w, "%d lines could not be used and are listed above.\n", r.RejectedLines)
	}
	printf(w, "%s: %s, %d messages\n", r.Format, r.Output, r.Messages)
}
