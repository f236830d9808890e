// Package ui is Seedbed's window: app.go starts it, home.go and one file a page
// show it, shell.go frames the pages, dataset.go opens and makes datasets. Pages
// connect widgets to the functions of gen, localdb and kbsource; no rule of the
// data stands here.
package ui

import (
	"context"
	"log/slog"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen/openai"
	"seedbed/localdb"
	"seedbed/ui/widget"
)

const appID = "app.seedbed.desktop"

// app is what the pages share: the window, the open dataset and the work under way.
type app struct {
	fyne     fyne.App
	window   fyne.Window
	settings *settings
	keychain *keychain
	local    func(ctx context.Context) []openai.Endpoint // who writes on this computer
	jobs     *jobs
	toasts   *widget.Toasts

	data     *localdb.Dataset // nil while the home page is up
	shell    *shell
	home     *home
	empty    bool     // the window shows nothing yet
	opening  bool     // a dataset is being opened or made
	onClosed []func() // what waits until a dataset is closed; nil where none is being

	unlisten func()
	revision atomic.Int64      // of the dataset: how often it changed
	news     *latest[struct{}] // the dataset changed
	summary  *reader           // how it stands, for the navigation and the status bar
	run      *generation       // the newest run of this session, under way or ended
}

// newApp makes the window, which is empty.
func newApp(f fyne.App, j *jobs) *app {
	a := &app{fyne: f, jobs: j, settings: &settings{prefs: f.Preferences()}, keychain: &keychain{}}
	a.local = func(ctx context.Context) []openai.Endpoint { return openai.Local(ctx) }
	a.toasts = widget.NewToasts(j.post)
	translate(a.settings.language())
	f.Settings().SetTheme(a.settings.theme())
	a.window = f.NewWindow(lang.X("app.name", "Seedbed"))
	a.window.SetMaster()
	a.window.SetPadded(false)
	a.window.Resize(fyne.NewSize(1280, 800))
	a.window.CenterOnScreen()
	a.window.SetCloseIntercept(a.quit)
	a.window.SetOnDropped(func(_ fyne.Position, files []fyne.URI) {
		paths := make([]string, len(files))
		for i, file := range files {
			paths[i] = file.Path()
		}
		if len(paths) > 0 {
			a.openFile(paths[0], paths[1:]...)
		}
	})
	j.onRun, j.onEnd = a.workGoesOn, a.workEnded
	a.news = newLatest(j.post, func(struct{}) { a.changed() })
	a.bindKeys()
	a.home, a.empty = newHome(a), true
	a.window.SetContent(container.NewStack())
	return a
}

// workGoesOn shows what runs, wherever there is a place for it.
func (a *app) workGoesOn(j *job, p progress) {
	if a.shell != nil {
		a.shell.status.run(j, p)
	} else {
		a.home.work.run(j, p)
	}
}

func (a *app) workEnded(j *job) {
	if a.shell != nil {
		a.shell.status.rest(j)
	} else {
		a.home.work.rest(j)
	}
}

// setContent shows something under the place where short news comes and goes.
func (a *app) setContent(o fyne.CanvasObject) {
	a.empty = false
	a.toasts.Clear()
	a.window.SetContent(container.NewStack(o, a.toasts.Object()))
}

// showHome goes to the page without a dataset.
func (a *app) showHome() {
	if !a.empty { // then it tells already of what runs
		a.home = newHome(a)
	}
	a.shell = nil
	a.window.SetTitle(lang.X("app.name", "Seedbed"))
	a.setContent(a.home.content())
	a.home.shown()
}

// The pages of an open dataset, in the order of the navigation.
const (
	atOverview   = "overview"
	atKnowledge  = "knowledge"
	atGenerate   = "generate"
	atReview     = "review"
	atReal       = "real"
	atCheck      = "check"
	atCategories = "categories"
	atExport     = "export"
	atSettings   = "settings"
)

