package ui

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"seedbed/gen"
	"seedbed/localdb"
	"seedbed/ui/look"
)

// previewed is how many messages people see before they order all of them.
const previewed = 10

// generatePage says how many of what, who writes and what it will take; then shows
// the run.
type generatePage struct {
	app        *app
	categories []localdb.Category
	passages   []localdb.Passage
	choices    []writerChoice
	unfinished bool
	asked      *gen.Plan // what another page asked for, in the place of the categories' targets

	from, total, estimate           *look.Text
	left                            *container.Scroll
	counts                          *fyne.Container
	rows                            []*countRow
	writer, language                *widget.Select
	cap, style                      *widget.Entry
	capRow                          *fyne.Container
	start, preview, pause, stop     *look.Button
	resume                          *look.Surface
	arriving                        *fyne.Container
	arrivingTitle                   *look.Text
	done, spent, requests, setAside *look.Stat
	idle, busy                      *fyne.Container
	estimated                       string // the plan that the estimate is of
}

func newGenerate(a *app) page { return &generatePage{app: a} }

func (p *generatePage) content() fyne.CanvasObject {
	p.from, p.total, p.estimate = look.Muted(""), look.Heading(""), look.Muted("")
	p.counts, p.arriving = look.Stack(6), look.Stack(8)
	p.arrivingTitle = look.Heading(lang.L("Arriving now"))
	p.writer = widget.NewSelect(nil, func(string) { p.planned() })
	p.language = widget.NewSelect(languageNames(), func(string) { p.planned() })
	p.language.SetSelectedIndex(0)
	p.cap, p.style = widget.NewEntry(), widget.NewEntry()
	p.cap.SetText("0.50")
	p.cap.OnChanged = func(string) { p.planned() }
	p.style.SetPlaceHolder(lang.L("everyday style, some typos"))
	p.start = look.NewPrimary("", p.generate).WithKey(actKey)
	p.preview = look.NewButton(lang.L("Show me ten first"), p.showPreview)
	p.pause, p.stop = look.NewButton(lang.L("Pause"), p.pauseOrGoOn), look.NewButton(lang.L("Stop"), p.stopRun)
	p.done, p.spent = look.NewStat(lang.L("Done")), look.NewStat(lang.L("Spent"))
	p.requests, p.setAside = look.NewStat(lang.L("Requests")), look.NewStat(lang.L("Set aside"))
	p.resume = look.Notice(look.Stack(8, look.Body(lang.L("A run was interrupted. Nothing is lost: it can go on where it was, and nothing is paid for twice.")),
		look.Row(8, look.NewPrimary(lang.L("Go on"), p.goOn).WithKey(actKey), look.NewButton(lang.L("Leave it"), p.leaveIt))))
	p.idle, p.busy = look.Row(8, p.preview, p.start), look.Row(8, p.pause, p.stop)
	p.capRow = look.Row(10, look.Caption(lang.L("Spend at most $")), look.Width(70, p.cap))

	head := container.NewBorder(nil, nil, nil, container.NewVBox(container.NewStack(p.idle, p.busy)),
		look.Stack(4, look.Title(lang.L("Generate messages")), p.from))
	options := look.Stack(8,
		look.Wrap(10, look.Row(10, look.Caption(lang.L("Written by")), p.writer), p.capRow, look.Row(10, look.Caption(lang.L("in")), p.language)),
		container.NewBorder(nil, nil, look.Caption(lang.L("Style")), nil, p.style), p.estimate)
	p.left = container.NewVScroll(look.Stack(12, p.resume, p.total, p.counts, options))
	right := look.Card(container.NewBorder(look.Stack(10, p.arrivingTitle, look.Rule()), nil, nil, nil, container.NewVScroll(p.arriving)))
	stats := look.Columns(16, []float32{1, 1, 1, 1}, p.done, p.spent, p.requests, p.setAside)
	p.showProgress(gen.Progress{})
	p.findWriters()
	p.ran()
	return framed(head, container.NewBorder(nil, container.New(layout.NewCustomPaddedLayout(16, 0, 0, 0), stats), nil, nil,
		look.Columns(16, []float32{59, 41}, look.Card(p.left), right)))
}

