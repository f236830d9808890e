package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
	"seedbed/localdb"
	"seedbed/ui/grid"
	"seedbed/ui/widget"
)

// reviewPage is where messages are read, labelled, accepted and rejected: the grid,
// what narrows it down, and all about the message that the cursor is on.
//
// The list stays as it was made, so that nothing jumps under a reader's hand: a
// change shows in its row, and which rows there are is found out again when the
// filter changes, messages came or went, or a person asks.
type reviewPage struct {
	app        *app
	categories []localdb.Category // in their order, archived ones left out
	sort       localdb.Sort
	view       *localdb.View
	rows       *reviewRows
	total      int // messages in the dataset when the list was made
	counts     localdb.Counts
	counted    uint64  // the revision that counts are of
	goal       int64   // the message to go to in the next list; 0 for none
	narrowed   bool    // the next list is of another filter
	room       float32 // how wide the grid is
	undoing    bool    // the next rows that are read show what undo did

	lists, pages, numbers *reader
	changes               *changes
	similar               gen.Similar

	head         *reviewHead
	filters      *reviewFilters
	grid         *grid.Grid
	shownColumns []grid.Column
	panel        *reviewPanel
	side         *sideLayout
	body         *fyne.Container
	list         fyne.CanvasObject
	nothing      *reviewNothing
}

func newReview(a *app) page {
	p := &reviewPage{app: a, changes: &changes{}, total: -1}
	p.lists = &reader{jobs: a.jobs, begin: p.readList}
	p.pages = &reader{jobs: a.jobs, begin: p.readPages}
	p.numbers = &reader{jobs: a.jobs, begin: p.readNumbers}
	return p
}

func (p *reviewPage) content() fyne.CanvasObject {
	p.head = newReviewHead()
	p.filters = newReviewFilters(p)
	p.panel = newReviewPanel(p)
	p.nothing = newReviewNothing(p)
	p.shownColumns = p.columns()
	p.grid = grid.New(p.shownColumns...)
	p.grid.Name = lang.L("Messages")
	p.grid.OnCursor = func(int) { p.showMessage() }
	p.grid.OnSelect = p.selected
	p.grid.OnVisible = func(int, int) { p.pages.read() }
	p.grid.OnSort = p.sortBy
	p.grid.OnColumns = p.keepColumns
	p.grid.OnEdit = func(id int64, _, text string) { p.setText(id, text) }
	p.grid.OnMenu = func(_ int, at fyne.Position) { p.openMenu(at) }
	p.listenToKeys()

	p.list = widget.FlushCard(p.grid)
	p.side = &sideLayout{gap: 16, open: p.app.settings.sidePanel(), width: func(main float32) {
		p.room = main
		p.arrangeColumns()
	}}
	p.body = container.New(p.side, container.NewStack(p.list, p.nothing.object), p.panel.object)
	setVisible(p.panel.object, p.side.open)
	p.nothing.object.Hide()
	return framed(p.head.object, container.NewBorder(p.filters.object, nil, nil, nil, p.body))
}

// arrived is called when people come to the page: the list is made anew, and the
// keys go to it.
func (p *reviewPage) arrived() {
	p.total = -1
	p.app.window.Canvas().Focus(p.grid)
}

func (p *reviewPage) shown() {
	if p.total < 0 {
		p.lists.read()
		return
	}
	p.refresh()
}

// refresh shows what became of the messages and leaves the list as it is.
func (p *reviewPage) refresh() {
	p.pages.read()
	p.numbers.read()
}

// renew makes the list anew.
func (p *reviewPage) renew() { p.lists.read() }

// readList finds out which messages there are, in which order.
func (p *reviewPage) readList() (work func(ctx context.Context) error, done func(error)) {
	data, filter, order := p.app.data, p.filters.filter, p.sort
	if data == nil {
		return nil, nil
	}
	goal, narrowed := p.goal, p.narrowed
	p.narrowed = false
	at := p.place(narrowed)
	var categories []localdb.Category
	var rows *reviewRows
	work = func(ctx context.Context) (err error) {
		if categories, err = data.Categories(ctx); err != nil {
			return err
		}
		view, err := data.View(ctx, filter, order)
		if err != nil {
			return err
		}
		rows = newReviewRows(data, view, categories)
		return rows.readAround(ctx, at)
	}
	return work, func(err error) {
		if p.app.data != data {
			return
		}
		if err != nil {
			p.app.fail(lang.L("The messages could not be read"), err)
			return
		}
		p.setCategories(categories)
		p.setRows(rows)
		if _, listed := rows.Find(at.id); narrowed && !listed {
			p.grid.SetCursorRow(0)
		}
		if goal != 0 && goal == p.goal {
			p.goal = 0
			p.goTo(goal)
		}
		switch {
		case p.lists.again: // while people type, counting waits
		case rows.settled:
			p.numbers.read()
		default: // the first rows have the machine to themselves
			p.app.jobs.later(func() {
				p.settle(rows)
				p.numbers.read()
			})
		}
	}
}

// place is where the next list shows first: the message of the cursor or the one to
// go to; where that is not listed, the same row, or the top under another filter.
func (p *reviewPage) place(narrowed bool) reviewPlace {
	_, screen := p.grid.VisibleRows()
	row, _ := p.grid.CursorRow()
	at := reviewPlace{id: p.cursorID(), row: row, screen: screen}
	if p.goal != 0 {
		at.id = p.goal
	}
	if narrowed {
		at.row = 0
	}
	return at
}

