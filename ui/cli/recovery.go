package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"seedbed/localdb"
	"seedbed/localdb/backup"
	"seedbed/localdb/rescue"
)

type backupsCommand struct {
	File    string `arg:"" help:"The dataset; it may be damaged or gone."`
	Make    bool   `help:"First make a backup of the present state."`
	Restore int    `type:"row" placeholder:"N" help:"The backup to get back, by its number in the list."`
	Output  string `placeholder:"FILE.seedbed" help:"Where to put it; it never replaces a file."`
	JSON    bool   `name:"json" help:"Write the result to standard output as JSON."`
}

// Help is shown below the flags.
func (backupsCommand) Help() string {
	return `The window makes backups of each dataset while it changes, at most one an hour. Without --restore they are listed, with what has changed since.

Example:
  seedbed backups coaching.seedbed
  seedbed backups coaching.seedbed --restore 2 --output earlier.seedbed`
}

// backupReport is a backup in the result of backups.
type backupReport struct {
	Number       int             `json:"number"`
	Made         time.Time       `json:"made"`
	Size         int64           `json:"size"`
	Path         string          `json:"path"`
	BeforeUpdate bool            `json:"before_update"`
	Since        *backup.Changes `json:"since"` // null where the dataset can't be read
}

// Run lists the backups or gets one back.
func (c *backupsCommand) Run(ctx context.Context, t *terminal) error {
	if c.Make {
		if err := c.make(ctx); err != nil {
			return err
		}
	}
	list, err := backup.Sound(ctx, c.File)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return fmt.Errorf("there are no backups of %s; the window makes them while a dataset changes, unless that is switched off in its settings", c.File)
	}
	if c.Restore != 0 || c.Output != "" {
		return c.restore(ctx, t, list)
	}
	reports := make([]backupReport, len(list))
	for i, b := range list {
		reports[i] = backupReport{Number: i + 1, Made: b.Made, Size: b.Size, Path: b.Path, BeforeUpdate: b.BeforeUpdate}
		if since, err := backup.ChangesSince(ctx, b, c.File); err == nil {
			reports[i].Since = &since
		}
	}
	return t.result(c.JSON, reports, func(w io.Writer) {
		for _, r := range reports {
			r.print(w)
		}
	})
}

func (r backupReport) print(w io.Writer) {
	since := "the dataset can't be compared"
	if r.Since != nil {
		since = fmt.Sprintf("since then %d messages added, %d deleted, %d changed", r.Since.Added, r.Since.Deleted, r.Since.Changed)
	}
	if r.BeforeUpdate {
		since += " (kept before an update)"
	}
	fmt.Fprintf(w, "%3d  %s  %9s  %s\n", r.Number, r.Made.Local().Format("2006-01-02 15:04"), humanize.Bytes(uint64(r.Size)), since)
}

func (c *backupsCommand) make(ctx context.Context) error {
	d, err := localdb.OpenReadOnly(ctx, c.File)
	if err != nil {
		return err
	}
	defer d.Close()
	_, err = backup.Save(ctx, d)
	return err
}

// restore copies a backup into a new file.
func (c *backupsCommand) restore(ctx context.Context, t *terminal, list []backup.Backup) error {
	switch {
	case c.Output == "":
		return usageError{errors.New("--restore needs --output FILE.seedbed, the file that the backup is copied to")}
	case c.Restore < 1 || c.Restore > len(list):
		return usageError{fmt.Errorf("--restore %d: there are backups 1 to %d", c.Restore, len(list))}
	}
	if err := checkNewDataset(c.Output); err != nil {
		return err
	}
	b := list[c.Restore-1]
	if err := localdb.Restore(ctx, b.Path, c.Output); err != nil {
		return err
	}
	return t.result(c.JSON, map[string]string{"output": c.Output}, func(w io.Writer) {
		fmt.Fprintf(w, "The dataset as it was on %s is %s.\n", b.Made.Local().Format("2006-01-02 15:04"), c.Output)
	})
}

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
