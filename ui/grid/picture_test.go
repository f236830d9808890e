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
		"scripts":     {appTheme{zoom: 1}, scripts, plain},
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
