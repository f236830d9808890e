package ui

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
	"seedbed/gen/llm"
	"seedbed/gen/openai"
	"seedbed/localdb"
)

// previewed is how many messages people see before they order all of them.
const previewed = 10

// generatePage says how many of what, who writes and what it will take; then shows
// the run. What it looks like is in generate_show.go.
type generatePage struct {
	app        *app
	categories []localdb.Category
	messages   map[string]int // that there are, by category
	passages   []localdb.Passage
	choices    []writerChoice
	models     map[string][]string // by address, as far as they were asked for
	unfinished bool
	read       bool      // the dataset's own choices are in the fields
	picked     bool      // a person has said who writes, now or earlier
	asked      *gen.Plan // what another page asked for, in the place of what is missing

	estimates *reader
	generateView
}

func newGenerate(a *app) page {
	p := &generatePage{app: a, models: map[string][]string{}}
	p.estimates = &reader{jobs: a.jobs, begin: p.readEstimate}
	return p
}

// arrived looks who can write: a key may have been added, or a program started.
func (p *generatePage) arrived() {
	if p.choices == nil {
		p.offer([]writerChoice{builtInWriter()}, builtInWriter())
	}
	var found []writerChoice
	p.app.jobs.aside(func(ctx context.Context) error {
		found = p.app.writers(ctx)
		return nil
	}, func(error) {
		chosen := p.choice()
		if len(found) > 1 && !p.picked {
			chosen = found[1] // a model writes better than the built-in writer
		}
		p.offer(found, chosen)
	})
}

// shown reads the plan's numbers, and the first time what was chosen the last time.
func (p *generatePage) shown() {
	data := p.app.data
	var categories []localdb.Category
	var counts localdb.Counts
	var passages []localdb.Passage
	var unfinished *localdb.RunRecord
	var choices *generateChoices
	p.app.jobs.quietly(func(ctx context.Context) (err error) {
		if categories, err = data.Categories(ctx); err != nil {
			return err
		}
		if counts, err = data.Counts(ctx); err != nil {
			return err
		}
		if passages, err = data.Passages(ctx); err != nil {
			return err
		}
		switch run, err := data.UnfinishedRun(ctx); {
		case err == nil:
			unfinished = &run
		case !errors.Is(err, localdb.ErrNoRun):
			return err
		}
		choices, err = choicesOf(ctx, data)
		return err
	}, func(err error) {
		if err != nil {
			p.app.fail(lang.L("The plan could not be read"), err)
			return
		}
		p.messages, p.passages = map[string]int{}, passages
		for name, tally := range counts.ByCategory {
			p.messages[name] = tally.Total() - tally.Status(localdb.Rejected)
		}
		p.setCategories(categories)
		if !p.read && choices != nil {
			p.take(*choices)
		}
		if unfinished != nil && !p.unfinished {
			p.takeRun(*unfinished)
		}
		p.read, p.unfinished = true, unfinished != nil
		p.from.SetText(p.whereFrom())
		p.planned()
		p.ran()
	})
}

// take fills the fields with earlier choices.
func (p *generatePage) take(c generateChoices) {
	p.picked = true
	p.language.SetOptions(languageNames(), languageAt(c.Language))
	p.style.SetText(c.Style)
	if c.Cap != "" {
		p.cap.SetText(c.Cap)
	}
	if c.BuiltIn {
		p.offer(p.choices, builtInWriter())
		return
	}
	p.offer(p.choices, writerChoice{name: hostOf(c.Address), baseURL: c.Address, model: c.Model})
}

// takeRun fills the fields with what an interrupted run began with.
func (p *generatePage) takeRun(run localdb.RunRecord) {
	var plan gen.Plan
	if json.Unmarshal(run.Plan, &plan) != nil {
		return // the run itself says what is wrong with its plan
	}
	p.language.SetOptions(languageNames(), languageAt(plan.Language))
	p.style.SetText(plan.Style)
	if plan.CapUSD > 0 {
		p.cap.SetText(strconv.FormatFloat(plan.CapUSD, 'f', -1, 64))
	}
	if run.Writer == builtInName {
		p.picked = true
		p.offer(p.choices, builtInWriter())
	}
}

// builtInName is what a run calls the built-in writer.
const builtInName = "builtin"

