package review

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// pager shows a long list in a dialog, some rows at a time.
type pager struct {
	read           pageReader
	first, length  int
	rows           *fyne.Container
	where          *widget.Text
	previous, next *widget.Button
	steps          *fyne.Container
	pages          *shell.Loader
	object         fyne.CanvasObject
	shown          func() // called when other rows show; may be nil
}

// pageReader reads n things from the first on, and returns what makes their rows on the main
// goroutine. It is nil for nothing.
type pageReader func(first, n int) func(ctx context.Context) (func() []fyne.CanvasObject, error)

// rowsShown is how many rows show at a time.
const rowsShown = 20

func newPager(w *shell.Window, read pageReader) *pager {
	l := &pager{read: read, rows: widget.VBox(6), where: widget.Caption("")}
	l.previous = widget.NewSmallButton(lang.L("Previous"), func() { l.goTo(l.first - rowsShown) })
	l.next = widget.NewSmallButton(lang.L("Next"), func() { l.goTo(l.first + rowsShown) })
	l.steps = widget.HBox(8, l.previous, l.next, l.where)
	l.pages = shell.NewLoader(w, lang.L("The messages could not be read"), func() func(ctx context.Context) (func() []fyne.CanvasObject, error) {
		return l.read(l.first, rowsShown)
	}, func(rows func() []fyne.CanvasObject) { l.fill(rows()) })
	l.object = widget.VBox(8, l.steps, l.rows)
	l.steps.Hide()
	return l
}

// reset shows another list from its beginning.
func (l *pager) reset(length int) {
	l.first, l.length = 0, length
	l.show()
}

func (l *pager) goTo(first int) {
	l.first = max(0, min(first, l.length-1))
	l.show()
}

// show reads the rows again.
func (l *pager) show() {
	l.where.SetText(lang.L("{{.First}} to {{.Last}} of {{.N}}", map[string]any{
		"First": shell.Thousands(min(l.first+1, l.length)), "Last": shell.Thousands(min(l.first+rowsShown, l.length)), "N": shell.Thousands(l.length),
	}))
	shell.SetVisible(l.steps, l.length > rowsShown)
	shell.SetEnabled(l.previous, l.first > 0)
	shell.SetEnabled(l.next, l.first+rowsShown < l.length)
	if l.length == 0 {
		l.fill(nil)
		return
	}
	l.pages.Load()
}

func (l *pager) fill(rows []fyne.CanvasObject) {
	l.rows.RemoveAll()
	for i, row := range rows {
		if i > 0 {
			l.rows.Add(fynewidget.NewSeparator())
		}
		l.rows.Add(row)
	}
	if l.shown != nil {
		l.shown()
	}
}
