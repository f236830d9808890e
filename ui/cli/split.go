package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"seedbed/assets/number"
	"seedbed/gen/export"
	"seedbed/gen/intent/outofscope"
	"seedbed/localdb/exchange/table"
	"seedbed/localdb/split"
)

type splitCommand struct {
	Input       string `placeholder:"FILE.csv" type:"existingfile" help:"The labelled messages to split."`
	Dataset     string `placeholder:"FILE.seedbed" type:"existingfile" help:"The dataset to split; rejected messages stay out."`
	Output      string `required:"" placeholder:"DIR" help:"The folder for train.csv, val.csv and test.csv."`
	Ratios      string `default:"80/10/10" help:"The shares of train, validation and test."`
	Seed        uint64 `type:"seed" default:"42" help:"The same seed gives the same split."`
	IncludeNone bool   `help:"Also split messages of no category, as none: of a dataset, those of categories kept out of training; of a file, those without a category, or of the category oos or out_of_scope."`
	readFlags
	JSON bool `name:"json" help:"Write the result to standard output as JSON."`
}

// Help is shown below the flags.
func (splitCommand) Help() string {
	return "Near-duplicates, messages of one batch and turns of one conversation stay together, and every file has the same mix of categories.\n\nExample:\n  seedbed split --input synthetic_labeled.csv --output intent/"
}

// splitReport is the result of split.
type splitReport struct {
	Train        int                       `json:"train"`
	Val          int                       `json:"val"`
	Test         int                       `json:"test"`
	LeftOut      int                       `json:"left_out"`
	Leaks        int                       `json:"leaks"`
	Groups       int                       `json:"groups"`
	LargestGroup int                       `json:"largest_group"`
	PerCategory  map[string]map[string]int `json:"per_category"`
	readReport
	Files []string `json:"files"`
}

// Run splits a file or a dataset into three files and reports the result.
func (c *splitCommand) Run(ctx context.Context, t *terminal) error {
	report, err := c.split(ctx, t)
	if err != nil {
		return err
	}
	return t.result(c.JSON, report, report.print)
}

func (c *splitCommand) split(ctx context.Context, t *terminal) (splitReport, error) {
	opt, err := c.options()
	if err != nil {
		return splitReport{}, err
	}
	if err := c.check(t); err != nil {
		return splitReport{}, err
	}
	set, end := t.bar(100)
	opt.Progress = func(done, total int) { set(100*done/max(1, total), "") }
	var result split.Result
	var read readReport
	if c.Dataset != "" {
		result, err = c.splitDataset(ctx, t, opt)
	} else {
		result, read, err = c.splitFile(ctx, t, opt)
	}
	end()
	return newSplitReport(result, read, c.Output), err
}

// check refuses a folder in which something else would be destroyed.
func (c *splitCommand) check(t *terminal) error {
	var names []string
	for _, part := range split.Parts {
		names = append(names, part+".csv")
	}
	return t.checkOutputFolder(c.Output, names, c.Input, c.Dataset)
}

func (c *splitCommand) options() (opt split.Options, err error) {
	if (c.Input == "") == (c.Dataset == "") {
		return opt, usageError{errors.New("give either --input FILE.csv or --dataset FILE.seedbed")}
	}
	opt.Seed = c.Seed
	shares := strings.Split(c.Ratios, "/")
	if len(shares) != len(opt.Ratios) {
		return opt, usageError{fmt.Errorf("--ratios %s should be three shares such as 80/10/10", c.Ratios)}
	}
	for i, share := range shares {
		if opt.Ratios[i], err = number.Ratio.Parse(share); err != nil {
			return opt, usageError{fmt.Errorf("--ratios: %w", err)}
		}
	}
	if err := opt.Check(); err != nil {
		return opt, usageError{err}
	}
	return opt, nil
}

func (c *splitCommand) splitDataset(ctx context.Context, t *terminal, opt split.Options) (result split.Result, err error) {
	d, err := t.readDataset(ctx, c.Dataset)
	if err != nil {
		return result, err
	}
	defer d.Close()
	exported, err := export.Write(ctx, d, export.Plan{Dir: c.Output, Format: table.CSV, Splits: true, Split: opt, IncludeNone: c.IncludeNone})
	if err != nil {
		return result, err
	}
	return *exported.Split, nil
}

// splitFile splits the labelled rows of a file and reports unusable ones.
func (c *splitCommand) splitFile(ctx context.Context, t *terminal, opt split.Options) (result split.Result, read readReport, err error) {
	file, err := readLabelled(ctx, t, c.Input, c.readFlags, c.IncludeNone)
	if err != nil {
		return result, read, err
	}
	for i := range file.rows {
		if c.IncludeNone && outofscope.IsNone(file.rows[i].Category) {
			file.rows[i].Category = outofscope.None
		}
	}
	result, err = export.SplitRows(ctx, c.Output, file.rows, opt)
	return result, file.read, err
}

func newSplitReport(result split.Result, read readReport, dir string) splitReport {
	r := splitReport{
		Train: result.Sizes[split.Train], Val: result.Sizes[split.Validation], Test: result.Sizes[split.Test],
		LeftOut: result.LeftOut, Leaks: len(result.Leaks), Groups: result.Groups, LargestGroup: result.LargestSet,
		PerCategory: map[string]map[string]int{}, readReport: read,
	}
	for category, counts := range result.Counts {
		r.PerCategory[category] = map[string]int{}
		for part, name := range split.Parts {
			r.PerCategory[category][name] = counts[part]
		}
	}
	for _, name := range split.Parts {
		r.Files = append(r.Files, filepath.Join(dir, name+".csv"))
	}
	return r
}

func (r splitReport) print(w io.Writer) {
	printf(w, "%-16s %6s %6s %6s\n", "", "train", "val", "test")
	for _, category := range sortedKeys(r.PerCategory) {
		n := r.PerCategory[category]
		printf(w, "%-16s %6d %6d %6d\n", category, n["train"], n["val"], n["test"])
	}
	printf(w, "%-16s %6d %6d %6d\n", "in all", r.Train, r.Val, r.Test)
	printf(w, "%d leaks: near-duplicates, batches and conversations are each in one file only.\n", r.Leaks)
	if r.RejectedLines > 0 {
		printf(w, "%d lines could not be used and are listed above.\n", r.RejectedLines)
	}
}