func (p *generatePage) setCategories(categories []localdb.Category) {
	categories = slices.DeleteFunc(categories, func(c localdb.Category) bool { return c.Archived })
	same := slices.EqualFunc(categories, p.categories, func(a, b localdb.Category) bool {
		return a.ID == b.ID && a.Name == b.Name && a.Colour == b.Colour && a.Target == b.Target
	})
	p.categories = categories
	if same {
		return
	}
	p.showCategories(categories)
	p.fill()
}

// fill sets the numbers: what was asked for, else what the categories lack, else,
// where they lack nothing, their whole targets once more.
func (p *generatePage) fill() {
	lacking := slices.ContainsFunc(p.categories, func(c localdb.Category) bool { return p.messages[c.Name] < c.Target })
	for _, row := range p.rows {
		n := row.category.Target
		switch {
		case p.asked != nil:
			n = p.asked.Of(row.category.Name)
		case lacking:
			n = max(0, n-p.messages[row.category.Name])
		}
		row.number.SetText(strconv.Itoa(n))
	}
	p.planned()
}

// offer lists who can write, and chooses one of them, which is added where it is not
// among them.
func (p *generatePage) offer(found []writerChoice, chosen writerChoice) {
	at := slices.IndexFunc(found, chosen.same)
	if at < 0 {
		found, at = append(slices.Clone(found), chosen), len(found)
	} else if chosen.model != "" {
		found = slices.Clone(found)
		found[at].model = chosen.model
	}
	p.choices = found
	names := make([]string, len(found), len(found)+1)
	for i, c := range found {
		names[i] = c.name
	}
	p.writer.SetOptions(append(names, lang.L("Another address…")), at)
	p.written()
}

// chose is called when a person chooses who writes. The last line leads to Settings.
func (p *generatePage) chose(at int) {
	if at >= len(p.choices) {
		p.writer.SetOptions(p.writer.Options(), p.chosen)
		p.app.goTo(atSettings)
		return
	}
	p.picked = true
	p.written()
}

// written shows the models of who is chosen, and asks for them the first time.
func (p *generatePage) written() {
	p.chosen = p.writer.At()
	c := p.choice()
	setVisible(p.modelRow, !c.builtIn)
	setVisible(p.paidRow, !c.builtIn)
	if !c.builtIn {
		p.offerModels()
		if _, asked := p.models[c.baseURL]; !asked {
			p.askModels(c)
		}
	}
	p.left.Refresh()
	p.planned()
}

func (p *generatePage) offerModels() {
	model := p.choice().modelOrDefault()
	models := slices.Clone(p.models[p.choice().baseURL])
	if !slices.Contains(models, model) {
		models = append([]string{model}, models...)
	}
	p.model.SetOptions(models, slices.Index(models, model))
}

func (p *generatePage) askModels(c writerChoice) {
	p.models[c.baseURL] = nil
	var models []string
	p.app.jobs.aside(func(ctx context.Context) (err error) {
		models, err = openai.New(p.app.endpoint(c)).Models(ctx)
		return err
	}, func(err error) {
		if err != nil {
			delete(p.models, c.baseURL)
			logError("listing models", err) // the estimate says what is wrong
			return
		}
		p.models[c.baseURL] = models
		if c.same(p.choice()) {
			p.offerModels()
		}
	})
}

func (p *generatePage) choseModel(int) {
	p.choices = slices.Clone(p.choices)
	p.choices[p.chosen].model = p.model.Chosen()
	p.planned()
}

func (p *generatePage) choice() writerChoice {
	if p.chosen >= 0 && p.chosen < len(p.choices) {
		return p.choices[p.chosen]
	}
	return builtInWriter()
}

// plan is what the fields say; ok is false while one of them can't be read.
func (p *generatePage) plan() (plan gen.Plan, ok bool) {
	plan = gen.Plan{Seed: p.seed(), Language: messageLanguages[p.language.At()].code, Style: strings.TrimSpace(p.style.Text), Knowledge: len(p.passages) > 0}
	for _, row := range p.rows {
		n, err := strconv.Atoi(strings.TrimSpace(row.number.Text))
		if err != nil || n < 0 {
			return plan, false
		}
		plan.Counts = append(plan.Counts, gen.Count{Category: row.category.Name, Messages: n})
	}
	if p.asked != nil {
		plan = plan.WithBoundaries(p.asked.Boundaries)
	}
	if p.choice().builtIn {
		plan.Language, plan.Style = "en", ""
		return plan, plan.Total() > 0
	}
	limit, err := amount(p.cap.Text)
	if err != nil || limit < 0 {
		return plan, false
	}
	plan.CapUSD = limit
	return plan, plan.Total() > 0
}

