package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"seedbed/gen"
	"seedbed/gen/llm"
	"seedbed/gen/scheduler"
	"seedbed/localdb"
	"seedbed/ui/widget"
)

// generateView is what the page is made of.
type generateView struct {
	from, total, estimate, boundaries *widget.Text
	left                              *container.Scroll
	counts                            *fyne.Container
	rows                              []*countRow
	writer, model, language           *widget.Select
	chosen                            int // of the writers
	cap, style                        *widget.Field
	modelRow, paidRow, boundaryRow    *fyne.Container
	start, preview, pause, stop       *widget.Button
	resume                            *widget.Surface
	arriving                          *fyne.Container
	arrivingTitle                     *widget.Text
	done, spent, requests, setAside   *widget.Stat
	idle, busy                        *fyne.Container
	last                              *generation // the run whose end is shown
}

func (p *generatePage) content() fyne.CanvasObject {
	p.from, p.total, p.estimate, p.boundaries = widget.Muted(""), widget.Heading(""), widget.Muted(""), widget.Muted("")
	p.counts, p.arriving, p.arrivingTitle = widget.Stack(4), widget.Stack(8), widget.Heading("")
	p.writer, p.model = widget.NewSelect(nil, p.chose), widget.NewSelect(nil, p.choseModel)
	p.language = widget.NewSelect(languageNames(), func(int) { p.planned() })
	p.cap, p.style = widget.NewNumber("0.50"), widget.NewField("")
	p.cap.OnChanged = func(string) { p.planned() }
	p.style.SetPlaceHolder(lang.L("everyday style, some typos"))
	p.start = widget.NewPrimary("", p.generate).WithKey(actKey)
	p.preview = widget.NewButton(lang.L("Show me ten first"), p.showPreview)
	p.pause, p.stop = widget.NewButton("", p.pauseOrGoOn), widget.NewButton(lang.L("Stop"), p.app.stopRun)
	p.done, p.spent = widget.NewStat(lang.L("Done")), widget.NewStat(lang.L("Spent"))
	p.requests, p.setAside = widget.NewStat(lang.L("Requests")), widget.NewStat(lang.L("Set aside"))
	p.resume = widget.Notice(widget.Stack(8, widget.Body(lang.L("A run was interrupted. Nothing is lost: it can go on where it was, and nothing is paid for twice.")),
		widget.Wrap(8, widget.NewPrimary(lang.L("Go on"), p.goOn).WithKey(actKey), widget.NewButton(lang.L("Leave it"), p.leaveIt))))
	p.idle, p.busy = widget.Row(8, p.preview, p.start), widget.Row(8, p.pause, p.stop)
	p.modelRow = widget.Row(10, widget.Caption(lang.X("settings.model", "Model")), p.model)
	p.paidRow = widget.Stack(8,
		widget.Wrap(10, widget.Row(10, widget.Caption(lang.L("Language")), p.language), widget.Row(10, widget.Caption(lang.L("Spend at most $")), widget.Width(70, p.cap))),
		container.NewBorder(nil, nil, centred(widget.Caption(lang.L("Style"))), nil, p.style))
	p.boundaryRow = widget.Stack(4, p.boundaries, widget.Wrap(8, widget.NewSmall(lang.L("Leave these out"), p.withoutBoundaries)))

	head := container.NewBorder(nil, nil, nil, container.NewVBox(container.NewStack(p.idle, p.busy)),
		widget.Stack(4, widget.Title(lang.L("Generate messages")), p.from))
	p.left = tall(widget.Stack(12, p.resume, p.total, p.counts, p.boundaryRow,
		widget.Wrap(10, widget.Row(10, widget.Caption(lang.L("Written by")), p.writer), p.modelRow), p.paidRow, p.estimate))
	right := widget.Card(widget.Below(10, widget.Stack(10, p.arrivingTitle, widget.Rule()), scrolled(p.arriving)))
	stats := widget.Columns(16, []float32{1, 1, 1, 1}, p.done, p.spent, p.requests, p.setAside)
	p.showProgress(gen.Progress{})
	p.arrive(lang.L("Arriving now"), nil)
	p.ran()
	return framed(head, container.NewBorder(nil, container.New(layout.NewCustomPaddedLayout(12, 0, 0, 0), stats), nil, nil,
		widget.Columns(16, []float32{59, 41}, widget.Card(p.left), right)))
}

