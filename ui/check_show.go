package ui

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

	"seedbed/gen"
	"seedbed/gen/intent"
	"seedbed/localdb"
	"seedbed/ui/widget"
)

// show fills the page with what was read.
func (p *checkPage) show() {
	checked := len(p.state.checks) > 0
	setVisible(p.none, !checked)
	setVisible(p.found, checked)
	setVisible(p.train, checked)
	setVisible(p.save, checked)
	if p.job == nil {
		p.how.SetText("")
	}
	if !checked {
		p.showNothing()
		p.body.Refresh()
		return
	}
	last := p.state.checks[0]
	if p.job == nil {
		p.how.SetText(lang.L("Trained on {{.Trained}} messages, tested on {{.Tested}} it had never seen · {{.Time}} on this computer", map[string]any{
			"Trained": thousands(last.Trained), "Tested": thousands(last.Headline.Messages), "Time": seconds(last.Took),
		}))
	}
	p.showStats(last)
	p.showMatrix(last)
	p.showMistakes()
	p.showMeaning(last)
	p.showHistory()
	p.showGauges(last.Gauges)
	p.ran("")
	p.body.Refresh()
}

func (p *checkPage) showNothing() {
	enough := p.state.messages > 0
	p.nothing.SetText(lang.L("There are no labelled messages yet: let some be written, or import your own."))
	if enough {
		p.nothing.SetText(lang.L("{{.N}} labelled messages are there.", map[string]any{"N": thousands(p.state.messages)}))
	}
	setVisible(p.begin, enough)
	setVisible(p.generate, !enough)
	setVisible(p.merge, !enough)
}

func (p *checkPage) showStats(last gen.Checked) {
	h := last.Headline
	within := 100 * max(h.High-h.Accuracy, h.Accuracy-h.Low)
	sure := map[string]any{"N": decimal(within, 1)}
	remark := lang.L("± {{.N}} (95 %)", sure)
	if last.Test != intent.InTurns && last.Synthetic != nil {
		sure["Synthetic"] = percents(last.Synthetic.Accuracy)
		remark = lang.L("± {{.N}} (95 %) on real messages, {{.Synthetic}} on synthetic ones", sure)
	}
	p.accuracy.Set(percents(h.Accuracy), remark)
	p.showMacro(last)
	if weakest := last.Weakest(); weakest != nil {
		remark := lang.L("recall {{.Recall}}", map[string]any{"Recall": decimal(weakest.Recall, 2)})
		if instead := last.MistakenFor(weakest.Name); len(instead) > 0 {
			remark = lang.L("recall {{.Recall}}, mistaken for {{.Other}}", map[string]any{"Recall": decimal(weakest.Recall, 2), "Other": instead[0].Predicted})
		}
		p.weakest.SetPoor(weakest.Name, remark)
	} else {
		p.weakest.SetGood("–", lang.L("no category stands back"))
	}
	p.mislabels.Set(thousands(last.Suspect), lang.L("of {{.N}}", map[string]any{"N": thousands(last.Of)}))
	var doubts []string
	for _, doubt := range last.Doubts {
		doubts = append(doubts, translated(doubt.Parts()))
	}
	p.doubtText.SetText(strings.Join(doubts, " "))
	setVisible(p.doubts, len(last.Doubts) > 0)
}

// showMacro sets the figure beside the check before, where that was of the same kind.
func (p *checkPage) showMacro(last gen.Checked) {
	figure := decimal(last.Headline.MacroF1, 3)
	if len(p.state.checks) < 2 || p.state.checks[1].Headline.Name != last.Headline.Name {
		p.macro.Set(figure, lang.L("mean over the categories"))
		return
	}
	before := p.state.checks[1]
	remark := lang.L("was {{.Figure}} ({{.Day}})", map[string]any{"Figure": decimal(before.Headline.MacroF1, 3), "Day": day(before.When)})
	if last.Headline.MacroF1 < before.Headline.MacroF1 {
		p.macro.SetPoor(figure, remark)
		return
	}
	p.macro.SetGood(figure, remark)
}

