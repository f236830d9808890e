package check

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/gen/check"
	"seedbed/gen/intent"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// show fills the page with the state.
func (p *page) show(s state) {
	p.state, p.loaded = s, true
	if p.queued {
		p.queued = false
		defer p.startOrStop()
	}
	checked := len(s.checks) > 0
	shell.SetVisible(p.train, checked)
	shell.SetVisible(p.save, checked)
	if p.job == nil {
		p.how.SetText("")
	}
	if !checked {
		p.showEmpty()
		p.body.SetEmpty(true)
		return
	}
	last := p.state.checks[0]
	if p.job == nil {
		p.how.SetText(lang.L("Trained on {{.Trained}} messages, tested on {{.Tested}} it had never seen · {{.Time}} on this computer", map[string]any{
			"Trained": shell.Thousands(last.Trained), "Tested": shell.Thousands(last.Headline.Messages), "Time": seconds(last.Took),
		}))
	}
	p.showStats(last)
	p.showMatrix(last)
	p.showMistakes()
	p.showScores(last)
	p.showHistory()
	p.showGauges(last.Gauges)
	p.showProgress("")
	p.body.SetEmpty(false)
}

func (p *page) showEmpty() {
	enough := p.state.messages > 0
	what := lang.L("The check trains a small model on one part of the messages and tests it on the rest, in turns, on this computer and without a network. It shows which categories are mixed up, which messages look mislabelled, and what to generate next.")
	have := lang.L("There are no labelled messages yet: generate some, or import your own.")
	if enough {
		have = lang.L("There are {{.N}} labelled messages.", map[string]any{"N": shell.Thousands(p.state.messages)})
	}
	p.emptyText.SetText(what + "\n\n" + have)
	shell.SetVisible(p.begin, enough)
	shell.SetVisible(p.generate, !enough)
	shell.SetVisible(p.merge, !enough)
}

func (p *page) showStats(last check.Result) {
	h := last.Headline
	within := 100 * max(h.High-h.Accuracy, h.Accuracy-h.Low)
	sure := map[string]any{"N": shell.Decimal(within, 1)}
	remark := lang.L("± {{.N}} (95 %)", sure)
	if last.Test != intent.InTurns && last.Synthetic != nil {
		sure["Synthetic"] = shell.Percent(last.Synthetic.Accuracy)
		remark = lang.L("± {{.N}} (95 %) on real messages, {{.Synthetic}} on synthetic ones", sure)
	}
	p.accuracy.Set(shell.Percent(h.Accuracy), remark)
	p.showMacro(last)
	if weakest := last.Weakest(); weakest != nil {
		remark := lang.L("recall {{.Recall}}", map[string]any{"Recall": shell.Decimal(weakest.Recall, 2)})
		if instead := last.MistakenFor(weakest.Name); len(instead) > 0 {
			remark = lang.L("recall {{.Recall}}, mistaken for {{.Other}}", map[string]any{"Recall": shell.Decimal(weakest.Recall, 2), "Other": instead[0].Predicted})
		}
		p.weakest.SetWarning(weakest.Name, remark)
	} else {
		p.weakest.SetSuccess("–", lang.L("no category stands back"))
	}
	p.mislabels.Set(shell.Thousands(last.Suspects), lang.L("of {{.N}}", map[string]any{"N": shell.Thousands(last.Of)}))
	var caveats []string
	for _, caveat := range last.Caveats {
		caveats = append(caveats, shell.Translate(caveat.Parts()))
	}
	p.caveatText.SetText(strings.Join(caveats, " "))
	shell.SetVisible(p.caveats, len(last.Caveats) > 0)
}

// showMacro compares the figure with the check before, if that was of the same kind.
func (p *page) showMacro(last check.Result) {
	figure := shell.Decimal(last.Headline.MacroF1, 3)
	if len(p.state.checks) < 2 || p.state.checks[1].Headline.Name != last.Headline.Name {
		p.macro.Set(figure, lang.L("mean over the categories"))
		return
	}
	before := p.state.checks[1]
	remark := lang.L("was {{.Figure}} ({{.Day}})", map[string]any{"Figure": shell.Decimal(before.Headline.MacroF1, 3), "Day": shell.Day(before.When)})
	if last.Headline.MacroF1 < before.Headline.MacroF1 {
		p.macro.SetWarning(figure, remark)
		return
	}
	p.macro.SetSuccess(figure, remark)
}

