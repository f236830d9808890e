// Package cli is Seedbed without the window: the same jobs from a terminal, one
// file a command.
//
// Every command writes its result to standard output, for people or with --json
// for programs, and everything else to standard error: a progress bar where that
// is a terminal, and one sentence about what went wrong and what to do next.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"seedbed/assets"
	"seedbed/assets/crash"
	"seedbed/localdb/damage"
	"seedbed/localdb/scratch"
	"seedbed/ui/cli/console"
	"seedbed/ui/report"
)

// The exit codes of every command.
const (
	exitDone    = 0
	exitFailed  = 1 // it could not be done; nothing is lost
	exitUsage   = 2 // the words of the command are wrong; nothing was begun
	exitPartial = 3 // done in part, and can be resumed
)

// program lists the commands; each is a struct of its flags with a Run method.
type program struct {
	Generate      generateCommand      `cmd:"" help:"Write labelled messages into a dataset and a CSV file."`
	Models        modelsCommand        `cmd:"" help:"List the models of an endpoint, the best for writing messages first."`
	Starters      startersCommand      `cmd:"" help:"List what a new dataset can start with: domains with their categories."`
	Categories    categoriesCommand    `cmd:"" help:"Write the categories of a dataset or another file as JSON, for new datasets."`
	Conversations conversationsCommand `cmd:"" help:"Read users' messages from PostgreSQL, with personal details masked."`
	Label         labelCommand         `cmd:"" help:"Give a category to the messages of a file that have none."`
	Look          lookCommand          `cmd:"" help:"Show what would be read of a file of messages, and what would not."`
	Merge         mergeCommand         `cmd:"" help:"Merge files of messages, without duplicates."`
	Split         splitCommand         `cmd:"" help:"Split messages into train.csv, val.csv and test.csv that share no near-duplicates."`
	Train         trainCommand         `cmd:"" help:"Train the check model on labelled messages."`
	Predict       predictCommand       `cmd:"" help:"Say which category messages have, by a check model."`
	Serve         serveCommand         `cmd:"" help:"Answer programs over HTTP with a check model's predictions."`
	Evaluate      evaluateCommand      `cmd:"" help:"Test a check model: accuracy, macro F1, per category, confusion."`
	Pipeline      pipelineCommand      `cmd:"" help:"Generate, split, train and evaluate in one go."`
	Forget        forgetCommand        `cmd:"" help:"Remove messages for good, with every trace of them."`
	Copy          copyCommand          `cmd:"" help:"Save a copy of a dataset, or a clean one to give away."`
	Rescue        rescueCommand        `cmd:"" help:"Copy what can still be read of a damaged dataset into a new one."`
	Backups       backupsCommand       `cmd:"" help:"List the backups of a dataset, and get one back."`

	Version kong.VersionFlag `help:"Print the version and exit."`
}

// Has reports whether the arguments ask for a command rather than the window.
func Has(args []string) bool {
	if len(args) == 0 {
		return false
	}
	parser, err := newParser(&program{}, io.Discard)
	if err != nil {
		return true
	}
	for _, command := range parser.Model.Children {
		if command.Name == args[0] {
			return true
		}
	}
	return args[0] != "" && args[0][0] == '-'
}

// Run carries out one command and returns the program's exit code.
func Run(args []string) int {
	console.Attach()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	scratch.Clean(os.TempDir())
	crash.Handle(func(p *crash.Panic) { os.Exit(crashed(os.Stderr, p)) })
	return run(ctx, args, os.Stdout, os.Stderr)
}

func run(ctx context.Context, args []string, out, errOut io.Writer) int {
	err := crash.Try(func() error {
		return carryOut(ctx, args, out, errOut)
	})
	if p := crash.In(err); p != nil {
		// Kong ends the program after --help; here it is a result like any other.
		if ended, ok := p.Value.(helpShown); ok {
			return int(ended)
		}
		return crashed(errOut, p)
	}
	return end(errOut, err)
}

// crashed says that the program has a fault, and where the report of it is.
func crashed(errOut io.Writer, p *crash.Panic) int {
	what := "the report of it could not be saved"
	if path, err := report.Save(report.Of(p)); err == nil {
		what = "a report without messages and keys is in " + path
	}
	fmt.Fprintf(errOut, "seedbed: this command failed through a fault of the program; datasets have every change that was made before, and %s\n", what)
	return exitFailed
}

func carryOut(ctx context.Context, args []string, out, errOut io.Writer) error {
	parser, err := newParser(&program{}, out)
	if err != nil {
		return err
	}
	if err := checkSecrets(parser.Model, args); err != nil {
		return err
	}
	command, err := parser.Parse(args)
	if err != nil {
		return usageError{fmt.Errorf("%w. Use --help for the commands and flags", err)}
	}
	environment, err := readEnvironment()
	if err != nil {
		return err
	}
	command.BindTo(ctx, (*context.Context)(nil))
	return command.Run(newTerminal(out, errOut), environment)
}

type helpShown int

func newParser(p *program, out io.Writer) (*kong.Kong, error) {
	return kong.New(p, append(numberTypes,
		kong.Name("seedbed"),
		kong.Description("Seedbed grows, reviews and exports labelled messages for intent classifiers. Without a command it opens its window."),
		kong.UsageOnError(),
		kong.Vars{"version": "seedbed " + assets.Version()},
		kong.Writers(out, io.Discard),
		kong.Exit(func(code int) { panic(helpShown(code)) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
	)...)
}

// usageError says that the words of the command are wrong.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// partialError says that a job was done in part and can be resumed.
type partialError struct{ error }

func (e partialError) Unwrap() error { return e.error }

// end writes an error as one sentence and returns the exit code that belongs to it.
func end(errOut io.Writer, err error) int {
	if err == nil {
		return exitDone
	}
	err = damage.Explain(err)
	if errors.Is(err, context.Canceled) && strings.Contains(err.Error(), context.Canceled.Error()) {
		printf(errOut, "seedbed: stopped before it was done; what was finished before is kept\n")
		return exitFailed
	}
	printf(errOut, "seedbed: %s\n", err)
	if errors.Is(err, damage.ErrDamaged) {
		printf(errOut, "seedbed rescue FILE does the one, seedbed backups FILE lists what there is for the other\n")
	}
	var usage usageError
	var partial partialError
	switch {
	case errors.As(err, &usage):
		return exitUsage
	case errors.As(err, &partial):
		return exitPartial
	}
	return exitFailed
}
