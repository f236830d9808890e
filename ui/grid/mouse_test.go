package grid

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func mouse(pos fyne.Position, button desktop.MouseButton, modifiers fyne.KeyModifier) *desktop.MouseEvent {
	return &desktop.MouseEvent{
		PointEvent: fyne.PointEvent{Position: pos, AbsolutePosition: pos},
		Button:     button, Modifier: modifiers,
	}
}

func clickAt(g *Grid, pos fyne.Position, modifiers fyne.KeyModifier) {
	ev := mouse(pos, desktop.MouseButtonPrimary, modifiers)
	g.MouseDown(ev)
	g.MouseUp(ev)
}

func drag(g *Grid, from fyne.Position, to ...fyne.Position) {
	g.MouseDown(mouse(from, desktop.MouseButtonPrimary, 0))
	for _, pos := range to {
		g.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: pos}})
	}
	g.MouseUp(mouse(to[len(to)-1], desktop.MouseButtonPrimary, 0))
	g.DragEnd()
}

// Scrolling would move the row away from under a double click.
func TestAClickDoesNotScrollAPartlyVisibleRow(t *testing.T) {
	g, _ := show(t, appTheme{zoom: 1}, numbered{n: 1000}, window)
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -10)})
	for _, c := range []struct {
		y    float32
		want int
	}{{399, 10}, {36, 0}} {
		g.click = click{}
		clickAt(g, fyne.NewPos(300, c.y), 0)
		wantCursor(t, g, c.want)
		clickAt(g, fyne.NewPos(300, c.y), 0)
		if wantCursor(t, g, c.want); !g.editor.Visible() {
			t.Errorf("row %d is not edited", c.want)
		}
		g.editor.finish()
		g.view.scrollTo(20 * rowUnits / 35)
	}
}

func TestSecondaryClickOpensTheMenuOfTheSelection(t *testing.T) {
	g, _ := show(t, appTheme{zoom: 1}, numbered{n: 100}, window)
	var rows []int
	var places []fyne.Position
	g.OnMenu = func(i int, at fyne.Position) { rows, places = append(rows, i), append(places, at) }
	g.MouseDown(mouse(at(g, 3, 2), desktop.MouseButtonSecondary, 0))
	press(g, 0, fyne.KeyDown, desktop.KeyMenu)
	press(g, shift, fyne.KeyF10)
	if !slices.Equal(rows, []int{3, 4, 4}) {
		t.Errorf("menus of %v", rows)
	}
	if places[1] != places[2] || places[1].Y != 35*6 {
		t.Errorf("menus at %v", places)
	}
	g.MouseDown(mouse(fyne.NewPos(50, 10), desktop.MouseButtonSecondary, 0))
	if len(rows) != 3 {
		t.Error("the header has no menu")
	}
}

func TestTheWheelScrolls(t *testing.T) {
	g, _ := show(t, appTheme{zoom: 1}, numbered{n: 2_000_000}, window)
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)})
	if y := g.view.y(0); y != -50 {
		t.Errorf("scrolled %d pixels", -y)
	}
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 500)})
	if g.view.offset() != 0 {
		t.Errorf("scrolled %d pixels beyond the top", g.view.offset())
	}
	if _, ok := g.CursorRow(); ok {
		t.Error("the wheel moved the cursor")
	}
}

func TestTheScrollBarPagesAndDrags(t *testing.T) {
	g, _ := show(t, appTheme{zoom: 1}, numbered{n: 2_000_000}, window)
	edge := float32(716)
	drag(g, fyne.NewPos(edge, 40), fyne.NewPos(edge, 200), fyne.NewPos(edge, 4000))
	if first, n := g.VisibleRows(); first+n != 2_000_000 {
		t.Errorf("dragged to the end: rows %d+%d", first, n)
	}
	clickAt(g, fyne.NewPos(edge, 60), 0)
	if first, n := g.VisibleRows(); first+n != 2_000_000-10 {
		t.Errorf("a click on the track: rows %d+%d, want a page up", first, n)
	}
	drag(g, fyne.NewPos(edge, 390), fyne.NewPos(edge, -100))
	if g.view.offset() != 0 {
		t.Errorf("dragged to the start: %d", g.view.offset())
	}
}

