package ui

import (
	"context"
	"fmt"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"seedbed/gen"
	"seedbed/gen/intent"
	"seedbed/localdb"
	"seedbed/ui/widget"
)

// overview says where the dataset stands and what to do next.
type overview struct {
	app *app

	name, made                           *widget.Text
	messages, balance, variety, accuracy *widget.Stat
	bars, next                           *fyne.Container
	rows                                 map[string]*barRow
	order                                string
	state, texts                         *reader
	measured                             int64 // the dataset's revision that the variety is of
}

func newOverview(a *app) page {
	o := &overview{app: a, measured: -1}
	o.state = &reader{jobs: a.jobs, begin: o.readState}
	o.texts = &reader{jobs: a.jobs, begin: o.readTexts}
	return o
}

func (o *overview) content() fyne.CanvasObject {
	o.name, o.made = widget.Title(""), widget.Muted("")
	o.messages, o.balance = widget.NewStat(lang.L("Messages")), widget.NewStat(lang.L("Balance"))
	o.variety, o.accuracy = widget.NewStat(lang.L("Variety")), widget.NewStat(lang.L("Test accuracy"))
	o.bars, o.next = widget.Stack(8), widget.Stack(14)
	head := container.NewBorder(nil, nil, nil, container.NewVBox(widget.Row(8,
		widget.NewButton(lang.L("Save a copy…"), o.app.saveCopy).WithKey("Ctrl Shift S"), widget.NewButton(lang.L("Close"), o.app.leaveDataset).WithKey("Ctrl W"))),
		widget.Stack(4, o.name, o.made))
	stats := widget.Columns(16, []float32{1, 1, 1, 1}, o.messages, o.balance, o.variety, o.accuracy)
	bars := widget.Card(widget.Below(12, widget.Heading(lang.L("Messages per category")), scrolled(o.bars)))
	next := widget.Card(widget.Below(12, widget.Heading(lang.L("What to do next")), tall(o.next)))
	return framed(head, widget.Below(16, stats, widget.Columns(16, []float32{63, 37}, bars, next)))
}

func (o *overview) shown() {
	o.state.read()
	if o.app.generating() == nil && o.measured != o.app.revision.Load() {
		o.texts.read()
	}
}

func (o *overview) readState() (func(ctx context.Context) error, func(error)) {
	data := o.app.data
	var state gen.Overview
	return func(ctx context.Context) (err error) {
			state, err = gen.Look(ctx, data)
			return err
		}, func(err error) {
			if err != nil {
				o.app.fail(lang.L("The overview could not be read"), err)
				return
			}
			o.show(data, state)
		}
}

func (o *overview) show(data *localdb.Dataset, s gen.Overview) {
	o.name.SetText(datasetName(data.Path()))
	o.made.SetText(lang.L("{{.Synthetic}} synthetic, {{.Real}} real", map[string]any{"Synthetic": thousands(s.Synthetic), "Real": thousands(s.Real)}))
	o.messages.Set(thousands(s.Messages), lang.L("{{.N}} still to review", map[string]any{"N": thousands(s.ToReview)}))
	o.showBalance(s)
	o.showAccuracy(s)
	o.showBars(s.Categories)
	o.next.RemoveAll()
	for i, step := range s.Next {
		o.next.Add(o.advice(step, s.Weak, i == 0))
	}
}

// measuredTexts is how many messages the variety is measured over, spread over the
// dataset: it is a share, and a sample tells it.
const measuredTexts = 2000