// showMatrix shows the categories in the order of the dataset.
func (p *checkPage) showMatrix(last gen.Checked) {
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
	p.tellCell(-1, -1)
}

// tellCell says in words what the cell under the mouse shows.
func (p *checkPage) tellCell(row, column int) {
	if row < 0 || len(p.state.checks) == 0 {
		p.cell.SetText(lang.L("Point at a cell to read it; click it or press Enter to see its messages."))
		return
	}
	last := p.state.checks[0]
	row, column = p.order[row], p.order[column]
	given := last.Categories[row]
	p.cell.SetText(lang.L("{{.Given}} read as {{.Read}}: {{.N}} of {{.All}}", map[string]any{
		"Given": given.Name, "Read": last.Categories[column].Name, "N": thousands(last.Confusion[row][column]), "All": thousands(given.Support),
	}))
}

func (p *checkPage) colour(category string) color.NRGBA {
	for _, c := range p.state.categories {
		if c.Name == category {
			return widget.ParseColour(c.Colour)
		}
	}
	return widget.ParseColour("")
}

func (p *checkPage) chip(category string) fyne.CanvasObject {
	return container.NewHBox(widget.NewChip(category, p.colour(category)))
}

// mistakeColumns share the width among message, label and what it was read as.
func mistakeColumns(message, label, readsAs fyne.CanvasObject) fyne.CanvasObject {
	return widget.Columns(8, []float32{48, 26, 26}, message, label, readsAs)
}

func (p *checkPage) showMistakes() {
	found := len(p.state.mistakes) > 0
	setVisible(p.noMistakes, !found)
	setVisible(p.openAll, found)
	p.mistakes.RemoveAll()
	if found {
		p.mistakes.Add(mistakeColumns(widget.Caption(lang.L("Message")), widget.Caption(lang.L("Label")), widget.Caption(lang.L("Read as"))))
		p.mistakes.Add(widget.Rule())
	}
	for _, m := range p.state.mistakes {
		text := oneLine(m.Text)
		p.mistakes.Add(widget.NewItem(text, mistakeColumns(centred(widget.Line(text)), p.chip(m.Category), p.chip(m.Predicted)), func() { p.reviewMistake(m.ID) }))
		p.mistakes.Add(widget.Rule())
	}
	weakest := p.state.checks[0].Weakest()
	setVisible(p.help, weakest != nil)
	if weakest != nil {
		p.help.SetText(lang.L("Generate {{.N}} more for {{.Category}}", map[string]any{"N": thousands(p.state.help.Total()), "Category": weakest.Name}))
	}
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// showMeaning sets the scores beside each other and explains the gap.
func (p *checkPage) showMeaning(last gen.Checked) {
	var lines []string
	add := func(name string, s *intent.Score) {
		if s != nil {
			lines = append(lines, fmt.Sprintf("%s: %s (%s)", name, percents(s.Accuracy), lang.L("{{.Low}} to {{.High}}, {{.N}} messages", map[string]any{
				"Low": percents(s.Low), "High": percents(s.High), "N": thousands(s.Messages),
			})))
		}
	}
	add(lang.L("Locked real messages"), last.Locked)
	add(lang.L("Trained on synthetic, tested on real"), last.SyntheticToReal)
	add(lang.L("Real, with real ones to learn from"), last.RealKnown)
	add(lang.L("Synthetic"), last.Synthetic)
	if last.Synthetic == nil {
		add(lang.L("All messages, in turns"), &last.CrossValidated)
	}
	p.scores.SetText(strings.Join(lines, "\n"))
	p.gap.SetText(translated(last.Gap.Parts()))
	if last.Gap.IsZero() {
		p.gap.SetText(lang.L("These messages test themselves. Merge some real ones to see how well it does on what people really write."))
	}
	p.lock.OnChanged = nil
	p.lock.SetChecked(p.state.locked > 0)
	p.lock.OnChanged = p.setLocked
}

// pastShown is how many earlier checks are listed.
const pastShown = 5

// showHistory lists the checks; only those of the last one's kind make up the line,
// since figures of different tests can't be compared.
func (p *checkPage) showHistory() {
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
		p.past.Add(widget.Columns(8, []float32{26, 18, 26, 30}, widget.Caption(day(c.When)+" "+c.When.Local().Format("15:04")),
			widget.Caption(percents(c.Headline.Accuracy)), widget.Caption(lang.L("{{.N}} messages", map[string]any{"N": thousands(c.Of)})), widget.Caption(testedOn(c))))
	}
}

