package generate

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/gen"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// view is what the page is made of.
type view struct {
	from, total, estimate, boundaries *widget.Text
	limitedTo, resumeLimit            *widget.Text
	left                              *container.Scroll
	counts                            *fyne.Container
	rows                              []*countRow
	writer, model, language           *widget.Select
	chosen                            int // of the writers
	limit, style, about               *widget.Field
	modelRow, limitRow, boundaryRow   *fyne.Container
	short                             *widget.Text
	shortRow                          *fyne.Container // what the built-in writer can't make
	limitedRow                        *fyne.Container
	start, preview, pause, stop       *widget.Button
	next                              *widget.Button // what comes after a run
	prompt                            *widget.Button
	resume                            *widget.Panel
	arriving                          *fyne.Container
	arrivingTitle                     *widget.Text
	done, spent, requests, discarded  *widget.MetricCard
	idle, busy, stats                 *fyne.Container
	last                              *shell.Run // the run whose end is shown
}

func (p *page) content() fyne.CanvasObject {
	p.from, p.total, p.estimate, p.boundaries = widget.Muted(""), widget.Heading(""), widget.Muted(""), widget.Muted("")
	p.counts, p.arriving, p.arrivingTitle = widget.VBox(4), widget.VBox(8), widget.Heading("")
	p.writer, p.model = widget.NewSelect(nil, p.chooseWriter), widget.NewSelect(nil, p.chooseModel)
	p.language = widget.NewSelect(nil, p.chooseLanguage)
	p.limit, p.style = widget.NewNumberField("0.50"), widget.NewField("")
	p.about = p.newAbout()
	p.offerLanguages()
	p.limit.OnChanged = func(string) { p.updatePlan() }
	p.style.OnChanged = func(string) { p.updatePlan() }
	p.style.SetPlaceHolder(lang.L("everyday style, some typos"))
	p.start = widget.NewPrimaryButton("", p.startRun).WithKey(shell.ActKey)
	p.preview = widget.NewButton(lang.L("Preview ten"), p.showExamples)
	p.prompt = widget.NewButton(lang.L("Show the prompt"), func() { p.keepAbout(p.showPrompt) })
	p.pause, p.stop = widget.NewButton("", p.window.TogglePause), widget.NewButton(lang.L("Stop"), p.window.StopRun)
	p.done, p.spent = widget.NewMetricCard(lang.L("Done")), widget.NewMetricCard(lang.L("Spent"))
	p.requests, p.discarded = widget.NewMetricCard(lang.L("Requests")), widget.NewMetricCard(lang.L("Discarded"))
	limited := p.newLimited()
	p.resume = widget.Notice(widget.VBox(8, widget.Body(lang.L("A run was interrupted. Nothing is lost: you can resume it where it stopped, and nothing is paid for twice.")), p.resumeLimit,
		widget.Wrap(8, widget.NewPrimaryButton(lang.L("Resume"), p.resumeRun).WithKey(shell.ActKey), widget.NewButton(lang.L("End the run"), p.abandonRun))))
	p.next = widget.NewPrimaryButton(lang.L("Review them"), func() { p.window.GoTo(shell.Review) }).WithKey(shell.ActKey)
	p.next.Hide()
	p.idle, p.busy = widget.HBox(8, p.prompt, p.preview, p.start, p.next), widget.HBox(8, p.pause, p.stop)
	p.modelRow = widget.HBox(10, widget.Caption(lang.X("settings.model", "Model")), p.model)
	p.limitRow = widget.HBox(10, widget.Caption(lang.L("Spend at most $")), widget.FixedWidth(70, p.limit))
	style := widget.VBox(8, widget.Wrap(10, widget.HBox(10, widget.Caption(lang.L("Language")), p.language), p.limitRow),
		container.NewBorder(nil, nil, shell.Centred(widget.Caption(lang.L("Style"))), nil, p.style))
	p.short = widget.Body("")
	buttons := widget.Wrap(8)
	for _, button := range p.window.MoreMessages(false) {
		buttons.Add(button)
	}
	p.shortRow = widget.VBox(4, p.short, buttons)
	p.shortRow.Hide()
	p.boundaryRow = widget.VBox(4, p.boundaries, widget.Wrap(8, widget.NewSmallButton(lang.L("Leave these out"), p.withoutBoundaries)))

	head := widget.VBox(10, shell.Head(widget.Title(lang.L("Generate messages")), p.from, container.NewStack(p.idle, p.busy)),
		container.NewBorder(nil, nil, shell.Centred(widget.Caption(lang.L("What the messages are typed to"))), nil, p.about))
	// Who writes comes first: with many categories, what is below them is out of sight.
	writtenBy := widget.Wrap(10, widget.HBox(10, widget.Caption(lang.L("Written by")), p.writer), p.modelRow)
	p.left = shell.Tall(widget.VBox(12, p.resume, p.total, writtenBy, p.shortRow, limited, p.counts, p.boundaryRow, style, p.newUsers(), p.estimate))
	right := widget.Card(widget.WithHeader(10, widget.VBox(10, p.arrivingTitle, fynewidget.NewSeparator()), shell.Scrolled(p.arriving)))
	p.stats = widget.Columns(16, []float32{1, 1, 1, 1}, p.done, p.spent, p.requests, p.discarded)
	p.showProgress(gen.Progress{})
	p.showMessages(lang.L("Latest messages"), nil)
	p.showRun()
	return shell.PageLayout(head, container.NewBorder(nil, container.New(layout.NewCustomPaddedLayout(12, 0, 0, 0), p.stats), nil, nil,
		widget.Columns(16, []float32{59, 41}, widget.Card(p.left), right)))
}