// readTexts measures the variety: the share of messages without a phrase of four
// words that another message has too.
func (o *overview) readTexts() (func(ctx context.Context) error, func(error)) {
	data, revision := o.app.data, o.app.revision.Load()
	var repetition intent.Gauge
	near := 0
	return func(ctx context.Context) error {
			view, err := data.View(ctx, localdb.Filter{Statuses: []localdb.Status{localdb.ToReview, localdb.Accepted}}, localdb.Sort{})
			if err != nil {
				return err
			}
			ids := make([]int64, 0, measuredTexts)
			for i := range min(measuredTexts, view.Len()) {
				ids = append(ids, view.ID(i*view.Len()/min(measuredTexts, view.Len())))
			}
			var texts []string
			for m, err := range data.Messages(ctx, localdb.Filter{IDs: ids}) {
				if err != nil {
					return err
				}
				texts = append(texts, m.Text)
			}
			repetition = intent.SelfRepetition(texts)
			counts, err := data.Counts(ctx)
			near = counts.Flags[localdb.NearDuplicate]
			return err
		}, func(err error) {
			if err != nil {
				logError("measuring the variety", err)
				return
			}
			o.measured = revision
			figure, copies := "–", lang.L("{{.N}} near-duplicates", map[string]any{"N": thousands(near)})
			if repetition.N > 0 {
				figure = decimal(1-repetition.Value, 2)
			}
			if near > 0 {
				o.variety.SetPoor(figure, copies)
			} else {
				o.variety.Set(figure, lang.L("no near-duplicates"))
			}
		}
}

func (o *overview) showBalance(s gen.Overview) {
	value := "–"
	if s.Balance.N > 0 {
		value = decimal(s.Balance.Value, 2)
	}
	if shortest := s.Shortest(); shortest != nil {
		o.balance.SetPoor(value, lang.L("{{.Category}} is short by {{.N}}", map[string]any{"Category": shortest.Name, "N": thousands(shortest.Short())}))
		return
	}
	o.balance.SetGood(value, lang.L("every category has its number"))
}

// showAccuracy says how the last check went and whether that was better than before.
func (o *overview) showAccuracy(s gen.Overview) {
	if s.Check == nil {
		o.accuracy.Set("–", lang.L("not checked yet"))
		return
	}
	figure, points := percents(s.Check.Headline.Accuracy), map[string]any{"N": decimal(100*math.Abs(s.Better), 1)}
	switch {
	case !s.Comparable:
		o.accuracy.Set(figure, lang.L("on {{.N}} messages", map[string]any{"N": thousands(s.Check.Headline.Messages)}))
	case s.Better < 0:
		o.accuracy.SetPoor(figure, lang.L("down {{.N}} since the check before", points))
	default:
		o.accuracy.SetGood(figure, lang.L("up {{.N}} since the check before", points))
	}
}

// barRow is one category against its target.
type barRow struct {
	gauge  *widget.Gauge
	text   *widget.Text
	object fyne.CanvasObject
}

// showBars keeps the rows and only builds them again when the categories change.
func (o *overview) showBars(categories []gen.CategoryState) {
	order := ""
	for _, c := range categories {
		order += c.Name + c.Colour + "\n"
	}
	if order != o.order {
		o.order, o.rows = order, map[string]*barRow{}
		o.bars.RemoveAll()
		for _, c := range categories {
			colour := widget.ParseColour(c.Colour)
			row := &barRow{gauge: widget.NewGauge(colour), text: widget.Caption("")}
			row.object = container.NewBorder(nil, nil, widget.Width(132, container.NewHBox(widget.NewChip(c.Name, colour))), widget.Width(90, widget.Row(0, layout.NewSpacer(), row.text)), row.gauge)
			o.rows[c.Name] = row
			o.bars.Add(row.object)
		}
	}
	for _, c := range categories {
		row := o.rows[c.Name]
		row.gauge.Set(float32(c.Messages) / float32(max(1, c.Target)))
		row.text.SetText(fmt.Sprintf("%s / %s", thousands(c.Messages), thousands(c.Target)))
		tone := widget.ColorMuted
		if c.Short() > 0 {
			tone = widget.ColorNoticeText
		}
		row.text.SetColor(tone)
	}
}

