package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"seedbed/assets/i18n"
	"seedbed/gen/check"
	"seedbed/gen/intent"
	"seedbed/gen/label"
	"seedbed/gen/llm"
	"seedbed/gen/scheduler"
	"seedbed/gen/starter"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
	"seedbed/localdb/pii"
	"seedbed/localdb/scratch"
)

type labelCommand struct {
	Input    string `required:"" placeholder:"FILE.csv" type:"existingfile" help:"The messages; existing categories are kept."`
	Output   string `required:"" placeholder:"FILE.csv" help:"The CSV file to write: message,category,confidence; - for standard output."`
	Labeller string `enum:"check,openai" default:"check" help:"Who labels: check (the check model, on this computer) or openai (a language model at any compatible endpoint)."`
	Model    string `placeholder:"MODEL" help:"With check: the file that train saved. With openai: the name of the language model."`
	Dataset  string `placeholder:"FILE.seedbed" type:"existingfile" help:"With check: train on this dataset. With openai: its categories, and its accepted messages as examples and to calibrate by; the default is what --starter and --categories say."`
	starterFlags
	BaseURL string  `placeholder:"URL" help:"The address of the endpoint; OPENAI_BASE_URL is the default."`
	MaxCost float64 `type:"dollars" placeholder:"USD" help:"Never spend more than this."`
	Seed    uint64  `type:"seed" default:"42" help:"Decides the order in which a request names the categories."`
	readFlags
	LeaveOutOfScope bool   `help:"With check: leave messages without a category that seem to belong to none."`
	Estimate        bool   `help:"With openai: print what it would take (requests, tokens and money) and end; nothing is written or sent to the model."`
	Region          string `placeholder:"COUNTRY" help:"With openai: the country whose national phone numbers are masked, such as DE."`
	JSON            bool   `name:"json" help:"Write the result to standard output as JSON."`
}

// Help is shown below the flags.
func (labelCommand) Help() string {
	return `If an answer of a language model can't be read, or says that a message belongs to no category, the category stays empty. Its confidence is calibrated where the dataset has 30 messages that people labelled. Personal details are masked before a message is sent. The key is read from OPENAI_API_KEY, in the environment or in a file .env in this folder.

Example:
  seedbed label --input real.csv --output real_labeled.csv --model intent.model
  seedbed label --input real.csv --output real_labeled.csv --labeller openai --model gpt-6-luna --estimate
  seedbed label --input real.csv --output real_labeled.csv --labeller openai --model gpt-6-luna --max-cost 0.50`
}

// labelReport is the result of label.
type labelReport struct {
	label.Result
	readReport
	Summary  string `json:"sentence"`
	Labeller string `json:"labeller"`
	Model    string `json:"model,omitempty"`
	Kept     int    `json:"kept"` // messages that had a category
	Output   string `json:"output"`
}

