package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"seedbed/gen"
	"seedbed/localdb"
	"seedbed/ui/look"
)

// home is the page without a dataset: make one, open one, try one, or go on with
// one that was open lately.
type home struct {
	app    *app
	recent *fyne.Container
	card   *look.Surface
}

func newHome(a *app) *home { return &home{app: a, recent: look.Stack(0)} }

func (h *home) content() fyne.CanvasObject {
	h.card = look.Card(look.Stack(8, look.Heading(lang.L("Recent")), h.recent))
	column := look.Stack(16,
		look.Stack(2, look.Title(lang.X("app.name", "Seedbed")), look.Muted(lang.L("Grow, review and export intent datasets. Everything stays on this computer."))),
		look.Columns(16, []float32{1, 1, 1},
			choice(lang.L("New dataset"), lang.L("Starts with eight categories for a coaching assistant. You can change them."),
				look.NewPrimary(lang.L("New…"), func() { h.app.newDataset("") }).WithKey("N")),
			choice(lang.L("Open dataset"), lang.L("A .seedbed file, or a CSV, Excel or JSONL file with messages."),
				look.NewButton(lang.L("Open…"), h.app.chooseFile).WithKey("O")),
			choice(lang.L("Try it now"), lang.L("640 messages from the built-in writer. No account, no network."),
				look.NewButton(lang.L("Make a sample"), h.app.makeSample).WithKey("S")),
		),
		h.card,
	)
	h.app.window.Canvas().SetOnTypedRune(h.key)
	return container.NewVScroll(container.New(layout.NewCenterLayout(), look.Width(760, column)))
}

// key gives the three ways in a letter each.
func (h *home) key(r rune) {
	switch r {
	case 'n', 'N':
		h.app.newDataset("")
	case 'o', 'O':
		h.app.chooseFile()
	case 's', 'S':
		h.app.makeSample()
	}
}

func choice(title, what string, button *look.Button) fyne.CanvasObject {
	return look.Card(container.NewBorder(look.Heading(title), container.NewHBox(button), nil, nil,
		container.NewPadded(look.Muted(what))))
}

// shown lists what was open lately; a file that is gone is said to be gone.
func (h *home) shown() {
	recents := h.app.settings.recents()
	h.recent.RemoveAll()
	if len(recents) == 0 {
		h.recent.Add(look.Muted(lang.L("Datasets you open will be listed here. Drop a file on this window to open it.")))
	}
	exists := make([]bool, len(recents))
	rows := make([]*recentRow, len(recents))
	for i, r := range recents {
		rows[i] = newRecentRow(r, func() { h.app.openDataset(r.Path) }, func() {
			h.app.settings.forget(r.Path)
			h.shown()
		})
		h.recent.Add(look.Stack(0, rows[i].object, look.Rule()))
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
	open   *look.NavItem
	forget *look.Button
	count  *look.Text
	object fyne.CanvasObject
}

func newRecentRow(r recent, open, forget func()) *recentRow {
	row := &recentRow{
		open:   look.NewNavItem(filepath.Base(r.Path), open),
		forget: look.NewButton(lang.L("Forget"), forget),
		count:  look.Line(lang.L("{{.N}} messages", map[string]any{"N": thousands(r.Messages)})),
	}
	row.forget.Hide()
	row.object = look.Columns(8, []float32{35, 25, 25, 15}, row.open,
		centred(look.MutedLine(shortFolder(r.Path))), centred(row.count), container.NewStack(centred(look.MutedLine(day(r.Opened))), row.forget))
	return row
}

func (r *recentRow) setExists(exists bool) {
	if exists {
		return
	}
	r.count.SetText(lang.L("not there any more"))
	r.count.SetColor(look.ColorNoticeText)
	r.forget.Show()
}

func centred(o fyne.CanvasObject) fyne.CanvasObject { return look.Width(0, o) }

// shortFolder is the folder of a file as people say it: from their home on.
func shortFolder(path string) string {
	dir := filepath.Dir(path)
	if base, err := os.UserHomeDir(); err == nil {
		if rest, ok := strings.CutPrefix(dir, base+string(filepath.Separator)); ok {
			return rest
		}
	}
	return dir
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
		return t.Format("2 Jan")
	}
	return t.Format("2 Jan 2006")
}

// makeSample makes a dataset of the default plan with the built-in writer: one
// click, no questions.
func (a *app) makeSample() {
	a.closeDataset(func() {
		a.take(lang.L("Making the dataset"), func(ctx context.Context) (*localdb.Dataset, error) {
			return create(ctx, "", lang.L("Sample"))
		}, func() {
			plan := gen.DefaultPlan()
			plan.Knowledge = false
			a.startRun(plan, a.opener(writerChoice{builtIn: true}, plan.Language, plan.Seed))
			a.goTo(atGenerate)
		})
	})
}
