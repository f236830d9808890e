package ui

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/ui/widget"
)

// listRow is a row of a list. Fyne paints widgets and containers, and nothing that only
// embeds a container.
type listRow struct {
	fynewidget.BaseWidget
	body fyne.CanvasObject
}

// CreateRenderer is called by Fyne.
func (r *listRow) CreateRenderer() fyne.WidgetRenderer { return fynewidget.NewSimpleRenderer(r.body) }

// twoLines is a row with what it is about and, below, what there is to say of it.
type twoLines struct {
	listRow
	first, second *widget.Text
}

func newTwoLines() fyne.CanvasObject {
	r := &twoLines{first: widget.Line(""), second: widget.MutedLine("")}
	r.body = widget.VBox(2, r.first, r.second)
	r.ExtendBaseWidget(r)
	return r
}