// testedOn says what kind of test a check's figure is of.
func testedOn(c gen.Checked) string {
	switch c.Test {
	case intent.OnLocked:
		return lang.L("on locked real ones")
	case intent.OnReal:
		return lang.L("on real ones")
	}
	return lang.L("in turns")
}

// comparison says in words how the last two checks did on the same messages.
func (p *checkPage) comparison() string {
	c := p.state.compared
	if c == nil {
		return lang.L("After the next check, what changed stands here.")
	}
	text := lang.L("On the {{.N}} messages that were in the check before, too: {{.Before}}, now {{.After}}.", map[string]any{
		"N": thousands(c.Messages), "Before": percents(c.Before), "After": percents(c.After),
	})
	var most *gen.CategoryComparison
	for i := range c.Categories {
		category := &c.Categories[i]
		if most == nil || math.Abs(category.After-category.Before) > math.Abs(most.After-most.Before) {
			most = category
		}
	}
	if most != nil && most.After != most.Before {
		text += " " + lang.L("Most changed: {{.Category}}, {{.Before}}, now {{.After}}.", map[string]any{
			"Category": most.Category, "Before": percents(most.Before), "After": percents(most.After),
		})
	}
	return text
}

// showGauges lists the measures, each with how many it was taken over.
func (p *checkPage) showGauges(g gen.Gauges) {
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
			row(name, percents(gauge.Value), of+" "+thousands(gauge.N), what)
		}
	}
	share(lang.L("Repeated messages"), g.Duplicates, lang.L("of"), lang.L("the same words as another message"))
	share(lang.L("Near-duplicates"), g.NearDuplicates, lang.L("of"), lang.L("the same or nearly the same words"))
	share(lang.L("Reviewed"), g.Reviewed, lang.L("of"), lang.L("accepted or rejected"))
	share(lang.L("Passages asked about"), g.Coverage, lang.L("of"), lang.L("by at least one message"))
	if g.Balance.N > 0 {
		row(lang.L("Balance"), decimal(g.Balance.Value, 2), lang.L("of")+" "+thousands(g.Balance.N), lang.L("1 is just as the targets want"))
	}
	p.gauges.Add(widget.Rule())
	p.gauges.Add(varietyColumns(widget.Caption(lang.L("Variety")), widget.Caption(lang.L("Different word pairs")), widget.Caption(lang.L("Repeat a phrase")),
		widget.Caption(lang.L("Compress by")), widget.Caption(lang.L("Beside real messages of the same length"))))
	for _, v := range g.Variety {
		p.gauges.Add(varietyColumns(p.chip(v.Category), widget.Line(percents(v.Distinct2.Value)),
			widget.Line(percents(v.Repetition.Value)), widget.Line(fmt.Sprintf("%.1f (%s)", v.Compression.Value, thousands(v.Compression.N))), widget.MutedLine(besideReal(v))))
	}
}

func varietyColumns(cells ...fyne.CanvasObject) fyne.CanvasObject {
	return widget.Columns(8, []float32{18, 15, 15, 14, 38}, cells...)
}

func besideReal(v gen.Variety) string {
	if v.Real == nil {
		return lang.L("too few real ones to tell")
	}
	return lang.L("word pairs {{.Ours}}, real {{.Real}} ({{.N}} each)", map[string]any{
		"Ours": percents(v.Alike.Distinct2.Value), "Real": percents(v.Real.Distinct2.Value), "N": thousands(v.Real.Compression.N),
	})
}

// percents writes a share with one decimal.
func percents(share float64) string { return decimal(100*share, 1) + " %" }

func seconds(d time.Duration) string { return decimal(d.Seconds(), 1) + " s" }
