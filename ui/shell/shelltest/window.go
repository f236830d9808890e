// Package shelltest drives a window in tests as a person does: by the words on the
// screen.
package shelltest

import (
	"context"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"github.com/zalando/go-keyring"

	"seedbed/assets/i18n"
	"seedbed/gen"
	"seedbed/gen/openai"
	"seedbed/gen/starter"
	"seedbed/localdb"
	"seedbed/ui/shell"
)

// Window is a window under Fyne's test driver. What runs in the background runs at
// once, and its results wait for Settle, so that all of a test is one goroutine.
type Window struct {
	*shell.Window
	T testing.TB

	// What a page asked of other pages, where OpenPage put empty ones in their place.
	Reviewed []localdb.Filter
	CursorAt int64 // the message of the last filter
	Planned  []gen.Plan
	Merged   []string

	mu     sync.Mutex
	posted []func()
}

// New opens a window on its home page.
func New(t testing.TB, pages shell.Pages) *Window {
	t.Helper()
	w := &Window{}
	w.open(t, pages)
	return w
}

func (w *Window) open(t testing.TB, pages shell.Pages) {
	t.Helper()
	t.Setenv("HOME", t.TempDir())
	keyring.MockInit()
	w.T = t
	j := shell.NewJobs(func(do func()) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.posted = append(w.posted, do)
	})
	j.Start = func(work func()) { work() }
	j.PaintTime = 0
	w.Window = shell.New(test.NewTempApp(t), j, pages)
	w.LocalEndpoints = func(context.Context) []openai.Endpoint { return nil }
	if err := w.Start(nil, &shell.StartQueue{}); err != nil {
		t.Fatal(err)
	}
	w.Fyne.Resize(fyne.NewSize(1280, 800))
	t.Cleanup(func() {
		if d := w.Dataset(); d != nil {
			_ = d.Close()
		}
	})
	w.Settle()
}

// OpenPage opens a window on one page of a new dataset with these messages. The other
// pages are empty, and what the page asks of them is noted.
func OpenPage[P any](t testing.TB, newPage func(*shell.Window) P, declare func(P) *shell.Page, messages ...localdb.Message) (*Window, P) {
	t.Helper()
	var page P
	id := ""
	w := NewWithPage(t, func(s *shell.Window) *shell.Page {
		page = newPage(s)
		declared := declare(page)
		id = declared.ID
		return declared
	})
	w.Open(messages...)
	w.Visit(id)
	return w, page
}

// NewWithPage opens a window without a dataset; with one it has this page beside empty
// ones.
func NewWithPage(t testing.TB, newPage func(*shell.Window) *shell.Page) *Window {
	t.Helper()
	w := &Window{}
	w.open(t, shell.Pages{Home: w.emptyHome, Dataset: func(s *shell.Window) []*shell.Page { return w.emptyPages(newPage(s)) }})
	return w
}

// OpenHome opens a window on a home page; the pages of a dataset are empty.
func OpenHome(t testing.TB, newPage func(*shell.Window) *shell.Page) *Window {
	t.Helper()
	w := &Window{}
	empty := func(*shell.Window) *shell.Page { return emptyPage(shell.SettingsPage) }
	w.open(t, shell.Pages{Home: newPage, Settings: empty, NewDataset: empty, Dataset: func(*shell.Window) []*shell.Page { return w.emptyPages() }})
	return w
}

func (w *Window) emptyHome(s *shell.Window) *shell.Page {
	s.NewWorkBar().Line = container.NewStack()
	return emptyPage("")
}

// emptyPages are pages that note what is asked of them, and these that are not empty.
func (w *Window) emptyPages(full ...*shell.Page) []*shell.Page {
	var pages []*shell.Page
	for _, id := range []string{shell.Overview, shell.Knowledge, shell.Generate, shell.Review, shell.RealData, shell.Check, shell.Categories, shell.Export, shell.SettingsPage} {
		if i := slices.IndexFunc(full, func(p *shell.Page) bool { return p.ID == id }); i >= 0 {
			pages = append(pages, full[i])
			continue
		}
		p := emptyPage(id)
		p.ShowMessages = func(filter localdb.Filter, id int64) { w.Reviewed, w.CursorAt = append(w.Reviewed, filter), id }
		p.ShowPlan = func(plan gen.Plan) { w.Planned = append(w.Planned, plan) }
		p.OpenFile = func(path string) { w.Merged = append(w.Merged, path) }
		pages = append(pages, p)
	}
	return pages
}

func emptyPage(id string) *shell.Page {
	return &shell.Page{ID: id, Name: id, Content: func() fyne.CanvasObject { return container.NewStack() }, Load: func() {}}
}

// Open opens a new dataset with the shipped categories and these messages.
func (w *Window) Open(messages ...localdb.Message) {
	w.T.Helper()
	path := filepath.Join(w.T.TempDir(), "test.seedbed")
	d, err := starter.Default().Create(context.Background(), path)
	if err != nil {
		w.T.Fatal(err)
	}
	if len(messages) > 0 {
		if _, err := d.Add(context.Background(), i18n.T("Add"), messages); err != nil {
			w.T.Fatal(err)
		}
	}
	if err := d.Close(); err != nil {
		w.T.Fatal(err)
	}
	w.OpenDataset(path)
	w.Settle()
	if w.Dataset() == nil {
		w.T.Fatal("the dataset did not open")
	}
}

// Visit goes to a page.
func (w *Window) Visit(id string) {
	w.GoTo(id)
	w.Settle()
}

// Settle brings all results to the window.
func (w *Window) Settle() {
	for {
		w.mu.Lock()
		posted := w.posted
		w.posted = nil
		w.mu.Unlock()
		if len(posted) == 0 {
			return
		}
		for _, do := range posted {
			do()
		}
	}
}

// InParallel lets what runs in the background run beside the test, as in the real
// program. The test ends when all of it has: the window's translations are the
// process's, and the next test reads them anew.
func (w *Window) InParallel() {
	var work sync.WaitGroup
	w.Jobs.Start = work.Go
	w.T.Cleanup(work.Wait)
}

// patience is how long anything may take on a busy machine.
const patience = 3 * time.Minute

// Until waits for something to become true, and fails where it does not.
func (w *Window) Until(what string, is func() bool) {
	w.T.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		w.Settle()
		if is() {
			return
		}
	}
	w.T.Fatalf("waited in vain until %s:\n%s", what, w.Words())
}

// Count is how many messages of the dataset match a filter.
func (w *Window) Count(filter localdb.Filter) int {
	w.T.Helper()
	n := 0
	for _, err := range w.Dataset().Messages(context.Background(), filter) {
		if err != nil {
			w.T.Fatal(err)
		}
		n++
	}
	return n
}

// Category is a category of the dataset by its name; the zero value where it has none.
func (w *Window) Category(name string) localdb.Category {
	w.T.Helper()
	list, err := w.Dataset().Categories(context.Background())
	if err != nil {
		w.T.Fatal(err)
	}
	for _, c := range list {
		if c.Name == name {
			return c
		}
	}
	return localdb.Category{}
}

// Remark is the small text beside a page's name in the navigation.
func (w *Window) Remark(id string) string {
	for _, p := range w.Pages() {
		if p.ID == id {
			return p.Remark()
		}
	}
	w.T.Fatalf("there is no page %q", id)
	return ""
}
