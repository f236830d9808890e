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

	"seedbed/assets/number"
	"seedbed/gen"
	"seedbed/gen/llm"
	"seedbed/gen/profile"
	"seedbed/localdb"
	"seedbed/ui/shell"
)

// page is how many of what and who writes, and then the run. What it is made of is in
// view.go.
type page struct {
	window     *shell.Window
	data       *localdb.Dataset // whose page it is
	categories localdb.Categories
	messages   map[string]int // that there are, by category
	passages   []localdb.Passage
	writers    []shell.WriterChoice
	models     map[string][]llm.Choice // by address, as far as they were asked for
	listed     []llm.Choice            // those of the model field
	unfinished bool                    // the dataset has a run that can be resumed

	filled        bool      // the dataset's own choices are in the fields
	writerChosen  bool      // a person has said who writes, now or earlier
	requestedPlan *gen.Plan // what another page asked for, in the place of what is missing
	seed          uint64    // of the next run
	capacity      gen.Capacity
	domain        localdb.Domain
	wanted        string     // the code of the language that a person chose; "" for none
	offered       []language // by the writer
	resumed       gen.Plan   // of the unfinished run
	users         users

	state, estimates *shell.Loader
	view
}

// New makes the page.
func New(w *shell.Window) *shell.Page { return newPage(w).declare() }

func newPage(w *shell.Window) *page {
	p := &page{window: w, data: w.Dataset(), models: map[string][]llm.Choice{}, seed: gen.NewSeed()}
	p.state = shell.NewLoader(w, lang.L("The plan could not be read"), p.readState, p.showState)
	p.users.loader = shell.NewLoader(w, "", p.readUsers, p.showUsers)
	p.estimates = shell.NewLoader(w, "", p.readEstimate, p.showEstimate)
	return p
}

func (p *page) declare() *shell.Page {
	return &shell.Page{
		ID: shell.Generate, Name: lang.L("Generate"), Content: p.content, Load: p.state.Load, Arrive: p.findWriters, Leave: p.leave,
		Actions: p.actions, RunChanged: p.showRun, ShowPlan: p.requestPlan,
	}
}

func (p *page) actions() []shell.Action {
	main := lang.L("Generate")
	switch {
	case p.unfinished:
		main = lang.L("Resume the run")
	case p.goesOn():
		main = p.next.Text()
	}
	idle := func() bool { return p.window.RunUnderWay() == nil }
	ready := func() bool { return idle() && !p.start.Disabled() }
	busy := func() bool { return !idle() && !p.stop.Disabled() }
	return []shell.Action{
		{Menu: shell.DatasetMenu, Name: main, Key: shell.Act, Do: p.act, Can: func() bool { return idle() && (p.unfinished || p.goesOn() || ready()) }},
		{Menu: shell.DatasetMenu, Name: lang.L("Preview ten messages"), Do: p.showExamples, Can: ready},
		{Menu: shell.DatasetMenu, Name: lang.L("Pause or resume"), Do: p.window.TogglePause, Can: busy, Line: true},
		{Menu: shell.DatasetMenu, Name: lang.L("Stop the run"), Do: p.window.StopRun, Can: busy},
	}
}

// state is what of the dataset a plan rests on.
type state struct {
	categories []localdb.Category
	counts     localdb.Counts
	passages   []localdb.Passage
	domain     localdb.Domain
	unfinished *localdb.RunRecord // nil where there is none
	choices    *choices           // nil where nothing was ever chosen
}

func (p *page) readState() func(context.Context) (state, error) {
	data := p.window.Dataset()
	return func(ctx context.Context) (s state, err error) {
		if s.categories, err = data.Categories(ctx); err != nil {
			return s, err
		}
		if s.counts, err = data.Counts(ctx); err != nil {
			return s, err
		}
		if s.passages, err = data.Passages(ctx); err != nil {
			return s, err
		}
		if s.domain, err = data.Domain(ctx); err != nil {
			return s, err
		}
		switch run, err := data.UnfinishedRun(ctx); {
		case err == nil:
			s.unfinished = &run
		case !errors.Is(err, localdb.ErrNoRun):
			return s, err
		}
		s.choices, err = readChoices(ctx, data)
		return s, err
	}
}