func TestWideColumnsScrollSideways(t *testing.T) {
	g, _ := show(t, appTheme{zoom: 1}, numbered{n: 100}, fyne.NewSize(400, 400))
	press(g, 0, fyne.KeyRight)
	if g.left == 0 {
		t.Error("columns that don't fit stay out of reach")
	}
	press(g, 0, fyne.KeyLeft, fyne.KeyLeft)
	if g.left != 0 {
		t.Errorf("%d pixels beyond the left edge", g.left)
	}
	g.modifiers = func() fyne.KeyModifier { return shift }
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -10)})
	if g.left != 20 {
		t.Errorf("shift and wheel: %d", g.left)
	}
	drag(g, fyne.NewPos(20, 396), fyne.NewPos(4000, 396))
	if g.left != g.leftLimit() {
		t.Errorf("dragged to %d of %d", g.left, g.leftLimit())
	}
	press(g, 0, fyne.KeyEnd)
	wantShown(t, g, 99)
}

func TestADraggedBorderStaysUnderThePointer(t *testing.T) {
	for name, c := range map[string]struct {
		border int
		by     float32
		moved  float32
		want   map[int]float32
	}{
		"left of the stretching column":  {1, 30, 30, map[int]float32{0: 36, 1: 114, 3: 136}},
		"of the stretching column":       {2, -26, -26, map[int]float32{1: 84, 3: 162, 4: 60}},
		"right of it, the next gives":    {3, 20, 20, map[int]float32{3: 156, 4: 40, 5: 84}},
		"not beyond the least width":     {3, -500, -76, map[int]float32{3: 60, 4: 136}},
		"nor the least one of the other": {3, 500, 40, map[int]float32{3: 176, 4: 20}},
	} {
		t.Run(name, func(t *testing.T) {
			g, _ := show(t, appTheme{zoom: 1}, numbered{n: 100}, window)
			told := 0
			g.OnColumns = func() { told++ }
			from := rightOf(g, c.border)
			drag(g, from, from.AddXY(c.by/2, 0), from.AddXY(c.by, 0))
			if got := rightOf(g, c.border).X - from.X; got != c.moved {
				t.Errorf("the border moved by %v, want %v", got, c.moved)
			}
			for i, want := range c.want {
				if got := g.Columns()[i].Width; got != want {
					t.Errorf("column %d is %v wide, want %v", i, got, want)
				}
			}
			if told != 2 {
				t.Errorf("told %d times", told)
			}
		})
	}
}

// rightOf returns the right border of a column in the header.
func rightOf(g *Grid, column int) fyne.Position {
	return fyne.NewPos(g.m.units(g.spans[column].x+g.spans[column].width), 10)
}

func TestDoubleClickFitsAColumn(t *testing.T) {
	g, _ := show(t, appTheme{zoom: 1}, numbered{n: 100}, window)
	columns := g.Columns()
	columns[3].Width = 300
	g.SetColumns(columns)
	clickAt(g, rightOf(g, 3), 0)
	clickAt(g, rightOf(g, 3), 0)
	if got := g.Columns()[3].Width; got < 120 || got > 135 {
		t.Errorf("fitted to %v", got)
	}
}

func TestThePointerShowsThatABorderCanBeDragged(t *testing.T) {
	g, _ := show(t, appTheme{zoom: 1}, numbered{n: 100}, window)
	g.hover(rightOf(g, 3))
	if g.Cursor() != desktop.HResizeCursor {
		t.Error("looks as if it could not be dragged")
	}
	g.hover(rightOf(g, 6))
	if g.Cursor() != desktop.DefaultCursor {
		t.Error("the edge of the grid looks as if it could be dragged")
	}
	g.MouseOut()
	if g.Cursor() != desktop.DefaultCursor {
		t.Error("the pointer stays")
	}
}

func TestSetColumnsRestoresWidths(t *testing.T) {
	g, _ := show(t, appTheme{zoom: 1}, numbered{n: 100}, window)
	columns := g.Columns()
	columns[4].Width = 99
	g.SetColumns(columns)
	columns[4].Width = 1 // the caller's own again
	if got := g.Columns()[4].Width; got != 99 {
		t.Errorf("width %v", got)
	}
}

