package grid

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// scripts are texts that need shaping.
var scripts = lines{
	"résumé, re\u0301sume\u0301 (combining), Grüße, żółć",
	"漢字 仕事を探しています 한국어",
	"emoji 😀 👍🏽 👩\u200d💻 🎁 ok",
	"שלום עולם, אני מחפש עבודה חדשה",
	"שלום 2024 עולם 10",
	"Hello שלום 12 עולם and more",
	"أبحث عن وظيفة جديدة في مجال البرمجيات",
	"אני מחפש עבודה חדשה אני מחפש עבודה חדשה אני מחפש עבודה חדשה",
	"one line\nanother\twith a tab\r\nthird",
	strings.Repeat("four thousand letters and some more ", 115),
}

// The golden pictures in testdata are renewed with `make golden`.
func TestPictures(t *testing.T) {
	plain := func(*Grid) {}
	for name, c := range map[string]struct {
		theme appTheme
		rows  Rows
		do    func(*Grid)
	}{
		"light":       {appTheme{zoom: 1}, numbered{n: 1000}, plain},
		"dark":        {appTheme{dark: true, zoom: 1}, numbered{n: 1000}, plain},
		"large":       {appTheme{zoom: 1.6}, numbered{n: 1000}, plain},
		"small":       {appTheme{zoom: 0.8}, numbered{n: 1000}, plain},
		"placeholder": {appTheme{zoom: 1}, numbered{n: 1000, loading: true}, plain},
		"sorted":      {appTheme{zoom: 1}, numbered{n: 1000}, func(g *Grid) { g.SetSort(SortKey{"category", true}) }},
		"sorted_by_three": {appTheme{zoom: 1}, numbered{n: 1000}, func(g *Grid) {
			g.SetSort(SortKey{"category", false}, SortKey{"confidence", true}, SortKey{"text", false})
		}},
		"one_line":    {appTheme{zoom: 1}, talk{}, func(g *Grid) { g.SetColumns(reading(false)) }},
		"three_lines": {appTheme{zoom: 1}, talk{}, read(3)},
		"all_lines":   {appTheme{zoom: 1}, talk{}, read(0)},
		"three_dark":  {appTheme{dark: true, zoom: 1}, talk{}, read(3)},
		"narrow": {appTheme{zoom: 1}, talk{}, func(g *Grid) {
			read(3)(g)
			g.Resize(fyne.NewSize(430, 400))
		}},
		"hidden": {appTheme{zoom: 1}, talk{}, func(g *Grid) {
			g.SetLines(3)
			g.SetColumns(reading(true))
		}},
		"scripts_lines": {appTheme{zoom: 1}, scripts, read(0)},
		"scripts":       {appTheme{zoom: 1}, scripts, plain},
		"select": {appTheme{zoom: 1}, numbered{n: 1000}, func(g *Grid) {
			g.requestFocus()
			g.SetCursorRow(2)
			g.toggle(4)
			g.toggle(6)
			g.setHover(8, -1, -1)
		}},
		"bottom": {appTheme{zoom: 1}, numbered{n: 2_000_000}, func(g *Grid) { g.SetCursorRow(1_999_999) }},
		"edit": {appTheme{zoom: 1}, lines{"short", strings.Repeat("a long message to edit ", 14)}, func(g *Grid) {
			g.SetCursorRow(1)
			g.Edit()
		}},
	} {
		t.Run(name, func(t *testing.T) {
			g, w := show(t, c.theme, c.rows, fyne.NewSize(720, 400))
			c.do(g)
			test.AssertRendersToImage(t, name+".png", w.Canvas())
		})
	}
}

// read shows the columns as the review page does, with up to a number of lines.
func read(lines int) func(*Grid) {
	return func(g *Grid) {
		g.OnHeaderMenu = func(fyne.Position) {}
		g.SetColumns(reading(false))
		g.SetLines(lines)
	}
}

// reading are columns as wide as their contents, the last ones hidden if asked for.
func reading(hidden bool) []Column {
	columns := review()
	columns[1].Width, columns[1].Samples = 0, []Cell{{Text: "8888"}}
	columns[2].Wrap, columns[2].Enough = true, 200
	columns[3].Width, columns[3].Wrap = 0, true
	for _, name := range append(categories, longName) {
		columns[3].Samples = append(columns[3].Samples, Cell{Text: name, Kind: Chip})
	}
	for i := range columns[4:] {
		columns[4+i].Rank, columns[4+i].Hidden = 3-i, hidden
	}
	return columns
}

const longName = "billing_question_about_refunds_for_cancelled_orders"

// talk are messages of all lengths, of which each third is rejected.
type talk struct{}

func (talk) Len() int                   { return 1000 }
func (talk) Key(i int) int64            { return int64(i) }
func (talk) Find(key int64) (int, bool) { return int(key), key < 1000 }

func (talk) Cells(i int) ([]Cell, bool) {
	cells, _ := numbered{n: 1000}.Cells(i)
	cells[2].Text = strings.Repeat(messages[i%len(messages)]+" ", 1+i*i%7)
	cells[2].Struck = cells[0].Kind == Cross
	if i%5 == 3 {
		cells[3].Text = longName
	}
	return cells, true
}
