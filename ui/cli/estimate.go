package cli

import (
	"context"
	"errors"
	"io"
	"os"

	"seedbed/gen"
	"seedbed/gen/knowledge"
	"seedbed/gen/llm"
	"seedbed/gen/starter"
	"seedbed/localdb"
	"seedbed/localdb/scratch"
)

// estimateReport is the result of generate --estimate.
type estimateReport struct {
	Writer           string   `json:"writer"`
	Model            string   `json:"model,omitempty"`
	Messages         int      `json:"messages"`
	Requests         int      `json:"requests"`
	PromptTokens     int      `json:"prompt_tokens"`
	CompletionTokens int      `json:"completion_tokens"`
	LowUSD           *float64 `json:"low_usd"`  // null if the price is unknown
	HighUSD          *float64 `json:"high_usd"` // null if the price is unknown

	low, high localdb.Money
}

// estimate says what a run would take. The endpoint is asked for its list of models if
// none is named, and for nothing else; the dataset stays as it is.
func (c *generateCommand) estimate(ctx context.Context, t *terminal, env *environment) (err error) {
	if c.Seed == nil {
		c.Seed = new(gen.NewSeed())
	}
	if c.Resume {
		return usageError{errors.New("--estimate is for a new run: leave --resume out")}
	}
	source, err := c.source(env)
	if err != nil {
		return err
	}
	folder, err := scratch.New("")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, folder.Remove()) }()
	begins, err := c.read(ctx, t)
	if err != nil {
		return err
	}
	if _, missing := os.Stat(c.Dataset); missing == nil && !c.given() {
		if begins, err = c.ofDataset(ctx, t); err != nil {
			return err
		}
	}
	d, err := begins.Create(ctx, folder.Join("estimate.seedbed"))
	if err != nil {
		return err
	}
	defer d.Close()
	if source != nil {
		if _, err := knowledge.Keep(ctx, d, source, c.Limit); err != nil {
			return err
		}
	}
	report, err := c.estimateFor(ctx, t, env, d, source != nil)
	var wrongPlan *llm.PlanError
	if errors.As(err, &wrongPlan) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	return t.result(c.JSON, report, report.print)
}

// ofDataset is what the named dataset holds but for its messages.
func (c *generateCommand) ofDataset(ctx context.Context, t *terminal) (starter.Starter, error) {
	d, err := t.readDataset(ctx, c.Dataset)
	if err != nil {
		return starter.Starter{}, err
	}
	s, err := starter.Of(ctx, d)
	return s, errors.Join(err, d.Close())
}

func (c *generateCommand) estimateFor(ctx context.Context, t *terminal, env *environment, d *localdb.Dataset, knowledge bool) (estimateReport, error) {
	var report estimateReport
	writer, err := c.estimatedWriter(ctx, t, env, d)
	if err != nil {
		return report, err
	}
	plan, err := c.plan(ctx, d, knowledge)
	if err != nil {
		return report, err
	}
	domain, err1 := d.Domain(ctx)
	categories, err2 := d.Categories(ctx)
	passages, err3 := d.Passages(ctx)
	if err := errors.Join(err1, err2, err3); err != nil {
		return report, err
	}
	e, err := gen.EstimateRun(plan, domain, categories, passages, writer)
	report = estimateReport{
		Writer: writer.Info().Name, Model: writer.Info().Model, Messages: e.Messages, Requests: e.Requests,
		PromptTokens: e.PromptTokens, CompletionTokens: e.CompletionTokens, low: e.Low, high: e.High,
	}
	if e.Known {
		report.LowUSD, report.HighUSD = new(e.Low.USD()), new(e.High.USD())
	}
	return report, err
}

// estimatedWriter is the writer of a run, which sends nothing to a model that was named.
func (c *generateCommand) estimatedWriter(ctx context.Context, t *terminal, env *environment, d *localdb.Dataset) (gen.Writer, error) {
	config, ok := env.endpoint(c.BaseURL, c.Model)
	if c.Writer == "builtin" || !ok {
		return c.writer(ctx, t, env, openDataset{Dataset: d})
	}
	client, price, err := llm.Open(ctx, config, nil)
	if err != nil {
		return nil, err
	}
	return gen.NewModelWriter(client, price), nil
}

func (r estimateReport) print(w io.Writer) {
	printf(w, "%d messages in about %d requests", r.Messages, r.Requests)
	if r.Model == "" {
		printf(w, " with the built-in writer: free.\n")
		return
	}
	printf(w, " to %s.\nTokens: about %d to read and %d to write.\n", r.Model, r.PromptTokens, r.CompletionTokens)
	switch {
	case r.LowUSD == nil:
		printf(w, "Cost: unknown, since the price of this model is not known.\n")
	case *r.HighUSD == 0:
		printf(w, "Cost: free.\n")
	default:
		printf(w, "Cost: about %s, and %s if answers are long and some have to be asked for again.\n", llm.Dollars(r.low), llm.Dollars(r.high))
	}
	printf(w, "Nothing was written, and no message was asked for.\n")
}