// seed is 42 for a new dataset and another for each further run: the same one would
// draw the same situations again.
func (p *generatePage) seed() uint64 { return 42 + uint64(sum(p.messages)) } // a number of messages

// planned shows the total and, off the main goroutine, what the plan will take.
func (p *generatePage) planned() {
	if len(p.rows) == 0 {
		return
	}
	plan, ok := p.plan()
	p.showPlan(plan, ok)
	if ok {
		p.estimates.read()
	}
}

func (p *generatePage) readEstimate() (func(ctx context.Context) error, func(error)) {
	plan, ok := p.plan()
	if !ok {
		return nil, nil
	}
	c, categories, passages := p.choice(), p.categories, p.passages
	open := p.app.opener(c, plan.Language, plan.Seed)
	var estimate llm.Estimate
	return func(ctx context.Context) error {
			w, err := open(ctx)
			if err != nil {
				return err
			}
			estimate, err = gen.EstimateRun(plan, categories, passages, w)
			return err
		}, func(err error) {
			if _, ok := p.plan(); !ok {
				return // it says what is wrong with the fields
			}
			if err != nil {
				p.estimate.SetText(explanation(err))
				return
			}
			p.estimate.SetText(estimateText(estimate, c.builtIn))
		}
}

// act goes on with the interrupted run, or starts a new one.
func (p *generatePage) act() {
	if p.unfinished {
		p.goOn()
		return
	}
	p.generate()
}

func (p *generatePage) generate() {
	plan, ok := p.plan()
	if !ok || p.app.generating() != nil {
		return
	}
	c, data := p.choice(), p.app.data
	chosen := generateChoices{
		BuiltIn: c.builtIn, Address: c.baseURL, Model: c.model,
		Language: messageLanguages[p.language.At()].code, Style: strings.TrimSpace(p.style.Text), Cap: p.cap.Text,
	}
	p.app.jobs.quietly(func(ctx context.Context) error { return chosen.keep(ctx, data) }, func(err error) {
		if err != nil {
			logError("remembering the choices", err)
		}
	})
	p.asked = nil
	p.app.startRun(plan, c)
}

// generatePlan goes to the page with the counts and boundaries of a plan.
func (a *app) generatePlan(plan gen.Plan) {
	a.goTo(atGenerate)
	if p, ok := a.page().(*generatePage); ok {
		p.asked = &plan
		p.fill()
	}
}

func (p *generatePage) goOn() {
	var limit float64
	if c := p.choice(); !c.builtIn {
		limit, _ = amount(p.cap.Text) // what can't be read leaves the run its own
	}
	p.app.resumeRun(p.choice(), messageLanguages[p.language.At()].code, limit)
}

func (p *generatePage) leaveIt() {
	data := p.app.data
	p.app.jobs.quietly(func(ctx context.Context) error {
		run, err := data.UnfinishedRun(ctx)
		if err != nil {
			return err
		}
		return data.FinishRun(ctx, run.ID)
	}, func(err error) {
		p.app.fail(lang.L("The run could not be put away"), err)
		p.shown()
	})
}

func (p *generatePage) pauseOrGoOn() {
	run := p.app.generating()
	if run == nil {
		return
	}
	if run.paused = !run.paused; run.paused {
		run.controls.Pause()
	} else {
		run.controls.Continue()
	}
	p.ran()
}

// showPreview makes ten messages and keeps none.
func (p *generatePage) showPreview() {
	plan, ok := p.plan()
	if !ok {
		return
	}
	data, open := p.app.data, p.app.opener(p.choice(), plan.Language, plan.Seed)
	var messages []localdb.Message
	var cost *float64
	p.preview.Disable()
	p.app.jobs.run(lang.L("Making ten examples"), func(ctx context.Context, _ func(progress)) error {
		w, err := open(ctx)
		if err != nil {
			return err
		}
		messages, cost, err = gen.Preview(ctx, gen.Job{Dataset: data, Writer: w, Plan: plan}, previewed)
		return err
	}, func(err error) {
		p.preview.Enable()
		if err != nil {
			p.app.fail(lang.L("No examples could be made"), err)
			return
		}
		title := lang.L("Examples, not kept")
		if cost != nil && *cost > 0 {
			title = lang.L("Examples for {{.Cost}}, not kept", map[string]any{"Cost": cents(localdb.Dollars(*cost))})
		}
		p.arrive(title, messages)
	})
}

func sum[K comparable](counts map[K]int) int {
	total := 0
	for _, n := range counts {
		total += n
	}
	return total
}