// countRow is one category's number, and how much of it is there.
type countRow struct {
	category localdb.Category
	number   *widget.Field
	gauge    *widget.ProgressBar
	text     *widget.Text
}

func (p *page) showCategories(categories []localdb.Category) {
	p.rows, p.last = nil, nil
	p.counts.RemoveAll()
	for _, c := range categories {
		colour := theme.ParseColour(c.Colour)
		row := &countRow{category: c, number: widget.NewNumberField(""), gauge: widget.NewProgressBar(colour), text: widget.Caption("").AlignRight()}
		row.number.OnChanged = func(string) { p.updatePlan() }
		p.rows = append(p.rows, row)
		p.counts.Add(container.NewBorder(nil, nil,
			widget.HBox(12, shell.CategoryLabel(c), widget.FixedWidth(60, row.number), widget.VBox(0)),
			widget.FixedWidth(80, row.text), row.gauge))
	}
	p.left.Refresh() // the rows below move down
}

func (p *page) knowledgeText() string {
	origins := map[string]bool{}
	for _, passage := range p.passages {
		origins[passage.Origin] = true
	}
	if len(origins) == 0 {
		return lang.L("Without a knowledge base: factual questions are general ones.")
	}
	return lang.N("From {{.N}} passages of {{.D}} documents in the knowledge base", len(origins), map[string]any{"N": shell.Thousands(len(p.passages)), "D": len(origins)})
}

// showPlan says how much the fields ask for, or what is wrong with them.
func (p *page) showPlan(plan gen.Plan, problem string) {
	n := map[string]any{"N": shell.Thousands(plan.Total())}
	p.total.SetText(shell.CountMessages(plan.Total()))
	p.start.SetText(lang.L("Generate {{.N}}", n))
	shell.SetEnabled(p.start, problem == "")
	shell.SetEnabled(p.preview, problem == "")
	shell.SetEnabled(p.prompt, problem == "")
	if problem != "" {
		p.estimate.SetText(problem)
	}
	p.showLimited(len(plan.Passages))
	var pairs []string
	for _, b := range plan.Boundaries {
		pairs = append(pairs, lang.L("{{.N}} of {{.Category}} that read like {{.Other}}", map[string]any{"N": shell.Thousands(b.Messages), "Category": p.categories.Named(b.Category).Shown(), "Other": p.categories.Named(b.ReadsLike).Shown()}))
	}
	p.boundaries.SetText(lang.L("Including these, for categories that the check confuses: {{.Pairs}}.", map[string]any{"Pairs": strings.Join(pairs, ", ")}))
	shell.SetVisible(p.boundaryRow, len(pairs) > 0)
}

func (p *page) withoutBoundaries() {
	if p.requestedPlan != nil {
		p.requestedPlan.Counts, p.requestedPlan.Boundaries = p.countsOf(*p.requestedPlan), nil
	}
	p.updatePlan()
}

// countsOf is what a plan asks for by category, boundaries included.
func (p *page) countsOf(plan gen.Plan) []gen.Count {
	var counts []gen.Count
	for _, c := range p.categories {
		counts = append(counts, gen.Count{Category: c.Name, Messages: plan.Of(c.Name)})
	}
	return counts
}
