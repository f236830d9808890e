package grid

import "image/color"

// Rows is the data of a grid: rows in a fixed order, each with a key. When cells
// change, call Refresh; for another order, call SetRows with other Rows. The methods
// are called on the main goroutine while painting and must return at once.
type Rows interface {
	// Len returns the number of rows.
	Len() int
	// Key returns the permanent key of row i, which is known before its cells are
	// loaded.
	Key(i int) int64
	// Find returns the index of the row with a key. It is called for the cursor and
	// for up to 1,000 selected rows when the order changes.
	Find(key int64) (i int, ok bool)
	// Cells returns the cells of row i in the order of the columns, or false while
	// they are loading: the grid then draws a placeholder, and needs a Refresh when
	// they are loaded.
	Cells(i int) ([]Cell, bool)
}

// Cell is one field of a row.
type Cell struct {
	Text string
	Kind Kind
	// Struck draws a line through faded text.
	Struck bool
	// Colour is that of a Chip; the other kinds use the theme's.
	Colour color.NRGBA
}

// Kind is how a cell is drawn.
type Kind uint8

const (
	// Text is plain text, or a number in a column that aligns to its end.
	Text Kind = iota
	// Muted is secondary text.
	Muted
	// Warning is text that asks for attention.
	Warning
	// Chip is text on a rounded, tinted background.
	Chip
	// Check is a tick; its text is for screen readers only.
	Check
	// Cross is the opposite of Check.
	Cross
)

// noRows are the rows of a grid before SetRows.
type noRows struct{}

func (noRows) Len() int                 { return 0 }
func (noRows) Key(int) int64            { return 0 }
func (noRows) Find(int64) (int, bool)   { return 0, false }
func (noRows) Cells(int) ([]Cell, bool) { return nil, false }
