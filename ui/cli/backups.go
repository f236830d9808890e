package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/dustin/go-humanize"

	"seedbed/localdb"
	"seedbed/localdb/backup"
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