// countRow is one category's number, and how much of it is there.
type countRow struct {
	category localdb.Category
	number   *widget.Field
	gauge    *widget.Gauge
	text     *widget.Text
}

func (p *generatePage) showCategories(categories []localdb.Category) {
	p.rows, p.last = nil, nil
	p.counts.RemoveAll()
	for _, c := range categories {
		colour := widget.ParseColour(c.Colour)
		row := &countRow{category: c, number: widget.NewNumber(""), gauge: widget.NewGauge(colour), text: widget.Caption("")}
		row.number.OnChanged = func(string) { p.planned() }
		p.rows = append(p.rows, row)
		p.counts.Add(container.NewBorder(nil, nil,
			widget.Row(12, widget.Width(120, container.NewHBox(widget.NewChip(shortened(c.Name, chipCut), colour))), widget.Width(60, row.number), widget.Stack(0)),
			widget.Width(80, widget.Row(0, layout.NewSpacer(), row.text)), row.gauge))
	}
	p.left.Refresh() // the rows below move down
}

// chipCut is how many characters of a category's name stand in a list of them.
const chipCut = 22

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

// showPlan says how much the fields ask for, or what is wrong with them.
func (p *generatePage) showPlan(plan gen.Plan, ok bool) {
	n := map[string]any{"N": thousands(plan.Total())}
	p.total.SetText(lang.L("{{.N}} messages", n))
	p.start.SetText(lang.L("Generate {{.N}}", n))
	setEnabled(p.start, ok)
	setEnabled(p.preview, ok)
	if !ok {
		p.estimate.SetText(lang.L("Each number is a whole one, such as 80, and at least one of them is above 0. What to spend at most is an amount such as 0.50, or 0 for no limit."))
	}
	var pairs []string
	for _, b := range plan.Boundaries {
		pairs = append(pairs, lang.L("{{.N}} of {{.Category}} that read like {{.Other}}", map[string]any{"N": thousands(b.Messages), "Category": b.Category, "Other": b.ReadsLike}))
	}
	p.boundaries.SetText(lang.L("Among them, to tell apart what the check mixes up: {{.Pairs}}.", map[string]any{"Pairs": strings.Join(pairs, ", ")}))
	setVisible(p.boundaryRow, len(pairs) > 0)
}

func (p *generatePage) withoutBoundaries() {
	if p.asked != nil {
		p.asked.Counts, p.asked.Boundaries = p.countsOf(*p.asked), nil
	}
	p.planned()
}

// countsOf is what a plan asks for by category, boundaries included.
func (p *generatePage) countsOf(plan gen.Plan) []gen.Count {
	var counts []gen.Count
	for _, c := range p.categories {
		counts = append(counts, gen.Count{Category: c.Name, Messages: plan.Of(c.Name)})
	}
	return counts
}

func estimateText(e llm.Estimate, builtIn bool) string {
	if builtIn {
		return lang.L("On this computer: free, in a few seconds, without a network.")
	}
	took := time.Duration(e.Seconds * float64(time.Second)).Round(time.Second)
	fields := map[string]any{"Requests": thousands(e.Requests), "Time": took.String(), "Low": cents(e.Low), "High": cents(e.High)}
	switch {
	case !e.Known:
		return lang.L("About {{.Requests}} requests, {{.Time}}. Nobody knows what this model costs; Settings takes its price.", fields)
	case e.High == 0:
		return lang.L("About {{.Requests}} requests, {{.Time}}. It runs on this computer: free.", fields)
	}
	return lang.L("About {{.Requests}} requests, {{.Time}}, {{.Low}} to {{.High}}.", fields)
}