// advice is one step in words, with the button that does it.
func (o *overview) advice(step gen.Step, weak *intent.CategoryScores, first bool) fyne.CanvasObject {
	n := map[string]any{"N": thousands(step.Messages), "Category": step.Category}
	var title, why string
	var buttons []fyne.CanvasObject
	do := func(text string, press func()) { buttons = append(buttons, widget.NewSmall(text, press)) }
	to := func(id string) func() { return func() { o.app.goTo(id) } }
	switch step.Kind {
	case gen.Begin:
		title, why = lang.L("This dataset is empty"), lang.L("Let a writer make messages, or bring your own.")
		do(lang.L("Generate messages"), to(atGenerate))
		do(lang.L("Merge real conversations"), to(atReal))
	case gen.GoOn:
		title, why = lang.L("A run was interrupted"), lang.L("It can go on where it was; nothing is paid for twice.")
		do(lang.L("Go on"), to(atGenerate))
	case gen.FillUp:
		title, why = lang.L("{{.Category}} is short by {{.N}}", n), lang.L("A category with few messages is learned badly.")
		do(lang.L("Generate {{.N}} more", n), func() {
			o.app.generatePlan(gen.Plan{Counts: []gen.Count{{Category: step.Category, Messages: step.Messages}}})
		})
	case gen.Strengthen:
		title, why = lang.L("{{.Category}} is the weakest category", n), lang.L("The check reads {{.N}} of its messages right.", map[string]any{"N": percents(weak.Recall)})
		do(lang.L("Generate {{.N}} more", n), func() { o.app.strengthen(step.Category) })
	case gen.LabelThem:
		title, why = lang.L("{{.N}} messages have no category", n), lang.L("The check model can propose one for each.")
		do(lang.L("Label them"), to(atReal))
	case gen.LookAtSuspect:
		title, why = lang.L("{{.N}} messages look mislabelled", n), lang.L("The check disagrees with their label.")
		do(lang.L("Review them"), func() { o.app.review(localdb.Filter{Flags: localdb.Mislabelled}) })
	case gen.CheckIt:
		title, why = lang.L("See how well it can be learned"), lang.L("The check trains a small model on this computer and shows the weak spots.")
		do(lang.L("Check it"), to(atCheck))
	case gen.ReviewThem:
		title, why = lang.L("{{.N}} messages wait for your review", n), lang.L("The most doubtful come first.")
		do(lang.L("Review"), func() { o.app.review(localdb.Filter{Queue: localdb.Queue{Kind: localdb.MostUncertain}}) })
	case gen.ExportIt:
		title, why = lang.L("Ready to export"), lang.L("{{.N}} accepted messages.", n)
		do(lang.L("Export CSV and splits"), to(atExport))
	}
	heading := widget.Strong(title)
	body := widget.Stack(6, heading, widget.Muted(why), widget.Wrap(8, buttons...))
	if !first {
		return body
	}
	heading.SetColor(widget.ColorNoticeText)
	return widget.Notice(body)
}

// readSummary reads how the dataset stands, for the navigation and the status bar.
func (a *app) readSummary() (func(ctx context.Context) error, func(error)) {
	data := a.data
	var counts localdb.Counts
	var passages []localdb.Passage
	var last *gen.Checked
	return func(ctx context.Context) (err error) {
			if counts, err = data.Counts(ctx); err != nil {
				return err
			}
			if passages, err = data.Passages(ctx); err != nil {
				return err
			}
			last, err = gen.LastCheck(ctx, data)
			return err
		}, func(err error) {
			if err != nil {
				logError("reading how the dataset stands", err)
				return
			}
			a.shell.status.file.SetText(datasetName(data.Path()) + datasetEnding)
			a.shell.status.count.SetText(lang.L("{{.N}} messages", map[string]any{"N": thousands(counts.Total)}))
			a.shell.remark(atReview, numberOrNone(counts.All().Status(localdb.ToReview)))
			a.shell.remark(atKnowledge, numberOrNone(len(passages)))
			a.shell.remark(atCheck, accuracyOrNone(last))
			a.window.SetTitle(datasetName(data.Path()) + " – " + lang.X("app.name", "Seedbed"))
		}
}

func numberOrNone(n int) string {
	if n == 0 {
		return ""
	}
	return thousands(n)
}

func accuracyOrNone(last *gen.Checked) string {
	if last == nil {
		return ""
	}
	return decimal(100*last.Headline.Accuracy, 0) + " %"
}