// countRow is one category's number, and how much of it is there.
type countRow struct {
	category localdb.Category
	number   *widget.Entry
	gauge    *look.Gauge
	text     *look.Text
}

func (p *generatePage) addRow(c localdb.Category) *countRow {
	colour := look.ParseColour(c.Colour)
	row := &countRow{category: c, number: widget.NewEntry(), gauge: look.NewGauge(colour), text: look.Caption("")}
	row.number.Scroll = fyne.ScrollNone
	row.number.OnChanged = func(string) { p.planned() }
	p.counts.Add(container.NewBorder(nil, nil, look.Row(12, look.Width(120, container.NewHBox(look.NewChip(c.Name, colour))), look.Width(64, row.number)),
		look.Width(76, row.text), row.gauge))
	return row
}

// shown reads the categories and the passages.
func (p *generatePage) shown() {
	data := p.app.data
	var categories []localdb.Category
	var passages []localdb.Passage
	var unfinished bool
	p.app.jobs.quietly(func(ctx context.Context) (err error) {
		if categories, err = data.Categories(ctx); err != nil {
			return err
		}
		if passages, err = data.Passages(ctx); err != nil {
			return err
		}
		_, err = data.UnfinishedRun(ctx)
		unfinished = err == nil
		return nil
	}, func(err error) {
		if err != nil {
			p.app.fail(lang.L("The plan could not be read"), err)
			return
		}
		p.passages, p.unfinished = passages, unfinished
		p.setCategories(categories)
		p.from.SetText(p.whereFrom())
		p.planned()
		p.ran()
	})
}

func (p *generatePage) setCategories(categories []localdb.Category) {
	categories = slices.DeleteFunc(categories, func(c localdb.Category) bool { return c.Archived })
	same := slices.EqualFunc(categories, p.categories, func(a, b localdb.Category) bool {
		return a.ID == b.ID && a.Name == b.Name && a.Colour == b.Colour && a.Target == b.Target
	})
	if same {
		return
	}
	p.categories, p.rows = categories, nil
	p.counts.RemoveAll()
	for _, c := range categories {
		p.rows = append(p.rows, p.addRow(c))
	}
	p.fill()
	p.left.Refresh() // the rows below move down
}

// findWriters offers the built-in writer at once, and more when they are found:
// the keychain and the ports of this computer may take a second.
func (p *generatePage) findWriters() {
	p.offer([]writerChoice{builtInWriter()}, 0)
	var choices []writerChoice
	p.app.jobs.quietly(func(ctx context.Context) error {
		choices = p.app.writers(ctx)
		return nil
	}, func(error) {
		p.offer(choices, min(1, len(choices)-1))
	})
}

func (p *generatePage) offer(choices []writerChoice, chosen int) {
	p.choices = choices
	p.writer.Options = nil
	for _, c := range choices {
		p.writer.Options = append(p.writer.Options, c.String())
	}
	p.writer.SetSelectedIndex(chosen)
}

func (p *generatePage) whereFrom() string {
	origins := map[string]bool{}
	for _, passage := range p.passages {
		origins[passage.Origin] = true
	}
	if len(origins) == 0 {
		return lang.L("Without a knowledge base: factual questions are general coaching questions.")
	}
	return lang.L("From {{.N}} passages of {{.D}} documents in the knowledge base", map[string]any{"N": thousands(len(p.passages)), "D": len(origins)})
}

func (p *generatePage) choice() writerChoice {
	if at := p.writer.SelectedIndex(); at >= 0 && at < len(p.choices) {
		return p.choices[at]
	}
	return writerChoice{builtIn: true}
}

