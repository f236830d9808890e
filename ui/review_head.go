package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/localdb"
	"seedbed/ui/widget"
)

// reviewHead is the page's heading: how far the review is, and the keys.
type reviewHead struct {
	counts     *widget.Text
	categories *widget.KeyCap
	object     fyne.CanvasObject
}

func newReviewHead() *reviewHead {
	h := &reviewHead{counts: widget.Caption(""), categories: widget.NewKeyCap("1–9")}
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
	)
	h.object = container.NewBorder(nil, nil, widget.Title(lang.L("Review")), nil, end)
	return h
}

func (h *reviewHead) setCounts(c localdb.Counts) {
	all := c.All()
	h.counts.SetText(lang.L("{{.Accepted}} accepted · {{.ToReview}} to review", map[string]any{
		"Accepted": thousands(all.Status(localdb.Accepted)), "ToReview": thousands(all.Status(localdb.ToReview)),
	}))
	h.object.Refresh()
}

// setCategories says which keys label: the first to the last that there is.
func (h *reviewHead) setCategories(categories []localdb.Category) {
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