// showDataset frames the open dataset and goes to the page where it was left, or to
// its overview.
func (a *app) showDataset(page string) {
	a.shell = newShell([]*place{
		{id: atOverview, name: lang.L("Overview"), page: newOverview(a)},
		{id: atKnowledge, name: lang.L("Knowledge"), page: newKnowledge(a)},
		{id: atGenerate, name: lang.L("Generate"), page: newGenerate(a)},
		{id: atReview, name: lang.L("Review"), page: newReview(a)},
		{id: atReal, name: lang.L("Real data"), page: newReal(a)},
		{id: atCheck, name: lang.L("Check"), page: newCheck(a)},
		{id: atCategories, name: lang.L("Categories"), page: newCategories(a)},
		{id: atExport, name: lang.L("Export"), page: newExport(a)},
		{id: atSettings, name: lang.L("Settings"), page: newSettings(a)},
	}, atSettings)
	a.summary = &reader{jobs: a.jobs, begin: a.readSummary}
	a.setContent(a.shell.object)
	a.window.Canvas().SetOnTypedRune(nil) // the home page's letters
	if !a.shell.has(page) {
		page = atOverview
	}
	a.shell.show(page)
	a.jobs.later(a.summary.read)
}

// actKey is the key that does a page's main work.
const actKey = "Ctrl Enter"

// bindKeys binds the window's own keys, all of them with Ctrl: letters and digits
// alone belong to the pages. A page does its main work in act, keeps what was typed
// in save, generates what helps in strengthen, and has an undo of its own or takes the
// window's.
func (a *app) bindKeys() {
	const control, shift = fyne.KeyModifierShortcutDefault, fyne.KeyModifierShift
	custom := func(key fyne.KeyName, modifier fyne.KeyModifier) fyne.Shortcut {
		return &desktop.CustomShortcut{KeyName: key, Modifier: modifier}
	}
	for i := range 9 {
		a.bind(custom(fyne.KeyName(rune('1'+i)), control), func() {
			if a.shell != nil && i < len(a.shell.places) {
				a.goTo(a.shell.places[i].id)
			}
		})
	}
	for _, enter := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter} {
		a.bind(custom(enter, control), func() {
			if worker, ok := a.page().(interface{ act() }); ok {
				worker.act()
			}
		})
	}
	a.bind(custom(fyne.KeyS, control), func() {
		if keeper, ok := a.page().(interface{ save() }); ok {
			keeper.save()
		}
	})
	a.bind(custom(fyne.KeyG, control), func() {
		if weak, ok := a.page().(interface{ strengthen() }); ok {
			weak.strengthen()
		}
	})
	undo := func() {
		if own, ok := a.page().(interface{ undo() }); ok {
			own.undo()
		} else if a.data != nil {
			a.undo()
		}
	}
	redo := func() {
		if own, ok := a.page().(interface{ redo() }); ok {
			own.redo()
		} else if a.data != nil {
			a.redo()
		}
	}
	a.bind(&fyne.ShortcutUndo{}, undo)
	a.bind(&fyne.ShortcutRedo{}, redo)
	a.bind(custom(fyne.KeyZ, control|shift), redo)
	a.bind(custom(fyne.KeyO, control), a.chooseFile)
	a.bind(custom(fyne.KeyS, control|shift), a.saveCopy)
	a.bind(custom(fyne.KeyW, control), a.leaveDataset)
	a.window.Canvas().AddShortcut(custom(fyne.KeyQ, control), func(fyne.Shortcut) { a.quit() })
}

// bind gives a key to the window while no dialog is up.
func (a *app) bind(key fyne.Shortcut, do func()) {
	a.window.Canvas().AddShortcut(key, func(fyne.Shortcut) {
		if !a.asking() {
			do()
		}
	})
}

// asking reports whether a dialog or a menu is up.
func (a *app) asking() bool { return a.window.Canvas().Overlays().Top() != nil }

// page is the page that is up; nil on the home page.
func (a *app) page() page {
	if a.shell == nil || a.shell.at == nil {
		return nil
	}
	return a.shell.at.page
}

// goTo brings a page of the open dataset up.
func (a *app) goTo(id string) {
	if a.shell != nil {
		a.shell.show(id)
	}
}

// changed tells the page that is up, the navigation and the status bar that the
// dataset changed.
func (a *app) changed() {
	if a.shell == nil {
		return
	}
	a.summary.read()
	if p := a.page(); p != nil {
		p.shown()
	}
}

// quit closes the dataset, which stops what runs and loses nothing, and ends.
func (a *app) quit() {
	a.window.Hide()
	a.closeDataset(a.fyne.Quit)
}

// logError keeps the whole of an error for people who look into the log.
func logError(what string, err error) { slog.Error(what, "error", err) }
