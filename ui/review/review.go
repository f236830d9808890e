// Package review is the page on which messages are read, labelled, accepted and rejected.
package review

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
	"seedbed/localdb"
	"seedbed/ui/grid"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// page is the grid of messages, the filters above it, and a panel with everything about
// the message under the cursor.
//
// The list stays as it was made, so that rows don't jump while somebody reads: a change
// shows in its row, and the list is made anew only when the filter changes, messages come
// or go, or a person asks.
type page struct {
	window     *shell.Window
	categories localdb.Categories // in their order, archived ones left out
	all        localdb.Categories // with archived ones
	order      []localdb.Sort     // the columns that the list is sorted by; without any by number
	view       *localdb.View
	rows       *rows
	total      int // messages in the dataset when the list was made
	counts     localdb.Counts
	counted    uint64          // the revision that counts are of
	goal       int64           // the message to go to in the next list; 0 for none
	narrowed   bool            // the next list is of another filter
	toTop      bool            // the next list begins at its first message
	undoing    bool            // the next rows that are read show what undo did
	places     map[int64]place // where changes were made, by their numbers in the history
	newest     int64           // the number of the newest change that isn't undone
	returning  *place          // where the cursor goes back to, once that is listed

	lists, pages, numbers *shell.Loader
	similar               gen.Similar

	head         *header
	filters      *filters
	grid         *grid.Grid
	shownColumns []grid.Column
	panel        *panel
	side         *sideLayout
	body         *fyne.Container
	list         fyne.CanvasObject
	nothing      *emptyState
}

// New returns the page.
func New(w *shell.Window) *shell.Page { return newPage(w).declare() }

func newPage(w *shell.Window) *page {
	p := &page{window: w, total: -1}
	p.lists = shell.NewLoader(w, lang.L("The messages could not be read"), p.readList, p.showList)
	p.pages = shell.NewLoader(w, lang.L("The messages could not be read"), p.readPages, p.showPages)
	p.numbers = shell.NewLoader(w, lang.L("The messages could not be counted"), p.readNumbers, p.showNumbers)
	return p
}

func (p *page) declare() *shell.Page {
	return &shell.Page{
		ID: shell.Review, Name: lang.L("Review"), Content: p.content, Load: p.shown, Arrive: p.arrived,
		Undone: p.undone, ShowMessages: p.showMessages, Actions: p.actions, Typed: p.typed,
	}
}

func (p *page) content() fyne.CanvasObject {
	p.head = newHeader()
	p.filters = newFilters(p)
	p.panel = newPanel(p)
	p.nothing = newEmptyState(p)
	p.shownColumns = p.columns()
	p.grid = grid.New(p.shownColumns...)
	p.grid.SetLines(shownLines(p.window.Settings))
	p.grid.Name = lang.L("Messages")
	p.grid.OnCursor = func(int) { p.showMessage() }
	p.grid.OnSelect = p.selected
	p.grid.OnVisible = func(int, int) { p.pages.Load() }
	p.grid.OnSort = p.sortBy
	p.grid.OnColumns = p.keepColumns
	p.grid.OnHeaderMenu = p.openColumnMenu
	p.grid.OnEdit = func(id int64, _, text string) { p.setText(id, text) }
	p.grid.OnMenu = func(_ int, at fyne.Position) { p.openMenu(at) }
	p.listenToKeys()

	p.list = widget.FlushCard(p.grid)
	p.side = &sideLayout{gap: 16, open: sidePanel(p.window.Settings)}
	p.body = container.New(p.side, container.NewStack(p.list, p.nothing.object), p.panel.object)
	shell.SetVisible(p.panel.object, p.side.open)
	p.nothing.object.Hide()
	return shell.PageLayout(p.head.object, widget.WithHeader(0, p.filters.object, p.body))
}

// arrived is called when people come to the page: the list is made anew, and the
// keys go to it.
func (p *page) arrived() {
	p.total = -1
	p.window.Canvas().Focus(p.grid)
}

func (p *page) shown() {
	if p.total < 0 {
		p.lists.Load()
		return
	}
	p.refresh()
}

