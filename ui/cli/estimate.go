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

// estimateReport is the result of generate --estimate and label --estimate.
type estimateReport struct {
	Writer           string   `json:"writer"`
	Model            string   `json:"model,omitempty"`
	Messages         int      `json:"messages"`
	Calibrating      int      `json:"calibrating,omitempty"` // messages that people labelled and the model labels, too
	Requests         int      `json:"requests"`
	PromptTokens     int      `json:"prompt_tokens"`
	CompletionTokens int      `json:"completion_tokens"`
	PromptPrice      *float64 `json:"prompt_usd_per_million"`     // null if the price is unknown
	CompletionPrice  *float64 `json:"completion_usd_per_million"` // null if the price is unknown
	LowUSD           *float64 `json:"low_usd"`                    // null if the price is unknown
	HighUSD          *float64 `json:"high_usd"`                   // null if the price is unknown

	low, high localdb.Money
}

func newEstimateReport(info llm.Info, e llm.Estimate) estimateReport {
	r := estimateReport{
		Writer: info.Name, Model: info.Model, Messages: e.Messages, Requests: e.Requests,
		PromptTokens: e.PromptTokens, CompletionTokens: e.CompletionTokens, low: e.Low, high: e.High,
	}
	if e.Known {
		r.PromptPrice, r.CompletionPrice = &info.Price.Prompt, &info.Price.Completion
		r.LowUSD, r.HighUSD = new(e.Low.USD()), new(e.High.USD())
	}
	return r
}

// estimate says what a run would take. The endpoint is asked for its list of models if none is
// named or the price isn't known otherwise, and for nothing else; the dataset stays as it is.
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
	return newEstimateReport(writer.Info(), e), err
}

// estimatedWriter is the writer of a run.
func (c *generateCommand) estimatedWriter(ctx context.Context, t *terminal, env *environment, d *localdb.Dataset) (gen.Writer, error) {
	config, ok := env.endpoint(c.BaseURL, c.Model)
	if c.Writer == "builtin" || !ok {
		return c.writer(ctx, t, env, openDataset{Dataset: d})
	}
	return gen.OpenModelWriter(ctx, config, nil)
}

func (r estimateReport) print(w io.Writer) {
	printf(w, "%d messages in about %d requests", r.Messages, r.Requests)
	if r.Model == "" {
		printf(w, " with the built-in writer: free.\n")
		return
	}
	printf(w, " to %s.\n", r.Model)
	if r.Calibrating > 0 {
		printf(w, "To calibrate its confidence, it also labels %d messages that people labelled.\n", r.Calibrating)
	}
	printf(w, "Tokens: about %d to read and %d to write.\n", r.PromptTokens, r.CompletionTokens)
	switch {
	case r.LowUSD == nil:
		printf(w, "Cost: unknown, since the price of this model is not known.\n")
	case *r.HighUSD == 0:
		printf(w, "Cost: free.\n")
	default:
		printf(w, "Price: $%g and $%g for a million tokens to read and to write.\n", *r.PromptPrice, *r.CompletionPrice)
		printf(w, "Cost: about %s, and %s if answers are long and some have to be asked for again.\n", llm.Dollars(r.low), llm.Dollars(r.high))
	}
	printf(w, "Nothing was written, and the model was not asked.\n")
}
