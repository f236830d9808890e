// Package home is the page without a dataset.
package home

import (
	"context"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/gen"
	"seedbed/gen/starter"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// page is the page without a dataset: make one, open one, try one, or go on with
// one that was open lately.
type page struct {
	window *shell.Window
	recent *fyne.Container
	work   *shell.WorkBar
}

// New makes the page.
func New(w *shell.Window) *shell.Page { return newPage(w).declare() }

func newPage(w *shell.Window) *page {
	p := &page{window: w, recent: widget.VBox(0), work: w.NewWorkBar()}
	p.work.Line = container.NewBorder(nil, nil, p.work.Object, widget.NewSmallButton(lang.L("Settings"), w.ShowSettings))
	return p
}

func (p *page) declare() *shell.Page {
	return &shell.Page{Content: p.content, Load: p.load, Actions: p.actions}
}

// homeWidth is how wide the home page is where there is room, at the usual text size.
const homeWidth = 760

func (p *page) content() fyne.CanvasObject {
	column := widget.VBox(16,
		widget.VBox(2, widget.Display(lang.X("app.name", "Seedbed")), widget.Muted(lang.L("Generate, review and export messages that teach an assistant what people want. Everything stays on this computer."))),
		widget.Columns(16, []float32{1, 1, 1},
			choice(lang.L("New dataset"), lang.L("Begins with categories for your field, or with your own."),
				widget.NewPrimaryButton(lang.L("New…"), p.window.ShowNewDataset).WithKey("N")),
			choice(lang.L("Open dataset"), lang.L("A .seedbed file, or a CSV, Excel or JSONL file with messages."),
				widget.NewButton(lang.L("Open…"), p.window.ChooseFile).WithKey("O")),
			choice(lang.L("Try it now"), lang.L("640 messages from the built-in writer. No account, no network."),
				widget.NewButton(lang.L("Make a sample"), p.makeSample).WithKey("S"), widget.NewButton(lang.L("Practise merging"), p.window.PractiseMerging).WithKey("P")),
		),
		widget.Card(widget.VBox(8, widget.Heading(lang.L("Recent")), p.recent)),
		p.work.Line,
	)
	return container.NewScroll(container.NewPadded(widget.Centred(homeWidth, column)))
}

// actions give the ways in a letter each.
func (p *page) actions() []shell.Action {
	return []shell.Action{
		{Name: lang.L("New dataset"), Key: shell.Key{Name: fyne.KeyN}, Do: p.window.ShowNewDataset},
		{Name: lang.L("Open dataset"), Key: shell.Key{Name: fyne.KeyO}, Do: p.window.ChooseFile},
		{Name: lang.L("Make a sample"), Key: shell.Key{Name: fyne.KeyS}, Do: p.makeSample},
		{Name: lang.L("Practise merging"), Key: shell.Key{Name: fyne.KeyP}, Do: p.window.PractiseMerging},
	}
}

func choice(title, what string, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	return widget.Card(container.NewBorder(widget.VBox(8, widget.Heading(title), widget.VBox(0)), widget.Wrap(8, buttons...), nil, nil, widget.Muted(what)))
}

// load lists what was open lately; a file that is gone is said to be gone.
func (p *page) load() {
	recents := p.window.Settings.Recents()
	p.recent.RemoveAll()
	if len(recents) == 0 {
		p.recent.Add(widget.Muted(lang.L("Datasets you open will be listed here. Drop a file on this window to open it.")))
	}
	exists := make([]bool, len(recents))
	rows := make([]*recentRow, len(recents))
	for i, r := range recents {
		rows[i] = newRecentRow(r, func() { p.window.OpenDataset(r.Path) }, func() {
			p.window.Settings.Forget(r.Path)
			p.load()
		})
		p.recent.Add(widget.VBox(0, rows[i].object, fynewidget.NewSeparator()))
	}
	p.window.Jobs.RunSilently(func(context.Context) error {
		for i, r := range recents {
			_, err := os.Stat(r.Path)
			exists[i] = err == nil
		}
		return nil
	}, func(error) {
		for i, row := range rows {
			row.setExists(exists[i])
		}
	})
}

// recentRow is one line of the recent datasets.
type recentRow struct {
	open        *widget.NavigationItem
	forget      *widget.Button
	count, when *widget.Text
	object      fyne.CanvasObject
}

func newRecentRow(r shell.Recent, open, forget func()) *recentRow {
	row := &recentRow{
		open:   widget.NewNavigationItem(filepath.Base(r.Path), open),
		forget: widget.NewSmallButton(lang.L("Forget"), forget),
		count:  widget.Line(""),
		when:   widget.MutedLine(shell.Day(r.Opened)),
	}
	if r.Messages != nil {
		row.count.SetText(lang.L("{{.N}} messages", map[string]any{"N": shell.Thousands(*r.Messages)}))
	}
	row.forget.Hide()
	row.object = widget.Columns(8, []float32{37, 25, 23, 15}, row.open, shell.Centred(widget.MutedLine(shell.ShortPath(filepath.Dir(r.Path)))), shell.Centred(row.count),
		container.NewStack(shell.Centred(row.when), container.NewCenter(row.forget)))
	return row
}

func (r *recentRow) setExists(exists bool) {
	if exists {
		return
	}
	r.count.SetText(lang.L("file not found"))
	r.count.SetColor(theme.ColorNameNoticeText)
	r.when.Hide()
	r.forget.Show()
}

// makeSample makes a dataset of the default plan with the built-in writer: one
// click, no questions.
func (p *page) makeSample() {
	w := p.window
	w.ReplaceDataset(lang.L("Creating the dataset"), func(ctx context.Context, _ func(shell.Progress)) (*localdb.Dataset, error) {
		return shell.CreateDataset(ctx, "", lang.L("Sample"), shell.TranslateStarter(starter.Default()))
	}, func(err error) { w.NotOpened("", err) }, func() {
		plan := gen.DefaultPlan()
		plan.Knowledge = false
		w.StartRun(plan, shell.BuiltInWriter())
		w.GoTo(shell.Generate)
	})
}
