package grid

import (
	"image/color"
	"math/rand/v2"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
)

// heightsOf are rows of different heights.
func heightsOf(row int) func(int) int {
	return func(i int) int { return row + row*(i*7%5)/2 }
}

func TestShowIsExactAtTwoMillionRows(t *testing.T) {
	const n = 2_000_000
	random := rand.New(rand.NewPCG(7, 7))
	for _, row := range []int{1, 28, 35, 57, 140} {
		v := viewport{rowHeight: heightsOf(row)}
		v.resize(n, 611)
		for range 5_000 {
			i := random.IntN(n)
			v.show(i)
			y := v.y(i)
			if y < 0 || y+v.rowHeight(i) > 611 || !v.shows(i) {
				t.Fatalf("row height %d: row %d is at %d to %d of 611", row, i, y, y+v.rowHeight(i))
			}
			if at, ok := v.at(y); !ok || at != i {
				t.Fatalf("row height %d: at %d pixels is row %d, not %d", row, y, at, i)
			}
			if v.hidden < 0 || v.hidden >= v.rowHeight(v.top) || v.offset() > v.limit() {
				t.Fatalf("row height %d: top %d, rest %d", row, v.top, v.hidden)
			}
		}
	}
}

// Wherever the rows are scrolled to and back, they are where they were.
func TestScrollingBackLeadsToTheSamePlace(t *testing.T) {
	v := viewport{rowHeight: heightsOf(35)}
	v.resize(2_000_000, 611)
	random := rand.New(rand.NewPCG(5, 5))
	for range 2_000 {
		v.scrollTo(random.IntN(1_900_000) * rowUnits)
		top, hidden, by := v.top, v.hidden, random.IntN(5000)
		v.scroll(by)
		v.scroll(-by)
		if v.top != top || v.hidden != hidden {
			t.Fatalf("scrolled by %d and back: row %d and %d pixels, not %d and %d", by, v.top, v.hidden, top, hidden)
		}
	}
}

func TestAPageLeavesNoRowUnseen(t *testing.T) {
	v := viewport{rowHeight: heightsOf(35)}
	v.resize(100_000, 611)
	for i := 0; i < v.rows-1; {
		v.show(i)
		next := v.below(i)
		v.show(next)
		if first, _ := v.visible(); next > i+1 && (first > i+1 || first == i+1 && v.hidden > 0) {
			t.Fatalf("a page down from %d to %d shows rows from %d on", i, next, first)
		}
		if next > i+1 && v.above(next) > i+1 {
			t.Fatalf("a page up from %d leads to %d, not before %d", next, v.above(next), i)
		}
		i = next
	}
}

func TestTheViewportIsClampedToItsRows(t *testing.T) {
	v := viewport{rowHeight: func(int) int { return 10 }}
	v.resize(100, 95)
	v.scrollTo(1 << 40)
	if first, n := v.visible(); first != 90 || n != 10 || v.hidden != 5 || !v.atEnd() {
		t.Errorf("at the end: rows %d+%d, rest %d", first, n, v.hidden)
	}
	v.scroll(-1 << 30)
	if first, n := v.visible(); first != 0 || n != 10 || v.hidden != 0 {
		t.Errorf("at the start: rows %d+%d, rest %d", first, n, v.hidden)
	}
	v.resize(3, 95)
	if first, n := v.visible(); first != 0 || n != 3 {
		t.Errorf("with fewer rows: %d+%d", first, n)
	}
	v.resize(0, 95)
	if first, n := v.visible(); first != 0 || n != 0 {
		t.Errorf("with none: %d+%d", first, n)
	}
	if _, ok := v.at(0); ok {
		t.Error("found a row where there is none")
	}
}

