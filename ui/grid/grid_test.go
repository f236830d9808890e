package grid

import (
	"fmt"
	"image/color"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

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

func keys(g *Grid) []int64 { return slices.Collect(g.Selected()) }

func wantCursor(t *testing.T, g *Grid, want int) {
	t.Helper()
	if i, ok := g.CursorRow(); i != want || ok != (want >= 0) {
		t.Errorf("the cursor is on %d (%v), want %d", i, ok, want)
	}
}

func wantShown(t *testing.T, g *Grid, row int) {
	t.Helper()
	if y := g.view.y(row); y < 0 || y+g.view.rowHeight(row) > g.view.height {
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
	g.OnSort = func(id string, add bool) {
		if add {
			id += " too"
		}
		got = append(got, "sort "+id)
	}
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
		{func() { clickAt(g, fyne.NewPos(g.m.units(g.spans[4].x+30), 10), shift) }, []string{"sort confidence too"}},
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
