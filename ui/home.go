package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/gen"
	"seedbed/localdb"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// home is the page without a dataset: make one, open one, try one, or go on with
// one that was open lately.
type home struct {
	app    *app
	recent *fyne.Container
	work   *workBar
}

func newHome(a *app) *home {
	h := &home{app: a, recent: widget.VBox(0), work: newWorkBar()}
	h.work.line = container.NewBorder(nil, nil, h.work.object, widget.NewSmallButton(lang.L("Settings"), a.showSettings))
	return h
}

// homeWidth is how wide the home page is where there is room, at the usual text size.
const homeWidth = 760

func (h *home) content() fyne.CanvasObject {
	column := widget.VBox(16,
		widget.VBox(2, widget.Display(lang.X("app.name", "Seedbed")), widget.Muted(lang.L("Grow, review and export intent datasets. Everything stays on this computer."))),
		widget.Columns(16, []float32{1, 1, 1},
			choice(lang.L("New dataset"), lang.L("Starts with eight categories for a coaching assistant. You can change them."),
				widget.NewPrimaryButton(lang.L("New"), func() { h.app.newDataset("") }).WithKey("N"),
				widget.NewButton(lang.L("Save as…"), h.app.newElsewhere)),
			choice(lang.L("Open dataset"), lang.L("A .seedbed file, or a CSV, Excel or JSONL file with messages."),
				widget.NewButton(lang.L("Open…"), h.app.chooseFile).WithKey("O")),
			choice(lang.L("Try it now"), lang.L("640 messages from the built-in writer. No account, no network."),
				widget.NewButton(lang.L("Make a sample"), h.app.makeSample).WithKey("S")),
		),
		widget.Card(widget.VBox(8, widget.Heading(lang.L("Recent")), h.recent)),
		h.work.line,
	)
	h.app.window.Canvas().SetOnTypedRune(h.key)
	return container.NewScroll(container.NewPadded(widget.Centred(homeWidth, column)))
}

// key gives the three ways in a letter each.
func (h *home) key(r rune) {
	if h.app.asking() {
		return
	}
	switch unicode.ToLower(r) {
	case 'n':
		h.app.newDataset("")
	case 'o':
		h.app.chooseFile()
	case 's':
		h.app.makeSample()
	}
}

func choice(title, what string, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	return widget.Card(container.NewBorder(widget.VBox(8, widget.Heading(title), widget.VBox(0)), widget.Wrap(8, buttons...), nil, nil, widget.Muted(what)))
}

// newElsewhere makes a dataset under a name and in a place of the person's choice.
func (a *app) newElsewhere() {
	dir, err := documents()
	if err != nil {
		a.fail(lang.L("There is no documents folder"), err)
		return
	}
	a.chooseToSave(lang.L("Where the new dataset is saved"), filepath.Join(dir, lang.L("My dataset")+datasetEnding), a.newDataset)
}

// showSettings shows the settings while no dataset is open.
func (a *app) showSettings() {
	settings := newSettings(a)
	back := widget.NewButton(lang.L("Back"), a.showHome)
	a.window.Canvas().SetOnTypedRune(nil)
	a.setContent(container.NewBorder(container.New(layout.NewCustomPaddedLayout(16, 0, 26, 26), container.NewHBox(back)), nil, nil, nil, settings.content()))
	settings.shown()
}

// shown lists what was open lately; a file that is gone is said to be gone.
func (h *home) shown() {
	recents := h.app.settings.recents()
	h.recent.RemoveAll()
	if len(recents) == 0 {
		h.recent.Add(widget.Muted(lang.L("Datasets you open will be listed here. Drop a file on this window to open it.")))
	}
	exists := make([]bool, len(recents))
	rows := make([]*recentRow, len(recents))
	for i, r := range recents {
		rows[i] = newRecentRow(r, func() { h.app.openDataset(r.Path) }, func() {
			h.app.settings.forget(r.Path)
			h.shown()
		})
		h.recent.Add(widget.VBox(0, rows[i].object, fynewidget.NewSeparator()))
	}
	h.app.jobs.quietly(func(context.Context) error {
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

func newRecentRow(r recent, open, forget func()) *recentRow {
	row := &recentRow{
		open:   widget.NewNavigationItem(filepath.Base(r.Path), open),
		forget: widget.NewSmallButton(lang.L("Forget"), forget),
		count:  widget.Line(""),
		when:   widget.MutedLine(day(r.Opened)),
	}
	if r.Messages != nil {
		row.count.SetText(lang.L("{{.N}} messages", map[string]any{"N": thousands(*r.Messages)}))
	}
	row.forget.Hide()
	row.object = widget.Columns(8, []float32{37, 25, 23, 15}, row.open, centred(widget.MutedLine(shortPath(filepath.Dir(r.Path)))), centred(row.count),
		container.NewStack(centred(row.when), container.NewCenter(row.forget)))
	return row
}

func (r *recentRow) setExists(exists bool) {
	if exists {
		return
	}
	r.count.SetText(lang.L("not there any more"))
	r.count.SetColor(theme.ColorNameNoticeText)
	r.when.Hide()
	r.forget.Show()
}

func centred(o fyne.CanvasObject) fyne.CanvasObject { return widget.FixedWidth(0, o) }

// shortPath is a path as people say it: from their home on.
func shortPath(path string) string {
	if base, err := os.UserHomeDir(); err == nil {
		if rest, ok := strings.CutPrefix(path, base+string(filepath.Separator)); ok {
			return rest
		}
	}
	return path
}

// fullPath is the path that people mean: what does not say where it begins is in their
// home folder.
func fullPath(path string) string {
	path = strings.TrimSpace(path)
	home, err := os.UserHomeDir()
	if path == "" || filepath.IsAbs(path) || err != nil {
		return path
	}
	return filepath.Join(home, strings.TrimPrefix(path, "~"))
}

// day is a date as people say it.
func day(t time.Time) string {
	now := time.Now()
	switch {
	case t.IsZero():
		return ""
	case t.YearDay() == now.YearDay() && t.Year() == now.Year():
		return lang.L("today")
	case t.Year() == now.Year():
		return t.Format(lang.X("date.day", "2 Jan"))
	}
	return t.Format(lang.X("date.year", "2 Jan 2006"))
}

// makeSample makes a dataset of the default plan with the built-in writer: one
// click, no questions.
func (a *app) makeSample() {
	a.take(lang.L("Making the dataset"), func(ctx context.Context, _ func(progress)) (*localdb.Dataset, error) {
		return create(ctx, "", lang.L("Sample"))
	}, func(err error) { a.notOpened("", err) }, func() {
		plan := gen.DefaultPlan()
		plan.Knowledge = false
		a.startRun(plan, builtInWriter())
		a.goTo(atGenerate)
	})
}
