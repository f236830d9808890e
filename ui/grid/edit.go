package grid

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// editLines is how many lines of a long text show while it is edited.
const editLines = 6

// Edit edits the first editable cell of the cursor's row in place.
func (g *Grid) Edit() {
	for i, c := range g.columns {
		if c.Editable {
			g.editCell(g.cursor, i)
			return
		}
	}
}

// editCell edits a cell in place when its column allows it and it is loaded.
func (g *Grid) editCell(row, column int) {
	if row < 0 || row >= g.rows.Len() || column < 0 || !g.columns[column].Editable {
		return
	}
	cells, ok := g.rows.Cells(row)
	if !ok || column >= len(cells) {
		return
	}
	g.ScrollTo(row)
	g.editor.open(g.rows.Key(row), row, column, cells[column].Text)
}

// editor is the one entry that is laid over the cell being edited.
type editor struct {
	widget.Entry
	g      *Grid
	key    int64
	row    int
	column int
	before string
}

func newEditor(g *Grid) *editor {
	e := &editor{g: g}
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapWord
	e.ExtendBaseWidget(e)
	e.Hide()
	return e
}

func (e *editor) open(key int64, row, column int, text string) {
	e.key, e.row, e.column, e.before = key, row, column, text
	e.SetText(text)
	e.Show()
	e.place()
	e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown}) // to the end of the text
	e.g.BaseWidget.Refresh()                                 // an object hidden until now has no canvas yet
	if c := fyne.CurrentApp().Driver().CanvasForObject(e.g); c != nil {
		c.Focus(e)
	}
}

// place lays the entry over its cell, as high as its text needs.
func (e *editor) place() {
	if !e.Visible() {
		return
	}
	g, body := e.g, e.g.bodyArea()
	s := g.spans[e.column]
	left := max(0, s.x-g.left)
	width := min(s.x+s.width-g.left, body.Max.X) - left
	height := min(e.height(width), body.Dy())
	y := min(body.Min.Y+g.view.y(e.row), body.Max.Y-height)
	e.Resize(fyne.NewSize(g.m.units(width), g.m.units(height)))
	e.Move(fyne.NewPos(g.m.units(left), g.m.units(max(y, body.Min.Y))))
}

// height in pixels of the lines that the text takes in a width, up to editLines.
func (e *editor) height(width int) int {
	m, pad := e.g.m, e.Theme().Size(theme.SizeNameInnerPadding)
	inner := max(1, width-int(2*pad*m.scale))
	lines := 1 + strings.Count(e.Text, "\n") + e.g.text.line(e.Text, m.text, editLines*inner).width/inner
	h := e.g.text.height(m.text)
	const spare = 2 // the entry rounds up, and would scroll
	return max(m.row, min(lines, editLines)*(h.ascent+h.descent)+int(2*pad*m.scale)+m.px(spare))
}

// finish ends the edit and takes the keyboard back to the grid.
func (e *editor) finish() {
	if e.Visible() {
		e.commit()
		e.g.requestFocus()
	}
}

// commit hides the entry and hands a changed text out.
func (e *editor) commit() {
	if !e.Visible() {
		return
	}
	e.Hide()
	if text := e.Text; text != e.before && e.g.OnEdit != nil {
		e.g.OnEdit(e.key, e.g.columns[e.column].ID, text)
	}
}

// follow keeps the entry on its row when the order changes; when the row is gone,
// what was typed is handed out rather than lost.
func (e *editor) follow() {
	if row, ok := e.g.rows.Find(e.key); ok {
		e.row = row
	} else {
		e.finish()
	}
}

// TypedKey is called by Fyne: Enter keeps the text, Escape leaves it as it was, and
// Shift+Enter starts a new line.
func (e *editor) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyEscape:
		e.before = e.Text // so that there is nothing to hand out
		e.finish()
	case fyne.KeyReturn, fyne.KeyEnter:
		if e.g.modifiers()&fyne.KeyModifierShift != 0 {
			e.TypedRune('\n')
			e.place()
			return
		}
		e.finish()
	default:
		e.Entry.TypedKey(ev)
	}
}

// AcceptsTab is called by Fyne: Tab leaves the entry, as it leaves the grid.
func (e *editor) AcceptsTab() bool { return false }

// FocusGained is called by Fyne. An entry that was closed while the window was away
// hands the keyboard back.
func (e *editor) FocusGained() {
	if !e.Visible() {
		e.g.requestFocus()
		return
	}
	e.Entry.FocusGained()
}

// FocusLost is called by Fyne: what was typed is kept.
func (e *editor) FocusLost() {
	e.Entry.FocusLost()
	e.commit()
}

// TappedSecondary opens no menu: it would take the focus and so end the edit.
func (e *editor) TappedSecondary(*fyne.PointEvent) {}
