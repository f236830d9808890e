package cli

import (
	"bufio"
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
	"seedbed/ui/report"
)

type forgetCommand struct {
	File     string  `arg:"" type:"existingfile" help:"The dataset."`
	Text     string  `placeholder:"TEXT" help:"Forget every message that holds this text, in capitals or small letters; - reads it from standard input."`
	Message  []int64 `type:"list" placeholder:"ID,…" help:"Forget the message with this number; can be repeated."`
	Passages bool    `help:"Also forget passages of knowledge that hold the text."`
	Yes      bool    `help:"Don't ask."`
	JSON     bool    `name:"json" help:"Write the result to standard output as JSON."`
}

// Help is shown below the flags.
func (forgetCommand) Help() string {
	return `Removes messages for good: their texts and earlier texts, undo steps, predictions, what runs left out or used as examples, and the copies that Seedbed made of the dataset by itself. Nothing of that can be undone. Files that were exported and copies that were saved elsewhere stay; those beside the dataset are listed.

Arguments can be seen by everybody on this computer while a command runs: give a name or a number that is secret with --text - from standard input.

Example:
  seedbed forget coaching.seedbed --message 1042
  seedbed forget coaching.seedbed --text - --yes < name.txt`
}

// forgetReport is the result of forget.
type forgetReport struct {
	Messages     int      `json:"messages"`
	Discarded    int      `json:"discarded"`
	Passages     int      `json:"passages"`
	PassagesKept int      `json:"passages_kept"`
	Copies       int      `json:"copies"`
	Remains      []string `json:"remains"`
}

// Run asks, unless it shouldn't, and forgets.
func (c *forgetCommand) Run(ctx context.Context, t *terminal) error {
	request := privacy.Request{IDs: c.Message, Text: c.Text, Passages: c.Passages, Logs: report.Files()}
	if c.Text == "-" {
		text, err := io.ReadAll(io.LimitReader(t.in, maxLine))
		if err != nil {
			return fmt.Errorf("standard input can't be read, so nothing was changed: %w", err)
		}
		request.Text = string(text)
	}
	if len(request.IDs) == 0 && strings.TrimSpace(request.Text) == "" {
		return usageError{errors.New("say what to forget, with --text or --message")}
	}
	d, err := localdb.Open(ctx, c.File)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := c.agree(ctx, t, d, request); err != nil {
		return err
	}
	done, err := privacy.Forget(ctx, d, request)
	if err != nil {
		return err
	}
	result := forgetReport{done.Messages, done.Discarded, done.Passages, done.PassagesKept, done.Copies, append([]string{}, done.Remains...)}
	if err := d.Close(); err != nil {
		return err
	}
	return t.result(c.JSON, result, result.print)
}

// agree says what would be forgotten, and returns an error unless that is wanted.
func (c *forgetCommand) agree(ctx context.Context, t *terminal, d *localdb.Dataset, request privacy.Request) error {
	found, err := privacy.Find(ctx, d, request)
	if err != nil || c.Yes {
		return err
	}
	t.say("%d messages would be forgotten, with every earlier text and undo step of theirs, and in %d copies that Seedbed made of the dataset.", found.Messages, found.Copies)
	if found.Passages > 0 && !c.Passages {
		t.say("%d passages hold the text, too, and stay; --passages forgets them as well.", found.Passages)
	}
	if c.Text == "-" {
		return usageError{errors.New("nothing was changed; add --yes to forget it, which can't be undone")}
	}
	t.say("This can't be undone. Type yes to go on:")
	answer, err := bufio.NewReader(t.in).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if strings.TrimSpace(answer) != "yes" {
		return usageError{errors.New("nothing was changed; answer yes or add --yes to forget it")}
	}
	return nil
}

func (r forgetReport) print(w io.Writer) {
	fmt.Fprintf(w, "Forgotten: %d messages, %d that runs had left out, %d passages.\n", r.Messages, r.Discarded, r.Passages)
	if r.Copies > 0 {
		fmt.Fprintf(w, "%d copies that Seedbed had made of the dataset were cleared or deleted.\n", r.Copies)
	}
	if r.PassagesKept > 0 {
		fmt.Fprintf(w, "%d passages hold the text and were kept; --passages forgets them, too.\n", r.PassagesKept)
	}
	for _, place := range r.Remains {
		fmt.Fprintf(w, "It still stands in %s, which was left as it is.\n", place)
	}
}

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
