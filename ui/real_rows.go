package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/gen/intent"
	"seedbed/gen/realdata"
	"seedbed/localdb"
	"seedbed/ui/widget"
)

// realRows is the preview: the first messages as they will be stored.
type realRows struct {
	rows    []realdata.PreviewRow
	labels  []intent.Prediction // of the rows, by the check; nil for none
	colours map[string]string   // by category
	list    *fynewidget.List
	none    *widget.Text
	object  fyne.CanvasObject
}

var previewParts = []float32{56, 15, 9, 20}

// previewHeight is how much of the preview there is at least.
const previewHeight = 170

func newRealRows() *realRows {
	r := &realRows{none: widget.Muted("")}
	r.list = fynewidget.NewList(func() int { return len(r.rows) }, newPreviewRow, r.update)
	head := widget.Stack(6, widget.Heading(lang.L("Preview")), widget.Columns(8, previewParts,
		widget.Heading(lang.X("real.message", "Message")), widget.Heading(lang.L("Category")), widget.Heading(lang.L("Conf.")), widget.Heading("")), r.none)
	r.object = atLeast(previewHeight, container.NewBorder(head, nil, nil, nil, r.list))
	return r
}

func (r *realRows) show(d *localdb.Dataset, j *jobs, rows []realdata.PreviewRow, labels []intent.Prediction) {
	r.rows, r.labels = rows, labels
	r.none.SetText("")
	if len(rows) == 0 {
		r.none.SetText(lang.L("Nothing of it would come into the dataset as it is set now."))
	}
	setVisible(r.none, len(rows) == 0)
	r.list.ScrollToTop()
	r.list.Refresh()
	colours := map[string]string{}
	j.quietly(func(ctx context.Context) error {
		categories, err := d.Categories(ctx)
		for _, c := range categories {
			colours[c.Name] = c.Colour
		}
		return err
	}, func(error) { // without colours it is as readable
		r.colours = colours
		r.list.Refresh()
	})
}

// previewRow is one message before it is merged.
type previewRow struct {
	listRow
	message, confidence, remark *widget.Text
	chip                        *widget.Chip
}

func newPreviewRow() fyne.CanvasObject {
	r := &previewRow{message: widget.Line(""), confidence: widget.Line(""), remark: widget.MutedLine(""), chip: widget.NewChip("", widget.ParseColour(""))}
	r.body = widget.Columns(8, previewParts, centred(r.message), widget.Row(0, r.chip), centred(r.confidence), centred(r.remark))
	r.ExtendBaseWidget(r)
	return r
}

func (r *realRows) update(i fynewidget.ListItemID, o fyne.CanvasObject) {
	row, ok := o.(*previewRow)
	if !ok || i >= len(r.rows) {
		return
	}
	m := r.rows[i]
	category, confidence := m.Category, m.Confidence
	if category != "" && !m.HasConfidence {
		confidence = 1
	}
	if category == "" && i < len(r.labels) {
		category, confidence = r.labels[i].Category, r.labels[i].Confidence
	}
	row.message.SetText(oneLine(m.Message))
	row.chip.Set(category, widget.ParseColour(r.colours[category]))
	setVisible(row.chip, category != "")
	text := ""
	if category != "" {
		text = decimal(confidence, 2)
	}
	row.confidence.SetText(text)
	row.remark.SetText(remarkOn(m))
}

// remarkOn says what a person should know of a message.
func remarkOn(m realdata.PreviewRow) string {
	switch {
	case m.Hidden:
		return lang.L("personal details hidden")
	case m.Personal:
		return lang.L("holds personal details")
	}
	return ""
}
