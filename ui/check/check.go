// Package check is the page that trains and tests a small model on the dataset and shows
// what that reveals about its messages.
package check

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen/check"
	"seedbed/gen/intent"
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
	models models
	scope  *outOfScopeCard
	try    *tryCard
	use    *useCard

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
	scores, transfer, gap               *widget.Text
	lock                                *widget.Check
	trend                               *widget.Sparkline
	better                              *widget.Text
	past, gauges                        *fyne.Container
	results                             *container.Scroll
	begin, generate, merge              *widget.Button
	body                                *shell.Body
	emptyText                           *widget.Text
}

// New returns the page.
func New(w *shell.Window) *shell.Page { return newPage(w).declare() }

func newPage(w *shell.Window) *page {
	p := &page{window: w}
	p.loader = shell.NewLoader(w, lang.L("The checks could not be read"), p.readState, p.show)
	return p
}

func (p *page) declare() *shell.Page {
	return &shell.Page{ID: shell.Check, Name: lang.L("Check"), Content: p.content, Load: p.loader.Load, Actions: p.actions}
}

func (p *page) actions() []shell.Action {
	return []shell.Action{
		{Menu: shell.DatasetMenu, Name: lang.L("Train and test, or stop"), Key: shell.Act, Do: p.startOrStop, Lead: true, Can: func() bool { return p.job != nil || !p.loaded || p.state.messages > 0 }},
		{Menu: shell.DatasetMenu, Name: lang.L("Strengthen the weakest category"), Key: shell.Key{Name: fyne.KeyG, Modifier: shell.Ctrl}, Do: p.strengthen, Can: func() bool { return p.state.help.Total() > 0 }},
		{Menu: shell.DatasetMenu, Name: lang.L("Review the mistakes"), Key: shell.Key{Name: fyne.KeyR, Modifier: shell.Ctrl}, Do: p.reviewMistakes, Can: func() bool { return len(p.state.mistakes) > 0 }},
		{Menu: shell.DatasetMenu, Name: lang.L("Try a message"), Key: shell.Key{Name: fyne.KeyT, Modifier: shell.Ctrl}, Do: p.tryMessage, Can: func() bool { return len(p.state.checks) > 0 }},
	}
}

func (p *page) content() fyne.CanvasObject {
	p.how = widget.Muted("")
	p.train = widget.NewPrimaryButton("", p.startOrStop).WithKey(shell.ActKey)
	p.save = widget.NewButton(lang.L("Save as report…"), p.saveReport)
	head := shell.Head(widget.Title(lang.L("Check the dataset")), p.how, p.save, p.train)

	p.accuracy, p.macro = widget.NewMetricCard(lang.L("Accuracy")), widget.NewMetricCard(lang.L("Macro F1"))
	p.weakest, p.mislabels = widget.NewMetricCard(lang.L("Weakest")), widget.NewMetricCard(lang.L("Look mislabelled"))
	stats := widget.Columns(16, []float32{1, 1, 1, 1}, p.accuracy, p.macro, p.weakest, p.mislabels)
	p.caveatText = widget.Body("")
	p.caveats = widget.Notice(p.caveatText)

	p.scope, p.try, p.use = newOutOfScopeCard(p), newTryCard(p), newUseCard(p)

	figures := widget.Muted(lang.L("Accuracy is the share of the tested messages that were read as what they are; ± is its margin of error (95 %). Macro F1 is a mean over the categories, in which small ones count as much as large ones; 1 is the best."))

	p.results = container.NewVScroll(widget.VBox(16, stats, figures, p.caveats,
		widget.Beside(16, []float32{54, 46}, widget.Card(p.confusionCard()), widget.Card(p.mistakesCard())),
		widget.Beside(16, []float32{54, 46}, widget.Card(p.try.object), widget.VBox(16, widget.Card(p.scope.object), widget.Card(p.use.object))),
		widget.Beside(16, []float32{54, 46}, widget.Card(p.scoreCard()), widget.Card(p.historyCard())),
		widget.Card(p.qualityCard())))
	p.body = shell.NewBody(p.results, p.empty())
	p.showProgress("")
	return shell.PageLayout(head, p.body.Object)
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
			p.window.Tell(lang.L("There is too little to check"), p.window.Explain(err))
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
