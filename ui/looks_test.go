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
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"seedbed/gen/check"
	"seedbed/localdb"
	"seedbed/localdb/atomicfile"
	"seedbed/ui/shell/shelltest"
	"seedbed/ui/theme"
)

// menuBar is the height of the menu bar at the usual text size, which this driver has none of.
const menuBar = 27

// view is a window in which every page is looked at: what a person has for a screen, and how.
type view struct {
	pixels   fyne.Size
	scale    float32 // pixels for a device-independent one
	textSize float64
	mode     theme.Mode
	language string
}

func (v view) String() string {
	return fmt.Sprintf("%s-%.0fx%.0f-at-%g-text-%g", v.mode, v.pixels.Width, v.pixels.Height, v.scale, v.textSize)
}

// inside is the size of the window's content below the menu bar, as this driver has no menu bar.
func (v view) inside() fyne.Size {
	return fyne.NewSize(v.pixels.Width/v.scale, v.pixels.Height/v.scale).SubtractWidthHeight(0, menuBar)
}

var modes = []theme.Mode{theme.Light, theme.Dark, theme.Contrast}

// corners are the views that differ most, each for what only it can show: the plain test
// looks at them alone.
func corners(language string) []view {
	smallest, largest := fyne.NewSize(1024, 640), fyne.NewSize(2560, 1440)
	if language != "en" { // has other widths, and no other colours
		return []view{{smallest, 1, 1, theme.Light, language}, {fyne.NewSize(1366, 768), 2, 1, theme.Light, language}}
	}
	list := []view{{fyne.NewSize(1366, 768), 2, 1, theme.Light, language}, {largest, 1, 1, theme.Light, language}}
	for _, mode := range modes {
		list = append(list, view{smallest, 1, 1, mode, language})
	}
	return list
}

// everyView is all of them: each screen in each mode, at each scale and with large text.
func everyView(language string) (list []view) {
	for _, mode := range modes {
		for _, pixels := range []fyne.Size{{Width: 1024, Height: 640}, {Width: 1366, Height: 768}, {Width: 1920, Height: 1080}, {Width: 2560, Height: 1440}} {
			list = append(list, view{pixels, 1, 1, mode, language})
		}
	}
	for _, pixels := range []fyne.Size{{Width: 1366, Height: 768}, {Width: 1920, Height: 1080}, {Width: 2560, Height: 1440}} {
		list = append(list, view{pixels, 1.5, 1, theme.Light, language}, view{pixels, 2, 1, theme.Light, language})
	}
	return append(list, view{fyne.NewSize(1366, 768), 1, 1.5, theme.Light, language}, view{fyne.NewSize(1920, 1080), 1, 2, theme.Light, language})
}

// TestEveryPageCanBeRead lays out the pages and finds texts that are cut, lie over others or
// are too faint. Where pictures are asked for with SEEDBED_PAGES, a folder, it looks at every
// view; -run TestEveryPageCanBeRead/en/light-1920 is a few of them.
func TestEveryPageCanBeRead(t *testing.T) {
	views := corners
	if os.Getenv("SEEDBED_PAGES") != "" {
		views = everyView
	}
	for _, language := range []string{"en", "de"} {
		t.Run(language, func(t *testing.T) {
			if language == "de" {
				shelltest.InGerman(t)
			}
			w, all := newTestApp(t), views(language)
			w.lookAt("home", all)
			w.ShowNewDataset()
			w.lookAt("new", all)
			w.Open()
			w.lookAt("empty", all[:1])
			w.Open(append(shelltest.Messages(160), localdb.Message{Text: "no label"})...)
			if _, err := check.Run(context.Background(), w.Dataset(), check.Options{}); err != nil {
				t.Fatal(err)
			}
			w.lookAt("", all)
		})
	}
}

// lookAt looks at what is up, or at each page of an open dataset, in these views.
func (w *testApp) lookAt(state string, views []view) {
	whole, ok := w.T.(*testing.T)
	if !ok {
		w.T.Fatal("not a test")
	}
	for _, v := range views {
		whole.Run(v.String(), func(t *testing.T) {
			w.T = t
			defer func() { w.T = whole }()
			w.show(v)
			if w.Dataset() == nil {
				w.lookAtPage(state, v)
			}
			for i, p := range w.Pages() {
				w.Visit(p.ID)
				w.lookAtPage(fmt.Sprintf("%d-%s%s", i+1, p.ID, state), v)
			}
		})
	}
}

// show gives the window the theme and the scale of a view.
func (w *testApp) show(v view) {
	if canvas, ok := w.Canvas().(software.WindowlessCanvas); ok {
		canvas.SetScale(v.scale)
	}
	if w.Settings.Mode() != v.mode || w.Settings.TextSize() != float32(v.textSize) {
		w.Settings.SetMode(v.mode)
		w.Settings.SetTextSize(v.textSize)
		w.ApplyTheme()
	}
}

// lookAtPage looks at what is up, and keeps its picture where that was asked for.
func (w *testApp) lookAtPage(page string, v view) {
	w.T.Helper()
	inside := v.inside()
	w.Fyne.Resize(inside)
	w.Settle()
	layOut(w.Fyne.Content())
	layOut(w.Fyne.Content()) // what wraps knows its height once it has a width
	if least := w.Fyne.Content().MinSize(); least.Width > inside.Width || least.Height > inside.Height {
		w.T.Errorf("%s needs %v of %v", page, least, inside)
	}
	flaws := flawsOf(w.Fyne.Content(), inside)
	slices.Sort(flaws)
	for _, flaw := range slices.Compact(flaws) {
		w.T.Errorf("%s: %s", page, flaw)
	}
	if folder := os.Getenv("SEEDBED_PAGES"); folder != "" {
		err := atomicfile.Write(filepath.Join(folder, page+"-"+v.language+"-"+v.String()+".png"), func(to io.Writer) error { return png.Encode(to, w.Canvas().Capture()) })
		if err != nil {
			w.T.Fatal(err)
		}
	}
}

// layOut lays out all of an object, as a window does with what grew. This driver only lays out
// what is resized.
func layOut(o fyne.CanvasObject) {
	if !o.Visible() {
		return
	}
	switch o := o.(type) {
	case *fyne.Container:
		if o.Layout != nil {
			o.Layout.Layout(o.Objects, o.Size())
		}
		for _, child := range o.Objects {
			layOut(child)
		}
	case fyne.Widget:
		renderer := test.WidgetRenderer(o)
		renderer.Layout(o.Size())
		for _, child := range renderer.Objects() {
			layOut(child)
		}
	}
}
