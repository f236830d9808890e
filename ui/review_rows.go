package ui

import (
	"context"
	"image/color"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"seedbed/localdb"
	"seedbed/ui/grid"
	"seedbed/ui/theme"
)

// Rows are read and kept in pages of this size, which is that of the view.
const (
	reviewPageRows = 64
	reviewPagesTop = 48 // so many pages are kept, those near the screen
)

// reviewRows is a view as the grid wants it: everything answers at once, and what is
// not read yet is told so.
type reviewRows struct {
	data    *localdb.Dataset
	view    *localdb.View
	length  int
	settled bool                 // the ids of all rows are known, and length is right
	columns func() []grid.Column // those that show
	colours map[string]color.NRGBA
	pages   map[int]reviewRowsPage
}

// reviewRowsPage is messages as they were at a revision of the dataset.
type reviewRowsPage struct {
	revision uint64
	messages []localdb.Message
}

func newReviewRows(data *localdb.Dataset, view *localdb.View, categories []localdb.Category) *reviewRows {
	r := &reviewRows{data: data, view: view, length: view.Len(), colours: map[string]color.NRGBA{}, pages: map[int]reviewRowsPage{}}
	for _, c := range categories {
		r.colours[c.Name] = theme.ParseColour(c.Colour)
	}
	if view.Settled() {
		return r.settle()
	}
	return r
}

// settle is the same rows once all ids are known.
func (r *reviewRows) settle() *reviewRows {
	settled := *r
	settled.length, settled.settled = r.view.Len(), true
	return &settled
}

// reviewPlace is a place in a list: a message or, where that is not listed, a row.
type reviewPlace struct {
	id          int64
	row, screen int // screen is how many rows show
}

// readAround reads the rows that will show at a place.
func (r *reviewRows) readAround(ctx context.Context, place reviewPlace) error {
	at := min(place.row, r.Len())
	if i, ok := r.Find(place.id); ok {
		at = i
	}
	var err error
	r.pages, err = r.readPages(ctx, r.missing(at-place.screen, at+max(place.screen, reviewPageRows)))
	return err
}

// missing lists the pages from one row to before another that are not known as they
// are now.
func (r *reviewRows) missing(first, end int) []int {
	revision := r.data.Revision()
	var wanted []int
	for number := max(first, 0) / reviewPageRows; number*reviewPageRows < min(end, r.Len()); number++ {
		if page, ok := r.pages[number]; !ok || page.revision != revision {
			wanted = append(wanted, number)
		}
	}
	return wanted
}

func (r *reviewRows) readPages(ctx context.Context, numbers []int) (map[int]reviewRowsPage, error) {
	found := map[int]reviewRowsPage{}
	for _, number := range numbers {
		revision := r.data.Revision()
		messages, err := r.view.Rows(ctx, number*reviewPageRows, reviewPageRows)
		if err != nil {
			return nil, err
		}
		found[number] = reviewRowsPage{revision, messages}
	}
	return found, nil
}

// keep takes pages in, drops those far from the row on top of the screen, and says
// which rows are not what they were.
func (r *reviewRows) keep(found map[int]reviewRowsPage, top int) (changed []int) {
	for number, page := range found {
		for i, old := range r.pages[number].messages {
			if i < len(page.messages) && page.messages[i] != old {
				changed = append(changed, number*reviewPageRows+i)
			}
		}
		r.pages[number] = page
	}
	if len(r.pages) > reviewPagesTop {
		for number := range r.pages {
			if distance := number - top/reviewPageRows; distance < -reviewPagesTop/4 || distance > reviewPagesTop/4 {
				delete(r.pages, number)
			}
		}
	}
	return changed
}

func (r *reviewRows) message(i int) (m localdb.Message, ok bool) {
	page := r.pages[i/reviewPageRows].messages
	if i < 0 || i%reviewPageRows >= len(page) {
		return m, false
	}
	return page[i%reviewPageRows], true
}

// Len is called by the grid.
func (r *reviewRows) Len() int { return r.length }

// Key is a message's id or, while that is not known, a negative number of the row.
func (r *reviewRows) Key(i int) int64 {
	if r.settled {
		return r.view.ID(i)
	}
	if m, ok := r.message(i); ok {
		return m.ID
	}
	return -int64(i) - 1
}

// Find is called by the grid.
func (r *reviewRows) Find(key int64) (i int, ok bool) {
	switch {
	case key == 0:
		return 0, false
	case key < 0:
		return int(-key - 1), true
	case r.settled:
		return r.view.Find(key)
	}
	for number, page := range r.pages {
		for i, m := range page.messages {
			if m.ID == key {
				return number*reviewPageRows + i, true
			}
		}
	}
	return 0, false
}

// Cells is called by the grid.
func (r *reviewRows) Cells(i int) ([]grid.Cell, bool) {
	m, ok := r.message(i)
	if !ok {
		return nil, false
	}
	columns := r.columns()
	cells := make([]grid.Cell, len(columns))
	for n, c := range columns {
		cells[n] = r.cell(c.ID, m)
	}
	return cells, true
}

func (r *reviewRows) cell(column string, m localdb.Message) grid.Cell {
	switch column {
	case "status":
		return statusCell(m.Status)
	case "number":
		return grid.Cell{Text: strconv.FormatInt(m.ID, 10), Kind: grid.Muted}
	case "text":
		return grid.Cell{Text: m.Text}
	case "category":
		if m.Category == "" {
			return grid.Cell{Text: lang.L("no category"), Kind: grid.Muted}
		}
		return grid.Cell{Text: m.Category, Kind: grid.Chip, Colour: r.colours[m.Category]}
	case "confidence":
		if m.Category == "" {
			return grid.Cell{}
		}
		return grid.Cell{Text: decimal(m.Confidence, 2)}
	case "source":
		return grid.Cell{Text: sourceName(m.Source), Kind: grid.Muted}
	}
	return grid.Cell{Text: flagNames(m.Flags), Kind: grid.Warning}
}

func statusCell(s localdb.Status) grid.Cell {
	switch s {
	case localdb.Accepted:
		return grid.Cell{Text: statusName(s), Kind: grid.Check}
	case localdb.Rejected:
		return grid.Cell{Text: statusName(s), Kind: grid.Cross}
	}
	return grid.Cell{}
}

func sourceName(s localdb.Source) string {
	if s == localdb.Real {
		return lang.L("real")
	}
	return lang.L("synthetic")
}

func statusName(s localdb.Status) string {
	switch s {
	case localdb.Accepted:
		return lang.L("Accepted")
	case localdb.Rejected:
		return lang.L("Rejected")
	}
	return lang.L("To review")
}

func flagName(f localdb.Flag) string {
	switch f {
	case localdb.NearDuplicate:
		return lang.L("near-duplicate")
	case localdb.Mislabelled:
		return lang.L("mislabelled?")
	case localdb.PersonalDetails:
		return lang.L("personal details")
	}
	return lang.L("two categories")
}

func flagNames(flags localdb.Flag) string {
	var names []string
	for _, f := range localdb.AllFlags {
		if flags&f != 0 {
			names = append(names, flagName(f))
		}
	}
	return strings.Join(names, ", ")
}
