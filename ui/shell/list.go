package shell

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/ui/widget"
)

// ListRow is a row of a list with anything in it. Fyne paints widgets and containers, and nothing that only
// embeds a container.
type ListRow struct {
	fynewidget.BaseWidget
	Body fyne.CanvasObject
}

// CreateRenderer is called by Fyne.
func (r *ListRow) CreateRenderer() fyne.WidgetRenderer { return fynewidget.NewSimpleRenderer(r.Body) }

// TwoLines is a row with what it is about and, below, what there is to say of it.
type TwoLines struct {
	ListRow
	First, Second *widget.Text
}

func NewTwoLines() fyne.CanvasObject {
	r := &TwoLines{First: widget.Line(""), Second: widget.MutedLine("")}
	r.Body = widget.VBox(2, r.First, r.Second)
	r.ExtendBaseWidget(r)
	return r
}
