// Package check is the page that trains and tests a small model on the dataset and shows
// what that reveals about its messages.
package check

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
	"seedbed/gen/check"
	"seedbed/gen/intent"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// page shows how well the categories can be distinguished, which messages look mislabelled,
// and what to generate next.
type page struct {
	window *shell.Window
	state  state
	loaded bool // state was read
	queued bool // start a check once it is
	loader *shell.Loader
	job    *shell.Job // the check under way, if any

	how                                 *widget.Text
	train, save                         *widget.Button
	accuracy, macro, weakest, mislabels *widget.MetricCard
	matrix                              *widget.Matrix
	order                               []int // the categories of the matrix, by their place in the check
	cell                                *widget.Text
	mistakes                            *fyne.Container
	noMistakes                          *widget.Text
	openAll, help                       *widget.Button
	caveats                             *widget.Panel
	caveatText                          *widget.Text
	scores, gap                         *widget.Text
	lock                                *widget.Check
	trend                               *widget.Sparkline
	better                              *widget.Text
	past, gauges                        *fyne.Container
	results                             *container.Scroll
	begin, generate, merge              *widget.Button
	body                                *shell.Body
	emptyText                           *widget.Text
}

// state is what the page shows, as it was read from the dataset.
type state struct {
	categories []localdb.Category
	checks     []check.Result // the newest first
	mistakes   []localdb.Message
	holdout    int      // messages in the holdout
	realCount  int      // labelled real messages that are not rejected
	messages   int      // labelled messages that are not rejected
	help       gen.Plan // what helps the weakest category
	compared   *check.Comparison
}

// New returns the page.
func New(w *shell.Window) *shell.Page { return newPage(w).declare() }

func newPage(w *shell.Window) *page {
	p := &page{window: w}
	p.loader = shell.NewLoader(w, lang.L("The checks could not be read"), p.readState, p.show)
	return p
}

func (p *page) declare() *shell.Page {
	return &shell.Page{ID: shell.Check, Name: lang.L("Check"), Content: p.content, Load: p.loader.Load, Act: p.startOrStop, Strengthen: p.strengthen}
}

func (p *page) content() fyne.CanvasObject {
	p.how = widget.Muted("")
	p.train = widget.NewPrimaryButton("", p.startOrStop).WithKey(shell.ActKey)
	p.save = widget.NewButton(lang.L("Save as report…"), p.saveReport)
	head := container.NewBorder(nil, nil, nil, container.NewVBox(widget.HBox(8, p.save, p.train)),
		widget.VBox(4, widget.Title(lang.L("Check the dataset")), p.how))

	p.accuracy, p.macro = widget.NewMetricCard(lang.L("Accuracy")), widget.NewMetricCard(lang.L("Macro F1"))
	p.weakest, p.mislabels = widget.NewMetricCard(lang.L("Weakest")), widget.NewMetricCard(lang.L("Look mislabelled"))
	stats := widget.Columns(16, []float32{1, 1, 1, 1}, p.accuracy, p.macro, p.weakest, p.mislabels)
	p.caveatText = widget.Body("")
	p.caveats = widget.Notice(p.caveatText)

	p.results = container.NewVScroll(widget.VBox(16, stats, p.caveats,
		widget.Columns(16, []float32{54, 46}, widget.Card(p.confusionCard()), widget.Card(p.mistakesCard())),
		widget.Columns(16, []float32{54, 46}, widget.Card(p.scoreCard()), widget.Card(p.historyCard())),
		widget.Card(p.qualityCard())))
	p.body = shell.NewBody(p.results, p.empty())
	p.showProgress("")
	return shell.PageLayout(head, p.body.Object)
}

// confusionCard is the card with the matrix.
func (p *page) confusionCard() fyne.CanvasObject {
	p.matrix, p.cell = widget.NewMatrix(), widget.MutedLine("")
	p.matrix.OnHovered = p.describeCell
	p.matrix.OnTapped = p.openCell
	return widget.VBox(12, widget.Heading(lang.L("True category (rows) against predicted, in %")), p.matrix, p.cell)
}

// mistakesCard is the card with the mistakes.
func (p *page) mistakesCard() fyne.CanvasObject {
	p.mistakes, p.noMistakes = widget.VBox(7), widget.Muted(lang.L("No message looks mislabelled."))
	p.openAll = widget.NewButton(lang.L("Open all in Review"), p.reviewMistakes)
	p.help = widget.NewPrimaryButton("", p.strengthen).WithKey("Ctrl G")
	return widget.VBox(12, widget.Heading(lang.L("Mistakes to look at")), p.noMistakes, p.mistakes, widget.Wrap(8, p.openAll, p.help))
}

