package grid

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"seedbed/assets/crash"
)

// editLines is the number of lines shown of a long text that is being edited.
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

// editCell edits a cell in place if its column is editable and the cell is loaded.
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

// editor is the entry that is shown over the cell being edited.
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
	e.g.BaseWidget.Refresh()                                 // a hidden object has no canvas
	if c := fyne.CurrentApp().Driver().CanvasForObject(e.g); c != nil {
		c.Focus(e)
	}
}

// place moves the entry over its cell and makes it as high as its text.
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

// height returns the height in pixels of the text wrapped to a width, up to editLines.
func (e *editor) height(width int) int {
	m, pad := e.g.m, e.Theme().Size(theme.SizeNameInnerPadding)
	inner := max(1, width-int(2*pad*m.scale))
	lines := 1 + strings.Count(e.Text, "\n") + e.g.text.line(e.Text, m.text, editLines*inner).width/inner
	h := e.g.text.height(m.text)
	const spare = 2 // the entry rounds up and would scroll
	return max(e.g.view.rowHeight(e.row), min(lines, editLines)*(h.ascent+h.descent)+int(2*pad*m.scale)+m.px(spare))
}

// finish ends the edit and returns the focus to the grid.
func (e *editor) finish() {
	if e.Visible() {
		e.commit()
		e.g.requestFocus()
	}
}

// commit hides the entry and reports a changed text.
func (e *editor) commit() {
	if !e.Visible() {
		return
	}
	e.Hide()
	if text := e.Text; text != e.before && e.g.OnEdit != nil {
		e.g.OnEdit(e.key, e.g.columns[e.column].ID, text)
	}
}

// keepOnRow keeps the entry on its row when the order changes. When the row is gone,
// what was typed is reported rather than lost.
func (e *editor) keepOnRow() {
	if row, ok := e.g.rows.Find(e.key); ok {
		e.row = row
	} else {
		e.finish()
	}
}

// TypedKey is called by Fyne. Enter keeps the text, Escape discards it, and
// Shift+Enter starts a new line.
func (e *editor) TypedKey(ev *fyne.KeyEvent) {
	defer crash.Catch()
	switch ev.Name {
	case fyne.KeyEscape:
		e.before = e.Text // nothing to report
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

// FocusGained is called by Fyne. An entry that was closed while the window was
// inactive passes the focus back.
func (e *editor) FocusGained() {
	if !e.Visible() {
		e.g.requestFocus()
		return
	}
	e.Entry.FocusGained()
}

// FocusLost is called by Fyne: what was typed is kept.
func (e *editor) FocusLost() {
	defer crash.Catch()
	e.Entry.FocusLost()
	e.commit()
}

// TappedSecondary opens no menu: it would take the focus and end the edit.
func (e *editor) TappedSecondary(*fyne.PointEvent) {}
