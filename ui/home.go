package ui

import (
	"context"
	"os"
	"path/filepath"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// home is the page without a dataset: make one, open one, try one, or go on with
// one that was open lately.
type home struct {
	window *shell.Window
	recent *fyne.Container
	work   *shell.WorkBar
}

func newHome(w *shell.Window) *home {
	h := &home{window: w, recent: widget.Stack(0), work: w.NewWorkBar()}
	h.work.Line = container.NewBorder(nil, nil, h.work.Object, widget.NewSmall(lang.L("Settings"), w.ShowSettings))
	return h
}

func (h *home) page() *shell.Page { return &shell.Page{Content: h.content, Load: h.shown} }

// homeWidth is how wide the home page is where there is room, at the usual text size.
const homeWidth = 760

func (h *home) content() fyne.CanvasObject {
	column := widget.Stack(16,
		widget.Stack(2, widget.Figure(lang.X("app.name", "Seedbed")), widget.Muted(lang.L("Grow, review and export intent datasets. Everything stays on this computer."))),
		widget.Columns(16, []float32{1, 1, 1},
			choice(lang.L("New dataset"), lang.L("Starts with eight categories for a coaching assistant. You can change them."),
				widget.NewPrimary(lang.L("New"), func() { h.window.NewDataset("") }).WithKey("N"),
				widget.NewButton(lang.L("Save as…"), h.newElsewhere)),
			choice(lang.L("Open dataset"), lang.L("A .seedbed file, or a CSV, Excel or JSONL file with messages."),
				widget.NewButton(lang.L("Open…"), h.window.ChooseFile).WithKey("O")),
			choice(lang.L("Try it now"), lang.L("640 messages from the built-in writer. No account, no network."),
				widget.NewButton(lang.L("Make a sample"), h.makeSample).WithKey("S")),
		),
		widget.Card(widget.Stack(8, widget.Heading(lang.L("Recent")), h.recent)),
		h.work.Line,
	)
	h.window.Canvas().SetOnTypedRune(h.key)
	return container.NewScroll(container.NewPadded(widget.Middle(homeWidth, column)))
}

// key gives the three ways in a letter each.
func (h *home) key(r rune) {
	if h.window.HasDialog() {
		return
	}
	switch unicode.ToLower(r) {
	case 'n':
		h.window.NewDataset("")
	case 'o':
		h.window.ChooseFile()
	case 's':
		h.makeSample()
	}
}

func choice(title, what string, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	return widget.Card(container.NewBorder(widget.Stack(8, widget.Heading(title), widget.Stack(0)), widget.Wrap(8, buttons...), nil, nil, widget.Muted(what)))
}

// newElsewhere makes a dataset under a name and in a place of the person's choice.
func (h *home) newElsewhere() {
	dir, err := shell.DocumentsDir()
	if err != nil {
		h.window.Fail(lang.L("There is no documents folder"), err)
		return
	}
	h.window.ChooseToSave(lang.L("Where the new dataset is saved"), filepath.Join(dir, lang.L("My dataset")+shell.DatasetEnding), h.window.NewDataset)
}

// shown lists what was open lately; a file that is gone is said to be gone.
func (h *home) shown() {
	recents := h.window.Settings.Recents()
	h.recent.RemoveAll()
	if len(recents) == 0 {
		h.recent.Add(widget.Muted(lang.L("Datasets you open will be listed here. Drop a file on this window to open it.")))
	}
	exists := make([]bool, len(recents))
	rows := make([]*recentRow, len(recents))
	for i, r := range recents {
		rows[i] = newRecentRow(r, func() { h.window.OpenDataset(r.Path) }, func() {
			h.window.Settings.Forget(r.Path)
			h.shown()
		})
		h.recent.Add(widget.Stack(0, rows[i].object, widget.Rule()))
	}
	h.window.Jobs.RunSilently(func(context.Context) error {
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
	open        *widget.NavItem
	forget      *widget.Button
	count, when *widget.Text
	object      fyne.CanvasObject
}

func newRecentRow(r shell.Recent, open, forget func()) *recentRow {
	row := &recentRow{
		open:   widget.NewNavItem(filepath.Base(r.Path), open),
		forget: widget.NewSmall(lang.L("Forget"), forget),
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
	r.count.SetText(lang.L("not there any more"))
	r.count.SetColor(widget.ColorNoticeText)
	r.when.Hide()
	r.forget.Show()
}

// makeSample makes a dataset of the default plan with the built-in writer: one
// click, no questions.
func (h *home) makeSample() {
	w := h.window
	w.ReplaceDataset(lang.L("Making the dataset"), func(ctx context.Context, _ func(shell.Progress)) (*localdb.Dataset, error) {
		return shell.CreateDataset(ctx, "", lang.L("Sample"))
	}, func(err error) { w.NotOpened("", err) }, func() {
		plan := gen.DefaultPlan()
		plan.Knowledge = false
		w.StartRun(plan, shell.BuiltInWriter())
		w.GoTo(shell.Generate)
	})
}