// scoreCard is the card that says which messages the accuracy was measured on.
func (p *page) scoreCard() fyne.CanvasObject {
	p.scores, p.gap = widget.Body(""), widget.Muted("")
	p.lock = widget.NewCheck(lang.L("Keep a fifth of the real messages as a locked test set"), nil)
	return widget.VBox(10, widget.Heading(lang.L("What the accuracy is of")), p.scores, p.gap, p.lock,
		widget.Muted(lang.L("The check never learns from locked messages, so their score is the one to trust.")))
}

// historyCard is the card with the checks so far.
func (p *page) historyCard() fyne.CanvasObject {
	p.trend, p.better, p.past = widget.NewSparkline(), widget.Muted(""), widget.VBox(6)
	return widget.VBox(10, widget.Heading(lang.L("Better or worse")), p.trend, p.better, p.past)
}

// qualityCard is the card with the gauges.
func (p *page) qualityCard() fyne.CanvasObject {
	p.gauges = widget.VBox(7)
	return widget.VBox(10, widget.Heading(lang.L("Quality of the messages")), p.gauges)
}

// empty explains the page until the first check.
func (p *page) empty() fyne.CanvasObject {
	p.emptyText = widget.Body("")
	p.begin = widget.NewPrimaryButton(lang.L("Train and test"), p.startOrStop).WithKey(shell.ActKey)
	p.generate = widget.NewPrimaryButton(lang.L("Generate messages"), func() { p.window.GoTo(shell.Generate) })
	p.merge = widget.NewButton(lang.L("Import a file…"), func() { p.window.ChooseFile() })
	return shell.Empty(lang.L("How well can these messages be told apart?"), p.emptyText, p.begin, p.generate, p.merge)
}

// strengthen prepares the messages that help the weakest category.
func (p *page) strengthen() {
	if p.state.help.Total() > 0 {
		p.window.PlanRun(p.state.help)
	}
}

// startOrStop trains and tests, or stops the check under way. Where the page still reads
// what there is to check, it trains and tests after that.
func (p *page) startOrStop() {
	switch {
	case p.job != nil:
		p.job.Stop()
	case !p.loaded:
		p.queued = true
	case p.state.messages > 0:
		p.run(func(context.Context) error { return nil })
	}
}

// run prepares the dataset and then checks it.
func (p *page) run(prepare func(context.Context) error) {
	data, title := p.window.Dataset(), lang.L("Checking")
	latest := shell.NewLatest(p.window.Jobs.Post, func(s string) {
		if p.job != nil {
			p.showProgress(s)
		}
	})
	p.job = p.window.Jobs.Run(title, func(ctx context.Context, report func(shell.Progress)) error {
		if err := prepare(ctx); err != nil {
			return err
		}
		_, err := check.Run(ctx, data, check.Options{Progress: func(done, all int) {
			report(shell.Progress{What: title, Done: done, Total: all})
			latest.Set(lang.L("Training {{.N}} of {{.All}}…", map[string]any{"N": min(done+1, all), "All": all}))
		}})
		return err
	}, func(err error) {
		p.job = nil
		p.showProgress("")
		p.loader.Load()
		switch {
		case errors.Is(err, intent.ErrFewCategories):
			p.window.Tell(lang.L("There is too little to check"), shell.Explain(err))
		case err != nil:
			p.window.Fail(lang.L("The check could not be run"), err)
		}
	})
	p.showProgress(lang.L("Reading the messages…"))
}

// showProgress shows the progress of the check under way; without one, it does nothing.
func (p *page) showProgress(progress string) {
	p.train.SetText(lang.L("Train and test again"))
	if p.job != nil {
		p.train.SetText(lang.L("Stop"))
		p.how.SetText(progress)
	}
	shell.SetEnabled(p.begin, p.job == nil)
	shell.SetEnabled(p.lock, p.job == nil && p.state.realCount > 0)
}

func (p *page) readState() func(context.Context) (state, error) {
	data := p.window.Dataset()
	if data == nil {
		return nil
	}
	return func(ctx context.Context) (state, error) { return readChecks(ctx, data) }
}

// mistakesShown is how many mistakes the page lists.
const mistakesShown = 6

