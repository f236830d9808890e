package newdataset

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen/starter"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// asked is what a person is asked for by a way to begin.
type asked int

const (
	nothing asked = iota
	aList         // categories, pasted or in a file
	messages
)

// way is one way to begin a dataset, as a card shows it.
type way struct {
	title, what string
	starter     starter.Starter
	asks        asked
	item        *widget.ListItem
}

// ways are all of them: the shipped starters, and those with a person's own categories.
func ways() []*way {
	var all []*way
	for _, s := range starter.All() {
		s = shell.TranslateStarter(s)
		all = append(all, &way{title: s.Title, what: s.Summary, starter: s})
	}
	return append(all,
		&way{title: lang.L("Empty"), what: lang.L("No categories yet. You add your own.")},
		&way{title: lang.L("From a list of categories"), what: lang.L("Paste names, or choose a CSV, Excel or JSON file."), asks: aList},
		&way{title: lang.L("From my messages"), what: lang.L("The categories of a file with labelled messages, with examples from it."), asks: messages})
}

func (w *way) card(choose func(*way)) fyne.CanvasObject {
	lines := widget.VBox(2, widget.Heading(w.title), widget.Muted(w.what))
	if n := len(w.starter.Categories); n > 0 {
		lines.Add(widget.Caption(lang.L("{{.Categories}} categories · {{.N}} messages", map[string]any{"Categories": n, "N": shell.Thousands(total(w.starter.Categories))})))
	}
	w.item = widget.NewCardItem(w.title, lines, func() { choose(w) })
	return widget.FlushCard(w.item)
}

func (w *way) setSelected(selected bool) {
	if w.item != nil {
		w.item.SetSelected(selected)
	}
}

func total(categories []localdb.Category) int {
	n := 0
	for _, c := range categories {
		n += c.Target
	}
	return n
}
