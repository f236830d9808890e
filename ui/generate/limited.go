package generate

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// newLimited returns the line that says that a run asks about some passages only.
func (p *page) newLimited() fyne.CanvasObject {
	p.limitedTo, p.resumeLimit = widget.Body(""), widget.Body("")
	p.limitedRow = widget.VBox(4, p.limitedTo, widget.Wrap(8, widget.NewSmallButton(lang.L("Ask about all passages"), p.unlimit)))
	p.limitedRow.Hide()
	p.resumeLimit.Hide()
	return p.limitedRow
}

func (p *page) showLimited(passages int) {
	p.limitedTo.SetText(limitText(passages))
	if p.limitedRow.Visible() != (passages > 0) {
		shell.SetVisible(p.limitedRow, passages > 0)
		p.left.Refresh() // the rows below move
	}
}

func limitText(passages int) string {
	if passages == 1 {
		return lang.L("Factual questions are about 1 chosen passage only.")
	}
	return lang.L("Factual questions are about {{.N}} chosen passages only.", map[string]any{"N": shell.Thousands(passages)})
}

// unlimit lets the questions be about all passages.
func (p *page) unlimit() {
	if p.requestedPlan != nil {
		p.requestedPlan.Passages = nil
	}
	p.updatePlan()
}

// dropMissingPassages takes passages that were removed meanwhile out of the limit.
func (p *page) dropMissingPassages() {
	if p.requestedPlan == nil || len(p.requestedPlan.Passages) == 0 {
		return
	}
	there := map[int64]bool{}
	for _, passage := range p.passages {
		there[passage.ID] = true
	}
	p.requestedPlan.Passages = slices.DeleteFunc(slices.Clone(p.requestedPlan.Passages), func(id int64) bool { return !there[id] })
}