func TestCellsAreEditedInPlace(t *testing.T) {
	type edit struct {
		key          int64
		column, text string
	}
	enter := func(g *Grid) { g.editor.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) }
	for name, c := range map[string]struct {
		do    func(g *Grid)
		want  []edit
		ended bool
	}{
		"Enter keeps": {func(g *Grid) {
			press(g, 0, fyne.KeyReturn)
			test.Type(g.editor, "!")
			enter(g)
		}, []edit{{30, "text", messages[3] + "!"}}, true},
		"F2 and Escape": {func(g *Grid) {
			press(g, 0, fyne.KeyF2)
			test.Type(g.editor, "!")
			g.editor.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		}, nil, true},
		"an unchanged text is no edit": {func(g *Grid) {
			press(g, 0, fyne.KeyF2)
			enter(g)
		}, nil, true},
		"a double click": {func(g *Grid) {
			clickAt(g, at(g, 5, 2), 0)
			clickAt(g, at(g, 5, 2), 0)
			test.Type(g.editor, "?")
			enter(g)
		}, []edit{{50, "text", messages[5] + "?"}}, true},
		"not in a column that can't": {func(g *Grid) {
			clickAt(g, at(g, 5, 3), 0)
			clickAt(g, at(g, 5, 3), 0)
		}, nil, true},
		"a click elsewhere keeps": {func(g *Grid) {
			press(g, 0, fyne.KeyF2)
			test.Type(g.editor, "!")
			clickAt(g, at(g, 1, 2), 0)
		}, []edit{{30, "text", messages[3] + "!"}}, true},
		"the wheel keeps": {func(g *Grid) {
			press(g, 0, fyne.KeyF2)
			test.Type(g.editor, "!")
			g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -1)})
		}, []edit{{30, "text", messages[3] + "!"}}, true},
		"shift and Enter start a line": {func(g *Grid) {
			press(g, 0, fyne.KeyF2)
			g.modifiers = func() fyne.KeyModifier { return shift }
			enter(g)
			g.modifiers = func() fyne.KeyModifier { return 0 }
			enter(g)
		}, []edit{{30, "text", messages[3] + "\n"}}, true},
		"a new order keeps it open on its row": {func(g *Grid) {
			press(g, 0, fyne.KeyF2)
			test.Type(g.editor, "!")
			g.SetRows(reversed{100})
			if g.editor.row != 96 {
				t.Errorf("the editor is on row %d", g.editor.row)
			}
		}, nil, false},
		"other columns keep": {func(g *Grid) {
			press(g, 0, fyne.KeyF2)
			test.Type(g.editor, "!")
			g.SetColumns(review()[:2])
		}, []edit{{30, "text", messages[3] + "!"}}, true},
		"a row that goes away is handed out": {func(g *Grid) {
			press(g, 0, fyne.KeyF2)
			test.Type(g.editor, "!")
			g.SetRows(numbered{n: 2})
		}, []edit{{30, "text", messages[3] + "!"}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			g, w := show(t, appTheme{zoom: 1}, numbered{n: 100}, window)
			var got []edit
			g.OnEdit = func(key int64, column, text string) { got = append(got, edit{key, column, text}) }
			w.Canvas().Focus(g)
			g.SetCursorRow(3)
			c.do(g)
			if !slices.Equal(got, c.want) {
				t.Errorf("edits %v, want %v", got, c.want)
			}
			if g.editor.Visible() == c.ended {
				t.Errorf("the editor shows: %v", g.editor.Visible())
			}
			if c.ended && w.Canvas().Focused() != g {
				t.Errorf("the keyboard is with %T", w.Canvas().Focused())
			}
		})
	}
}

func TestEditDoesNothingWithoutAnEditableCell(t *testing.T) {
	g, _ := show(t, appTheme{zoom: 1}, numbered{n: 100, loading: true}, window)
	g.Edit()
	g.SetCursorRow(3)
	g.Edit()
	g.SetRows(numbered{})
	g.Edit()
	if g.editor.Visible() {
		t.Error("edits a row that is not there")
	}
}

