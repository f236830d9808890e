package check

import (
	"image/color"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen/check"
	"seedbed/gen/intent"
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
	p.scope.show(s)
	p.try.ask.Load() // the threshold may be another
	p.use.show()
	p.showHistory()
	p.showGauges(last.Gauges, s.profiles)
	p.showProgress("")
	p.body.SetEmpty(false)
}

// empty explains the page until the first check.
func (p *page) empty() fyne.CanvasObject {
	p.emptyText = widget.Body("")
	p.begin = widget.NewPrimaryButton(lang.L("Train and test"), p.startOrStop).WithKey(shell.ActKey)
	p.generate = widget.NewPrimaryButton(lang.L("Generate messages"), func() { p.window.GoTo(shell.Generate) })
	p.merge = widget.NewButton(lang.L("Import a file…"), func() { p.window.ChooseFile() })
	return shell.Empty(lang.L("How well can these messages be told apart?"), p.emptyText, p.begin, p.generate, p.merge)
}

func (p *page) showEmpty() {
	enough := p.state.messages > 0
	what := lang.L("The check trains a small model on one part of the messages and tests it on the rest, in turns, on this computer and without a network. It shows which categories are mixed up, which messages look mislabelled, and what to generate next.")
	have := lang.L("There are no labelled messages yet: generate some, or import your own.")
	if enough {
		have = lang.N("There are {{.N}} labelled messages.", p.state.messages, map[string]any{"N": shell.Thousands(p.state.messages)})
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
	remark := lang.L("± {{.N}} points", sure)
	if last.Test != intent.InTurns && last.Synthetic != nil {
		sure["Synthetic"] = shell.Percent(last.Synthetic.Accuracy)
		remark = lang.L("± {{.N}} points on real messages, {{.Synthetic}} on synthetic ones", sure)
	}
	p.accuracy.Set(shell.Percent(h.Accuracy), remark)
	p.showMacro(last)
	if weakest := last.Weakest(); weakest != nil {
		remark := lang.L("{{.Recall}} of it read right", map[string]any{"Recall": shell.Percent(weakest.Recall)})
		if instead := last.MistakenFor(weakest.Name); len(instead) > 0 {
			remark = lang.L("{{.Recall}} of it read right, mistaken for {{.Other}}", map[string]any{"Recall": shell.Percent(weakest.Recall), "Other": p.shown(instead[0].Predicted)})
		}
		p.weakest.SetWarning(p.shown(weakest.Name), remark)
	} else {
		p.weakest.SetSuccess("–", lang.L("no category is weak"))
	}
	p.mislabels.Set(shell.Thousands(last.Suspects), lang.L("of {{.N}}", map[string]any{"N": shell.Thousands(last.Of)}))
	var caveats []string
	for _, caveat := range last.Caveats {
		caveats = append(caveats, shell.Say(caveat, p.state.categories))
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

func (p *page) colour(category string) color.NRGBA {
	return theme.ParseColour(p.state.categories.Named(category).Colour)
}

// shown is how people know a category, which a check has by its exported name.
func (p *page) shown(category string) string { return p.state.categories.Named(category).Shown() }

// narrowChip is a category's chip for a column of a list.
func (p *page) narrowChip(category string) fyne.CanvasObject {
	return widget.HBox(0, widget.NewChip(p.shown(category), p.colour(category)).Within(columnChip))
}

// columnChip is how wide a chip in a column is at most.
const columnChip = 120

func seconds(d time.Duration) string { return shell.Decimal(d.Seconds(), 1) + " s" }
