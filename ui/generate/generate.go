// Package generate is the page that has messages generated: how many of what, by which
// writer, and how far the run is.
package generate

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
	"seedbed/gen/openai"
	"seedbed/localdb"
	"seedbed/ui/shell"
)

// previewed is how many messages people see before they order all of them.
const previewed = 10

// page says how many of what, who writes and what it will take; then shows
// the run. What it looks like is in show.go.
type page struct {
	window     *shell.Window
	categories []localdb.Category
	messages   map[string]int // that there are, by category
	passages   []localdb.Passage
	choices    []shell.WriterChoice
	models     map[string][]string // by address, as far as they were asked for
	unfinished bool
	read       bool      // the dataset's own choices are in the fields
	picked     bool      // a person has said who writes, now or earlier
	asked      *gen.Plan // what another page asked for, in the place of what is missing

	estimates *shell.Loader
	generateView
}

// New makes the page.
func New(w *shell.Window) *shell.Page { return newPage(w).declare() }

func newPage(w *shell.Window) *page {
	p := &page{window: w, models: map[string][]string{}}
	p.estimates = shell.NewLoader(w, "", p.readEstimate, p.showEstimate)
	return p
}

func (p *page) declare() *shell.Page {
	return &shell.Page{
		ID: shell.Generate, Name: lang.L("Generate"), Content: p.content, Load: p.shown, Arrive: p.arrived,
		Act: p.act, RunChanged: p.ran, ShowPlan: p.showPlanOf,
	}
}