// showState fills the fields, the first time with what was chosen the last time.
func (p *page) showState(s state) {
	p.messages, p.passages = map[string]int{}, s.passages
	p.showDomain(s.domain)
	for name, tally := range s.counts.ByCategory {
		p.messages[name] = tally.Total() - tally.Status(localdb.Rejected)
	}
	p.setCategories(s.categories)
	if !p.filled && s.choices != nil {
		p.fillChoices(*s.choices)
	}
	if s.unfinished != nil {
		p.showUnfinished(*s.unfinished)
	}
	p.dropMissingPassages()
	p.filled, p.unfinished = true, s.unfinished != nil
	p.from.SetText(p.knowledgeText())
	p.updatePlan()
	if hasRealMessages(s.counts) {
		p.users.loader.Load()
	} else {
		p.showUsers(profile.Profiles{})
	}
	p.showRun()
}

// fillChoices fills the fields with earlier choices.
func (p *page) fillChoices(c choices) {
	p.writerChosen = true
	p.wanted = c.Language
	p.style.SetText(c.Style)
	p.users.like.SetChecked(c.LikeUsers)
	if c.Cap != "" {
		p.limit.SetText(c.Cap)
	}
	if c.BuiltIn {
		p.setWriters(p.writers, shell.BuiltInWriter())
		return
	}
	p.setWriters(p.writers, shell.WriterChoice{Name: shell.HostOf(c.Address), BaseURL: c.Address, Model: c.Model})
}

// showUnfinished fills the fields, the first time, with what an interrupted run began with.
func (p *page) showUnfinished(run localdb.RunRecord) {
	var plan gen.Plan
	if json.Unmarshal(run.Plan, &plan) != nil {
		return // the run itself says what is wrong with its plan
	}
	p.resumed = plan
	if p.unfinished {
		return
	}
	p.resumeLimit.SetText(limitText(len(plan.Passages)))
	shell.SetVisible(p.resumeLimit, len(plan.Passages) > 0)
	p.wanted = plan.Language
	p.style.SetText(plan.Style)
	p.users.like.SetChecked(plan.Habits != nil)
	if plan.CapUSD > 0 {
		p.limit.SetText(number.Write(plan.CapUSD))
	}
	if run.Writer == builtInName {
		p.writerChosen = true
		p.setWriters(p.writers, shell.BuiltInWriter())
	}
}

// builtInName is what a run calls the built-in writer.
const builtInName = "builtin"

func (p *page) setCategories(categories []localdb.Category) {
	categories = slices.DeleteFunc(categories, func(c localdb.Category) bool { return c.Archived })
	same := slices.EqualFunc(categories, p.categories, func(a, b localdb.Category) bool {
		return a.ID == b.ID && a.Name == b.Name && a.Shown() == b.Shown() && a.Colour == b.Colour && a.Target == b.Target
	})
	p.categories = categories
	if same {
		return
	}
	p.showCategories(categories)
	p.setCounts()
}

// setCounts sets the numbers: what was asked for, else what the categories lack, else,
// where they lack nothing, their whole targets once more.
func (p *page) setCounts() {
	lacking := slices.ContainsFunc(p.categories, func(c localdb.Category) bool { return p.messages[c.Name] < c.Target })
	for _, row := range p.rows {
		n := row.category.Target
		switch {
		case p.requestedPlan != nil:
			n = p.requestedPlan.Of(row.category.Name)
		case lacking:
			n = max(0, n-p.messages[row.category.Name])
		}
		row.number.SetText(strconv.Itoa(n))
	}
	p.updatePlan()
}

