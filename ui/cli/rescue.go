package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"seedbed/localdb/backup"
	"seedbed/localdb/rescue"
)

type rescueCommand struct {
	File   string `arg:"" type:"existingfile" help:"The damaged dataset, which is left as it is."`
	Output string `placeholder:"FILE.seedbed" help:"The new dataset; beside the damaged one unless given. It never replaces a file."`
	JSON   bool   `name:"json" help:"Write the result to standard output as JSON."`
}

// Help is shown below the flags.
func (rescueCommand) Help() string {
	return `Copies messages with their labels, categories, passages and runs, and says how many are lost. The undo history and deleted messages are left behind.

Example:
  seedbed rescue coaching.seedbed
  seedbed rescue coaching.seedbed --output rescued.seedbed`
}

// rescueReport is the result of rescue.
type rescueReport struct {
	rescue.Report
	Complete bool   `json:"complete"` // nothing is known to be lost
	Output   string `json:"output"`
	Backups  int    `json:"backups"` // sound ones that the dataset can be put back to
	file     string
}

// Run copies what can be read and reports what can't.
func (c *rescueCommand) Run(ctx context.Context, t *terminal) error {
	report := rescueReport{file: c.File, Output: c.Output}
	if report.Output == "" {
		ending := filepath.Ext(c.File)
		report.Output = strings.TrimSuffix(c.File, ending) + " (rescued).seedbed"
	}
	if err := checkNewDataset(report.Output); err != nil {
		return err
	}
	set, end := t.bar(100)
	var err error
	report.Report, err = rescue.Rescue(ctx, c.File, report.Output, func(done, total int) { set(100*done/max(total, 1), "") })
	end()
	backups, listErr := backup.Sound(ctx, c.File)
	if listErr == nil {
		report.Backups = len(backups)
	}
	switch {
	case err != nil && report.Backups > 0:
		return fmt.Errorf("%w; there are %d backups, which seedbed backups lists", err, report.Backups)
	case err != nil:
		return err
	}
	report.Complete = report.Report.Complete()
	return t.result(c.JSON, report, report.print)
}

func (r rescueReport) print(w io.Writer) {
	fmt.Fprintf(w, "%-12s %9s %9s\n", "", "rescued", "lost")
	for _, line := range []struct {
		name string
		rescue.Count
	}{{"messages", r.Messages}, {"categories", r.Categories}, {"passages", r.Passages}, {"runs", r.Runs}} {
		more := ""
		if line.AndMore {
			more = "  and perhaps more: the end is missing"
		}
		fmt.Fprintf(w, "%-12s %9d %9d%s\n", line.name, line.Rescued, line.Lost, more)
	}
	if r.Unlabelled > 0 {
		fmt.Fprintf(w, "%d messages lost their label or status and are to be reviewed again.\n", r.Unlabelled)
	}
	if r.Complete {
		fmt.Fprintln(w, "Nothing is known to be lost.")
	}
	fmt.Fprintf(w, "The new dataset is %s; %s is unchanged.\n", r.Output, r.file)
	if r.Backups > 0 && !r.Complete {
		fmt.Fprintf(w, "There are %d backups, which may have more: seedbed backups %s\n", r.Backups, r.file)
	}
}
