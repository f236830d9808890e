package grid

import "image/color"

// Rows is what a grid shows: a fixed order of rows, each with a key of its own.
// The cells may change under a grid (tell it with Refresh); another order is
// another Rows (give it with SetRows). All of it is called on the window's
// goroutine while painting, so it must answer at once.
type Rows interface {
	// Len is how many rows there are.
	Len() int
	// Key is the lasting identity of row i, known even while its cells are not.
	Key(i int) int64
	// Find gives the row that has a key in this order. It is asked for the cursor
	// and for up to 1,000 selected rows when the order changes.
	Find(key int64) (i int, ok bool)
	// Cells gives the cells of row i in the order of the columns, or false while
	// they are still being read: the grid then paints a placeholder, and wants a
	// Refresh once they are there.
	Cells(i int) ([]Cell, bool)
}

// Cell is one field of a row.
type Cell struct {
	Text string
	Kind Kind
	// Colour tints a Chip; the other kinds take theirs from the theme.
	Colour color.NRGBA
}

// Kind is how a cell is painted.
type Kind uint8

const (
	// Text is plain text, or a number in a column that aligns to its end.
	Text Kind = iota
	// Muted is text that steps back.
	Muted
	// Warning is text that asks for a look.
	Warning
	// Chip is a word on a rounded, tinted ground.
	Chip
	// Check is a tick; its text is only read aloud.
	Check
	// Cross is the opposite of Check.
	Cross
)

// noRows stands in until a grid is given rows.
type noRows struct{}

func (noRows) Len() int                 { return 0 }
func (noRows) Key(int) int64            { return 0 }
func (noRows) Find(int64) (int, bool)   { return 0, false }
func (noRows) Cells(int) ([]Cell, bool) { return nil, false }