// plan is what the fields say; problem is what is wrong with them, "" for nothing.
func (p *page) plan() (plan gen.Plan, problem string) {
	plan = gen.Plan{Seed: p.seed, Language: p.languageCode(), Style: strings.TrimSpace(p.style.Text), Knowledge: len(p.passages) > 0, Habits: p.users.habits()}
	for _, row := range p.rows {
		n, err := number.Messages.Int(row.number.Text)
		if err != nil {
			return plan, row.category.Shown() + ": " + p.window.Explain(err)
		}
		plan.Counts = append(plan.Counts, gen.Count{Category: row.category.Name, Messages: n})
	}
	if p.requestedPlan != nil {
		plan = plan.WithBoundaries(p.requestedPlan.Boundaries)
		plan.Passages = p.requestedPlan.Passages
	}
	if !p.choice().BuiltIn {
		limit, err := number.Cap.Parse(p.limit.Text)
		if err != nil {
			return plan, lang.L("Spending limit, 0 for none: {{.Why}}", map[string]any{"Why": p.window.Explain(err)})
		}
		plan.CapUSD = limit
	}
	if err := plan.CheckNumbers(); err != nil {
		return plan, p.window.Explain(err)
	}
	return plan, ""
}

// updatePlan shows the total and, off the main goroutine, what the plan will take.
func (p *page) updatePlan() {
	p.offerLanguages()
	if len(p.rows) == 0 {
		return
	}
	plan, problem := p.plan()
	p.showPlan(plan, problem)
	if problem == "" {
		p.estimates.Load()
	}
}

// goesOn reports whether the next step is another page's.
func (p *page) goesOn() bool { return p.next != nil && p.next.Visible() }

// act does what the bright button does.
func (p *page) act() {
	switch {
	case p.unfinished:
		p.resumeRun()
	case p.goesOn():
		p.next.Tapped(nil)
	default:
		p.startRun()
	}
}

func (p *page) startRun() {
	if _, problem := p.plan(); problem == "" && p.window.RunUnderWay() == nil {
		p.keepAbout(p.startPlan)
	}
}

func (p *page) startPlan() {
	plan, problem := p.plan()
	if problem != "" || p.window.RunUnderWay() != nil {
		return
	}
	c, data := p.choice(), p.window.Dataset()
	chosen := choices{
		BuiltIn: c.BuiltIn, Address: c.BaseURL, Model: c.Model,
		Language: p.languageCode(), Style: strings.TrimSpace(p.style.Text), Cap: p.limit.Text, LikeUsers: p.users.like.Checked,
	}
	p.window.Change(lang.L("Saving the choices"), lang.L("The choices could not be saved"), func(ctx context.Context, _ localdb.Report) error { return chosen.save(ctx, data) }, func(error) {})
	p.requestedPlan = nil
	p.window.StartRun(plan, c)
	p.seed = gen.NewSeed()
}

// requestPlan fills the fields with the counts and boundaries of a plan.
func (p *page) requestPlan(plan gen.Plan) {
	p.requestedPlan = &plan
	p.setCounts()
	p.showRun()
}

func (p *page) resumeRun() { p.keepAbout(p.resumePlan) }

func (p *page) resumePlan() {
	var limit float64
	if c := p.choice(); !c.BuiltIn {
		limit, _ = number.Cap.Parse(p.limit.Text) // what can't be read leaves the run its own
	}
	p.window.ResumeRun(p.choice(), limit)
}

func (p *page) abandonRun() {
	data := p.window.Dataset()
	p.window.Change(lang.L("Ending the run"), lang.L("The run could not be ended"), func(ctx context.Context, _ localdb.Report) error {
		run, err := data.UnfinishedRun(ctx)
		if err != nil {
			return err
		}
		return data.FinishRun(ctx, run.ID)
	}, func(error) { p.state.Load() })
}
