package grid

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

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
		"sorted":      {appTheme{zoom: 1}, numbered{n: 1000}, func(g *Grid) { g.SetSort("category", true) }},
	} {
		t.Run(name, func(t *testing.T) {
			g, w := show(t, c.theme, c.rows, fyne.NewSize(720, 400))
			c.do(g)
			test.AssertRendersToImage(t, name+".png", w.Canvas())
		})
	}
}
