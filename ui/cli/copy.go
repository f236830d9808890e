package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"seedbed/gen/check"
	"seedbed/localdb"
	"seedbed/localdb/privacy"
)

type copyCommand struct {
	File   string `arg:"" type:"existingfile" help:"The dataset."`
	Output string `arg:"" name:"output" placeholder:"FILE.seedbed" help:"The file to write; it must not exist."`
	Clean  bool   `help:"Leave out what is nobody else's business, to give the copy away."`
	Notes  bool   `help:"Keep notes and tags in a clean copy."`
	JSON   bool   `name:"json" help:"Write the result to standard output as JSON."`
}

// Help is shown below the flags.
func (copyCommand) Help() string {
	return `A clean copy has the categories, the messages but for rejected ones, the passages and the checks. It has no undo, nothing that was deleted or left out by runs, and no addresses, paths or names of this computer. Notes and tags stay out of it without --notes.

Example:
  seedbed copy coaching.seedbed --clean for-others.seedbed`
}

// copyReport is the result of copy.
type copyReport struct {
	Output   string `json:"output"`
	Messages int    `json:"messages"`
	// Personal is how many messages are flagged for personal details.
	Personal int `json:"personal_details"`
}

// Run writes the copy.
func (c *copyCommand) Run(ctx context.Context, t *terminal) error {
	if !strings.EqualFold(filepath.Ext(c.Output), ".seedbed") {
		return usageError{errors.New("the copy is a dataset: give it a name that ends with .seedbed")}
	}
	if _, err := os.Lstat(c.Output); err == nil {
		return usageError{fmt.Errorf("%s exists and is left unchanged; name another file", c.Output)}
	}
	if err := checkFolderOf(c.Output); err != nil {
		return err
	}
	d, err := localdb.OpenReadOnly(ctx, c.File)
	if err != nil {
		return err
	}
	defer d.Close()
	if c.Clean {
		err = privacy.CleanCopy(ctx, d, c.Output, c.Notes, check.Settings...)
	} else {
		err = d.Backup(ctx, c.Output)
	}
	if err != nil {
		return err
	}
	copied, err := localdb.OpenReadOnly(ctx, c.Output)
	if err != nil {
		return err
	}
	defer copied.Close()
	counts, err := copied.Counts(ctx)
	if err != nil {
		return err
	}
	result := copyReport{Output: c.Output, Messages: counts.Total, Personal: counts.Flags[localdb.PersonalDetails]}
	return t.result(c.JSON, result, func(w io.Writer) {
		fmt.Fprintf(w, "Copy: %s, %d messages\n", result.Output, result.Messages)
		if c.Clean && result.Personal > 0 {
			fmt.Fprintf(w, "%d of them are flagged for personal details: look at them before you give the copy away.\n", result.Personal)
		}
	})
}
