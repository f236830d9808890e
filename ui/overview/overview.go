// Package overview is the page that says where the dataset stands and what to do next.
package overview

import (
	"context"
	"fmt"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
	"seedbed/gen/check"
	"seedbed/gen/intent"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// page says where the dataset stands and what to do next.
type page struct {
	window *shell.Window

	name, made                           *widget.Text
	messages, balance, variety, accuracy *widget.MetricCard
	bars, next                           *fyne.Container
	rows                                 map[string]*barRow
	order                                string
	state, texts                         *shell.Loader
	measured                             uint64 // the dataset's revision that the variety is of
}

// New makes the page.
func New(w *shell.Window) *shell.Page { return newPage(w).declare() }

func newPage(w *shell.Window) *page {
	p := &page{window: w, measured: math.MaxUint64}
	p.state = shell.NewLoader(w, lang.L("The overview could not be read"), p.readState, p.show)
	p.texts = shell.NewLoader(w, "", p.readTexts, p.showVariety)
	return p
}

func (p *page) declare() *shell.Page {
	return &shell.Page{ID: shell.Overview, Name: lang.L("Overview"), Content: p.content, Load: p.load}
}

func (p *page) content() fyne.CanvasObject {
	p.name, p.made = widget.Title(""), widget.Muted("")
	p.messages, p.balance = widget.NewMetricCard(lang.L("Messages")), widget.NewMetricCard(lang.L("Balance"))
	p.variety, p.accuracy = widget.NewMetricCard(lang.L("Variety")), widget.NewMetricCard(lang.L("Test accuracy"))
	p.bars, p.next = widget.VBox(8), widget.VBox(14)
	head := shell.Head(p.name, p.made,
		widget.NewButton(lang.L("Save a copy…"), p.window.SaveCopy).WithKey("Ctrl Shift S"), widget.NewButton(lang.L("Clean copy…"), p.window.SaveCleanCopy),
		widget.NewButton(lang.L("Go back to…"), p.window.ChooseBackup), widget.NewButton(lang.L("Close"), p.window.CloseDataset).WithKey("Ctrl W"))
	stats := widget.Columns(16, []float32{1, 1, 1, 1}, p.messages, p.balance, p.variety, p.accuracy)
	bars := widget.Card(widget.WithHeader(12, widget.Heading(lang.L("Messages per category")), shell.Tall(p.bars)))
	next := widget.Card(widget.WithHeader(12, widget.Heading(lang.L("What to do next")), shell.Tall(p.next)))
	return shell.PageLayout(head, widget.WithHeader(16, stats, widget.Columns(16, []float32{63, 37}, bars, next)))
}

func (p *page) load() {
	p.state.Load()
	if p.window.RunUnderWay() == nil && p.measured != p.window.Dataset().Revision() {
		p.texts.Load()
	}
}

func (p *page) readState() func(context.Context) (gen.Overview, error) {
	data := p.window.Dataset()
	return func(ctx context.Context) (gen.Overview, error) { return gen.ReadOverview(ctx, data) }
}

func (p *page) show(s gen.Overview) {
	p.name.SetText(shell.DatasetName(p.window.Dataset().Path()))
	p.made.SetText(lang.L("{{.Synthetic}} generated (synthetic), {{.Real}} by real people", map[string]any{"Synthetic": shell.Thousands(s.Synthetic), "Real": shell.Thousands(s.Real)}))
	note := lang.L("{{.N}} still to review", map[string]any{"N": shell.Thousands(s.ToReview)})
	if s.Rejected > 0 {
		note = lang.L("{{.N}} still to review, {{.Rejected}} rejected", map[string]any{"N": shell.Thousands(s.ToReview), "Rejected": shell.Thousands(s.Rejected)})
	}
	p.messages.Set(shell.Thousands(s.Messages), note)
	p.showBalance(s)
	p.showAccuracy(s)
	p.showBars(s.Categories)
	p.next.RemoveAll()
	for i, step := range s.Next {
		p.next.Add(p.advice(step, s.Weak, i == 0))
	}
}

// measuredTexts is how many messages the variety is measured over, spread over the
// dataset: it is a share, and a sample tells it.
const measuredTexts = 2000

// variety is how little the messages repeat each other.
type variety struct {
	revision       uint64 // of the dataset
	repetition     intent.Gauge
	nearDuplicates int
}

// readTexts measures the variety: the share of messages without a phrase of four
// words that another message has too.
func (p *page) readTexts() func(context.Context) (variety, error) {
	data := p.window.Dataset()
	return func(ctx context.Context) (v variety, err error) {
		v.revision = data.Revision()
		view, err := data.View(ctx, localdb.Filter{Statuses: []localdb.Status{localdb.ToReview, localdb.Accepted}}, localdb.Sort{})
		if err != nil {
			return v, err
		}
		ids := make([]int64, 0, measuredTexts)
		for i := range min(measuredTexts, view.Len()) {
			ids = append(ids, view.ID(i*view.Len()/min(measuredTexts, view.Len())))
		}
		var texts []string
		for m, err := range data.Messages(ctx, localdb.Filter{IDs: ids}) {
			if err != nil {
				return v, err
			}
			texts = append(texts, m.Text)
		}
		v.repetition = intent.SelfRepetition(texts)
		counts, err := data.Counts(ctx)
		v.nearDuplicates = counts.Flags[localdb.NearDuplicate]
		return v, err
	}
}

func (p *page) showVariety(v variety) {
	p.measured = v.revision
	figure := "–"
	if v.repetition.N > 0 {
		figure = shell.Decimal(1-v.repetition.Value, 2)
	}
	if v.nearDuplicates > 0 {
		p.variety.SetWarning(figure, lang.N("{{.N}} near-duplicates", v.nearDuplicates, map[string]any{"N": shell.Thousands(v.nearDuplicates)}))
	} else {
		p.variety.Set(figure, lang.L("no near-duplicates"))
	}
}

func (p *page) showBalance(s gen.Overview) {
	value := "–"
	if s.Balance.N > 0 {
		value = shell.Decimal(s.Balance.Value, 2)
	}
	if len(s.Categories) == 0 {
		p.balance.SetWarning(value, lang.L("No categories yet"))
		return
	}
	if s.Messages == 0 && s.Shortest() != nil {
		p.balance.SetWarning(value, lang.L("all categories are short"))
		return
	}
	if shortest := s.Shortest(); shortest != nil {
		p.balance.SetWarning(value, lang.L("{{.Category}} is short by {{.N}}", map[string]any{"Category": shortest.Shown(), "N": shell.Thousands(shortest.Short())}))
		return
	}
	p.balance.SetSuccess(value, lang.L("every category reaches its target"))
}

// showAccuracy says how the last check went and whether that was better than before.
func (p *page) showAccuracy(s gen.Overview) {
	if s.Check == nil {
		p.accuracy.Set("–", lang.L("not checked yet"))
		return
	}
	figure, points := shell.Percent(s.Check.Headline.Accuracy), map[string]any{"N": shell.Decimal(100*math.Abs(s.Better), 1)}
	switch {
	case !s.Comparable:
		p.accuracy.Set(figure, lang.N("on {{.N}} messages", s.Check.Headline.Messages, map[string]any{"N": shell.Thousands(s.Check.Headline.Messages)}))
	case s.Better < 0:
		p.accuracy.SetWarning(figure, lang.L("down {{.N}} since the previous check", points))
	default:
		p.accuracy.SetSuccess(figure, lang.L("up {{.N}} since the previous check", points))
	}
}

// barRow is one category against its target.
type barRow struct {
	gauge  *widget.ProgressBar
	text   *widget.Text
	object fyne.CanvasObject
}

// showBars keeps the rows and only builds them again when the categories change.
func (p *page) showBars(categories []gen.CategoryState) {
	order := ""
	for _, c := range categories {
		order += c.Name + "\t" + c.Shown() + "\t" + c.Colour + "\n"
	}
	if order != p.order {
		p.order, p.rows = order, map[string]*barRow{}
		p.bars.RemoveAll()
		for _, c := range categories {
			colour := theme.ParseColour(c.Colour)
			row := &barRow{gauge: widget.NewProgressBar(colour), text: widget.Caption("").AlignRight()}
			row.object = container.NewBorder(nil, nil, shell.CategoryLabel(c.Category), widget.FixedWidth(90, row.text), row.gauge)
			p.rows[c.Name] = row
			p.bars.Add(row.object)
		}
	}
	for _, c := range categories {
		row := p.rows[c.Name]
		row.gauge.SetValue(float32(c.Messages) / float32(max(1, c.Target)))
		row.text.SetText(fmt.Sprintf("%s / %s", shell.Thousands(c.Messages), shell.Thousands(c.Target)))
		tone := theme.ColorNameMuted
		if c.Short() > 0 {
			tone = theme.ColorNameNoticeText
		}
		row.text.SetColor(tone)
	}
}

// advice is one step in words, with the button that does it.
func (p *page) advice(step gen.Step, weak *intent.CategoryScores, first bool) fyne.CanvasObject {
	n := map[string]any{"N": shell.Thousands(step.Messages), "Category": step.Category.Shown()}
	var title, why string
	var buttons []fyne.CanvasObject
	do := func(text string, press func()) { buttons = append(buttons, widget.NewSmallButton(text, press)) }
	to := func(id string) func() { return func() { p.window.GoTo(id) } }
	switch step.Kind {
	case gen.Begin:
		title, why = lang.L("This dataset is empty"), lang.L("Generate messages, or import your own.")
		do(lang.L("Generate messages"), to(shell.Generate))
		do(lang.L("Merge real conversations"), to(shell.RealData))
	case gen.GoOn:
		title, why = lang.L("A run was interrupted"), lang.L("You can resume it where it stopped; nothing is paid for twice.")
		do(lang.L("Resume"), to(shell.Generate))
	case gen.FillUp:
		title, why = lang.L("{{.Category}} is short by {{.N}}", n), lang.L("A classifier learns a category poorly from few messages.")
		do(lang.L("Generate {{.N}} more", n), func() {
			p.window.PlanRun(gen.Plan{Counts: []gen.Count{{Category: step.Category.Name, Messages: step.Messages}}})
		})
	case gen.Strengthen:
		title, why = lang.L("{{.Category}} is the weakest category", n), lang.L("The check classifies {{.N}} of its messages correctly.", map[string]any{"N": shell.Percent(weak.Recall)})
		do(lang.L("Generate {{.N}} more", n), func() { p.strengthen(step.Category.Name) })
	case gen.LabelThem:
		title, why = lang.N("{{.N}} messages have no category", step.Messages, n), lang.L("The check model can suggest one for each.")
		do(lang.L("Label them"), to(shell.RealData))
	case gen.LookAtSuspect:
		title, why = lang.N("{{.N}} messages look mislabelled", step.Messages, n), lang.L("The check disagrees with their label.")
		do(lang.L("Review them"), func() { p.window.Review(localdb.Filter{Flags: localdb.Mislabelled}, 0) })
	case gen.LookNowhere:
		title, why = lang.L("{{.N}} messages look as if they belonged to no category", n), lang.L("They are the least like the others. Reject those that no category is for.")
		if step.Messages == 1 {
			title, why = lang.L("1 message looks as if it belonged to no category"), lang.L("It is the least like the others. Reject it if no category is for it.")
		}
		do(lang.L("Review them"), func() { p.window.Review(localdb.Filter{Flags: localdb.OutOfScope}, 0) })
	case gen.CheckIt:
		title, why = lang.L("See how well a classifier learns it"), lang.L("The check trains a small model on this computer and shows the weak spots.")
		do(lang.L("Check it"), to(shell.Check))
	case gen.ReviewThem:
		title, why = lang.N("{{.N}} messages wait for your review", step.Messages, n), lang.L("The most uncertain come first.")
		do(lang.L("Review"), func() { p.window.Review(localdb.Filter{Queue: localdb.Queue{Kind: localdb.MostUncertain}}, 0) })
	case gen.ExportIt:
		title, why = lang.L("Ready to export"), lang.N("{{.N}} accepted messages.", step.Messages, n)
		do(lang.L("Export the files"), to(shell.Export))
	}
	heading := widget.Strong(title)
	body := widget.VBox(6, heading, widget.Muted(why), widget.Wrap(8, buttons...))
	if !first {
		return body
	}
	heading.SetColor(theme.ColorNameNoticeText)
	return widget.Notice(body)
}

// strengthen goes to Generate with the plan that helps a category which the check
// reads badly.
func (p *page) strengthen(category string) {
	data := p.window.Dataset()
	var plan gen.Plan
	p.window.Jobs.RunSilently(func(ctx context.Context) error {
		last, err := check.Last(ctx, data)
		if err != nil || last == nil {
			return err
		}
		plan, err = gen.HelpCategory(ctx, data, *last, category)
		return err
	}, func(err error) {
		if err != nil {
			p.window.Fail(lang.L("The plan could not be created"), err)
			return
		}
		p.window.PlanRun(plan)
	})
}
