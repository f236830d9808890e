package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen/check"
	"seedbed/gen/intent"
	"seedbed/gen/label"
	"seedbed/gen/llm"
	"seedbed/localdb"
)

// labellers are what can label messages without a category here.
type labellers struct {
	revision uint64 // of the dataset that the check learned
	check    *intent.Model
	accuracy float64 // of the last check; 0 without one
	problem  error   // why there is no check

	looked   bool         // for a language model
	model    *label.Model // nil where none is set up
	estimate llm.Estimate // of what the model would take
}

// labellersNow brings the labellers up to date: it trains the check where the dataset is
// not what it learned from, and finds the language model. It is slow, and not for the
// main goroutine.
func (a *app) labellersNow(ctx context.Context, d *localdb.Dataset, l labellers, estimate func(*label.Model) (llm.Estimate, error)) (_ labellers, err error) {
	if now := d.Revision(); now != l.revision || l.check == nil && l.problem == nil {
		last, err := check.Last(ctx, d)
		if err != nil {
			return l, err
		}
		if l.accuracy = 0; last != nil {
			l.accuracy = last.Headline.Accuracy
		}
		l.revision = now
		l.check, l.problem = check.Train(ctx, d)
	}
	if !l.looked {
		l.looked = true
		for _, c := range a.writers(ctx) {
			if !c.builtIn {
				l.model, err = label.OpenModel(ctx, a.endpoint(c), a.settings.prices())
				if err != nil {
					return l, err
				}
				break
			}
		}
	}
	if l.model != nil {
		if l.estimate, err = estimate(l.model); err != nil {
			l.model = nil
			logError("estimating labels", err)
		}
	}
	return l, ctx.Err()
}

// checkText is the check model's line.
func (l labellers) checkText() string {
	how := lang.L("not checked yet")
	if l.accuracy > 0 {
		how = lang.L("{{.Percent}} right in the last check", map[string]any{"Percent": decimal(100*l.accuracy, 0) + " %"})
	}
	return lang.L("With this dataset’s own check model — on this computer, free, {{.How}}", map[string]any{"How": how})
}

// modelText is the language model's line.
func (l labellers) modelText() string {
	fields := map[string]any{"Model": l.model.Info().Model, "Requests": thousands(l.estimate.Requests), "Cost": cents(l.estimate.High)}
	if !l.estimate.Known {
		return lang.L("With {{.Model}} — {{.Requests}} requests; nobody knows what it costs, Settings takes its price", fields)
	}
	return lang.L("With {{.Model}} — about {{.Cost}}, {{.Requests}} requests", fields)
}

// missing says what can't label and what to do about it; "" where all can.
func (l labellers) missing() string {
	switch {
	case errors.Is(l.problem, intent.ErrFewCategories) || errors.Is(l.problem, intent.ErrFewMessages):
		return lang.L("This dataset’s own check model can label as soon as there are labelled messages of two categories: generate or import some first.")
	case l.problem != nil:
		return explanation(l.problem)
	case l.looked && l.model == nil:
		return lang.L("A language model can label, too, once Settings has its address or key.")
	}
	return ""
}