// refresh shows what became of the messages and leaves the list as it is.
func (p *page) refresh() {
	p.pages.Load()
	p.numbers.Load()
}

// renew makes the list anew.
func (p *page) renew() { p.lists.Load() }

// list is the messages that match, in their order.
type list struct {
	categories localdb.Categories
	rows       *rows
	at         position
	goal       int64
	narrowed   bool
	toTop      bool
	newest     int64
}

// readList finds out which messages there are, in which order.
func (p *page) readList() func(ctx context.Context) (list, error) {
	data, filter, order := p.window.Dataset(), p.filters.filter, p.sort()
	if data == nil {
		return nil
	}
	l := list{at: p.place(p.narrowed), goal: p.goal, narrowed: p.narrowed, toTop: p.toTop}
	if l.toTop {
		l.at.id, l.at.row = 0, 0
	}
	p.narrowed, p.toTop = false, false
	return func(ctx context.Context) (_ list, err error) {
		if l.categories, err = data.Categories(ctx); err != nil {
			return l, err
		}
		if l.newest, _, err = data.History(ctx); err != nil {
			return l, err
		}
		view, err := data.View(ctx, filter, order)
		if err != nil {
			return l, err
		}
		l.rows = newRows(view, l.categories)
		return l, l.rows.readAround(ctx, l.at)
	}
}

func (p *page) showList(l list) {
	p.newest = max(p.newest, l.newest)
	p.setCategories(l.categories)
	p.setRows(l.rows)
	if _, listed := l.rows.Find(l.at.id); l.toTop || l.narrowed && !listed {
		p.grid.SetCursorRow(0)
	}
	if l.goal != 0 && l.goal == p.goal {
		p.goal = 0
		p.goTo(l.goal)
	}
	p.goBack()
	switch {
	case p.lists.Pending(): // while people type, counting waits
	case l.rows.settled:
		p.numbers.Load()
	default: // the first rows have the machine to themselves
		p.window.Jobs.AfterPaint(func() {
			p.settle(l.rows)
			p.numbers.Load()
		})
	}
}

// place is where the next list shows first: the message of the cursor or the one to
// go to; where that is not listed, the same row, or the top under another filter.
func (p *page) place(narrowed bool) position {
	_, screen := p.grid.VisibleRows()
	row, _ := p.grid.CursorRow()
	at := position{id: p.cursorID(), row: row, screen: screen}
	if p.goal != 0 {
		at.id = p.goal
	}
	if narrowed {
		at.row = 0
	}
	return at
}

func (p *page) setCategories(categories localdb.Categories) {
	p.all = categories
	categories = slices.DeleteFunc(slices.Clone(categories), func(c localdb.Category) bool { return c.Archived })
	same := slices.EqualFunc(categories, p.categories, func(a, b localdb.Category) bool {
		return a.Name == b.Name && a.Shown() == b.Shown() && a.Colour == b.Colour && a.Key == b.Key
	})
	if same {
		return
	}
	p.categories = categories
	p.head.setCategories(categories)
	p.filters.setCategories(categories)
	p.panel.setCategories(categories)
}

// setRows shows a list. Where the dataset has not been read yet, these are its first
// rows.
func (p *page) setRows(rows *rows) {
	p.view, p.rows = rows.view, rows
	rows.columns = func() []grid.Column { return p.shownColumns }
	p.grid.SetRows(rows)
	p.arrangeColumns()
	p.showSort()
	if _, ok := p.grid.CursorRow(); !ok {
		p.grid.SetCursorRow(0)
	}
	p.pages.Load()
	p.showMessage()
}

// settle shows the whole of a list once it is known.
func (p *page) settle(rows *rows) {
	p.window.Jobs.RunSilently(func(context.Context) error {
		<-rows.view.Ready()
		return nil
	}, func(error) {
		if p.view == rows.view {
			p.setRows(p.rows.settle())
		}
	})
}

// pagesRead is a reading of the rows on the screen.
type pagesRead struct {
	view    *localdb.View
	changed []int // rows that are not what they were
}