// ran shows how far the newest run is, and the buttons that there are a use for.
func (p *generatePage) ran() {
	if p.idle == nil {
		return
	}
	run := p.app.generating()
	setVisible(p.idle, run == nil)
	setVisible(p.busy, run != nil)
	setVisible(p.resume, run == nil && p.unfinished)
	p.left.Refresh()
	if p.app.run == nil || p.app.run == p.last {
		return
	}
	p.showProgress(p.app.run.progress)
	p.arrive(lang.L("Arriving now"), p.app.run.progress.Newest)
	if run == nil {
		p.last = p.app.run
		return
	}
	label := lang.L("Pause")
	if run.paused {
		label = lang.L("Go on")
	}
	p.pause.SetText(label)
	setEnabled(p.pause, !run.stopping)
	setEnabled(p.stop, !run.stopping)
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
	if g.Wanted == 0 {
		p.done.Set("–", translated(g.Note.Parts()))
	} else {
		p.done.Set(lang.L("{{.Kept}} of {{.Wanted}}", map[string]any{"Kept": thousands(g.Kept), "Wanted": thousands(g.Wanted)}), p.whatNow(g))
	}
	p.spent.Set(spentText(g), capText(g.Spend))
	retries := ""
	if g.Retries > 0 {
		retries = lang.L("{{.N}} sent again after trouble", map[string]any{"N": thousands(g.Retries)})
	}
	p.requests.Set(thousands(g.Requests), retries)
	p.setAside.Set(thousands(sum(g.Discarded)), reasons(g.Discarded))
}

// whatNow says what a run waits for, or how long it will take.
func (p *generatePage) whatNow(g gen.Progress) string {
	run := p.app.generating()
	switch {
	case run == nil:
		return ""
	case run.stopping:
		return lang.L("stopping: what is on its way comes in")
	case run.paused:
		return lang.L("paused")
	case !g.Note.IsZero():
		return translated(g.Note.Parts())
	case g.Left > 0:
		return lang.L("about {{.Time}} left", map[string]any{"Time": g.Left.Round(time.Second).String()})
	}
	return ""
}

// arrivedCut is how many characters of a message are shown: some go on for pages.
const arrivedCut = 280

// arrive shows messages, at most as many as a run reports.
func (p *generatePage) arrive(title string, messages []localdb.Message) {
	p.arrivingTitle.SetText(title)
	var lines []fyne.CanvasObject
	for _, m := range messages {
		colour := widget.ParseColour("")
		for _, c := range p.categories {
			if c.Name == m.Category {
				colour = widget.ParseColour(c.Colour)
			}
		}
		lines = append(lines, widget.Stack(6, container.NewHBox(widget.NewChip(shortened(m.Category, chipCut), colour)), widget.Body(shortened(m.Text, arrivedCut)), widget.Rule()))
	}
	if len(lines) == 0 {
		lines = append(lines, widget.Muted(lang.L("Messages show up here as they are made. Ten examples come first if you like, and are not kept.")))
	}
	p.arriving.Objects = lines
	p.arriving.Refresh()
}

func spentText(g gen.Progress) string {
	switch {
	case g.Requests == 0:
		return cents(0)
	case !g.Spend.Known:
		return lang.L("unknown")
	}
	return cents(g.Spend.Cost)
}

func capText(s scheduler.Spend) string {
	if s.Cap == 0 {
		return ""
	}
	return lang.L("of {{.Cap}}", map[string]any{"Cap": cents(s.Cap)})
}

// asideFor says why a run set messages aside.
func asideFor(reason string) string {
	switch reason {
	case gen.Empty:
		return lang.L("empty")
	case gen.TooLong:
		return lang.L("too long")
	case gen.ExactCopy:
		return lang.L("exact duplicate")
	case gen.NearCopy:
		return lang.L("near-duplicate")
	case gen.Echo:
		return lang.L("echo of the prompt")
	case gen.Refusal:
		return lang.L("refusal")
	case gen.Placeholder:
		return lang.L("placeholder")
	case gen.OtherCategory:
		return lang.L("another category's")
	case gen.FromPassage:
		return lang.L("copied from the passage")
	case gen.Surplus:
		return lang.L("more than asked")
	}
	return reason
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
		names[i] = thousands(aside[reason]) + " " + asideFor(reason)
	}
	return strings.Join(names, ", ")
}