// Run labels what has no category: file → dataset of its own → labels → file.
func (c *labelCommand) Run(ctx context.Context, t *terminal, env *environment) (err error) {
	if err := c.checkFlags(); err != nil {
		return usageError{err}
	}
	if err := t.checkOutput(c.Output, csvOutput, c.Input, c.Dataset, c.Model); err != nil {
		return err
	}
	by, begins, err := c.labeller(ctx, t, env)
	if err != nil {
		return err
	}
	file, err := readRows(ctx, t, c.Input, c.readFlags)
	if err != nil {
		return err
	}
	folder, err := scratch.New("")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, folder.Remove()) }()
	d, err := begins.Create(ctx, folder.Join("label.seedbed"))
	if err != nil {
		return err
	}
	defer d.Close()
	report := labelReport{Labeller: c.Labeller, Model: c.Model, readReport: file.read, Output: c.Output}
	unlabelled, ids, err := c.put(ctx, d, file.rows)
	if err != nil {
		return err
	}
	if c.Estimate {
		return c.estimate(ctx, t, d, by)
	}
	report.Kept = len(file.rows) - len(unlabelled)
	set, end := t.bar(len(unlabelled))
	report.Result, err = by.label(ctx, d, label.Options{LeaveOutOfScope: c.LeaveOutOfScope, Progress: func(p label.Progress) { set(p.Done, p.Note.String()) }})
	end()
	var wrongPlan *llm.PlanError
	if errors.As(err, &wrongPlan) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	report.Summary = report.Result.Summary.String()
	if report.State != scheduler.Done && report.Labelled == 0 {
		return fmt.Errorf("%s Nothing was written", report.Summary)
	}
	for i, id := range ids {
		m, err := d.Message(context.WithoutCancel(ctx), id)
		if err != nil {
			return err
		}
		row := unlabelled[i]
		row.Category, row.Confidence, row.HasConfidence = m.Category, m.Confidence, m.Category != ""
	}
	if err := writeRows(t, c.Output, file.rows); err != nil {
		return err
	}
	if err := t.result(c.JSON, report, report.print); err != nil {
		return err
	}
	if report.State != scheduler.Done {
		return partialError{fmt.Errorf("%s The labels so far are in %s; give that as --input to continue", report.Summary, c.Output)}
	}
	return nil
}

// checkFlags says what the flags can't be together.
func (c *labelCommand) checkFlags() (err error) {
	if c.Region, err = pii.ParseRegion(c.Region); err != nil {
		return err
	}
	switch {
	case c.Estimate && c.Labeller == "check":
		return errors.New("--estimate goes with --labeller openai: the check model costs nothing")
	case c.LeaveOutOfScope && c.Labeller != "check":
		return errors.New("--leave-out-of-scope goes with --labeller check: a language model always leaves messages that belong to no category")
	case c.Labeller == "check" && (c.given() || c.About != ""):
		return errors.New("--starter, --categories and --about go with --labeller openai: a check model has its own categories")
	case c.Dataset != "" && c.given():
		return errors.New("--dataset has its own categories: leave --starter and --categories out")
	}
	return nil
}

// put puts the rows without a category into a dataset, as they may be seen by the
// labeller, and returns them with their messages' ids.
func (c *labelCommand) put(ctx context.Context, d *localdb.Dataset, rows []exchange.Row) (unlabelled []*exchange.Row, ids []int64, err error) {
	var messages []localdb.Message
	for i := range rows {
		if rows[i].Category != "" {
			continue
		}
		text := rows[i].Message
		if c.Labeller == "openai" {
			text, _ = pii.Mask(text, pii.Options{Kinds: pii.Kinds, Region: c.Region})
		}
		unlabelled = append(unlabelled, &rows[i])
		messages = append(messages, localdb.Message{Text: text, Source: localdb.Real})
	}
	ids, err = d.Add(ctx, i18n.Text{}, messages)
	return unlabelled, ids, err
}

// labeller labels what has no category in a dataset.
type labeller struct {
	label func(context.Context, *localdb.Dataset, label.Options) (label.Result, error)
	model *label.Model // nil for the check model
	known []localdb.Message
}

// estimate prints what labelling would take.
func (c *labelCommand) estimate(ctx context.Context, t *terminal, d *localdb.Dataset, by labeller) error {
	e, err := label.EstimateRun(ctx, d, by.model, label.Plan{Seed: c.Seed, Known: by.known})
	var wrongPlan *llm.PlanError
	if errors.As(err, &wrongPlan) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	report := newEstimateReport(by.model.Info(), e.Estimate)
	report.Calibrating = e.Calibrating
	return t.result(c.JSON, report, report.print)
}

// labeller gets the labeller ready, with the categories that it chooses among.
func (c *labelCommand) labeller(ctx context.Context, t *terminal, env *environment) (labeller, starter.Starter, error) {
	if c.Labeller == "openai" {
		return c.languageModel(ctx, t, env)
	}
	var begins starter.Starter
	model, err := c.checkModel(ctx, t)
	if err != nil {
		return labeller{}, begins, err
	}
	for _, name := range model.Categories() {
		begins.Categories = append(begins.Categories, localdb.Category{Name: name, Training: true})
	}
	return labeller{label: func(ctx context.Context, d *localdb.Dataset, options label.Options) (label.Result, error) {
		return label.WithCheck(ctx, d, model, options)
	}}, begins, nil
}

