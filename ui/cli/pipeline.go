package cli

import (
	"context"
	"io"
	"path/filepath"
)

type pipelineCommand struct {
	Output string `required:"" placeholder:"DIR" help:"The folder for everything: messages, splits, model, results."`
	generateFlags
	Ratios string `default:"80/10/10" help:"The shares of train, validation and test."`
	JSON   bool   `name:"json" help:"Write the result to standard output as JSON."`
}

// Help is shown below the flags.
func (pipelineCommand) Help() string {
	return `Runs generate, split, train and evaluate one after the other. It takes the flags, key and addresses of generate.

The folder then holds synthetic_labeled.csv and its dataset, intent/ with train.csv, val.csv and test.csv, intent.model, and results/.

Example:
  seedbed pipeline --output coaching/
  seedbed pipeline --output shop/ --starter shop --seed 7`
}

// pipelineReport is the result of pipeline.
type pipelineReport struct {
	Generate generateReport `json:"generate"`
	Split    splitReport    `json:"split"`
	Train    trainReport    `json:"train"`
	Evaluate evaluateReport `json:"evaluate"`
}

// Run goes from nothing to a tested model. A run that could not be finished ends it:
// its files stay, and the same command continues with --resume.
func (c *pipelineCommand) Run(ctx context.Context, t *terminal, env *environment) (err error) {
	in := func(name string) string { return filepath.Join(c.Output, name) }
	generate := generateCommand{Output: in("synthetic_labeled.csv"), generateFlags: c.generateFlags}
	split := splitCommand{Input: generate.Output, Output: in("intent"), Ratios: c.Ratios}
	train := trainCommand{TrainData: in("intent/train.csv"), ValData: in("intent/val.csv"), Output: in("intent.model")}
	evaluate := evaluateCommand{Model: train.Output, TestData: in("intent/test.csv"), Output: in("results")}

	if _, err := split.options(); err != nil { // before anything is paid for
		return err
	}
	for _, check := range []func() error{func() error { return t.checkOutputFolder(c.Output, nil) }, func() error { return split.check(t) }, func() error { return train.check(t) }, func() error { return evaluate.check(t) }} {
		if err := check(); err != nil {
			return err
		}
	}
	var report pipelineReport
	if report.Generate, err = generate.make(ctx, t, env); err != nil {
		return err
	}
	if err := report.Generate.problem(); err != nil {
		return err
	}
	split.Seed, train.Seed = report.Generate.Seed, report.Generate.Seed
	if report.Split, err = split.split(ctx, t); err != nil {
		return err
	}
	if report.Train, err = train.train(ctx, t); err != nil {
		return err
	}
	if report.Evaluate, err = evaluate.evaluate(ctx, t); err != nil {
		return err
	}
	return t.result(c.JSON, report, report.print)
}

func (r pipelineReport) print(w io.Writer) {
	r.Generate.print(w)
	r.Split.print(w)
	r.Train.print(w)
	r.Evaluate.print(w)
}
