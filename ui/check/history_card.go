package check

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen/check"
	"seedbed/gen/intent"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// historyCard is the card with the checks so far.
func (p *page) historyCard() fyne.CanvasObject {
	p.trend, p.better, p.past = widget.NewSparkline(), widget.Muted(""), widget.VBox(6)
	return widget.VBox(10, widget.Heading(lang.L("Better or worse")), p.trend, p.better, p.past)
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
			widget.Caption(shell.Percent(c.Headline.Accuracy)).AlignRight(), widget.Caption(shell.CountMessages(c.Of)).AlignRight(), widget.Caption(testedOn(c))))
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
	text := lang.N("On the {{.N}} messages that both checks tested: {{.Before}} before, {{.After}} now.", c.Messages, map[string]any{
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
			"Category": p.shown(most.Category), "Before": shell.Percent(most.Before), "After": shell.Percent(most.After),
		})
	}
	return text
}