// arrived looks who can write: a key may have been added, or a program started.
func (p *page) arrived() {
	if p.choices == nil {
		p.offer([]shell.WriterChoice{shell.BuiltInWriter()}, shell.BuiltInWriter())
	}
	var found []shell.WriterChoice
	p.window.Jobs.RunDetached(func(ctx context.Context) error {
		found = p.window.Writers(ctx)
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
func (p *page) shown() {
	data := p.window.Dataset()
	var categories []localdb.Category
	var counts localdb.Counts
	var passages []localdb.Passage
	var unfinished *localdb.RunRecord
	var choices *generateChoices
	p.window.Jobs.RunSilently(func(ctx context.Context) (err error) {
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
			p.window.Fail(lang.L("The plan could not be read"), err)
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
func (p *page) take(c generateChoices) {
	p.picked = true
	p.language.SetOptions(languageNames(), languageAt(c.Language))
	p.style.SetText(c.Style)
	if c.Cap != "" {
		p.cap.SetText(c.Cap)
	}
	if c.BuiltIn {
		p.offer(p.choices, shell.BuiltInWriter())
		return
	}
	p.offer(p.choices, shell.WriterChoice{Name: shell.HostOf(c.Address), BaseURL: c.Address, Model: c.Model})
}

// takeRun fills the fields with what an interrupted run began with.
func (p *page) takeRun(run localdb.RunRecord) {
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
		p.offer(p.choices, shell.BuiltInWriter())
	}
}

// builtInName is what a run calls the built-in writer.
const builtInName = "builtin"

func (p *page) setCategories(categories []localdb.Category) {
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
func (p *page) fill() {
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
func (p *page) offer(found []shell.WriterChoice, chosen shell.WriterChoice) {
	at := slices.IndexFunc(found, chosen.Same)
	if at < 0 {
		found, at = append(slices.Clone(found), chosen), len(found)
	} else if chosen.Model != "" {
		found = slices.Clone(found)
		found[at].Model = chosen.Model
	}
	p.choices = found
	names := make([]string, len(found), len(found)+1)
	for i, c := range found {
		names[i] = c.Name
	}
	p.writer.SetOptions(append(names, lang.L("Another address…")), at)
	p.written()
}

// chose is called when a person chooses who writes. The last line leads to Settings.
func (p *page) chose(at int) {
	if at >= len(p.choices) {
		p.writer.SetOptions(p.writer.Options(), p.chosen)
		p.window.GoTo(shell.SettingsPage)
		return
	}
	p.picked = true
	p.written()
}

// written shows the models of who is chosen, and asks for them the first time.
func (p *page) written() {
	p.chosen = p.writer.At()
	c := p.choice()
	shell.SetVisible(p.modelRow, !c.BuiltIn)
	shell.SetVisible(p.paidRow, !c.BuiltIn)
	if !c.BuiltIn {
		p.offerModels()
		if _, asked := p.models[c.BaseURL]; !asked {
			p.askModels(c)
		}
	}
	p.left.Refresh()
	p.planned()
}

func (p *page) offerModels() {
	model := p.choice().ModelOrDefault()
	models := slices.Clone(p.models[p.choice().BaseURL])
	if !slices.Contains(models, model) {
		models = append([]string{model}, models...)
	}
	p.model.SetOptions(models, slices.Index(models, model))
}

func (p *page) askModels(c shell.WriterChoice) {
	p.models[c.BaseURL] = nil
	var models []string
	p.window.Jobs.RunDetached(func(ctx context.Context) (err error) {
		models, err = openai.New(p.window.Endpoint(c)).Models(ctx)
		return err
	}, func(err error) {
		if err != nil {
			delete(p.models, c.BaseURL)
			shell.LogError("listing models", err) // the estimate says what is wrong
			return
		}
		p.models[c.BaseURL] = models
		if c.Same(p.choice()) {
			p.offerModels()
		}
	})
}

func (p *page) choseModel(int) {
	p.choices = slices.Clone(p.choices)
	p.choices[p.chosen].Model = p.model.Chosen()
	p.planned()
}

func (p *page) choice() shell.WriterChoice {
	if p.chosen >= 0 && p.chosen < len(p.choices) {
		return p.choices[p.chosen]
	}
	return shell.BuiltInWriter()
}

// plan is what the fields say; ok is false while one of them can't be read.
func (p *page) plan() (plan gen.Plan, ok bool) {
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
	if p.choice().BuiltIn {
		plan.Language, plan.Style = "en", ""
		return plan, plan.Total() > 0
	}
	limit, err := shell.ParseAmount(p.cap.Text)
	if err != nil || limit < 0 {
		return plan, false
	}
	plan.CapUSD = limit
	return plan, plan.Total() > 0
}

// seed is 42 for a new dataset and another for each further run: the same one would
// draw the same situations again.
func (p *page) seed() uint64 { return 42 + uint64(sum(p.messages)) } // a number of messages

// planned shows the total and, off the main goroutine, what the plan will take.
func (p *page) planned() {
	if len(p.rows) == 0 {
		return
	}
	plan, ok := p.plan()
	p.showPlan(plan, ok)
	if ok {
		p.estimates.Load()
	}
}

// estimate is what a plan would take.
type estimate struct {
	gen.Estimate
	builtIn bool
	err     error // why nothing can be said
}

func (p *page) readEstimate() func(ctx context.Context) (estimate, error) {
	plan, ok := p.plan()
	if !ok {
		return nil
	}
	c, categories, passages := p.choice(), p.categories, p.passages
	return func(ctx context.Context) (estimate, error) {
		e := estimate{builtIn: c.BuiltIn}
		writer, err := p.window.OpenWriter(ctx, c, plan.Language, plan.Seed)
		if err == nil {
			e.Estimate, err = gen.EstimateRun(plan, categories, passages, writer)
		}
		e.err = err
		return e, nil
	}
}

func (p *page) showEstimate(e estimate) {
	if _, ok := p.plan(); !ok {
		return // it says what is wrong with the fields
	}
	if e.err != nil {
		p.estimate.SetText(shell.Explain(e.err))
		return
	}
	p.estimate.SetText(estimateText(e.Estimate, e.builtIn))
}

// act goes on with the interrupted run, or starts a new one.
func (p *page) act() {
	if p.unfinished {
		p.goOn()
		return
	}
	p.generate()
}

func (p *page) generate() {
	plan, ok := p.plan()
	if !ok || p.window.RunUnderWay() != nil {
		return
	}
	c, data := p.choice(), p.window.Dataset()
	chosen := generateChoices{
		BuiltIn: c.BuiltIn, Address: c.BaseURL, Model: c.Model,
		Language: messageLanguages[p.language.At()].code, Style: strings.TrimSpace(p.style.Text), Cap: p.cap.Text,
	}
	p.window.Jobs.RunSilently(func(ctx context.Context) error { return chosen.keep(ctx, data) }, func(err error) {
		if err != nil {
			shell.LogError("remembering the choices", err)
		}
	})
	p.asked = nil
	p.window.StartRun(plan, c)
}

// showPlanOf fills the fields with the counts and boundaries of a plan.
func (p *page) showPlanOf(plan gen.Plan) {
	p.asked = &plan
	p.fill()
}

func (p *page) goOn() {
	var limit float64
	if c := p.choice(); !c.BuiltIn {
		limit, _ = shell.ParseAmount(p.cap.Text) // what can't be read leaves the run its own
	}
	p.window.ResumeRun(p.choice(), messageLanguages[p.language.At()].code, limit)
}

func (p *page) leaveIt() {
	data := p.window.Dataset()
	p.window.Jobs.RunSilently(func(ctx context.Context) error {
		run, err := data.UnfinishedRun(ctx)
		if err != nil {
			return err
		}
		return data.FinishRun(ctx, run.ID)
	}, func(err error) {
		p.window.Fail(lang.L("The run could not be put away"), err)
		p.shown()
	})
}

// showPreview makes ten messages and keeps none.
func (p *page) showPreview() {
	plan, ok := p.plan()
	if !ok {
		return
	}
	data, choice := p.window.Dataset(), p.choice()
	var messages []localdb.Message
	var cost *float64
	p.preview.Disable()
	p.window.Jobs.Run(lang.L("Making ten examples"), func(ctx context.Context, _ func(shell.Progress)) error {
		w, err := p.window.OpenWriter(ctx, choice, plan.Language, plan.Seed)
		if err != nil {
			return err
		}
		messages, cost, err = gen.Preview(ctx, gen.Job{Dataset: data, Writer: w, Plan: plan}, previewed)
		return err
	}, func(err error) {
		p.preview.Enable()
		if err != nil {
			p.window.Fail(lang.L("No examples could be made"), err)
			return
		}
		title := lang.L("Examples, not kept")
		if cost != nil && *cost > 0 {
			title = lang.L("Examples for {{.Cost}}, not kept", map[string]any{"Cost": shell.Dollars(localdb.Dollars(*cost))})
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
