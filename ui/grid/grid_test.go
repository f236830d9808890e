package grid

import (
	"fmt"
	"image/color"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

const (
	shift   = fyne.KeyModifierShift
	control = fyne.KeyModifierShortcutDefault
)

// press types keys with modifiers, as the driver does.
func press(g *Grid, modifiers fyne.KeyModifier, keys ...fyne.KeyName) {
	g.modifiers = func() fyne.KeyModifier { return modifiers }
	for _, k := range keys {
		if modifiers&^shift != 0 {
			g.TypedShortcut(&desktop.CustomShortcut{KeyName: k, Modifier: modifiers})
		} else {
			g.TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
	g.modifiers = func() fyne.KeyModifier { return 0 }
}

// at returns the centre of a cell of a visible row.
func at(g *Grid, row, column int) fyne.Position {
	s := g.spans[column]
	y := g.bodyArea().Min.Y + g.view.y(row) + g.m.row/2
	return fyne.NewPos(g.m.units(s.x+s.width/2-g.left), g.m.units(y))
}

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

func keys(g *Grid) []int64 { return slices.Collect(g.Selected()) }

func wantCursor(t *testing.T, g *Grid, want int) {
	t.Helper()
	if i, ok := g.CursorRow(); i != want || ok != (want >= 0) {
		t.Errorf("the cursor is on %d (%v), want %d", i, ok, want)
	}
}

func wantShown(t *testing.T, g *Grid, row int) {
	t.Helper()
	if y := g.view.y(row); y < 0 || y+g.view.row > g.view.height {
		t.Errorf("row %d is at %d of %d", row, y, g.view.height)
	}
}

func wantKeys(t *testing.T, g *Grid, want ...int64) {
	t.Helper()
	if got := keys(g); !slices.Equal(got, want) {
		t.Errorf("selected %v, want %v", got, want)
	}
}

func TestKeysMoveTheCursor(t *testing.T) {
	const n = 2_000_000
	for _, c := range []struct {
		from      int
		modifiers fyne.KeyModifier
		keys      []fyne.KeyName
		want      int
	}{
		{0, 0, []fyne.KeyName{fyne.KeyDown, fyne.KeyDown}, 2},
		{0, 0, []fyne.KeyName{fyne.KeyUp}, 0},
		{5, 0, []fyne.KeyName{fyne.KeyUp}, 4},
		{n - 1, 0, []fyne.KeyName{fyne.KeyDown}, n - 1},
		{1000, 0, []fyne.KeyName{fyne.KeyPageDown}, 1010},
		{1000, 0, []fyne.KeyName{fyne.KeyPageUp}, 990},
		{3, 0, []fyne.KeyName{fyne.KeyPageUp}, 0},
		{1000, 0, []fyne.KeyName{fyne.KeyHome}, 0},
		{1000, 0, []fyne.KeyName{fyne.KeyEnd}, n - 1},
		{1000, control, []fyne.KeyName{fyne.KeyHome}, 0},
		{1000, control, []fyne.KeyName{fyne.KeyEnd}, n - 1},
	} {
		t.Run(fmt.Sprint(c.from, c.modifiers, c.keys), func(t *testing.T) {
			g, _ := show(t, appTheme{zoom: 1}, numbered{n: n}, window)
			g.SetCursorRow(c.from)
			press(g, c.modifiers, c.keys...)
			wantCursor(t, g, c.want)
			wantShown(t, g, c.want)
			wantKeys(t, g, int64(c.want)*10)
		})
	}
}

func TestJumpsShowTheirRowExactly(t *testing.T) {
	const n = 2_000_000
	for _, zoom := range []float32{0.8, 1, 1.3, 2} {
		g, _ := show(t, appTheme{zoom: zoom}, numbered{n: n}, window)
		random := rand.New(rand.NewPCG(1, 1))
		for range 500 {
			i := random.IntN(n)
			g.SetCursorRow(i)
			wantShown(t, g, i)
			clickAt(g, at(g, i, 2), 0)
			wantCursor(t, g, i)
			press(g, 0, fyne.KeyDown)
			wantShown(t, g, min(i+1, n-1))
		}
	}
}

func TestClicksAndKeysSelectRows(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(g *Grid)
		want []int64
	}{
		"a click selects one": {func(g *Grid) {
			clickAt(g, at(g, 1, 2), 0)
			clickAt(g, at(g, 3, 2), 0)
		}, []int64{30}},
		"shift and click a range": {func(g *Grid) {
			clickAt(g, at(g, 4, 2), 0)
			clickAt(g, at(g, 2, 2), shift)
		}, []int64{20, 30, 40}},
		"a range turns around its anchor": {func(g *Grid) {
			clickAt(g, at(g, 4, 2), 0)
			clickAt(g, at(g, 2, 2), shift)
			clickAt(g, at(g, 5, 2), shift)
		}, []int64{40, 50}},
		"ctrl and click toggles": {func(g *Grid) {
			clickAt(g, at(g, 1, 2), 0)
			clickAt(g, at(g, 3, 2), control)
			clickAt(g, at(g, 5, 2), control)
			clickAt(g, at(g, 1, 2), control)
		}, []int64{30, 50}},
		"shift and arrows": {func(g *Grid) {
			g.SetCursorRow(3)
			press(g, shift, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp)
		}, []int64{30, 40}},
		"shift and End": {func(g *Grid) {
			g.SetCursorRow(97)
			press(g, shift, fyne.KeyEnd)
		}, []int64{970, 980, 990}},
		"ctrl, shift and Home": {func(g *Grid) {
			g.SetCursorRow(2)
			press(g, control|shift, fyne.KeyHome)
		}, []int64{0, 10, 20}},
		"ctrl and arrows with Space": {func(g *Grid) {
			g.SetCursorRow(2)
			press(g, control, fyne.KeyDown, fyne.KeyDown, fyne.KeySpace)
		}, []int64{20, 40}},
		"Escape selects nothing": {func(g *Grid) {
			g.SelectAll()
			press(g, 0, fyne.KeyEscape)
		}, nil},
		"a right click keeps a selection that it hits": {func(g *Grid) {
			g.SetCursorRow(1)
			press(g, shift, fyne.KeyDown)
			g.MouseDown(mouse(at(g, 1, 2), desktop.MouseButtonSecondary, 0))
		}, []int64{10, 20}},
		"a right click elsewhere selects its row": {func(g *Grid) {
			g.SetCursorRow(1)
			g.MouseDown(mouse(at(g, 6, 2), desktop.MouseButtonSecondary, 0))
		}, []int64{60}},
	} {
		t.Run(name, func(t *testing.T) {
			g, _ := show(t, appTheme{zoom: 1}, numbered{n: 100}, window)
			c.do(g)
			wantKeys(t, g, c.want...)
			if g.SelectedCount() != len(c.want) {
				t.Errorf("counts %d", g.SelectedCount())
			}
		})
	}
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
		g.view.scrollTo(20)
	}
}

func TestTwoMillionRowsCanBeSelected(t *testing.T) {
	g, _ := show(t, appTheme{zoom: 1}, numbered{n: 2_000_000}, window)
	g.SetCursorRow(7)
	g.TypedShortcut(&fyne.ShortcutSelectAll{})
	g.toggle(1_000_000)
	if g.SelectedCount() != 1_999_999 || len(g.selected.ranges) != 2 {
		t.Errorf("%d rows in %d ranges", g.SelectedCount(), len(g.selected.ranges))
	}
}

func TestCallbacksReportCursorSelectionAndVisibleRows(t *testing.T) {
	g, _ := show(t, appTheme{zoom: 1}, numbered{n: 100}, window)
	var got []string
	g.OnCursor = func(i int) { got = append(got, fmt.Sprint("cursor ", i)) }
	g.OnSelect = func() { got = append(got, fmt.Sprint("selected ", g.SelectedCount())) }
	g.OnVisible = func(first, n int) { got = append(got, fmt.Sprint("visible ", first, "+", n)) }
	g.OnKey = func(ev *fyne.KeyEvent) { got = append(got, "key "+string(ev.Name)) }
	g.OnRune = func(r rune) { got = append(got, "rune "+string(r)) }
	g.OnShortcut = func(s fyne.Shortcut) bool { got = append(got, "shortcut "+s.ShortcutName()); return true }
	g.OnSort = func(id string) { got = append(got, "sort "+id) }
	for _, c := range []struct {
		do   func()
		want []string
	}{
		{func() { g.SetCursorRow(4) }, []string{"cursor 4", "selected 1"}},
		{func() { press(g, 0, fyne.KeyEnd) }, []string{"visible 89+11", "cursor 99", "selected 1"}},
		{func() { g.SelectAll() }, []string{"selected 100"}},
		{func() { press(g, 0, fyne.KeyDelete) }, []string{"key Delete"}},
		{func() { press(g, 0, fyne.KeyEscape) }, []string{"selected 0"}},
		{func() { press(g, 0, fyne.KeyEscape) }, []string{"key Escape"}},
		{func() { press(g, 0, fyne.KeyF10) }, []string{"key F10"}},
		{func() { test.Type(g, "3a") }, []string{"rune 3", "rune a"}},
		{func() { g.TypedShortcut(&fyne.ShortcutUndo{}) }, []string{"shortcut Undo"}},
		{func() { press(g, control|shift, fyne.KeyZ) }, []string{"shortcut CustomDesktop:Shift+Control+Z"}},
		{func() { clickAt(g, fyne.NewPos(g.m.units(g.spans[3].x+30), 10), 0) }, []string{"sort category"}},
		{func() { clickAt(g, fyne.NewPos(g.m.units(g.spans[5].x+30), 10), 0) }, nil},
	} {
		got = nil
		c.do()
		slices.Sort(got)
		slices.Sort(c.want)
		if !slices.Equal(got, c.want) {
			t.Errorf("got %q, want %q", got, c.want)
		}
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
	if g.view.offset() != 50 {
		t.Errorf("scrolled %d pixels", g.view.offset())
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
	if got, want := g.view.offset(), g.view.limit()-g.view.height; got != want {
		t.Errorf("a click on the track: %d, want a page up, %d", got, want)
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
		"left of the stretching column":  {1, 30, 30, map[int]float32{0: 36, 1: 114, 3: 124}},
		"of the stretching column":       {2, -26, -26, map[int]float32{1: 84, 3: 150, 4: 60}},
		"right of it, the next gives":    {3, 20, 20, map[int]float32{3: 144, 4: 40, 5: 84}},
		"not beyond the least width":     {3, -500, -64, map[int]float32{3: 60, 4: 124}},
		"nor the least one of the other": {3, 500, 40, map[int]float32{3: 164, 4: 20}},
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

// reversed are the rows of numbered in reverse order.
type reversed struct{ n int }

func (r reversed) Len() int                   { return r.n }
func (r reversed) Key(i int) int64            { return int64(r.n-1-i) * 10 }
func (r reversed) Find(key int64) (int, bool) { return r.n - 1 - int(key/10), true }
func (r reversed) Cells(i int) ([]Cell, bool) { return numbered{n: r.n}.Cells(r.n - 1 - i) }

func TestANewOrderKeepsCursorAndSelection(t *testing.T) {
	g, _ := show(t, appTheme{zoom: 1}, numbered{n: 1000}, window)
	g.SetCursorRow(500)
	press(g, shift, fyne.KeyDown, fyne.KeyDown)
	y := g.view.y(502)
	g.SetRows(reversed{1000})
	wantCursor(t, g, 497)
	wantKeys(t, g, 5020, 5010, 5000)
	if got := g.view.y(497); got != y {
		t.Errorf("the row moved from %d to %d", y, got)
	}
}

func TestTheCursorStaysInPlaceWhenItsRowIsGone(t *testing.T) {
	g, _ := show(t, appTheme{zoom: 1}, numbered{n: 1000}, window)
	g.SetCursorRow(500)
	told := -1
	g.OnCursor = func(i int) { told = i }
	g.SetRows(without{numbered{n: 1000}, 500})
	wantCursor(t, g, 500)
	wantKeys(t, g, 5010)
	if told != 500 {
		t.Errorf("told of %d", told)
	}
	g.SetRows(numbered{})
	wantCursor(t, g, -1)
	wantKeys(t, g)
}

// without is numbered without one row.
type without struct {
	numbered
	gone int
}

func (r without) Len() int                   { return r.n - 1 }
func (r without) Key(i int) int64            { return r.numbered.Key(r.old(i)) }
func (r without) Cells(i int) ([]Cell, bool) { return r.numbered.Cells(r.old(i)) }

func (r without) Find(key int64) (int, bool) {
	i := int(key / 10)
	if i > r.gone {
		return i - 1, true
	}
	return i, i != r.gone
}

func (r without) old(i int) int {
	if i >= r.gone {
		return i + 1
	}
	return i
}

func TestANewOrderClearsALargeSelection(t *testing.T) {
	g, _ := show(t, appTheme{zoom: 1}, numbered{n: 2_000_000}, window)
	g.SelectAll()
	g.Refresh()
	if g.SelectedCount() != 2_000_000 {
		t.Error("a refresh dropped the selection")
	}
	g.SetRows(reversed{2_000_000})
	if g.SelectedCount() != 0 {
		t.Errorf("%d selected", g.SelectedCount())
	}
}

func TestRefreshWithFewerRowsClampsTheCursor(t *testing.T) {
	rows := &numbered{n: 100}
	g, _ := show(t, appTheme{zoom: 1}, rows, window)
	g.SelectAll()
	g.toggle(97)
	rows.n = 3
	g.Refresh()
	wantCursor(t, g, 2)
	wantKeys(t, g, 0, 10, 20)
	press(g, shift, fyne.KeyUp)
	wantKeys(t, g, 10, 20)
}

func TestAnEmptyGridIgnoresAllInput(t *testing.T) {
	g, w := show(t, appTheme{zoom: 1}, numbered{}, window)
	w.Canvas().Focus(g)
	for _, k := range []fyne.KeyName{
		fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd,
		fyne.KeyReturn, fyne.KeyF2, fyne.KeyLeft, fyne.KeyRight, desktop.KeyMenu, fyne.KeyEscape, fyne.KeySpace,
	} {
		press(g, 0, k)
		press(g, shift, k)
		press(g, control, k)
	}
	g.SelectAll()
	g.SetCursorRow(5)
	g.ScrollTo(5)
	for y := float32(0); y < 400; y += 10 {
		clickAt(g, fyne.NewPos(300, y), 0)
		g.hover(fyne.NewPos(300, y))
	}
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(3, -25)})
	wantCursor(t, g, -1)
	wantKeys(t, g)
	New().SetRows(numbered{n: 3}) // no columns, no window
}

func TestTabLeavesTheGrid(t *testing.T) {
	test.NewTempApp(t)
	g, after := New(review()...), widget.NewEntry()
	w := test.NewTempWindow(t, container.NewBorder(nil, after, nil, nil, g))
	w.Resize(window)
	g.SetRows(numbered{n: 10})
	w.Canvas().Focus(g)
	wantCursor(t, g, 0)
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != after {
		t.Errorf("the keyboard is with %T", w.Canvas().Focused())
	}
	if g.focused {
		t.Error("still looks focused")
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

func TestRowsThatAreLoadingShowPlaceholders(t *testing.T) {
	g, w := show(t, appTheme{zoom: 1}, &numbered{n: 100, loading: true}, window)
	before := w.Canvas().Capture()
	g.rows.(*numbered).loading = false
	g.Refresh()
	if after := w.Canvas().Capture(); slices.Equal(pix(before.At), pix(after.At)) {
		t.Error("still a placeholder")
	}
}

func pix(at func(x, y int) color.Color) []color.Color {
	var out []color.Color
	for y := 36; y < 390; y += 5 {
		for x := range 700 {
			out = append(out, at(x, y))
		}
	}
	return out
}

func TestAccessibilityLabelReadsTheCursorRow(t *testing.T) {
	g, _ := show(t, appTheme{zoom: 1}, numbered{n: 100}, window)
	g.Name = "Messages"
	g.SetCursorRow(4)
	if got := g.AccessibilityLabel(); !strings.HasPrefix(got, "Messages 5 / 100, accepted, 5, thx!!, social") {
		t.Error(got)
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

func TestHiDPIScalesTheImage(t *testing.T) {
	g, w := show(t, appTheme{zoom: 1}, numbered{n: 2_000_000}, window)
	w.Canvas().(interface{ SetScale(float32) }).SetScale(2)
	g.Refresh()
	if g.m.row != 70 {
		t.Errorf("rows of %d pixels", g.m.row)
	}
	g.SetCursorRow(1_500_000)
	wantShown(t, g, 1_500_000)
	if got := at(g, 1_500_000, 2); got.Y > 400 {
		t.Errorf("row at %v", got)
	}
	clickAt(g, at(g, 1_500_000, 2), 0)
	wantCursor(t, g, 1_500_000)
	if got := w.Canvas().Capture().Bounds().Dx(); got != 1440 {
		t.Errorf("%d pixels wide", got)
	}
}
