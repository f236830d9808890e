package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/ui/widget"
)

// reviewNothing stands where the list would be: in a dataset without messages, or
// where no message matches.
type reviewNothing struct {
	none, unmatched *fyne.Container
	object          fyne.CanvasObject
}

func newReviewNothing(p *reviewPage) *reviewNothing {
	n := &reviewNothing{
		none: widget.VBox(12, widget.Heading(lang.L("Nothing to review yet")),
			widget.Body(lang.L("Here you read messages one by one, give them their category, and accept or reject them. First there must be some: let them be written, or bring a file with messages.")),
			widget.Wrap(8, widget.NewPrimaryButton(lang.L("Generate messages"), func() { p.app.goTo(atGenerate) }),
				widget.NewButton(lang.L("Import a file…"), p.app.chooseFile))),
		unmatched: widget.VBox(12, widget.Heading(lang.L("No message matches")),
			widget.Body(lang.L("The search and the filters together leave nothing over. All messages are still there.")),
			widget.Wrap(8, widget.NewPrimaryButton(lang.L("Clear filters"), func() { p.filters.clear() }).WithKey("C"))),
	}
	n.object = widget.Card(container.NewVScroll(container.NewPadded(container.NewStack(n.none, n.unmatched))))
	return n
}

// show says why there is nothing.
func (n *reviewNothing) show(noMessages bool) {
	setVisible(n.none, noMessages)
	setVisible(n.unmatched, !noMessages)
}