func (p *reviewPage) setCategories(categories []localdb.Category) {
	categories = slices.DeleteFunc(slices.Clone(categories), func(c localdb.Category) bool { return c.Archived })
	same := slices.EqualFunc(categories, p.categories, func(a, b localdb.Category) bool {
		return a.Name == b.Name && a.Colour == b.Colour && a.Key == b.Key
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
func (p *reviewPage) setRows(rows *reviewRows) {
	p.view, p.rows = rows.view, rows
	rows.columns = func() []grid.Column { return p.shownColumns }
	p.grid.SetRows(rows)
	p.arrangeColumns()
	p.showSort()
	if _, ok := p.grid.CursorRow(); !ok {
		p.grid.SetCursorRow(0)
	}
	p.pages.read()
	p.showMessage()
}

// settle shows the whole of a list once it is known.
func (p *reviewPage) settle(rows *reviewRows) {
	p.app.jobs.quietly(func(context.Context) error {
		<-rows.view.Ready()
		return nil
	}, func(error) {
		if p.view == rows.view {
			p.setRows(p.rows.settle())
		}
	})
}

// readPages reads the rows on the screen and a screen before and after, as far as
// they are not known as they are now.
func (p *reviewPage) readPages() (work func(ctx context.Context) error, done func(error)) {
	rows := p.rows
	if rows == nil {
		return nil, nil
	}
	first, n := p.grid.VisibleRows()
	wanted := rows.missing(first-n, first+2*n)
	if len(wanted) == 0 {
		return nil, nil
	}
	var found map[int]reviewRowsPage
	work = func(ctx context.Context) (err error) {
		found, err = rows.readPages(ctx, wanted)
		return err
	}
	return work, func(err error) {
		if p.app.data != rows.data || p.view != rows.view {
			return
		}
		if err != nil {
			p.app.fail(lang.L("The messages could not be read"), err)
			return
		}
		changed := p.rows.keep(found, first)
		p.grid.Refresh()
		if p.undoing && len(changed) == 1 {
			p.grid.SetCursorRow(changed[0])
		}
		p.undoing = false
		p.showMessage()
	}
}

// readNumbers counts what the page tells around the list.
func (p *reviewPage) readNumbers() (work func(ctx context.Context) error, done func(error)) {
	data, filter := p.app.data, p.filters.filter
	if data == nil {
		return nil, nil
	}
	var facets localdb.Facets
	counts, counted := p.counts, p.counted
	work = func(ctx context.Context) (err error) {
		if facets, err = data.Facets(ctx, filter); err != nil {
			return err
		}
		if revision := data.Revision(); revision != counted || counts.ByCategory == nil {
			counts, err = data.Counts(ctx)
			counted = revision
		}
		return err
	}
	return work, func(err error) {
		if p.app.data != data {
			return
		}
		if err != nil {
			p.app.fail(lang.L("The messages could not be counted"), err)
			return
		}
		came := p.total >= 0 && p.total != counts.Total
		p.total, p.counts, p.counted = counts.Total, counts, counted
		p.arrangeColumns()
		p.head.setCounts(counts)
		p.filters.setCounts(facets, p.rows)
		p.showNothing(counts.Total)
		if came {
			p.renew()
		}
	}
}

// showNothing puts a sentence in the place of an empty list.
func (p *reviewPage) showNothing(total int) {
	empty := p.rows != nil && p.rows.Len() == 0
	setVisible(p.nothing.object, empty)
	setVisible(p.list, !empty)
	p.nothing.show(total == 0)
	setVisible(p.panel.object, p.side.open && !empty)
	p.body.Refresh()
}

// showMessage brings the side panel to the message that the cursor is on, once that
// is read.
func (p *reviewPage) showMessage() {
	if m, ok := p.current(); ok {
		p.panel.show(m, p.grid.SelectedCount())
	}
}

func (p *reviewPage) selected() {
	p.filters.setSelected(p.grid.SelectedCount())
	p.panel.setSelected(p.grid.SelectedCount())
}

// current is the message that the cursor is on; ok is false while there is none or
// it is still being read.
func (p *reviewPage) current() (m localdb.Message, ok bool) {
	i, ok := p.grid.CursorRow()
	if !ok || p.rows == nil {
		return m, false
	}
	return p.rows.message(i)
}

func (p *reviewPage) cursorID() int64 {
	m, _ := p.current()
	return m.ID
}

// goTo brings the cursor to a message, without the filters where they hide it.
func (p *reviewPage) goTo(id int64) {
	if i, ok := p.rows.Find(id); ok {
		p.grid.SetCursorRow(i)
		p.app.window.Canvas().Focus(p.grid)
		return
	}
	if p.filters.any() {
		p.goal = id
		p.filters.clear()
		return
	}
	p.app.toasts.Show(lang.L("This message is not in the dataset any more."), "", nil)
}

// togglePanel shows or hides the side panel.
func (p *reviewPage) togglePanel() {
	p.side.open = !p.side.open
	p.app.settings.setSidePanel(p.side.open)
	setVisible(p.panel.object, p.side.open)
	p.body.Refresh()
}

// review goes to the review page and shows what matches a filter there.
func (a *app) review(filter localdb.Filter) { a.reviewAt(0, filter) }

// reviewAt is review with the cursor on one of the messages.
func (a *app) reviewAt(id int64, filter localdb.Filter) {
	if a.shell == nil {
		return
	}
	a.goTo(atReview)
	if p, ok := a.shell.at.page.(*reviewPage); ok {
		p.goal = id
		p.filters.set(filter)
	}
}
