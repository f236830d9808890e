package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
	"seedbed/gen/intent"
	"seedbed/localdb"
	"seedbed/ui/widget"
)

// checkPage trains and tests a small model on the dataset and shows what that says of
// its messages: how well they can be told apart, which look mislabelled, what helps.
type checkPage struct {
	app   *app
	state checkState
	job   *job // the check under way, if any

	how                                 *widget.Text
	train, save                         *widget.Button
	accuracy, macro, weakest, mislabels *widget.Stat
	matrix                              *widget.Matrix
	order                               []int // the categories of the matrix, by their place in the check
	cell                                *widget.Text
	mistakes                            *fyne.Container
	noMistakes                          *widget.Text
	openAll, help                       *widget.Button
	doubts                              *widget.Surface
	doubtText                           *widget.Text
	scores, gap                         *widget.Text
	lock                                *widget.Check
	trend                               *widget.Trend
	better                              *widget.Text
	past, gauges                        *fyne.Container
	found                               *container.Scroll
	none                                *widget.Surface
	begin, generate, merge              *widget.Button
	body                                *fyne.Container
	nothing                             *widget.Text
}

// checkState is what the page shows, as it was read.
type checkState struct {
	categories []localdb.Category
	checks     []gen.Checked // the newest first
	mistakes   []localdb.Message
	locked     int // messages in the locked test set
	real       int
	messages   int
	help       gen.Plan // what helps the weakest category
	compared   *gen.Comparison
}

func newCheck(a *app) page { return &checkPage{app: a} }

func (p *checkPage) content() fyne.CanvasObject {
	p.how = widget.Muted("")
	p.train = widget.NewPrimary("", p.act).WithKey(actKey)
	p.save = widget.NewButton(lang.L("Save as report…"), p.saveReport)
	head := container.NewBorder(nil, nil, nil, container.NewVBox(widget.Row(8, p.save, p.train)),
		widget.Stack(4, widget.Title(lang.L("Check the dataset")), p.how))

	p.accuracy, p.macro = widget.NewStat(lang.L("Accuracy")), widget.NewStat(lang.L("Macro F1"))
	p.weakest, p.mislabels = widget.NewStat(lang.L("Weakest")), widget.NewStat(lang.L("Look mislabelled"))
	stats := widget.Columns(16, []float32{1, 1, 1, 1}, p.accuracy, p.macro, p.weakest, p.mislabels)
	p.doubtText = widget.Body("")
	p.doubts = widget.Notice(p.doubtText)

	p.found = container.NewVScroll(widget.Stack(16, stats, p.doubts,
		widget.Columns(16, []float32{54, 46}, widget.Card(p.confusions()), widget.Card(p.toLookAt())),
		widget.Columns(16, []float32{54, 46}, widget.Card(p.meaning()), widget.Card(p.history())),
		widget.Card(p.quality())))
	p.none = p.empty()
	p.body = container.NewStack(p.none, p.found)
	p.none.Hide()
	p.found.Hide()
	p.ran("")
	return framed(head, p.body)
}

// confusions is the card with the matrix.
func (p *checkPage) confusions() fyne.CanvasObject {
	p.matrix, p.cell = widget.NewMatrix(), widget.MutedLine("")
	p.matrix.OnHovered = p.tellCell
	p.matrix.OnTapped = p.openCell
	return widget.Stack(12, widget.Heading(lang.L("True category (rows) against predicted, in %")), p.matrix, p.cell)
}

// toLookAt is the card with the mistakes.
func (p *checkPage) toLookAt() fyne.CanvasObject {
	p.mistakes, p.noMistakes = widget.Stack(7), widget.Muted(lang.L("No message reads as another category than it has."))
	p.openAll = widget.NewButton(lang.L("Open all in Review"), p.reviewMistakes)
	p.help = widget.NewPrimary("", p.strengthen).WithKey("Ctrl G")
	return widget.Stack(12, widget.Heading(lang.L("Mistakes to look at")), p.noMistakes, p.mistakes, widget.Wrap(8, p.openAll, p.help))
}

// meaning is the card that says what the figure is of.
func (p *checkPage) meaning() fyne.CanvasObject {
	p.scores, p.gap = widget.Body(""), widget.Muted("")
	p.lock = widget.NewCheck(lang.L("Keep a fifth of the real messages as a locked test set"), nil)
	return widget.Stack(10, widget.Heading(lang.L("What the accuracy is of")), p.scores, p.gap, p.lock,
		widget.Muted(lang.L("Nothing is ever learned from locked messages, so their score is the one to trust.")))
}

