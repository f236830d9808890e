package ui

import (
	"context"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"seedbed/gen/check"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
	"seedbed/ui/shell/shelltest"
	"seedbed/ui/theme"
)

// menuBar is the height of the menu bar at the usual text size, which this driver has none of.
const menuBar = 27

// looks are the windows in which every page is looked at: a few of them, and all of them
// where their pictures are asked for with SEEDBED_PAGES, a folder.
func looks() (sizes []fyne.Size, modes []theme.Mode, languages []string) {
	if os.Getenv("SEEDBED_PAGES") == "" {
		return []fyne.Size{{Width: 1024, Height: 640}}, []theme.Mode{theme.Light, theme.Dark, theme.Contrast}, []string{"en", "de"}
	}
	return []fyne.Size{{Width: 1024, Height: 640}, {Width: 1366, Height: 768}, {Width: 1920, Height: 1080}},
		[]theme.Mode{theme.Light, theme.Dark, theme.Contrast}, []string{"en", "de"}
}

// TestEveryPageCanBeRead draws the pages and finds texts that are cut, lie over others or
// are too faint.
func TestEveryPageCanBeRead(t *testing.T) {
	sizes, modes, languages := looks()
	for _, language := range languages {
		t.Run(language, func(t *testing.T) {
			if language == "de" {
				shelltest.InGerman(t)
			}
			w := newTestApp(t)
			w.lookAt("home", language, sizes, modes)
			w.Open()
			w.lookAtPages("empty", language, sizes[:1], modes[:1])
			w.Open(append(shelltest.Messages(160), localdb.Message{Text: "no label"})...)
			if _, err := check.Run(context.Background(), w.Dataset(), check.Options{}); err != nil {
				t.Fatal(err)
			}
			w.Settle()
			w.lookAtPages("", language, sizes, modes)
		})
	}
}

func (w *testApp) lookAtPages(state, language string, sizes []fyne.Size, modes []theme.Mode) {
	for i, p := range w.Pages() {
		w.Visit(p.ID)
		w.lookAt(fmt.Sprintf("%d-%s%s", i+1, p.ID, state), language, sizes, modes)
	}
}

// lookAt looks at the page that is up in every size and mode.
func (w *testApp) lookAt(page, language string, sizes []fyne.Size, modes []theme.Mode) {
	w.T.Helper()
	for i, mode := range modes {
		w.Settings.SetMode(mode)
		w.ApplyTheme()
		for _, size := range sizes {
			if i > 0 && os.Getenv("SEEDBED_PAGES") == "" && language == "de" {
				continue // another language has no other colours
			}
			inside := size.SubtractWidthHeight(0, menuBar)
			w.Fyne.Resize(inside.AddWidthHeight(9, 9)) // a window lays out what grew; this driver only what is resized
			w.Fyne.Resize(inside)
			w.Settle()
			name := fmt.Sprintf("%s-%s-%s-%.0fx%.0f", page, language, mode, size.Width, size.Height)
			flaws := flawsOf(w.Fyne.Content(), inside)
			slices.Sort(flaws)
			for _, flaw := range slices.Compact(flaws) {
				w.T.Errorf("%s: %s", name, flaw)
			}
			if folder := os.Getenv("SEEDBED_PAGES"); folder != "" {
				err := exchange.WriteFile(filepath.Join(folder, name+".png"), func(to io.Writer) error { return png.Encode(to, w.Canvas().Capture()) })
				if err != nil {
					w.T.Fatal(err)
				}
			}
		}
	}
}