// showMatrix shows the categories in the order of the dataset.
func (p *page) showMatrix(last check.Result) {
	place := func(at int) int {
		return slices.IndexFunc(p.state.categories, func(c localdb.Category) bool { return c.Name == last.Categories[at].Name })
	}
	p.order = make([]int, len(last.Categories))
	for i := range p.order {
		p.order[i] = i
	}
	slices.SortStableFunc(p.order, func(a, b int) int { return cmp.Compare(place(a), place(b)) })
	n := len(p.order)
	names, colours, parts := make([]string, n), make([]color.NRGBA, n), make([][]float32, n)
	for i, row := range p.order {
		names[i] = last.Categories[row].Name
		colours[i] = p.colour(names[i])
		parts[i] = make([]float32, n)
		for j, column := range p.order {
			parts[i][j] = float32(last.Confusion[row][column]) / float32(max(1, last.Categories[row].Support))
		}
	}
	p.matrix.Set(names, colours, parts)
	p.describeCell(-1, -1)
}

// describeCell describes the cell under the pointer.
func (p *page) describeCell(row, column int) {
	if row < 0 || len(p.state.checks) == 0 {
		p.cell.SetText(lang.L("Point at a cell to read it; click it or press Enter to see its messages."))
		return
	}
	last := p.state.checks[0]
	row, column = p.order[row], p.order[column]
	given := last.Categories[row]
	p.cell.SetText(lang.L("{{.Given}} read as {{.Read}}: {{.N}} of {{.All}}", map[string]any{
		"Given": given.Name, "Read": last.Categories[column].Name, "N": shell.Thousands(last.Confusion[row][column]), "All": shell.Thousands(given.Support),
	}))
}

func (p *page) colour(category string) color.NRGBA {
	for _, c := range p.state.categories {
		if c.Name == category {
			return theme.ParseColour(c.Colour)
		}
	}
	return theme.ParseColour("")
}

func (p *page) chip(category string) fyne.CanvasObject {
	return container.NewHBox(widget.NewChip(category, p.colour(category)))
}

// mistakeColumns share the width among message, label and prediction.
func mistakeColumns(message, label, predicted fyne.CanvasObject) fyne.CanvasObject {
	return widget.Columns(8, []float32{48, 26, 26}, message, label, predicted)
}

func (p *page) showMistakes() {
	found := len(p.state.mistakes) > 0
	shell.SetVisible(p.noMistakes, !found)
	shell.SetVisible(p.openAll, found)
	p.mistakes.RemoveAll()
	if found {
		p.mistakes.Add(mistakeColumns(widget.Caption(lang.L("Message")), widget.Caption(lang.L("Label")), widget.Caption(lang.L("Read as"))))
		p.mistakes.Add(fynewidget.NewSeparator())
	}
	for _, m := range p.state.mistakes {
		text := shell.OneLine(m.Text)
		p.mistakes.Add(widget.NewListItem(text, mistakeColumns(shell.Centred(widget.Line(text)), p.chip(m.Category), p.chip(m.Predicted)), func() { p.reviewMistake(m.ID) }))
		p.mistakes.Add(fynewidget.NewSeparator())
	}
	weakest := p.state.checks[0].Weakest()
	shell.SetVisible(p.help, weakest != nil)
	if weakest != nil {
		p.help.SetText(lang.L("Generate {{.N}} more for {{.Category}}", map[string]any{"N": shell.Thousands(p.state.help.Total()), "Category": weakest.Name}))
	}
}

// showScores lists the scores and explains the gap.
func (p *page) showScores(last check.Result) {
	var lines []string
	add := func(name string, s *intent.Score) {
		if s != nil {
			lines = append(lines, fmt.Sprintf("%s: %s (%s)", name, shell.Percent(s.Accuracy), lang.L("{{.Low}} to {{.High}}, {{.N}} messages", map[string]any{
				"Low": shell.Percent(s.Low), "High": shell.Percent(s.High), "N": shell.Thousands(s.Messages),
			})))
		}
	}
	add(lang.L("Locked real messages"), last.Holdout)
	add(lang.L("Trained on synthetic, tested on real"), last.SyntheticToReal)
	add(lang.L("Real, trained with real ones too"), last.RealKnown)
	add(lang.L("Synthetic"), last.Synthetic)
	if last.Synthetic == nil {
		add(lang.L("All messages, in turns"), &last.CrossValidated)
	}
	p.scores.SetText(strings.Join(lines, "\n"))
	p.gap.SetText(shell.Translate(last.Gap.Parts()))
	if last.Gap.IsZero() {
		p.gap.SetText(lang.L("These messages test themselves. Merge some real ones to see how well it does on what people really write."))
	}
	p.lock.OnChanged = nil
	p.lock.SetChecked(p.state.holdout > 0)
	p.lock.OnChanged = p.setHoldout
}

// pastShown is how many earlier checks are listed.
const pastShown = 5

