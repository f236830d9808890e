package review

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// header is the page's heading: the progress of the review, and the keys.
type header struct {
	counts     *widget.Text
	categories *widget.KeyCap
	object     fyne.CanvasObject
}

func newHeader() *header {
	h := &header{counts: widget.Caption(""), categories: widget.NewKeyCap("1–9")}
	hint := func(key fyne.CanvasObject, does string) fyne.CanvasObject {
		return widget.HBox(4, key, widget.Caption(does))
	}
	end := container.New(endLayout{gap: 8}, h.counts,
		hint(widget.NewKeyCap("A"), lang.L("accept")),
		hint(widget.NewKeyCap("X"), lang.L("reject")),
		hint(h.categories, lang.L("category")),
		hint(widget.NewKeyCap("Enter"), lang.L("edit")),
		hint(widget.NewKeyCap("/"), lang.L("search")),
		hint(widget.NewKeyCap("Ctrl+Z"), lang.L("undo")),
		hint(widget.NewKeyCap("Ctrl+I"), lang.L("side panel")),
		hint(widget.NewKeyCap("Ctrl+H"), lang.L("find and replace")),
	)
	h.object = container.NewBorder(nil, nil, widget.Title(lang.L("Review")), nil, end)
	return h
}

func (h *header) setCounts(c localdb.Counts) {
	all := c.All()
	h.counts.SetText(lang.L("{{.Accepted}} accepted · {{.ToReview}} to review", map[string]any{
		"Accepted": shell.Thousands(all.Status(localdb.Accepted)), "ToReview": shell.Thousands(all.Status(localdb.ToReview)),
	}))
	h.object.Refresh()
}

// setCategories shows which keys label, from the first to the last.
func (h *header) setCategories(categories []localdb.Category) {
	first, last := "", ""
	for _, c := range categories {
		if c.Key == "" {
			continue
		}
		if first == "" {
			first = c.Key
		}
		last = c.Key
	}
	if first != last {
		first += "–" + last
	}
	h.categories.SetText(first)
}

// emptyState takes the place of the list in a dataset without messages, or
// if none matches.
type emptyState struct {
	none, unmatched *fyne.Container
	object          fyne.CanvasObject
}

func newEmptyState(p *page) *emptyState {
	n := &emptyState{
		none: widget.VBox(12, widget.Heading(lang.L("Nothing to review yet")),
			widget.Body(lang.L("Here you read messages one by one, label them, and accept or reject them. Generate some first, or merge a file with messages.")),
			widget.Wrap(8, widget.NewPrimaryButton(lang.L("Generate messages"), func() { p.window.GoTo(shell.Generate) }),
				widget.NewButton(lang.L("Import a file…"), p.window.ChooseFile), widget.NewButton(lang.L("Paste…"), p.paste).WithKey("Ctrl V"))),
		unmatched: widget.VBox(12, widget.Heading(lang.L("No message matches")),
			widget.Body(lang.L("No message matches the search and the filters. All messages are still there.")),
			widget.Wrap(8, widget.NewPrimaryButton(lang.L("Clear filters"), func() { p.filters.clear() }).WithKey("C"))),
	}
	n.object = widget.Card(container.NewVScroll(container.NewPadded(container.NewStack(n.none, n.unmatched))))
	return n
}

// show explains why the list is empty.
func (n *emptyState) show(noMessages bool) {
	shell.SetVisible(n.none, noMessages)
	shell.SetVisible(n.unmatched, !noMessages)
}