// The thumb reaches both ends, and dragging it to where it is changes nothing.
func TestTheThumbReachesEveryOffsetOfTwoMillionRows(t *testing.T) {
	b := scrollBar{track: 600, minThumb: 32, total: 2_000_000 * rowUnits, page: 17 * rowUnits}
	if start, length := b.thumb(); start != 0 || length != 32 {
		t.Errorf("at the start: thumb %d+%d", start, length)
	}
	for start := range 600 - 32 + 1 {
		b.offset = b.drag(start)
		if got, _ := b.thumb(); got != start && got != start-1 {
			t.Fatalf("dragged to %d, the thumb is at %d", start, got)
		}
	}
	if b.offset != b.total-b.page {
		t.Errorf("at the end: %d of %d", b.offset, b.total-b.page)
	}
	if b.drag(-50) != 0 || b.drag(5000) != b.total-b.page {
		t.Error("the thumb left its track")
	}
}

func TestSelectionBehavesLikeASet(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 9))
	for range 300 {
		var s selection
		set := map[int]bool{}
		for range 30 {
			if i := random.IntN(40); random.IntN(3) > 0 {
				s.toggle(i)
				set[i] = !set[i]
			} else {
				end := i + random.IntN(6) + 1
				s.add(rowRange{i, end})
				for ; i < end; i++ {
					set[i] = true
				}
			}
		}
		count := 0
		for i := range 50 {
			if s.has(i) != set[i] {
				t.Fatalf("row %d: %v, want %v in %v", i, s.has(i), set[i], s.ranges)
			}
			if set[i] {
				count++
			}
		}
		if s.count() != count {
			t.Fatalf("counted %d of %d in %v", s.count(), count, s.ranges)
		}
		if !slices.IsSortedFunc(s.ranges, func(a, b rowRange) int { return a.first - b.first }) {
			t.Fatalf("not in order: %v", s.ranges)
		}
	}
}

func TestTheStretchingColumnTakesTheRest(t *testing.T) {
	m := metrics{zoom: 1}
	columns := []Column{{Width: 50}, {MinWidth: 80, Stretch: true}, {Width: 10, MinWidth: 70}}
	for width, want := range map[int][]span{
		400: {{0, 50}, {50, 280}, {330, 70}},
		100: {{0, 50}, {50, 80}, {130, 70}}, // too narrow: goes beyond the edge
	} {
		if got := layoutColumns(columns, m, width, nil); !slices.Equal(got, want) {
			t.Errorf("in %d: %v, want %v", width, got, want)
		}
	}
}

func TestTheCacheDropsTheOldest(t *testing.T) {
	c := cache[int, int]{limit: 100}
	for i := range 1000 {
		c.put(i, i, 1)
		c.get(0) // used all the time
	}
	if len(c.young)+len(c.old) > 100 {
		t.Errorf("keeps %d", len(c.young)+len(c.old))
	}
	if _, ok := c.get(0); !ok {
		t.Error("forgot what was used all the time")
	}
	if _, ok := c.get(5); ok {
		t.Error("kept what was not used")
	}
}

var window = fyne.NewSize(720, 400)

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

// Rejected messages, secondary text and names of categories can be read on every row.
func TestTextHasEnoughContrast(t *testing.T) {
	for _, dark := range []bool{false, true} {
		show(t, appTheme{dark: dark, zoom: 1}, numbered{}, window)
		c := themeColours(appTheme{dark: dark, zoom: 1})
		for state := range 8 {
			background := c.row(state&1, state&2 > 0, state&4 > 0)
			for _, text := range []color.NRGBA{c.text, c.muted, c.warning} {
				if got := contrast(legible(text, background), background); got < leastContrast {
					t.Errorf("dark %v, row %d: %v has a contrast of %.2f", dark, state, text, got)
				}
			}
			for _, tint := range tints {
				fill, word := c.chip(rgb(tint), background)
				if got := contrast(word, fill); got < leastContrast {
					t.Errorf("dark %v, row %d: a chip of %06x has a contrast of %.2f", dark, state, tint, got)
				}
			}
		}
	}
}
