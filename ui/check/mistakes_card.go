package check

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// mistakesCard is the card with the mistakes.
func (p *page) mistakesCard() fyne.CanvasObject {
	p.mistakes, p.noMistakes = widget.VBox(7), widget.Muted(lang.L("No message looks mislabelled."))
	p.openAll = widget.NewButton(lang.L("Open all in Review"), p.reviewMistakes).WithKey("Ctrl R")
	p.help = widget.NewPrimaryButton("", p.strengthen).WithKey("Ctrl G")
	return widget.VBox(12, widget.Heading(lang.L("Mistakes to look at")), p.noMistakes, p.mistakes, widget.Wrap(8, p.openAll, p.help))
}

// mistakeColumns share the width among message, label and prediction.
func mistakeColumns(message, label, predicted fyne.CanvasObject) fyne.CanvasObject {
	return widget.Columns(8, []float32{40, 30, 30}, message, label, predicted)
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
		p.mistakes.Add(widget.NewListItem(text, mistakeColumns(shell.Centred(widget.Line(text)), p.narrowChip(m.Category), p.narrowChip(m.Predicted)), func() { p.reviewMistake(m.ID) }))
		p.mistakes.Add(fynewidget.NewSeparator())
	}
	weakest := p.state.checks[0].Weakest()
	shell.SetVisible(p.help, weakest != nil)
	if weakest != nil {
		p.help.SetText(lang.L("Generate {{.N}} more for {{.Category}}", map[string]any{"N": shell.Thousands(p.state.help.Total()), "Category": p.shown(weakest.Name)}))
	}
}

// mistakesShown is how many mistakes the page lists.
const mistakesShown = 6

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

// strengthen prepares the messages that help the weakest category.
func (p *page) strengthen() {
	if p.state.help.Total() > 0 {
		p.window.PlanRun(p.state.help)
	}
}
