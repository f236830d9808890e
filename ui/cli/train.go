package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"seedbed/gen/intent"
	"seedbed/gen/intent/outofscope"
	"seedbed/localdb/atomicfile"
)

type trainCommand struct {
	TrainData   string `required:"" placeholder:"FILE.csv" type:"existingfile" help:"The labelled messages to learn from."`
	ValData     string `placeholder:"FILE.csv" type:"existingfile" help:"Labelled messages to test the model on."`
	Output      string `required:"" placeholder:"MODEL" help:"The file to save the check model to."`
	IncludeNone bool   `help:"Also learn what is out of scope from messages without a category, or of the category oos or out_of_scope."`
	Readers     bool   `help:"Also write predict.py and predict.js beside the model, which predict with it outside of Seedbed. They are in the model's file, too: it is a zip."`
	readFlags
	Seed uint64 `type:"seed" default:"42" help:"The same seed and messages give the same model."`
	JSON bool   `name:"json" help:"Write the result to standard output as JSON."`
}

// Help is shown below the flags.
func (trainCommand) Help() string {
	return "Trains the check model on this computer, within seconds. The files are any tables with a message and a category column. Python, JavaScript and seedbed serve predict with the model, too.\n\nExample:\n  seedbed train --train-data intent/train.csv --val-data intent/val.csv --output intent.model"
}

// trainReport is the result of train.
type trainReport struct {
	Model      string       `json:"model"`
	Messages   int          `json:"messages"`
	None       int          `json:"none"` // messages of no category, besides
	Categories []string     `json:"categories"`
	Validation *modelScores `json:"validation,omitempty"`
	Readers    []string     `json:"readers,omitempty"`
	readReport
}

// Run learns from one file, tests on another and saves the model.
func (c *trainCommand) Run(ctx context.Context, t *terminal) error {
	report, err := c.train(ctx, t)
	if err != nil {
		return err
	}
	return t.result(c.JSON, report, report.print)
}

// check refuses files that would destroy something else.
func (c *trainCommand) check(t *terminal) error {
	if err := t.checkOutput(c.Output, modelOutput, c.TrainData, c.ValData); err != nil || !c.Readers {
		return err
	}
	for _, reader := range intent.Readers() {
		same := func(head []byte) bool {
			first, _, _ := strings.Cut(reader.Text, "\n")
			return strings.HasPrefix(string(head), first)
		}
		if err := t.checkFile("readers", filepath.Join(filepath.Dir(c.Output), reader.Name), outputKind{same, []string{filepath.Ext(reader.Name)}}, c.TrainData, c.ValData); err != nil {
			return err
		}
	}
	return nil
}

func (c *trainCommand) train(ctx context.Context, t *terminal) (trainReport, error) {
	if err := c.check(t); err != nil {
		return trainReport{}, err
	}
	file, err := readLabelled(ctx, t, c.TrainData, c.readFlags, c.IncludeNone)
	if err != nil {
		return trainReport{}, err
	}
	examples, err := trainingExamples(ctx, file.rows)
	if err != nil {
		return trainReport{}, err
	}
	none := 0
	for i := range examples {
		if examples[i].Foreign = c.IncludeNone && outofscope.IsNone(examples[i].Category); examples[i].Foreign {
			none++
		}
	}
	model, err := intent.Train(ctx, examples, intent.Options{Seed: c.Seed})
	if err != nil {
		return trainReport{}, fmt.Errorf("%s: %w", c.TrainData, err)
	}
	report := trainReport{Model: c.Output, Messages: len(examples) - none, None: none, Categories: model.Categories(), readReport: file.read}
	if c.ValData != "" {
		tested, err := testOn(ctx, t, model, c.ValData, c.readFlags)
		if err != nil {
			return report, err
		}
		report.Validation = &tested.modelScores
		report.join(tested.read)
	}
	if err := t.writeFile(c.Output, model.Save); err != nil {
		return report, err
	}
	for _, reader := range intent.Readers() {
		if !c.Readers {
			break
		}
		path := filepath.Join(filepath.Dir(c.Output), reader.Name)
		if err := atomicfile.Write(path, func(w io.Writer) error { _, err := io.WriteString(w, reader.Text); return err }); err != nil {
			return report, fmt.Errorf("%s was not written: %w", path, err)
		}
		report.Readers = append(report.Readers, path)
	}
	return report, nil
}

func (r trainReport) print(w io.Writer) {
	printf(w, "Learned %d categories from %d messages.\n", len(r.Categories), r.Messages)
	if r.None > 0 {
		printf(w, "Learned what is out of scope from %d messages of no category.\n", r.None)
	}
	if v := r.Validation; v != nil {
		printf(w, "On %d validation messages: accuracy %.1f %%, macro F1 %.1f %%.\n", v.Messages, 100*v.Accuracy, 100*v.MacroF1)
	}
	printf(w, "Model: %s\n", r.Model)
	if len(r.Readers) > 0 {
		printf(w, "Readers: %s\n", strings.Join(r.Readers, ", "))
	}
}

// loadModel reads a model that train saved.
func loadModel(path string) (*intent.Model, error) {
	file, err := os.Open(path) // the file that the person named
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	model, err := intent.Load(file, info.Size())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return model, nil
}