func TestHoverHighlightsRowOrHeader(t *testing.T) {
	g, w := show(t, appTheme{zoom: 1}, numbered{n: 100}, window)
	background := w.Canvas().Capture().At(300, 35*3+2)
	g.MouseIn(mouse(at(g, 2, 2), 0, 0))
	if hovered := w.Canvas().Capture().At(300, 35*3+2); hovered == background {
		t.Error("a row under the mouse looks like the others")
	}
	g.MouseOut()
	if left := w.Canvas().Capture().At(300, 35*3+2); left != background {
		t.Error("a row that the mouse has left is still lit")
	}
}

func TestASlowSecondClickIsASingleClick(t *testing.T) {
	g, _ := show(t, appTheme{zoom: 1}, numbered{n: 100}, window)
	clickAt(g, at(g, 2, 2), 0)
	g.click.time = g.click.time.Add(-time.Second)
	clickAt(g, at(g, 2, 2), 0)
	if g.editor.Visible() {
		t.Error("two slow clicks edit")
	}
}

func TestADraggedTitleMovesItsColumn(t *testing.T) {
	g, _ := show(t, appTheme{zoom: 1}, numbered{n: 100}, window)
	told, sorted := 0, 0
	g.OnColumns = func() { told++ }
	g.OnSort = func(string, bool) { sorted++ }
	title := func(column int) fyne.Position {
		return fyne.NewPos(g.m.units(g.spans[column].x+g.spans[column].width/2), 10)
	}
	drag(g, title(3), title(3).AddXY(-3, 0), title(1).AddXY(-20, 0))
	if g.Columns()[1].ID != "category" || told != 1 || sorted != 0 {
		t.Errorf("the columns are %v; told %d times, sorted %d times", g.Columns(), told, sorted)
	}
	drag(g, title(1), title(6).AddXY(50, 0))
	if last := g.Columns()[6].ID; last != "category" {
		t.Errorf("the last column is %s", last)
	}
	drag(g, title(6), title(6).AddXY(3, 0)) // a click with a shaking hand
	if sorted != 1 {
		t.Errorf("sorted %d times", sorted)
	}
}

// However much a person widens the message, the names of categories stay whole.
func TestChipsAreNeverCut(t *testing.T) {
	for _, width := range []float32{420, 560, 720, 1200} {
		g, _ := show(t, appTheme{zoom: 1}, talk{}, fyne.NewSize(width, 400))
		read(3)(g)
		drag(g, rightOf(g, 2), rightOf(g, 2).AddXY(300, 0))
		for i := range 20 {
			cells, _ := g.rows.Cells(i)
			text, letters := g.cellText(3, cells[3]), 0
			for _, l := range text.lines {
				letters += len(l.glyphs)
			}
			if letters < len(cells[3].Text) {
				t.Errorf("at %v, %d letters of %q show", width, letters, cells[3].Text)
			}
			if l := len(text.lines); g.rowHeight(i) < g.m.row+(l-1)*g.m.line {
				t.Errorf("at %v, %d lines in a row of %d pixels", width, l, g.rowHeight(i))
			}
		}
	}
}

// Rows whose heights become known when they are loaded leave the cursor where it is.
func TestLoadedRowsKeepTheCursorInSight(t *testing.T) {
	for _, row := range []int{0, 3, 500, 999} {
		loaded := false
		g, _ := show(t, appTheme{zoom: 1}, lazy{loaded: &loaded}, window)
		read(3)(g)
		g.SetCursorRow(row)
		wantShown(t, g, row)
		loaded = true
		g.Refresh()
		wantCursor(t, g, row)
		wantShown(t, g, row)
		if row == 999 && !g.view.atEnd() {
			t.Error("the end is not the end any more")
		}
	}
}

// lazy are the rows of talk once they are loaded.
type lazy struct {
	talk
	loaded *bool
}

func (l lazy) Cells(i int) ([]Cell, bool) {
	if !*l.loaded {
		return nil, false
	}
	return l.talk.Cells(i)
}
