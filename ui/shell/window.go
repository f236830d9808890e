// Package shell is the frame of the window and the handle through which a page uses
// it. A page sees the open dataset and a *Window, and no other page: where one page
// leads to another, it asks the window to go there.
package shell

import (
	"context"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"seedbed/assets/crash"
	"seedbed/gen"
	"seedbed/gen/openai"
	"seedbed/localdb"
	"seedbed/ui/system"
	"seedbed/ui/widget"
)

// Window is what the pages share: the open dataset, background work, and ways to tell
// and to ask people something. Its methods are for the main goroutine unless they say
// otherwise.
type Window struct {
	App      fyne.App
	Fyne     fyne.Window
	Settings *Settings
	Keychain *system.Keychain
	Jobs     *Jobs
	Toasts   *widget.Toasts
	// LocalEndpoints finds the language models that run on this computer.
	LocalEndpoints func(ctx context.Context) []openai.Endpoint
	// Leave ends the program, when the dataset is closed.
	Leave func()

	pages      Pages
	data       *localdb.Dataset // nil while the home page is up
	frame      *frame           // nil while the home page is up
	home       *Page
	alone      *Page             // what is up while no dataset is open
	unopened   []*Page           // what the menus tell of then
	banner     fyne.CanvasObject // over every page; nil for none
	workBar    *WorkBar
	page       fyne.CanvasObject
	content    *fyne.Container // the page and the banner
	blank      bool            // the window shows nothing yet
	size       fyne.Size       // that fitScreen gave it
	telling    bool            // the dialog of Crashed is up
	opening    bool            // a dataset is being opened or made
	asArgument bool            // what is being opened came with the start of the program
	menuShown  string          // what the menu bar shows
	onClosed   []func()        // what waits until a dataset is closed; nil where none is being closed

	warned        sync.Map // the addresses to which a key goes unencrypted, and people know
	stopListening func()
	changes       *Latest[struct{}] // of the dataset
	summary       *Loader
	categories    localdb.Categories // as the summary was read last
	steps         steps
	backups       backupState
	run           *Run // the newest one for this dataset, under way or ended
}

// Pages makes the pages of a window.
type Pages struct {
	Home       func(*Window) *Page   // while no dataset is open
	Settings   func(*Window) *Page   // reached from the home page
	NewDataset func(*Window) *Page   // where a dataset is begun
	Dataset    func(*Window) []*Page // of an open dataset, in the order of the navigation
	// Help is what the help menu has; nil for none.
	Help func(*Window) []Action
	// Import makes a dataset of a file with messages and opens it.
	Import func(w *Window, path string)
}

// New makes the window, which is empty.
func New(f fyne.App, j *Jobs, pages Pages) *Window {
	w := &Window{App: f, Jobs: j, Settings: &Settings{Prefs: f.Preferences()}, Keychain: &system.Keychain{}, pages: pages}
	w.LocalEndpoints = func(ctx context.Context) []openai.Endpoint { return openai.Local(ctx) }
	w.Leave = f.Quit
	w.Toasts = widget.NewToasts(j.Post)
	SetLanguage(w.Settings.Language())
	w.ApplyTheme()
	w.Fyne = f.NewWindow(lang.X("app.name", "Seedbed"))
	w.Fyne.SetMaster()
	w.Fyne.SetPadded(false)
	w.fitScreen(1)
	w.Fyne.CenterOnScreen()
	w.Fyne.SetCloseIntercept(w.Quit)
	w.Fyne.SetOnDropped(func(_ fyne.Position, files []fyne.URI) {
		defer crash.Catch()
		paths := make([]string, len(files))
		for i, file := range files {
			paths[i] = file.Path()
		}
		if len(paths) > 0 {
			w.OpenFile(paths[0], paths[1:]...)
		}
	})
	j.onProgress = func(j *Job, p Progress) { w.workBar.show(j, p) }
	j.onEnd = func(j *Job) { w.workBar.hide(j) }
	w.changes = NewLatest(j.Post, func(struct{}) {
		w.Reload()
		w.backUp(func() {})
	})
	w.home, w.blank = pages.Home(w), true
	w.alone = w.home
	w.listenToKeys()
	crash.Handle(w.Crashed)
	w.Fyne.SetContent(container.NewStack())
	return w
}

// Dataset is the open dataset; nil while the home page is up.
func (w *Window) Dataset() *localdb.Dataset { return w.data }

// Shown is how people know a category of the open dataset.
func (w *Window) Shown(category string) string { return w.categories.Named(category).Shown() }

// Canvas is what the window paints on, for the keyboard focus and for pop-ups.
func (w *Window) Canvas() fyne.Canvas { return w.Fyne.Canvas() }

// ApplyTheme gives the window the colours and the text size of the settings.
func (w *Window) ApplyTheme() {
	w.App.Settings().SetTheme(w.Settings.Theme())
	if w.Fyne != nil {
		w.refreshMenu() // whose text may have another size
	}
}

