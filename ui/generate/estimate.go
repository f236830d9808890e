package generate

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
	"seedbed/gen/llm"
	"seedbed/localdb"
	"seedbed/ui/shell"
)

// estimate is what a plan would take.
type estimate struct {
	llm.Estimate
	builtIn bool
	made    map[string]int // of the built-in writer, by category
	err     error          // why nothing can be said
}

func (p *page) readEstimate() func(ctx context.Context) (estimate, error) {
	plan, problem := p.plan()
	if problem != "" {
		return nil
	}
	if p.window.RunUnderWay() != nil {
		return nil // each batch would have it read again
	}
	c, domain, categories, passages := p.choice(), p.domain, p.categories, p.passages
	return func(ctx context.Context) (estimate, error) {
		e := estimate{builtIn: c.BuiltIn}
		data := p.window.Dataset()
		writer, err := p.window.OpenWriter(ctx, c, plan.Language, plan.Seed)
		if err == nil {
			e.Estimate, err = gen.EstimateRun(plan, domain, categories, passages, writer)
		}
		if err == nil && c.BuiltIn && data != nil {
			e.made, err = p.capacity.Read(ctx, data, plan)
		}
		e.err = err
		return e, nil
	}
}

func (p *page) showEstimate(e estimate) {
	plan, problem := p.plan()
	if problem != "" {
		return // it says what is wrong with the fields
	}
	p.showShort(plan, e.made)
	if e.err != nil {
		p.estimate.SetText(p.window.Explain(e.err))
		return
	}
	p.estimate.SetText(estimateText(e.Estimate, e.builtIn))
}

// shownShort is how many categories showShort names.
const shownShort = 3

// showShort says which categories the built-in writer can't fill, where it is chosen.
func (p *page) showShort(plan gen.Plan, made map[string]int) {
	var short []string
	for _, c := range plan.Counts {
		if wanted := plan.Of(c.Category); made != nil && made[c.Category] < wanted {
			short = append(short, lang.L("about {{.N}} of {{.All}} for {{.Category}}", map[string]any{"N": shell.Thousands(made[c.Category]), "All": shell.Thousands(wanted), "Category": p.categories.Named(c.Category).Shown()}))
		}
	}
	if more := len(short) - shownShort; more > 0 {
		short = append(short[:shownShort], lang.N("and too few for {{.N}} more categories", more, map[string]any{"N": shell.Thousands(more)}))
	}
	p.short.SetText(lang.L("The built-in writer can make {{.List}}. Add examples, or choose a language model.", map[string]any{"List": strings.Join(short, ", ")}))
	shell.SetVisible(p.shortRow, len(short) > 0)
	p.left.Refresh() // the rows below move
}

func estimateText(e llm.Estimate, builtIn bool) string {
	if builtIn {
		return lang.L("On this computer: free, in a few seconds, without a network.")
	}
	took := time.Duration(e.Seconds * float64(time.Second)).Round(time.Second)
	fields := map[string]any{"Requests": shell.Thousands(e.Requests), "Time": took.String(), "Low": shell.Dollars(e.Low), "High": shell.Dollars(e.High)}
	switch {
	case !e.Known:
		return lang.L("About {{.Requests}} requests, {{.Time}}. The price of this model is not known; enter it in Settings.", fields)
	case e.High == 0:
		return lang.L("About {{.Requests}} requests, {{.Time}}. It runs on this computer: free.", fields)
	}
	return lang.L("About {{.Requests}} requests, {{.Time}}, {{.Low}} to {{.High}}.", fields)
}

// exampleCount is how many messages people see before they order all of them.
const exampleCount = 10

// showExamples makes ten messages and keeps none.
func (p *page) showExamples() { p.keepAbout(p.makeExamples) }

func (p *page) makeExamples() {
	plan, problem := p.plan()
	if problem != "" {
		return
	}
	data, choice := p.window.Dataset(), p.choice()
	var messages []localdb.Message
	var cost *float64
	p.preview.Disable()
	p.window.Jobs.Run(lang.L("Generating ten examples"), func(ctx context.Context, _ func(shell.Progress)) error {
		w, err := p.window.OpenWriter(ctx, choice, plan.Language, plan.Seed)
		if err != nil {
			return err
		}
		messages, cost, err = gen.Preview(ctx, gen.Job{Dataset: data, Writer: w, Plan: plan}, exampleCount)
		return err
	}, func(err error) {
		p.preview.Enable()
		if err != nil {
			p.window.Fail(lang.L("The examples could not be generated"), err)
			return
		}
		title := lang.L("Examples, not kept")
		if cost != nil && *cost > 0 {
			title = lang.L("Examples for {{.Cost}}, not kept", map[string]any{"Cost": shell.Dollars(localdb.Dollars(*cost))})
		}
		p.showMessages(title, messages)
	})
}
