package realdata

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen/intent"
	"seedbed/gen/realdata"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// preview is the preview: the first messages as they will be stored.
type preview struct {
	rows       []realdata.PreviewRow
	labels     []intent.Prediction // of the rows, by the check; nil for none
	categories localdb.Categories
	list       *widget.List
	none       *widget.Text
	object     fyne.CanvasObject
}

var previewParts = []float32{50, 18, 13, 19}

// previewHeight is how much of the preview there is at least.
const previewHeight = 170

func newPreview() *preview {
	r := &preview{none: widget.Muted("")}
	r.list = widget.NewList(func() int { return len(r.rows) }, newPreviewRow, r.update)
	head := widget.VBox(6, widget.Heading(lang.L("Preview")), widget.Columns(8, previewParts,
		widget.Heading(lang.X("real.message", "Message")), widget.Heading(lang.L("Category")), widget.Heading(lang.L("Confidence")).AlignRight(), widget.Heading("")), r.none)
	r.object = atLeast(previewHeight, container.NewBorder(head, nil, nil, nil, r.list))
	return r
}

func (r *preview) show(d *localdb.Dataset, j *shell.Jobs, rows []realdata.PreviewRow, labels []intent.Prediction) {
	r.rows, r.labels = rows, labels
	r.none.SetText("")
	if len(rows) == 0 {
		r.none.SetText(lang.L("Nothing of it would come into the dataset as it is set now."))
	}
	shell.SetVisible(r.none, len(rows) == 0)
	r.list.ScrollToTop()
	r.list.Refresh()
	var categories localdb.Categories
	j.RunSilently(func(ctx context.Context) (err error) {
		categories, err = d.Categories(ctx)
		return err
	}, func(error) { // without colours it is as readable
		r.categories = categories
		r.fitRows()
		r.list.Refresh()
	})
}

// previewChip is how wide the chip of a row is at most.
const previewChip = 150

// fitRows makes the rows as high as the chips in them, which take several lines where names are long.
func (r *preview) fitRows() {
	row := newPreviewRow()
	for i := range r.rows {
		r.update(i, row)
		r.list.SetItemHeight(i, row.MinSize().Height)
	}
}

// previewRow is one message before it is merged.
type previewRow struct {
	shell.ListRow
	message, confidence, remark *widget.Text
	chip                        *widget.Chip
}

func newPreviewRow() fyne.CanvasObject {
	r := &previewRow{message: widget.Line(""), confidence: widget.Line("").AlignRight(), remark: widget.MutedLine(""), chip: widget.NewChip("", theme.ParseColour("")).Within(previewChip)}
	r.Body = widget.Columns(8, previewParts, shell.Centred(r.message), widget.HBox(0, r.chip), shell.Centred(r.confidence), shell.Centred(r.remark))
	r.ExtendBaseWidget(r)
	return r
}

func (r *preview) update(i int, o fyne.CanvasObject) {
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
	row.message.SetText(shell.OneLine(m.Message))
	c := r.categories.Named(category)
	row.chip.Set(c.Shown(), theme.ParseColour(c.Colour))
	shell.SetVisible(row.chip, category != "")
	text := ""
	if category != "" {
		text = shell.Percent(confidence)
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

// atLeast gives something a least height of its own, whatever it needs.
func atLeast(height float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(heightLayout(height), o)
}

type heightLayout float32

func (l heightLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

func (l heightLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[0].MinSize().Width, theme.Scaled(float32(l)))
}
