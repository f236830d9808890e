package review

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"seedbed/localdb"
	"seedbed/ui/grid"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
)

// firstRows is how many rows are read where it is not known yet how many will show.
const firstRows = 64

// rows is a view as the grid wants it: everything answers at once, and says so where
// a row has not been read yet.
type rows struct {
	view    *localdb.View
	length  int
	settled bool                 // the ids of all rows are known, and length is right
	columns func() []grid.Column // those that show
	chips   map[string]grid.Cell // by category
}

func newRows(view *localdb.View, categories []localdb.Category) *rows {
	r := &rows{view: view, length: view.Len(), chips: map[string]grid.Cell{}}
	for _, c := range categories {
		r.chips[c.Name] = chipOf(c)
	}
	if view.Settled() {
		return r.settle()
	}
	return r
}

// settle is the same rows once all ids are known.
func (r *rows) settle() *rows {
	settled := *r
	settled.length, settled.settled = r.view.Len(), true
	return &settled
}

// position is a place in a list: a message or, where that is not listed, a row.
type position struct {
	id          int64
	row, screen int // screen is how many rows show
}

// readAround reads the rows that will show at a place.
func (r *rows) readAround(ctx context.Context, place position) error {
	at := min(place.row, r.Len())
	if i, ok := r.Find(place.id); ok {
		at = i
	}
	_, err := r.view.Load(ctx, at-place.screen, at+max(place.screen, firstRows))
	return err
}

// Len is called by the grid.
func (r *rows) Len() int { return r.length }

// Key is a message's id or, while that is not known, a negative number of the row.
func (r *rows) Key(i int) int64 {
	if r.settled {
		return r.view.ID(i)
	}
	if m, ok := r.view.Cached(i); ok {
		return m.ID
	}
	return -int64(i) - 1
}

// Find is called by the grid.
func (r *rows) Find(key int64) (i int, ok bool) {
	if key < 0 {
		return int(-key - 1), true
	}
	return r.view.Find(key)
}

// Cells is called by the grid.
func (r *rows) Cells(i int) ([]grid.Cell, bool) {
	m, ok := r.view.Cached(i)
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

func (r *rows) cell(column string, m localdb.Message) grid.Cell {
	switch column {
	case "status":
		return statusCell(m.Status)
	case "number":
		return grid.Cell{Text: strconv.FormatInt(m.ID, 10), Kind: grid.Muted}
	case "text":
		return grid.Cell{Text: m.Text, Struck: m.Status == localdb.Rejected}
	case "category":
		if m.Category == "" {
			return grid.Cell{Text: lang.L("no category"), Kind: grid.Muted}
		}
		if chip, ok := r.chips[m.Category]; ok {
			return chip
		}
		return chipOf(localdb.Category{Name: m.Category})
	case "confidence":
		if m.Category == "" {
			return grid.Cell{}
		}
		return grid.Cell{Text: wholePercent(m.Confidence)}
	case "source":
		return grid.Cell{Text: sourceName(m.Source), Kind: grid.Muted}
	case "tags":
		return grid.Cell{Text: m.Tags.String(), Kind: grid.Muted}
	case "note":
		return grid.Cell{Text: shell.OneLine(m.Note), Kind: grid.Muted}
	}
	return grid.Cell{Text: flagNames(m.Flags), Kind: grid.Warning}
}

// chipOf shows a category in the list.
func chipOf(c localdb.Category) grid.Cell {
	return grid.Cell{Text: c.Shown(), Kind: grid.Chip, Colour: theme.ParseColour(c.Colour)}
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

// wholePercent writes how sure something is.
func wholePercent(share float64) string { return shell.Decimal(100*share, 0) + " %" }

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
	case localdb.OutOfScope:
		return lang.L("belongs nowhere?")
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