func (c *labelCommand) checkModel(ctx context.Context, t *terminal) (*intent.Model, error) {
	switch {
	case (c.Model == "") == (c.Dataset == ""):
		return nil, usageError{errors.New("--labeller check needs either --model MODEL that train saved, or --dataset FILE.seedbed to train on")}
	case c.Model != "":
		return loadModel(c.Model)
	}
	d, err := t.readDataset(ctx, c.Dataset)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	model, err := check.Train(ctx, d)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Dataset, err)
	}
	return model, nil
}

func (c *labelCommand) languageModel(ctx context.Context, t *terminal, env *environment) (labeller, starter.Starter, error) {
	var begins starter.Starter
	config, ok := env.endpoint(c.BaseURL, c.Model)
	if !ok {
		return labeller{}, begins, usageError{errors.New("--labeller openai needs OPENAI_API_KEY in the environment or in .env, or --base-url for an endpoint without a key")}
	}
	begins, err := c.read(ctx, t)
	var known []localdb.Message
	if err == nil && c.Dataset != "" {
		begins, known, err = c.ofDataset(ctx, t)
	}
	if err != nil {
		return labeller{}, begins, err
	}
	t.warnUnencrypted(config)
	model, err := label.OpenModel(ctx, config, nil)
	if err != nil {
		return labeller{}, begins, err
	}
	c.Model = model.Info().Model
	return labeller{model: model, known: known, label: func(ctx context.Context, d *localdb.Dataset, options label.Options) (label.Result, error) {
		plan := label.Plan{Options: options, Seed: c.Seed, CapUSD: c.MaxCost, Known: known}
		estimate, err := label.EstimateRun(ctx, d, model, plan)
		if err != nil {
			return label.Result{}, err
		}
		if estimate.Calibrating > 0 {
			t.say("To calibrate its confidence, %s also labels %d messages that people labelled.", c.Model, estimate.Calibrating)
		}
		if estimate.Known && estimate.Requests > 0 {
			t.say("%d requests will cost about %s to %s.", estimate.Requests, llm.Dollars(estimate.Low), llm.Dollars(estimate.High))
		}
		return label.WithModel(ctx, d, model, plan)
	}}, begins, nil
}

// ofDataset is the dataset's assistant, unless another one is named, with its categories, and the
// messages with a category that the model learns from.
func (c *labelCommand) ofDataset(ctx context.Context, t *terminal) (starter.Starter, []localdb.Message, error) {
	d, err := t.readDataset(ctx, c.Dataset)
	if err != nil {
		return starter.Starter{}, nil, err
	}
	s, err := starter.Of(ctx, d)
	if c.About != "" {
		s.About = c.About
	}
	known, knownErr := label.Known(ctx, d)
	return s, known, errors.Join(err, knownErr, d.Close())
}

func (r labelReport) print(w io.Writer) {
	printf(w, "%s\n", r.Summary)
	if !r.Note.IsZero() {
		printf(w, "%s\n", r.Note)
	}
	for _, category := range sortedKeys(r.PerCategory) {
		printf(w, "  %-14s %5d\n", category, r.PerCategory[category])
	}
	if r.Kept > 0 {
		printf(w, "%d messages had a category and keep it.\n", r.Kept)
	}
	if r.Labeller == "openai" {
		cost := "unknown cost"
		if r.CostUSD != nil {
			cost = fmt.Sprintf("$%.4f", *r.CostUSD)
		}
		printf(w, "%s, %d requests, %s\n", r.Model, r.Requests, cost)
	}
	printf(w, "CSV: %s\n", r.Output)
}