// showHistory lists the checks; only those of the last one's kind make up the line,
// since figures of different tests can't be compared.
func (p *page) showHistory() {
	var figures []float32
	for _, c := range slices.Backward(p.state.checks) {
		if c.Headline.Name == p.state.checks[0].Headline.Name {
			figures = append(figures, float32(c.Headline.Accuracy))
		}
	}
	p.trend.Set(figures)
	p.better.SetText(p.comparison())
	p.past.RemoveAll()
	for _, c := range p.state.checks[:min(len(p.state.checks), pastShown)] {
		p.past.Add(widget.Columns(8, []float32{26, 18, 26, 30}, widget.Caption(shell.Day(c.When)+" "+c.When.Local().Format("15:04")),
			widget.Caption(shell.Percent(c.Headline.Accuracy)), widget.Caption(lang.L("{{.N}} messages", map[string]any{"N": shell.Thousands(c.Of)})), widget.Caption(testedOn(c))))
	}
}

// testedOn names the test that a check's figure is of.
func testedOn(c check.Result) string {
	switch c.Test {
	case intent.OnHoldout:
		return lang.L("on locked real ones")
	case intent.OnReal:
		return lang.L("on real ones")
	}
	return lang.L("in turns")
}

// comparison describes how the last two checks did on the same messages.
func (p *page) comparison() string {
	c := p.state.compared
	if c == nil {
		return lang.L("After the next check, this shows what has changed.")
	}
	text := lang.L("On the {{.N}} messages that both checks tested: {{.Before}} before, {{.After}} now.", map[string]any{
		"N": shell.Thousands(c.Messages), "Before": shell.Percent(c.Before), "After": shell.Percent(c.After),
	})
	var most *check.CategoryComparison
	for i := range c.Categories {
		category := &c.Categories[i]
		if most == nil || math.Abs(category.After-category.Before) > math.Abs(most.After-most.Before) {
			most = category
		}
	}
	if most != nil && most.After != most.Before {
		text += " " + lang.L("Most changed: {{.Category}}, {{.Before}}, now {{.After}}.", map[string]any{
			"Category": most.Category, "Before": shell.Percent(most.Before), "After": shell.Percent(most.After),
		})
	}
	return text
}

// showGauges lists the gauges, each with the number of messages it was measured over.
func (p *page) showGauges(g check.Gauges) {
	p.gauges.RemoveAll()
	row := func(cells ...string) {
		parts := []float32{26, 18, 18, 38}
		objects := make([]fyne.CanvasObject, len(cells))
		for i, cell := range cells {
			objects[i] = widget.Line(cell)
		}
		p.gauges.Add(widget.Columns(8, parts, objects...))
	}
	share := func(name string, gauge intent.Gauge, of, what string) {
		if gauge.N > 0 {
			row(name, shell.Percent(gauge.Value), of+" "+shell.Thousands(gauge.N), what)
		}
	}
	share(lang.L("Repeated messages"), g.Duplicates, lang.L("of"), lang.L("the same words as another message"))
	share(lang.L("Near-duplicates"), g.NearDuplicates, lang.L("of"), lang.L("the same or nearly the same words"))
	share(lang.L("Reviewed"), g.Reviewed, lang.L("of"), lang.L("accepted or rejected"))
	share(lang.L("Passages asked about"), g.Coverage, lang.L("of"), lang.L("by at least one message"))
	if g.Balance.N > 0 {
		row(lang.L("Balance"), shell.Decimal(g.Balance.Value, 2), lang.L("of")+" "+shell.Thousands(g.Balance.N), lang.L("1 means exactly as the targets ask"))
	}
	p.gauges.Add(fynewidget.NewSeparator())
	p.gauges.Add(varietyColumns(widget.Caption(lang.L("Variety")), widget.Caption(lang.L("Different word pairs")), widget.Caption(lang.L("Repeat a phrase")),
		widget.Caption(lang.L("Compress by")), widget.Caption(lang.L("Beside real messages of the same length"))))
	for _, v := range g.Variety {
		p.gauges.Add(varietyColumns(p.chip(v.Category), widget.Line(shell.Percent(v.Distinct2.Value)),
			widget.Line(shell.Percent(v.Repetition.Value)), widget.Line(fmt.Sprintf("%.1f (%s)", v.Compression.Value, shell.Thousands(v.Compression.N))), widget.MutedLine(besideReal(v))))
	}
}

func varietyColumns(cells ...fyne.CanvasObject) fyne.CanvasObject {
	return widget.Columns(8, []float32{18, 15, 15, 14, 38}, cells...)
}

func besideReal(v check.Variety) string {
	if v.Real == nil {
		return lang.L("too few real ones to tell")
	}
	return lang.L("word pairs {{.Ours}}, real {{.Real}} ({{.N}} each)", map[string]any{
		"Ours": shell.Percent(v.Alike.Distinct2.Value), "Real": shell.Percent(v.Real.Distinct2.Value), "N": shell.Thousands(v.Real.Compression.N),
	})
}

func seconds(d time.Duration) string { return shell.Decimal(d.Seconds(), 1) + " s" }