func readChecks(ctx context.Context, data *localdb.Dataset) (s state, err error) {
	if s.categories, err = data.Categories(ctx); err != nil {
		return s, err
	}
	counts, err := data.Counts(ctx)
	if err != nil {
		return s, err
	}
	all := counts.All()
	s.messages = all.Total() - all.Status(localdb.Rejected) - counts.ByCategory[""].Total()
	s.realCount = all.Source(localdb.Real) - all[localdb.Rejected][localdb.Real] - counts.ByCategory[""].Source(localdb.Real)
	holdout, err := check.Holdout(ctx, data)
	if err != nil {
		return s, err
	}
	s.holdout = len(holdout)
	if s.checks, err = check.History(ctx, data); err != nil || len(s.checks) == 0 {
		return s, err
	}
	if s.mistakes, err = readMistakes(ctx, data); err != nil {
		return s, err
	}
	if weakest := s.checks[0].Weakest(); weakest != nil {
		if s.help, err = gen.HelpCategory(ctx, data, s.checks[0], weakest.Name); err != nil {
			return s, err
		}
	}
	if len(s.checks) > 1 {
		s.compared, err = check.Compare(ctx, data, s.checks[1], s.checks[0])
	}
	return s, err
}

// readMistakes returns the messages that the check most confidently predicts as another
// category than their own, and that nobody has reviewed since.
func readMistakes(ctx context.Context, data *localdb.Dataset) ([]localdb.Message, error) {
	const candidates = 256
	view, err := data.View(ctx, localdb.Filter{Statuses: []localdb.Status{localdb.ToReview, localdb.Accepted}}, localdb.Sort{By: localdb.ByUncertainty, Descending: true})
	if err != nil {
		return nil, err
	}
	rows, err := view.Rows(ctx, 0, candidates)
	if err != nil {
		return nil, err
	}
	var mistakes []localdb.Message
	for _, m := range rows {
		if m.Predicted != "" && m.Category != "" && len(mistakes) < mistakesShown {
			mistakes = append(mistakes, m)
		}
	}
	return mistakes, nil
}

// reviewMistakes opens the suspects in Review or, if there are none, the listed
// mistakes.
func (p *page) reviewMistakes() {
	if p.state.checks[0].Suspects > 0 {
		p.window.Review(localdb.Filter{Flags: localdb.Mislabelled}, 0)
		return
	}
	p.reviewMistake(0)
}

// reviewMistake opens the listed mistakes in Review, with the cursor on one of them.
func (p *page) reviewMistake(id int64) {
	ids := make([]int64, len(p.state.mistakes))
	for i, m := range p.state.mistakes {
		ids[i] = m.ID
	}
	p.window.Review(localdb.Filter{IDs: ids}, id)
}

// openCell opens in Review the messages of one category that were predicted as another.
func (p *page) openCell(row, column int) {
	categories := p.state.checks[0].Categories
	given, predicted, data := categories[p.order[row]].Name, categories[p.order[column]].Name, p.window.Dataset()
	if row == column {
		p.window.Review(localdb.Filter{Categories: []string{given}}, 0)
		return
	}
	ids := []int64{}
	p.window.Jobs.RunSilently(func(ctx context.Context) error {
		for m, err := range data.Messages(ctx, localdb.Filter{Categories: []string{given}}) {
			if err != nil {
				return err
			}
			if m.Predicted == predicted {
				ids = append(ids, m.ID)
			}
		}
		return nil
	}, func(err error) {
		if err != nil {
			p.window.Fail(lang.L("The messages could not be read"), err)
			return
		}
		p.window.Review(localdb.Filter{IDs: ids}, 0)
	})
}

// setHoldout reserves a holdout or releases it, and checks again.
func (p *page) setHoldout(on bool) {
	if p.job != nil || on == (p.state.holdout > 0) {
		return
	}
	data := p.window.Dataset()
	p.run(func(ctx context.Context) error {
		if !on {
			return check.EndHoldout(ctx, data)
		}
		_, err := check.HoldOut(ctx, data)
		return err
	})
}

// saveReport writes the last check's evaluation into a folder.
func (p *page) saveReport() {
	p.window.ChooseFolder(lang.L("Choose a folder for the report"), p.saveReportIn)
}

func (p *page) saveReportIn(dir string) {
	data, last := p.window.Dataset(), p.state.checks[0]
	p.window.Jobs.RunSilently(func(ctx context.Context) error {
		report, err := last.Report(ctx, data)
		if err != nil {
			return err
		}
		return check.WriteReport(dir, report)
	}, func(err error) {
		if err != nil {
			p.window.Fail(lang.L("The report could not be written"), err)
			return
		}
		p.window.Toasts.Show(lang.L("{{.A}} and {{.B}} are saved", map[string]any{"A": check.ReportFile, "B": check.ConfusionFile}), lang.L("Open folder"), func() { p.window.OpenFolder(dir) })
	})
}