// HasDialog reports whether a dialog or a menu is up.
func (w *Window) HasDialog() bool { return w.Canvas().Overlays().Top() != nil }

// setContent shows something under the place for toasts.
func (w *Window) setContent(o fyne.CanvasObject) {
	w.blank = false
	w.Canvas().Unfocus() // what had the keyboard goes: its cursor would blink on unseen
	w.Toasts.Clear()
	w.page, w.content = o, container.NewStack()
	w.putBanner()
	var statusBar fyne.CanvasObject
	if w.frame != nil {
		statusBar = w.frame.status.object
	}
	w.Fyne.SetContent(container.NewStack(w.content, w.Toasts.Object(statusBar)))
	w.bindKeys()
	w.refreshMenu()
}

// SetBanner shows something over every page, until another or nil takes its place.
func (w *Window) SetBanner(o fyne.CanvasObject) {
	w.banner = o
	if w.content != nil {
		w.putBanner()
	}
}

func (w *Window) putBanner() {
	shown := w.page
	if w.banner != nil {
		shown = widget.WithHeader(0, w.banner, w.page)
	}
	w.content.Objects = []fyne.CanvasObject{shown}
	w.content.Refresh()
}

// ShowHome goes to the page without a dataset.
func (w *Window) ShowHome() {
	if !w.blank { // else it was made with the window, and shows already what runs
		w.home = w.pages.Home(w)
	}
	w.frame, w.alone = nil, w.home
	w.Fyne.SetTitle(lang.X("app.name", "Seedbed"))
	w.setContent(w.home.Content())
	w.home.Load()
}

// ShowSettings shows the settings while no dataset is open.
func (w *Window) ShowSettings() { w.showAlone(w.pages.Settings(w)) }

// ShowNewDataset shows the page on which a dataset is begun.
func (w *Window) ShowNewDataset() { w.showAlone(w.pages.NewDataset(w)) }

// showAlone shows a page while no dataset is open.
func (w *Window) showAlone(p *Page) {
	back := widget.NewButton(lang.L("Back"), w.ShowHome)
	w.alone = p
	w.setContent(container.NewBorder(container.New(layout.NewCustomPaddedLayout(16, 0, 26, 26), container.NewHBox(back)), nil, nil, nil, p.Content()))
	p.Load()
}

// showDataset frames the open dataset and goes to the page where it was left, or to
// its overview.
func (w *Window) showDataset(page string) {
	w.frame = newFrame(w, w.pages.Dataset(w))
	w.summary = w.newSummary()
	w.setContent(w.frame.object)
	if w.frame.page(page) == nil {
		page = Overview
	}
	w.frame.show(page)
	w.Jobs.AfterPaint(w.summary.Load)
}

// Pages are the pages of the open dataset, in the order of the navigation.
func (w *Window) Pages() []*Page {
	if w.frame == nil {
		return nil
	}
	return w.frame.pages
}

// Page is the page that is up; nil on the home page.
func (w *Window) Page() *Page {
	if w.frame == nil {
		return nil
	}
	return w.frame.current
}

// shown is the page that is up, with a dataset or without.
func (w *Window) shown() *Page {
	if p := w.Page(); p != nil || w.frame != nil {
		return p
	}
	return w.alone
}

// At is the id of the page that is up; "" on the home page.
func (w *Window) At() string {
	if p := w.Page(); p != nil {
		return p.ID
	}
	return ""
}

// GoTo brings a page of the open dataset up.
func (w *Window) GoTo(id string) {
	if w.frame != nil {
		w.frame.show(id)
	}
}

// Review goes to the messages that match a filter, with the cursor on one of them;
// id 0 leaves the cursor.
func (w *Window) Review(filter localdb.Filter, id int64) {
	w.GoTo(Review)
	if p := w.Page(); p != nil && p.ShowMessages != nil {
		p.ShowMessages(filter, id)
	}
}

// PlanRun goes to the page where messages are generated, with a plan's numbers.
func (w *Window) PlanRun(plan gen.Plan) {
	w.GoTo(Generate)
	if p := w.Page(); p != nil && p.ShowPlan != nil {
		p.ShowPlan(plan)
	}
}

// MergeFile goes to the page where real messages are merged, with a file.
func (w *Window) MergeFile(path string) {
	w.GoTo(RealData)
	if p := w.Page(); p != nil && p.OpenFile != nil {
		p.OpenFile(path)
	}
}

// Reload reads again what the window shows, as when the dataset changed.
func (w *Window) Reload() {
	if w.frame != nil {
		w.summary.Load()
		w.frame.current.Load()
	}
}

// Quit closes the dataset, which stops what runs and loses nothing, and ends.
func (w *Window) Quit() {
	defer crash.Catch()
	w.rememberPlace()
	w.Fyne.Hide()
	w.closeDataset(w.Leave)
}
