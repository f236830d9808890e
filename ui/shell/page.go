package shell

import (
	"fyne.io/fyne/v2"

	"seedbed/gen"
	"seedbed/localdb"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// The ids of an open dataset's pages.
const (
	Overview     = "overview"
	Knowledge    = "knowledge"
	Generate     = "generate"
	Review       = "review"
	RealData     = "real"
	Check        = "check"
	Categories   = "categories"
	Export       = "export"
	SettingsPage = "settings"
)

// Page is one screen of the window, as its package declares it. What a page has no use
// for is nil, except Content and Load.
type Page struct {
	ID   string
	Name string // in the navigation

	Content func() fyne.CanvasObject // called once, when the page first comes up
	Load    func()                   // reads what the page shows: when it comes up, and when the dataset changed meanwhile
	Arrive  func()                   // people come to the page; called before Load
	Leave   func()                   // people go to another page, or the dataset is closed: keeps what was typed

	Actions    func() []Action      // what people can do on the page, with its keys
	Typed      func(*fyne.KeyEvent) // a key that is nobody's, while nothing has the keyboard
	Undone     func()               // a change was undone or redone while the page is up
	RunChanged func()               // the run under way went on or ended

	ShowMessages func(filter localdb.Filter, id int64) // see Window.Review
	ShowPlan     func(gen.Plan)                        // see Window.PlanRun
	OpenFile     func(path string)                     // see Window.MergeFile

	item *widget.NavigationItem
	body fyne.CanvasObject
	look theme.Look // of the body
}

// call calls a function of a page where there is one.
func call(do func()) {
	if do != nil {
		do()
	}
}

// Remark is the small text beside the page's name in the navigation.
func (p *Page) Remark() string { return p.item.Badge() }
