package review

import (
	"context"
	"slices"
)

// place is where a person was in the list: the message of the cursor and the selected ones.
type place struct {
	cursor   int64
	selected []int64
}

const (
	// placesKept is the number of changes whose places are remembered, and selectedKept
	// that of messages in a selection: each has to be searched for in the list.
	placesKept   = 200
	selectedKept = 200
)

// here is where a person is.
func (p *page) here() place {
	at := place{cursor: p.cursorID()}
	if p.grid.SelectedCount() <= selectedKept {
		at.selected = slices.Collect(p.grid.Selected())
	}
	return at
}

// remember notes where a change was made, by its number in the history.
func (p *page) remember(change int64, at place) {
	if p.places == nil || len(p.places) >= placesKept {
		p.places = map[int64]place{}
	}
	p.places[change], p.newest = at, change
}

// undone shows what an undo or redo changed: cursor and selection go back to where they
// were for that change. One that was made elsewhere, or before the program was started
// again, is shown by its row.
func (p *page) undone() {
	data := p.window.Dataset()
	if data == nil {
		return
	}
	var undo, redo int64
	p.window.Jobs.RunSilently(func(ctx context.Context) (err error) {
		undo, redo, err = data.History(ctx)
		return err
	}, func(err error) {
		change := redo // of an undo
		if undo > p.newest {
			change = undo // of a redo
		}
		if err == nil && (undo != p.newest || p.newest == 0) {
			at, known := p.places[change]
			p.undoing = !known
			if known {
				p.returning = &at
				p.goBack()
			}
		}
		p.newest = undo
		p.refresh()
	})
}

// goBack brings cursor and selection back to where they were; messages that are not listed
// yet are waited for.
func (p *page) goBack() {
	at := p.returning
	if at == nil || p.rows == nil {
		return
	}
	i, listed := p.rows.Find(at.cursor)
	if !listed {
		return
	}
	p.returning = nil
	p.grid.SetCursorRow(i)
	var rows []int
	for _, id := range at.selected {
		if row, ok := p.rows.Find(id); ok {
			rows = append(rows, row)
		}
	}
	if len(rows) > 0 {
		p.grid.SelectRows(rows)
	}
}