// plan is what the fields say; ok is false while one of them can't be read.
func (p *generatePage) plan() (plan gen.Plan, ok bool) {
	plan = gen.Plan{Seed: 42, Language: languageCode(p.language.SelectedIndex()), Style: strings.TrimSpace(p.style.Text), Knowledge: len(p.passages) > 0}
	for _, row := range p.rows {
		n, err := strconv.Atoi(row.number.Text)
		if err != nil || n < 0 {
			return plan, false
		}
		plan.Counts = append(plan.Counts, gen.Count{Category: row.category.Name, Messages: n})
	}
	if p.asked != nil {
		plan = plan.WithBoundaries(p.asked.Boundaries)
	}
	if p.choice().builtIn {
		plan.Language = "en"
		return plan, plan.Total() > 0
	}
	limit, err := strconv.ParseFloat(strings.ReplaceAll(p.cap.Text, ",", "."), 64)
	if err != nil || limit < 0 {
		return plan, false
	}
	plan.CapUSD = limit
	return plan, plan.Total() > 0
}

// planned shows the total and, off the main goroutine, what the plan will take.
func (p *generatePage) planned() {
	if len(p.rows) == 0 {
		return
	}
	plan, ok := p.plan()
	p.total.SetText(lang.L("{{.N}} messages", map[string]any{"N": thousands(plan.Total())}))
	p.start.SetText(lang.L("Generate {{.N}}", map[string]any{"N": thousands(plan.Total())}))
	setEnabled(p.start, ok)
	setEnabled(p.preview, ok)
	builtIn := p.choice().builtIn
	setVisible(p.capRow, !builtIn)
	if builtIn {
		if p.language.SelectedIndex() > 0 {
			p.language.SetSelectedIndex(0)
		}
		p.language.Disable()
		p.style.Disable()
	} else {
		p.language.Enable()
		p.style.Enable()
	}
	mark := fmt.Sprint(plan, p.writer.Selected)
	if !ok || p.estimated == mark {
		return
	}
	p.estimated = mark
	open := p.app.opener(p.choice(), plan.Language, plan.Seed)
	var estimate gen.Estimate
	p.app.jobs.quietly(func(ctx context.Context) error {
		w, err := open(ctx)
		if err != nil {
			return err
		}
		estimate, err = gen.EstimateRun(plan, p.categories, p.passages, w)
		return err
	}, func(err error) {
		if p.estimated != mark {
			return // the fields changed meanwhile
		}
		if err != nil {
			p.estimate.SetText(explanation(err))
			return
		}
		p.estimate.SetText(estimateText(estimate, builtIn))
	})
}

func estimateText(e gen.Estimate, builtIn bool) string {
	if builtIn {
		return lang.L("On this computer: free, in a few seconds, without a network.")
	}
	took := time.Duration(e.Seconds * float64(time.Second)).Round(time.Second)
	fields := map[string]any{"Requests": thousands(e.Requests), "Time": took.String(), "Low": cents(e.Low), "High": cents(e.High)}
	if !e.Known {
		return lang.L("About {{.Requests}} requests, {{.Time}}. Nobody knows what this model costs; Settings takes its price.", fields)
	}
	return lang.L("About {{.Requests}} requests, {{.Time}}, {{.Low}} to {{.High}}.", fields)
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
	if !ok || p.app.run != nil {
		return
	}
	p.app.startRun(plan, p.app.opener(p.choice(), plan.Language, plan.Seed))
}

// generatePlan goes to the page with the counts and boundaries of a plan.
func (a *app) generatePlan(plan gen.Plan) {
	a.goTo(atGenerate)
	if p, ok := a.shell.at.page.(*generatePage); ok {
		p.asked = &plan
		p.fill()
	}
}

// fill sets the numbers: the categories' targets, or only what was asked for.
func (p *generatePage) fill() {
	for _, row := range p.rows {
		n := row.category.Target
		if p.asked != nil {
			n = p.asked.Of(row.category.Name)
		}
		row.number.SetText(strconv.Itoa(n))
	}
}

