// Package ui is Seedbed's window: app.go starts it, home.go and one file a page
// show it, shell.go frames the pages, dataset.go opens and makes datasets. Pages
// connect widgets to the functions of gen, localdb and kbsource; no rule of the
// data stands here.
package ui

import (
	"log/slog"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"

	"seedbed/assets"
	"seedbed/localdb"
	"seedbed/ui/look"
)

const appID = "app.seedbed.desktop"

// app is what the pages share: the window, the open dataset and the work under way.
type app struct {
	fyne     fyne.App
	window   fyne.Window
	settings *settings
	keychain *keychain
	jobs     *jobs
	toasts   *look.Toasts

	data  *localdb.Dataset // nil while the home page is up
	shell *shell
	home  *home

	unlisten func()
	news     *latest[struct{}] // the dataset changed
	run      *generation       // the run under way, if any
}

// Run opens the window and returns when it is closed. The files are what was
// double-clicked or named on the command line.
func Run(files []string) {
	stopLogging := startLog()
	defer stopLogging()
	f := fyneapp.NewWithID(appID)
	f.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon))
	a := newApp(f, newJobs())
	f.Lifecycle().SetOnStarted(func() {
		if len(files) > 0 {
			a.openFile(files[0])
		}
	})
	a.window.ShowAndRun()
}

// newApp builds the window without showing it.
func newApp(f fyne.App, j *jobs) *app {
	a := &app{fyne: f, jobs: j, settings: &settings{prefs: f.Preferences()}, keychain: &keychain{}}
	a.toasts = look.NewToasts(j.post)
	translate(a.settings.language())
	f.Settings().SetTheme(a.settings.theme())
	a.window = f.NewWindow(lang.X("app.name", "Seedbed"))
	a.window.SetMaster()
	a.window.SetPadded(false)
	a.window.Resize(fyne.NewSize(1280, 800))
	a.window.CenterOnScreen()
	a.window.SetCloseIntercept(a.quit)
	a.window.SetOnDropped(func(_ fyne.Position, files []fyne.URI) {
		if len(files) > 0 {
			a.openFile(files[0].Path())
		}
	})
	j.onRun = func(_ *job, p progress) {
		if a.shell != nil {
			a.shell.status.run(p)
		}
	}
	j.onEnd = func(*job) {
		if a.shell != nil {
			a.shell.status.rest()
		}
	}
	a.window.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyQ, Modifier: fyne.KeyModifierShortcutDefault}, func(fyne.Shortcut) { a.quit() })
	a.news = newLatest(j.post, func(struct{}) { a.changed() })
	a.showHome()
	return a
}

// setContent shows something under the place where short news comes and goes.
func (a *app) setContent(o fyne.CanvasObject) {
	a.window.SetContent(container.NewStack(o, a.toasts.Object()))
}

// showHome goes to the page without a dataset.
func (a *app) showHome() {
	a.home = newHome(a)
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

// showDataset frames the open dataset and goes to its overview.
func (a *app) showDataset() {
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
	a.setContent(a.shell.object)
	a.shell.show(atOverview)
	a.shortcuts()
	a.changed()
}

// actKey is the key that does a page's main work.
const actKey = "Ctrl ⏎"

// shortcuts binds Ctrl+1 to Ctrl+9 to the pages, and Ctrl+Enter to the main work
// of the page that is up. Letters and digits alone belong to the pages, and undo to
// whatever has the focus.
func (a *app) shortcuts() {
	for i, p := range a.shell.places {
		key := fyne.KeyName(rune('1' + i))
		a.window.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}, func(fyne.Shortcut) {
			a.goTo(p.id)
		})
	}
	for _, enter := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter} {
		a.window.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: enter, Modifier: fyne.KeyModifierShortcutDefault}, func(fyne.Shortcut) {
			if a.shell == nil {
				return
			}
			if worker, ok := a.shell.at.page.(interface{ act() }); ok {
				worker.act()
			}
		})
	}
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
	a.summarise()
	if a.shell.at != nil {
		a.shell.at.page.shown()
	}
}

// quit stops what runs, which loses nothing, closes the dataset and ends.
func (a *app) quit() {
	a.closeDataset(func() { a.fyne.Quit() })
}

// logError keeps the whole of an error for people who look into the log.
func logError(what string, err error) { slog.Error(what, "error", err) }