// readPages reads the rows on the screen and a screen before and after, unless they are
// known as they are now.
func (p *page) readPages() func(ctx context.Context) (pagesRead, error) {
	view := p.view
	if view == nil {
		return nil
	}
	top, n := p.grid.VisibleRows()
	first, end := top-n, top+2*n
	if view.Current(first, end) {
		return nil
	}
	return func(ctx context.Context) (pagesRead, error) {
		changed, err := view.Load(ctx, first, end)
		return pagesRead{view, changed}, err
	}
}

func (p *page) showPages(r pagesRead) {
	if p.view != r.view {
		return
	}
	p.grid.Refresh()
	if p.undoing && len(r.changed) == 1 {
		p.grid.SetCursorRow(r.changed[0])
	}
	p.undoing = false
	p.showMessage()
}

// numbers is what the page says around the list.
type numbers struct {
	facets  localdb.Facets
	counts  localdb.Counts
	counted uint64
}

// readNumbers counts what the page says around the list.
func (p *page) readNumbers() func(ctx context.Context) (numbers, error) {
	data, filter := p.window.Dataset(), p.filters.filter
	if data == nil {
		return nil
	}
	n := numbers{counts: p.counts, counted: p.counted}
	return func(ctx context.Context) (_ numbers, err error) {
		if n.facets, err = data.Facets(ctx, filter); err != nil {
			return n, err
		}
		if revision := data.Revision(); revision != n.counted || n.counts.ByCategory == nil {
			n.counts, err = data.Counts(ctx)
			n.counted = revision
		}
		return n, err
	}
}

func (p *page) showNumbers(n numbers) {
	cameOrWent := p.total >= 0 && p.total != n.counts.Total
	p.total, p.counts, p.counted = n.counts.Total, n.counts, n.counted
	p.head.setCounts(n.counts)
	p.filters.setCounts(n.facets, p.rows)
	p.arrangeColumns()
	p.showNothing(n.counts.Total)
	if cameOrWent {
		p.renew()
	}
}

// showNothing puts a sentence in the place of an empty list.
func (p *page) showNothing(total int) {
	empty := p.rows != nil && p.rows.Len() == 0
	shell.SetVisible(p.nothing.object, empty)
	shell.SetVisible(p.list, !empty)
	p.nothing.show(total == 0)
	shell.SetVisible(p.panel.object, p.side.open && !empty)
	p.body.Refresh()
}

// showMessage brings the side panel to the message that the cursor is on, once that
// is read.
func (p *page) showMessage() {
	if m, ok := p.current(); ok {
		p.panel.show(m, p.grid.SelectedCount())
	}
}

func (p *page) selected() {
	p.filters.setSelected(p.grid.SelectedCount())
	p.panel.setSelected(p.grid.SelectedCount())
}

// current is the message that the cursor is on; ok is false while there is none or
// it is still being read.
func (p *page) current() (m localdb.Message, ok bool) {
	i, ok := p.grid.CursorRow()
	if !ok || p.rows == nil {
		return m, false
	}
	return p.view.Cached(i)
}

func (p *page) cursorID() int64 {
	m, _ := p.current()
	return m.ID
}

// goTo brings the cursor to a message, without the filters where they hide it.
func (p *page) goTo(id int64) {
	if i, ok := p.rows.Find(id); ok {
		p.grid.SetCursorRow(i)
		p.window.Canvas().Focus(p.grid)
		return
	}
	if p.filters.any() {
		p.goal = id
		p.filters.clear()
		return
	}
	p.window.Toasts.Show(lang.L("This message is not in the dataset any more."), "", nil)
}

// togglePanel shows or hides the side panel.
func (p *page) togglePanel() {
	p.side.open = !p.side.open
	setSidePanel(p.window.Settings, p.side.open)
	shell.SetVisible(p.panel.object, p.side.open)
	p.body.Refresh()
}

// showMessages shows what matches a filter, with the cursor on one of the messages.
func (p *page) showMessages(filter localdb.Filter, id int64) {
	p.goal = id
	p.filters.set(filter)
}