func (p *generatePage) goOn() {
	p.app.resumeRun(p.app.opener(p.choice(), languageCode(p.language.SelectedIndex()), 42))
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
	run := p.app.run
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

func (p *generatePage) stopRun() {
	if p.app.run != nil {
		p.app.run.controls.Stop()
	}
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
		p.arrivingTitle.SetText(lang.L("Examples, not kept"))
		if cost != nil && *cost > 0 {
			p.arrivingTitle.SetText(lang.L("Examples for {{.Cost}}, not kept", map[string]any{"Cost": cents(localdb.Dollars(*cost))}))
		}
		p.arrive(messages)
	})
}

// ran shows how far the run is, or that none is under way.
func (p *generatePage) ran() {
	if p.idle == nil {
		return
	}
	run := p.app.run
	setVisible(p.idle, run == nil)
	setVisible(p.busy, run != nil)
	setVisible(p.resume, run == nil && p.unfinished)
	p.left.Refresh()
	if run == nil {
		return
	}
	p.arrivingTitle.SetText(lang.L("Arriving now"))
	label := lang.L("Pause")
	if run.paused {
		label = lang.L("Go on")
	}
	p.pause.SetText(label)
	p.showProgress(run.progress)
}

func (p *generatePage) showProgress(g gen.Progress) {
	for _, row := range p.rows {
		for _, c := range g.Categories {
			if c.Category == row.category.Name {
				row.gauge.Set(float32(c.Kept) / float32(max(1, c.Wanted)))
				row.text.SetText(fmt.Sprintf("%s / %s", thousands(c.Kept), thousands(c.Wanted)))
			}
		}
	}
	left := g.Note
	if left == "" && g.Left > 0 {
		left = lang.L("about {{.Time}} left", map[string]any{"Time": g.Left.Round(time.Second).String()})
	}
	p.done.Set(lang.L("{{.Kept}} of {{.Wanted}}", map[string]any{"Kept": thousands(g.Kept), "Wanted": thousands(g.Wanted)}), left)
	p.spent.Set(spentText(g.Spend), capText(g.Spend))
	retries := ""
	if g.Retries > 0 {
		retries = lang.L("{{.N}} sent again after trouble", map[string]any{"N": thousands(g.Retries)})
	}
	p.requests.Set(thousands(g.Requests), retries)
	p.setAside.Set(thousands(sum(g.SetAside)), reasons(g.SetAside))
	p.arrive(g.Newest)
}

// arrive shows the newest messages, at most as many as a run reports.
func (p *generatePage) arrive(messages []localdb.Message) {
	lines := make([]fyne.CanvasObject, 0, len(messages))
	for _, m := range messages {
		colour := look.ParseColour("")
		for _, c := range p.categories {
			if c.Name == m.Category {
				colour = look.ParseColour(c.Colour)
			}
		}
		lines = append(lines, look.Stack(6, container.NewHBox(look.NewChip(m.Category, colour)), look.Body(m.Text), look.Rule()))
	}
	p.arriving.Objects = lines
	p.arriving.Refresh()
}

func spentText(s gen.Spend) string {
	if !s.Known {
		return lang.L("unknown")
	}
	return cents(s.Cost)
}

func capText(s gen.Spend) string {
	if s.Cap == 0 {
		return ""
	}
	return lang.L("of {{.Cap}}", map[string]any{"Cap": cents(s.Cap)})
}

// reasons lists why messages were set aside, the commonest first.
func reasons(aside map[string]int) string {
	names := make([]string, 0, len(aside))
	for reason := range aside {
		names = append(names, reason)
	}
	slices.SortFunc(names, func(a, b string) int {
		if aside[a] != aside[b] {
			return aside[b] - aside[a]
		}
		return strings.Compare(a, b)
	})
	for i, reason := range names {
		names[i] = thousands(aside[reason]) + " " + reason
	}
	return strings.Join(names, ", ")
}

func sum(counts map[string]int) int {
	total := 0
	for _, n := range counts {
		total += n
	}
	return total
}