// history is the card with the checks so far.
func (p *checkPage) history() fyne.CanvasObject {
	p.trend, p.better, p.past = widget.NewTrend(), widget.Muted(""), widget.Stack(6)
	return widget.Stack(10, widget.Heading(lang.L("Better or worse")), p.trend, p.better, p.past)
}

// quality is the card with the gauges.
func (p *checkPage) quality() fyne.CanvasObject {
	p.gauges = widget.Stack(7)
	return widget.Stack(10, widget.Heading(lang.L("Quality of the messages")), p.gauges)
}

// empty says what the page is for, where no check was made yet.
func (p *checkPage) empty() *widget.Surface {
	p.nothing = widget.Body("")
	p.begin = widget.NewPrimary(lang.L("Train and test"), p.act).WithKey(actKey)
	p.generate = widget.NewPrimary(lang.L("Generate messages"), func() { p.app.goTo(atGenerate) })
	p.merge = widget.NewButton(lang.L("Import a file…"), func() { p.app.chooseFile() })
	return widget.Card(widget.Stack(14, widget.Heading(lang.L("How well can these messages be told apart?")),
		widget.Body(lang.L("The check trains a small model on one part of the messages and tests it on the rest, in turns, on this computer and without a network. It shows which categories are mixed up, which messages look mislabelled, and what to generate next.")),
		p.nothing, widget.Row(8, p.begin, p.generate, p.merge)))
}

// strengthen prepares the messages that help the weakest category.
func (p *checkPage) strengthen() {
	if p.state.help.Total() > 0 {
		p.app.generatePlan(p.state.help)
	}
}

// act trains and tests, or stops that.
func (p *checkPage) act() {
	if p.job != nil {
		p.job.stop()
		return
	}
	if p.state.messages == 0 {
		return
	}
	p.run(func(context.Context) error { return nil })
}

// run does something to the dataset and then checks it.
func (p *checkPage) run(first func(context.Context) error) {
	data, title := p.app.data, lang.L("Checking")
	news := newLatest(p.app.jobs.post, func(s string) {
		if p.job != nil {
			p.ran(s)
		}
	})
	p.job = p.app.jobs.run(title, func(ctx context.Context, report func(progress)) error {
		if err := first(ctx); err != nil {
			return err
		}
		_, err := gen.CheckDataset(ctx, data, gen.CheckOptions{Progress: func(done, all int) {
			report(progress{what: title, done: done, total: all})
			news.set(lang.L("Training {{.N}} of {{.All}}…", map[string]any{"N": min(done+1, all), "All": all}))
		}})
		return err
	}, func(err error) {
		p.job = nil
		p.ran("")
		p.shown()
		switch {
		case errors.Is(err, intent.ErrFewCategories):
			p.app.tell(lang.L("There is too little to check"), explanation(err))
		case err != nil:
			p.app.fail(lang.L("The check could not be made"), err)
		}
	})
	p.ran(lang.L("Reading the messages…"))
}

// ran shows how far the check is, or that none is under way.
func (p *checkPage) ran(progress string) {
	p.train.SetText(lang.L("Train and test again"))
	if p.job != nil {
		p.train.SetText(lang.L("Stop"))
		p.how.SetText(progress)
	}
	setEnabled(p.begin, p.job == nil)
	setEnabled(p.lock, p.job == nil && p.state.real > 0)
}

// shown reads the checks and what became of the messages since.
func (p *checkPage) shown() {
	data := p.app.data
	if data == nil {
		return
	}
	var state checkState
	p.app.jobs.quietly(func(ctx context.Context) (err error) {
		state, err = readCheckState(ctx, data)
		return err
	}, func(err error) {
		if err != nil {
			p.app.fail(lang.L("The checks could not be read"), err)
			return
		}
		p.state = state
		p.show()
	})
}

// mistakesShown is how many mistakes the page lists.
const mistakesShown = 6

