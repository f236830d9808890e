package ui

import (
	"context"
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
	"seedbed/ui/widget"
)

// small is the smallest window that everything has to work in.
var small = fyne.NewSize(1024, 700)

func TestEveryPageFitsASmallWindow(t *testing.T) {
	for _, scale := range []float64{0.8, 1, 1.5, 2} {
		t.Run(fmt.Sprint(scale), func(t *testing.T) {
			w := newTestApp(t)
			w.Settings.SetTextSize(scale)
			w.ApplyTheme()
			w.fits("home")
			w.Open(append(shelltest.Messages(60), localdb.Message{Text: "no label"})...)
			for _, p := range w.Pages() {
				w.GoTo(p.ID)
				w.Settle()
				w.fits(p.ID)
			}
		})
	}
}

// fits fails where a page needs a larger window, or a control of it lies outside of
// its place or over another.
func (w *testApp) fits(page string) {
	w.T.Helper()
	w.Fyne.Resize(small.AddWidthHeight(9, 9)) // a window lays out what grew; this driver only what is resized
	w.Fyne.Resize(small)
	if least := w.Fyne.Content().MinSize(); least.Width > small.Width || least.Height > small.Height {
		w.T.Errorf("%s needs %v", page, least)
	}
	reach(w.T, page, w.Fyne.Content(), fyne.Position{}, small)
	var buttons []*widget.Button
	for _, o := range w.Screen() {
		switch o := o.(type) {
		case *widget.Button:
			buttons = append(buttons, o)
		case *widget.Select:
			buttons = append(buttons, &o.Button)
		}
	}
	driver := fyne.CurrentApp().Driver()
	for i, a := range buttons {
		for _, b := range buttons[:i] {
			p, q := driver.AbsolutePositionForObject(a), driver.AbsolutePositionForObject(b)
			apart := p.X >= q.X+b.Size().Width || q.X >= p.X+a.Size().Width || p.Y >= q.Y+b.Size().Height || q.Y >= p.Y+a.Size().Height
			if !apart && p != (fyne.Position{}) && q != (fyne.Position{}) {
				w.T.Errorf("%s: %q at %v %v lies over %q at %v %v", page, a.Text(), p, a.Size(), b.Text(), q, b.Size())
			}
		}
	}
}

// reach fails for what has the keyboard at some time and lies outside of its place.
// What scrolls can be brought into sight.
func reach(t testing.TB, page string, o fyne.CanvasObject, at fyne.Position, place fyne.Size) {
	t.Helper()
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	if _, control := o.(fyne.Focusable); control {
		if end := at.Add(o.Size()); at.X < 0 || at.Y < 0 || end.X > place.Width+1 || end.Y > place.Height+1 {
			t.Errorf("%s: %T %s lies at %v to %v", page, o, wordsOf(o), at, end)
		}
		return
	}
	switch o := o.(type) {
	case *container.Scroll:
		reach(t, page, o.Content, fyne.Position{}, o.Content.Size())
	case *fyne.Container:
		for _, child := range o.Objects {
			reach(t, page, child, at, place)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			reach(t, page, child, at, place)
		}
	}
}

func wordsOf(o fyne.CanvasObject) string {
	if text, ok := o.(interface{ Text() string }); ok {
		return fmt.Sprintf("%q", text.Text())
	}
	return ""
}

// TestTabReachesEveryButton goes round with the Tab key.
func TestTabReachesEveryButton(t *testing.T) {
	w := newTestApp(t)
	w.Open(shelltest.Messages(40)...)
	for _, p := range w.Pages() {
		if p.ID == shell.Review { // has a test of its own
			continue
		}
		w.GoTo(p.ID)
		w.Settle()
		w.Canvas().Unfocus()
		reached := map[fyne.CanvasObject]bool{}
		for range 200 {
			w.Canvas().FocusNext()
			if focused, ok := w.Canvas().Focused().(fyne.CanvasObject); ok {
				reached[focused] = true
			}
		}
		for _, o := range w.Screen() {
			if b, ok := o.(*widget.Button); ok && !b.Disabled() && !reached[o] {
				t.Errorf("%s: Tab never comes to %q", p.ID, b.Text())
			}
		}
	}
}

func TestAVeryLongCategoryNameKeepsThePages(t *testing.T) {
	w := newTestApp(t)
	w.Open()
	social := w.Category("social")
	social.Name, social.ShownName = "long", "a very long name é 漢字 עברית for a category that somebody gave in a hurry"
	if err := w.Dataset().UpdateCategory(context.Background(), social); err != nil {
		t.Fatal(err)
	}
	for _, p := range w.Pages() {
		w.Visit(p.ID)
		if width := w.Fyne.Content().MinSize().Width; width > 1024 {
			t.Errorf("%s needs %v", p.ID, width)
		}
	}
}