func readCheckState(ctx context.Context, data *localdb.Dataset) (s checkState, err error) {
	if s.categories, err = data.Categories(ctx); err != nil {
		return s, err
	}
	counts, err := data.Counts(ctx)
	if err != nil {
		return s, err
	}
	all := counts.All()
	s.messages = all.Total() - all.Status(localdb.Rejected) - counts.ByCategory[""].Total()
	s.real = all.Source(localdb.Real) - all[localdb.Rejected][localdb.Real] - counts.ByCategory[""].Source(localdb.Real)
	locked, err := gen.LockedTest(ctx, data)
	if err != nil {
		return s, err
	}
	s.locked = len(locked)
	if s.checks, err = gen.Checks(ctx, data); err != nil || len(s.checks) == 0 {
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
		s.compared, err = gen.Compare(ctx, data, s.checks[1], s.checks[0])
	}
	return s, err
}

// readMistakes are the messages that read most surely as another category than they
// have, and that nobody has decided on since.
func readMistakes(ctx context.Context, data *localdb.Dataset) ([]localdb.Message, error) {
	const lookedThrough = 256
	view, err := data.View(ctx, localdb.Filter{Statuses: []localdb.Status{localdb.ToReview, localdb.Accepted}}, localdb.Sort{By: localdb.ByUncertainty, Descending: true})
	if err != nil {
		return nil, err
	}
	rows, err := view.Rows(ctx, 0, lookedThrough)
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

// reviewMistakes opens the suspects in Review or, where there are none, the mistakes
// that are listed.
func (p *checkPage) reviewMistakes() {
	if p.state.checks[0].Suspect > 0 {
		p.app.review(localdb.Filter{Flags: localdb.Mislabelled})
		return
	}
	p.reviewMistake(0)
}

// reviewMistake opens the mistakes that are listed in Review, with the cursor on one of
// them.
func (p *checkPage) reviewMistake(id int64) {
	ids := make([]int64, len(p.state.mistakes))
	for i, m := range p.state.mistakes {
		ids[i] = m.ID
	}
	p.app.reviewAt(id, localdb.Filter{IDs: ids})
}

// openCell opens in Review the messages of one category that read as another.
func (p *checkPage) openCell(row, column int) {
	categories := p.state.checks[0].Categories
	given, readsAs, data := categories[p.order[row]].Name, categories[p.order[column]].Name, p.app.data
	if row == column {
		p.app.review(localdb.Filter{Categories: []string{given}})
		return
	}
	ids := []int64{}
	p.app.jobs.quietly(func(ctx context.Context) error {
		for m, err := range data.Messages(ctx, localdb.Filter{Categories: []string{given}}) {
			if err != nil {
				return err
			}
			if m.Predicted == readsAs {
				ids = append(ids, m.ID)
			}
		}
		return nil
	}, func(err error) {
		if err != nil {
			p.app.fail(lang.L("The messages could not be read"), err)
			return
		}
		p.app.review(localdb.Filter{IDs: ids})
	})
}

// setLocked locks a test set or gives it back, and checks anew.
func (p *checkPage) setLocked(locked bool) {
	if p.job != nil || locked == (p.state.locked > 0) {
		return
	}
	data := p.app.data
	p.run(func(ctx context.Context) error {
		if !locked {
			return gen.UnlockTest(ctx, data)
		}
		_, err := gen.LockTest(ctx, data)
		return err
	})
}

// saveReport writes the last check's evaluation into a folder.
func (p *checkPage) saveReport() {
	p.app.chooseFolder(lang.L("Choose a folder for the report"), p.saveReportIn)
}

func (p *checkPage) saveReportIn(dir string) {
	data, last := p.app.data, p.state.checks[0]
	p.app.jobs.quietly(func(ctx context.Context) error {
		report, err := last.Report(ctx, data)
		if err != nil {
			return err
		}
		return gen.WriteReport(dir, report)
	}, func(err error) {
		if err != nil {
			p.app.fail(lang.L("The report could not be written"), err)
			return
		}
		p.app.toasts.Done(lang.L("{{.A}} and {{.B}} are saved", map[string]any{"A": gen.ReportFile, "B": gen.ConfusionFile}), lang.L("Open folder"), func() { p.app.openFolder(dir) })
	})
}

// strengthen goes to Generate with the plan that helps a category which the check
// reads badly.
func (a *app) strengthen(category string) {
	data := a.data
	var plan gen.Plan
	a.jobs.quietly(func(ctx context.Context) error {
		last, err := gen.LastCheck(ctx, data)
		if err != nil || last == nil {
			return err
		}
		plan, err = gen.HelpCategory(ctx, data, *last, category)
		return err
	}, func(err error) {
		if err != nil {
			a.fail(lang.L("The plan could not be made"), err)
			return
		}
		a.generatePlan(plan)
	})
}
